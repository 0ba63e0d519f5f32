import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createRequire } from 'node:module'

const resolve = createRequire(import.meta.url).resolve

/**
 * The bytes of a file out of an installed npm package, named as an import would: `@ruby/3.2-wasm-wasi/dist/…`, with
 * `spare` unused bytes in front.
 */
export function packageFile(specifier: string, spare: number): Uint8Array<ArrayBuffer> {
  const file = openSync(resolve(specifier), 'r')
  try {
    const bytes = new Uint8Array(spare + fstatSync(file).size)
    for (let at = spare; at < bytes.length; ) {
      const read = readSync(file, bytes, at, bytes.length - at, null)
      if (read === 0) throw new Error(`'${specifier}' ends early`)
      at += read
    }
    return bytes
  } finally {
    closeSync(file)
  }
}

/** The same without holding up the thread. */
export async function loadPackageFile(specifier: string, spare: number): Promise<Uint8Array<ArrayBuffer>> {
  const file = await open(resolve(specifier), 'r')
  try {
    const bytes = new Uint8Array(spare + (await file.stat()).size)
    for (let at = spare; at < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, at, bytes.length - at, null)
      if (bytesRead === 0) throw new Error(`'${specifier}' ends early`)
      at += bytesRead
    }
    return bytes
  } finally {
    await file.close()
  }
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
