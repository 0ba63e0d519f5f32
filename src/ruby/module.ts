import { loadPackageFile, packageFile, packageFileSample } from '../source/package-file.ts'

/** Linear memory of a machine may grow to this many bytes; then Ruby raises NoMemoryError. */
const memoryCap = 512 * 1024 * 1024

const binaryName = '@ruby/3.2-wasm-wasi/dist/ruby+stdlib.wasm'
const pageSize = 65_536
let compiled: WebAssembly.Module | undefined

/**
 * CRuby 3.2 with its standard library, compiled once a process; about 0.1 s. A `WebAssembly.Module` may be posted to
 * workers, which then boot without compiling.
 */
export function rubyModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(withMemoryCap(packageFile(binaryName)))
  return compiled
}

/** The same without holding up the thread while V8 compiles: begin with it, and boot when Ruby is first needed. */
export async function prepareRuby(): Promise<WebAssembly.Module> {
  compiled ??= await WebAssembly.compile(withMemoryCap(await loadPackageFile(binaryName)))
  return compiled
}

/** Uses a module that another thread has compiled. */
export function adoptRubyModule(module: WebAssembly.Module): void {
  compiled = module
}

/** What tells this binary from another version of it. */
export function rubySample(): Uint8Array {
  return packageFileSample(binaryName)
}

/** The binary with a maximum in its memory section, which the package leaves open (WebAssembly binary format, 5.5.8). */
function withMemoryCap(binary: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let at = 8
  while (at < binary.length) {
    const id = binary[at]
    const size = readUnsigned(binary, at + 1)
    if (id === 5) {
      const limits = readUnsigned(binary, readUnsigned(binary, size.next).next)
      const minimum = readUnsigned(binary, limits.next)
      const content = [1, 1, ...unsigned(minimum.value), ...unsigned(memoryCap / pageSize)]
      const section = Uint8Array.from([5, ...unsigned(content.length), ...content])
      const rest = binary.subarray(size.next + size.value)
      const result = new Uint8Array(at + section.length + rest.length)
      result.set(binary.subarray(0, at))
      result.set(section, at)
      result.set(rest, at + section.length)
      return result
    }
    at = size.next + size.value
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
