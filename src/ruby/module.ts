import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { loadPackageFile, packageFile, packageFileSample } from '../source/package-file.ts'

/** Linear memory of a machine may grow to this many bytes; then Ruby raises NoMemoryError. */
const memoryCap = 512 * 1024 * 1024

const binaryName = '@ruby/3.2-wasm-wasi/dist/ruby+stdlib.wasm'
const pageSize = 65_536
let compiled: WebAssembly.Module | undefined
let expected: ModuleDelivery | undefined

/** CRuby 3.2 with its standard library, compiled once a process, or as another thread delivers it. */
export function rubyModule(): WebAssembly.Module {
  compiled ??= expected ? received(expected) : new WebAssembly.Module(withMemoryCap(packageFile(binaryName, spare)))
  return compiled
}

/** The same without holding up the thread while the file is read: begin with it, and boot when Ruby is first needed. */
export async function prepareRuby(): Promise<WebAssembly.Module> {
  compiled ??= await WebAssembly.compile(withMemoryCap(await loadPackageFile(binaryName, spare)))
  return compiled
}

/** Where a thread finds the module once another one has it; `port` has to be transferred. */
export interface ModuleDelivery {
  readonly port: MessagePort
  /** Becomes 1 when the module has been sent. */
  readonly sent: Int32Array
}

/** Sends the module to another thread, which meanwhile works on what needs no Ruby. */
export function deliverRuby(module: Promise<WebAssembly.Module>): ModuleDelivery {
  const { port1, port2 } = new MessageChannel()
  const sent = new Int32Array(new SharedArrayBuffer(4))
  module.then(
    (ready) => {
      port1.postMessage(ready)
      port1.close()
      Atomics.store(sent, 0, 1)
      Atomics.notify(sent, 0)
    },
    // Whoever began with the module tells; the other thread is ended.
    () => port1.close(),
  )
  return { port: port2, sent }
}

/** Uses the module that another thread delivers, and waits for it when Ruby is first needed. */
export function expectRuby(delivery: ModuleDelivery): void {
  expected = delivery
}

function received({ port, sent }: ModuleDelivery): WebAssembly.Module {
  Atomics.wait(sent, 0, 0)
  const module = receiveMessageOnPort(port)?.message as WebAssembly.Module
  port.close()
  return module
}

/** What tells this binary from another version of it. */
export function rubySample(): Uint8Array {
  return packageFileSample(binaryName)
}

/** Bytes that the section with the maximum may be longer. */
const spare = 16

/**
 * The binary with a maximum in its memory section, which the package leaves open (WebAssembly binary format, 5.5.8).
 * Needs `spare` bytes in front, into which what stands before that section moves: the rest is 30 MB.
 */
function withMemoryCap(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let at = spare + 8
  while (at < file.length) {
    const id = file[at]
    const size = readUnsigned(file, at + 1)
    const next = size.next + size.value
    if (id === 5) {
      const limits = readUnsigned(file, readUnsigned(file, size.next).next)
      const minimum = readUnsigned(file, limits.next)
      const content = [1, 1, ...unsigned(minimum.value), ...unsigned(memoryCap / pageSize)]
      const section = Uint8Array.from([5, ...unsigned(content.length), ...content])
      const moved = next - section.length - at
      file.copyWithin(spare + moved, spare, at)
      file.set(section, at + moved)
      return file.subarray(spare + moved)
    }
    at = next
  }
  throw new Error('the Ruby binary has no memory section')
}

function readUnsigned(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0
  let shift = 0
  for (let at = start; ; at++) {
    const byte = bytes[at] as number
    value += (byte & 0x7f) * 2 ** shift
    shift += 7
    if (byte < 0x80) return { value, next: at + 1 }
  }
}

function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  do {
    const low = rest & 0x7f
    rest = Math.floor(rest / 128)
    bytes.push(rest > 0 ? low | 0x80 : low)
  } while (rest > 0)
  return bytes
}
