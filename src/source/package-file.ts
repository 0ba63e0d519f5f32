import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const resolve = createRequire(import.meta.url).resolve

/** The bytes of a file out of an installed npm package, named as an import would: `@ruby/3.2-wasm-wasi/dist/…`. */
export function packageFile(specifier: string): Uint8Array<ArrayBuffer> {
  return readFileSync(resolve(specifier))
}

/** The same without holding up the thread. */
export async function loadPackageFile(specifier: string): Promise<Uint8Array<ArrayBuffer>> {
  return (await readFile(resolve(specifier))) as Uint8Array<ArrayBuffer>
}

/** Some of such a file, spread over all of it, and its size: enough to tell versions apart without reading it whole. */
export function packageFileSample(specifier: string): Uint8Array {
  const file = openSync(resolve(specifier), 'r')
  try {
    const { size } = fstatSync(file)
    const sample = Buffer.alloc(8 + 64 * 1024)
    sample.writeDoubleLE(size)
    for (let i = 0; i < 64; i++) readSync(file, sample, 8 + i * 1024, 1024, Math.floor((size / 64) * i))
    return sample
  } finally {
    closeSync(file)
  }
}
