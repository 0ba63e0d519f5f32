import { readFileSync } from 'node:fs'
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
