import { createHash } from 'node:crypto'
import { assetBytes } from '../source/assets.ts'
import { unknownOrigin } from '../value/origin.ts'
import { Bridge } from './bridge.ts'
import { type FileTree, mountedTree } from './file-tree.ts'
import { bootMachine } from './machine.ts'
import { rubyModule, rubySample } from './module.ts'
import { shimNames, shimText, shimTree } from './shim-tree.ts'

/** The memory of a booted interpreter. Between calls nothing of its state is anywhere else. */
export interface MachineImage {
  readonly receiver: number
  readonly method: number
  readonly doorAt: number
  readonly restore: (memory: WebAssembly.Memory) => void
}

interface Header {
  readonly fingerprint: string
  readonly receiver: number
  readonly method: number
  readonly doorAt: number
  /** Bytes of memory. */
  readonly size: number
  /** Numbers of the pages that differ from those of a machine that has not run yet. */
  readonly pages: readonly number[]
}

const assetName = 'ruby/machine.image'
const pageSize = 4096
/** The first number after the standard streams and the root directory. */
const doorAt = 4
let loaded: MachineImage | null | undefined

/** The image that the build has made; `undefined` without one, or where it was made for other code. */
export function machineImage(): MachineImage | undefined {
  if (loaded === undefined) {
    const bytes = assetBytes(assetName)
    loaded = (bytes && readImage(bytes)) ?? null
  }
  return loaded ?? undefined
}

/** Boots Ruby, loads what Puppet has loaded, and writes down its memory: some megabytes, some seconds. */
export function makeImage(): Uint8Array {
  const bridge = new Bridge(() => ({ data: null }))
  const machine = bootMachine({
    module: rubyModule(),
    tree: mountedTree(new Map<string, FileTree>([['rehearsal', shimTree]])),
    door: bridge.door,
    now: () => 0n,
    output: () => {},
  })
  bridge.attach(machine)
  bridge.call(
    undefined,
    unknownOrigin,
    () => '["warm"]',
    () => {},
  )
  const { bytes, receiver, method } = machine.memory()
  const fresh = new Uint8Array(pristineMemory())
  const pages: number[] = []
  const content: Uint8Array[] = []
  const zero = Buffer.alloc(pageSize)
  for (let at = 0; at < bytes.length; at += pageSize) {
    const page = bytes.subarray(at, at + pageSize)
    if (Buffer.compare(page, at < fresh.length ? fresh.subarray(at, at + pageSize) : zero) === 0) continue
    pages.push(at / pageSize)
    content.push(page)
  }
  const header: Header = { fingerprint: fingerprint(), receiver, method, doorAt, size: bytes.length, pages }
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...content])
}

/** `undefined` for an image of another binary or shim. */
export function readImage(bytes: Uint8Array): MachineImage | undefined {
  const end = bytes.indexOf(0x0a)
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as Header
  if (header.fingerprint !== fingerprint()) return undefined
  const content = bytes.subarray(end + 1)
  return {
    receiver: header.receiver,
    method: header.method,
    doorAt: header.doorAt,
    restore: (memory) => {
      const missing = header.size - memory.buffer.byteLength
      if (missing > 0) memory.grow(missing / 65_536)
      const target = new Uint8Array(memory.buffer)
      header.pages.forEach((page, i) => {
        target.set(content.subarray(i * pageSize, (i + 1) * pageSize), page * pageSize)
      })
    },
  }
}

/** Memory as the binary lays it out, before any code has run. */
function pristineMemory(): ArrayBuffer {
  const imports: Record<string, Record<string, () => number>> = {}
  for (const { module, name } of WebAssembly.Module.imports(rubyModule())) {
    const group = imports[module] ?? {}
    imports[module] = group
    group[name] = () => 0
  }
  return (new WebAssembly.Instance(rubyModule(), imports).exports.memory as WebAssembly.Memory).buffer
}

/** Tells the binary and the shim apart from any others. */
function fingerprint(): string {
  const digest = createHash('sha256').update(rubySample())
  for (const name of shimNames) digest.update(`${name}\0${shimText(`${name}.rb`)}\0`)
  return digest.digest('hex')
}
