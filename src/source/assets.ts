import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The text of a file that ships beside the code (`report/html/page.ejs`, `ruby/…`), named by its path below `src/`.
 * The build copies these to `assets/` next to the bundle. Read on demand, kept by nobody here.
 */
export function assetText(name: string): string {
  return readFileSync(fileURLToPath(assetLocation(name, import.meta.url)), 'utf8')
}

/** The bytes of such a file; `undefined` where there is none, as for what only the build makes. */
export function assetBytes(name: string): Uint8Array | undefined {
  const path = fileURLToPath(assetLocation(name, import.meta.url))
  return existsSync(path) ? readFileSync(path) : undefined
}

/** Where the asset lies, seen from the module at `from`: this file in `src/source/`, or the bundle. */
export function assetLocation(name: string, from: string): URL {
  return new URL(from.endsWith('.ts') ? `../${name}` : `./assets/${name}`, from)
}
