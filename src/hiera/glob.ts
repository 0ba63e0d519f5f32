import type { Files } from '../source/files.ts'

/**
 * The files that a glob pattern names below a directory, as Ruby's `Pathname.glob` orders them: `*` and `?` within a
 * name, `**` over directories, `[a-z]`, `{a,b}`. Names that start with a dot are only found by a pattern that does.
 */
export function glob(files: Files, pattern: string): string[] {
  const found: string[] = []
  for (const alternative of expandBraces(pattern)) {
    const parts = alternative.split('/').filter((part) => part !== '' && part !== '.')
    for (const path of walk(files, '', parts)) if (!found.includes(path)) found.push(path)
  }
  return found
}

function walk(files: Files, at: string, parts: readonly string[]): string[] {
  const [part, ...rest] = parts
  if (part === undefined) return files.kind(at) === 'file' ? [at] : []
  const join = (name: string): string => (at === '' ? name : `${at}/${name}`)
  if (part === '**') {
    const names = files.list(at) ?? []
    const deeper = names
      .filter((name) => !name.startsWith('.') && files.entry(join(name))?.kind === 'directory')
      .flatMap((name) => walk(files, join(name), parts))
    // A directory's files stand between its subdirectories, all in the order of their names.
    return [...walk(files, at, rest), ...deeper].sort(byName)
  }
  if (!/[*?[\\]/.test(part)) {
    const path = join(part)
    if (files.kind(path) === undefined) return []
    return walk(files, path, rest)
  }
  const pattern = namePattern(part)
  return (files.list(at) ?? [])
    .filter((name) => (part.startsWith('.') || !name.startsWith('.')) && pattern.test(name))
    .flatMap((name) =>
      rest.length === 0 || files.kind(join(name)) === 'directory' ? walk(files, join(name), rest) : [],
    )
}

function byName(a: string, b: string): number {
  const left = a.split('/')
  const right = b.split('/')
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const one = left[i] as string
    const other = right[i] as string
    if (one !== other) return one < other ? -1 : 1
  }
  return left.length - right.length
}

function namePattern(part: string): RegExp {
  let source = ''
  for (let i = 0; i < part.length; i++) {
    const c = part[i] as string
    if (c === '*') source += '[^/]*'
    else if (c === '?') source += '[^/]'
    else if (c === '\\' && i + 1 < part.length) source += quoted(part[++i] as string)
    else if (c === '[') {
      const end = part.indexOf(']', i + 2)
      if (end < 0) source += '\\['
      else {
        const body = part.slice(i + 1, end)
        const negated = body.startsWith('!') || body.startsWith('^')
        source += `[${negated ? '^' : ''}${body.slice(negated ? 1 : 0).replace(/[\\\]^]/g, '\\$&')}]`
        i = end
      }
    } else source += quoted(c)
  }
  return new RegExp(`^${source}$`, 'su')
}

function quoted(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

const maximumAlternatives = 1000

function expandBraces(pattern: string): string[] {
  const open = pattern.indexOf('{')
  if (open < 0) return [pattern]
  let depth = 0
  const cuts = [open]
  for (let i = open; i < pattern.length; i++) {
    const c = pattern[i]
    if (c === '{') depth++
    else if (c === ',' && depth === 1) cuts.push(i)
    else if (c === '}' && --depth === 0) {
      cuts.push(i)
      const expanded: string[] = []
      for (let k = 0; k + 1 < cuts.length; k++) {
        const middle = pattern.slice((cuts[k] as number) + 1, cuts[k + 1])
        expanded.push(...expandBraces(pattern.slice(0, open) + middle + pattern.slice(i + 1)))
        if (expanded.length > maximumAlternatives) return expanded
      }
      return expanded
    }
  }
  return [pattern]
}
