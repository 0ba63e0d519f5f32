import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'

const root = resolve(import.meta.dirname, '..')

/** What TypeScript files of this checkout export, bundled as the program itself is: `{ 'src/a.ts': ['name'] }`. */
export async function bundled(exportsOf) {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-bench-'))
  try {
    const lines = Object.entries(exportsOf).map(
      ([path, names]) => `export { ${names.join(', ')} } from ${JSON.stringify(join(root, path))}\n`,
    )
    writeFileSync(join(directory, 'entry.ts'), lines.join(''))
    const bundle = await rolldown({
      input: join(directory, 'entry.ts'),
      platform: 'node',
      external: [/^node:/],
      cwd: root,
    })
    await bundle.write({ file: join(directory, 'entry.mjs'), format: 'esm', codeSplitting: false })
    await bundle.close()
    return await import(join(directory, 'entry.mjs'))
  } finally {
    rmSync(directory, { recursive: true })
  }
}
