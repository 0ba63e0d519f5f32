import type { FileTree } from './file-tree.ts'
import type { MachineImage } from './image.ts'
import { type Door, randomStart, wasiImports } from './wasi.ts'

/** One Ruby interpreter. Not usable any more once a call has thrown: boot another. */
export interface Machine {
  /** Runs `Rehearsal.enter` in Ruby, which takes its request through the door; gives the text that it returned. */
  readonly enter: () => string
  /** Bytes of linear memory. */
  readonly memorySize: () => number
  /** Begins the random numbers anew. */
  readonly reseed: () => void
  /** Linear memory as it is, and what the outside has to know of it. Only between calls. */
  readonly memory: () => { readonly bytes: Uint8Array; readonly receiver: number; readonly method: number }
}

export interface MachineOptions {
  readonly module: WebAssembly.Module
  readonly tree: FileTree
  readonly door: Door
  readonly now: () => bigint
  readonly output: (text: string) => void
  /** A booted interpreter's memory, to start from. */
  readonly image?: MachineImage | undefined
}

interface Exports {
  readonly memory: WebAssembly.Memory
  readonly [name: string]: unknown
}

type Fn = (...args: number[]) => number

const evalName = 'rb-eval-string-protect: func(str: string) -> tuple<handle<rb-abi-value>, s32>'
const callName =
  'rb-funcallv-protect: func(recv: handle<rb-abi-value>, mid: u32, args: list<handle<rb-abi-value>>) -> tuple<handle<rb-abi-value>, s32>'

/**
 * Boots Ruby: about 0.4 s, or 0.03 s out of an image. The package's own binding is left aside: it hands Ruby the whole of JavaScript (`JS.eval`),
 * and it boots asynchronously only. Here every such import throws.
 */
export function bootMachine(options: MachineOptions): Machine {
  let depth = 0
  const handles: (number | undefined)[] = []
  const insert = (value: number): number => {
    const free = handles.indexOf(undefined)
    if (free < 0) return handles.push(value) - 1
    handles[free] = value
    return free
  }
  const random = { state: randomStart }
  const wasi = wasiImports({
    tree: options.tree,
    door: options.door,
    now: options.now,
    memory: () => exports.memory.buffer,
    output: options.output,
    random,
    doorAt: options.image?.doorAt,
  })
  const imports: Record<string, Record<string, (...args: never[]) => unknown>> = {
    wasi_snapshot_preview1: wasi,
    canonical_abi: {
      'resource_new_rb-abi-value': (value: number) => insert(value),
      'resource_get_rb-abi-value': (handle: number) => handles[handle],
    },
  }
  imports['rb-js-abi-host'] = {
    rb_wasm_throw_prohibit_rewind_exception: (pointer: number, length: number) => {
      throw new Error(
        `it jumps across frames of the host in ${decoder.decode(new Uint8Array(exports.memory.buffer, pointer, length))}`,
      )
    },
  }
  for (const { module, name } of WebAssembly.Module.imports(options.module)) {
    const group = imports[module] ?? {}
    imports[module] = group
    group[name] ??= () => {
      throw new Error(`Ruby reached for the host: ${name}`)
    }
  }
  const instance = new WebAssembly.Instance(options.module, imports)
  const exports = instance.exports as Exports
  const call = (name: string): Fn => exports[name] as Fn
  const realloc = call('cabi_realloc')
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  /** A copy in the machine's memory; all the texts that it takes end in NUL. */
  const cString = (value: string): readonly [pointer: number, length: number] => {
    const encoded = encoder.encode(`${value}\0`)
    const pointer = realloc(0, 0, 1, encoded.length)
    new Uint8Array(exports.memory.buffer).set(encoded, pointer)
    return [pointer, encoded.length]
  }
  /** The value and whether Ruby left with an exception. */
  const result = (pointer: number): { value: number; failed: boolean } => {
    const view = new DataView(exports.memory.buffer)
    const handle = view.getInt32(pointer, true)
    const value = handles[handle] as number
    handles[handle] = undefined
    return { value, failed: view.getInt32(pointer + 4, true) !== 0 }
  }
  const drop = call('canonical_abi_drop_rb-abi-value')
  const readString = (value: number): string => {
    const pointer = call('rstring-ptr: func(value: handle<rb-abi-value>) -> string')(lend(value))
    const view = new DataView(exports.memory.buffer)
    const start = view.getUint32(pointer, true)
    const text = decoder.decode(new Uint8Array(exports.memory.buffer, start, view.getUint32(pointer + 4, true)))
    call('cabi_post_rstring-ptr')(pointer)
    return text
  }
  /** A handle for an argument; the callee takes it out of the table again through `resource_get`. */
  const lend = (value: number): number => {
    const handle = insert(value)
    lent.push(handle)
    return handle
  }
  let lent: number[] = []
  const returnLent = (): void => {
    for (const handle of lent) handles[handle] = undefined
    lent = []
  }

  const coldBoot = (): { receiver: number; method: number } => {
    call('_initialize')()
    const args = ['rehearsal', '--disable-gems', '--disable-did_you_mean', '-EUTF-8', '-e_=0']
    const list = realloc(0, 0, 4, args.length * 8)
    for (const [i, arg] of args.entries()) {
      const [pointer, length] = cString(arg)
      new DataView(exports.memory.buffer).setUint32(list + i * 8, pointer, true)
      new DataView(exports.memory.buffer).setUint32(list + i * 8 + 4, length, true)
    }
    call('ruby-init: func(args: list<string>) -> ()')(list, args.length)
    const evaluated = result(call(evalName)(...cString("require '/rehearsal/boot.rb'; Rehearsal")))
    if (evaluated.failed) throw new Error('Ruby did not boot')
    return {
      receiver: evaluated.value,
      method: call('rb-intern: func(name: string) -> u32')(...cString('enter')),
    }
  }
  const image = options.image
  if (image) image.restore(exports.memory)
  const booted = image ?? coldBoot()
  const disableGc = call('rb-gc-disable: func() -> bool')
  const enableGc = call('rb-gc-enable: func() -> bool')

  const callEnter = (): string => {
    const answer = result(call(callName)(lend(booted.receiver), booted.method, 0, 0))
    returnLent()
    if (answer.failed) throw new Error('Ruby left its entry with an exception')
    const reply = readString(answer.value)
    returnLent()
    drop(answer.value)
    return reply
  }
  return {
    enter: () => {
      depth++
      try {
        if (depth === 1) return callEnter()
        // Below frames of JavaScript, Ruby cannot see the outer part of its own stack, so nothing may be collected. Jumps
        // are safe, since `Rehearsal.enter` and the call around it catch all: none crosses to the outer part.
        const disabled = disableGc()
        const reply = callEnter()
        if (!disabled) enableGc()
        return reply
      } finally {
        depth--
      }
    },
    memorySize: () => exports.memory.buffer.byteLength,
    reseed: () => {
      random.state = randomStart
    },
    memory: () => ({ ...booted, bytes: new Uint8Array(exports.memory.buffer) }),
  }
}
