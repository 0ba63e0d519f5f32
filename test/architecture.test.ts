import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

/** The layers, upper rows first: a folder imports itself and rows above it, never a neighbour, never a row below. */
const rows = [
  ['source'],
  ['puppet', 'apache'],
  ['value'],
  ['types', 'catalog'],
  ['hiera', 'ruby', 'functions'],
  ['compiler'],
  ['lint', 'diff'],
  ['project'],
  ['report'],
  ['cli'],
]
const rowOf = new Map(rows.flatMap((folders, row) => folders.map((folder) => [folder, row] as const)))
const root = resolve(import.meta.dirname, '../src')

function* sources(directory: string): Generator<string> {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name)
    if (statSync(path).isDirectory()) yield* sources(path)
    else if (path.endsWith('.ts')) yield path
  }
}

function imports(path: string): string[] {
  const text = readFileSync(path, 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, to]) =>
    resolve(dirname(path), to as string),
  )
}

const files = [...sources(root)]
const folderOf = (path: string): string => relative(root, path).split('/')[0] as string

it('has every folder of src in a row', () => {
  for (const file of files) expect(rowOf.has(folderOf(file)), relative(root, file)).toBe(true)
})

it('imports one way only', () => {
  const wrong: string[] = []
  for (const file of files)
    for (const target of imports(file)) {
      const [from, to] = [folderOf(file), folderOf(target)]
      const allowed = from === to || (rowOf.get(to) as number) < (rowOf.get(from) as number)
      if (!allowed) wrong.push(`${relative(root, file)} imports ${relative(root, target)}`)
    }
  expect(wrong).toEqual([])
})

it('touches streams, the disk and processes only where that is the folder’s task', () => {
  const doors: Record<string, RegExp> = {
    // Ruby's binary is read out of its package.
    'node:fs': /^(source|project|cli)\/|^ruby\/module\.ts$/,
    'node:child_process': /^(project|cli)\//,
    // For `isIP` alone.
    'node:net': /^apache\//,
    'node:http': /^$/,
    // For the program's own chunks, out of V8's compiled form; code of others runs in Ruby's machine alone.
    'node:vm': /^cli\/load\.ts$/,
  }
  const wrong: string[] = []
  for (const file of files) {
    const name = relative(root, file)
    const text = readFileSync(file, 'utf8')
    for (const [module, allowed] of Object.entries(doors))
      if (new RegExp(`'${module}(/promises)?'`).test(text) && !allowed.test(name))
        wrong.push(`${name} imports ${module}`)
    if (/process\.(stdout|stderr)/.test(text) && !name.startsWith('cli/')) wrong.push(`${name} writes to a stream`)
  }
  expect(wrong).toEqual([])
})
