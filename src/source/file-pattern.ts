/**
 * Whether a name fits a pattern as Ruby's `File.fnmatch` has it without flags: `*`, `?`, `[a-c]`, `[!a]` and `\` before
 * a character that stands for itself. A dot at the start is matched by a dot alone.
 */
export function matchesFilePattern(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !/^\\?\./.test(pattern)) return false
  return compiled(pattern)?.test(name) ?? false
}

const known = new Map<string, RegExp | undefined>()

/** `undefined` for a set that does not end, which matches nothing. */
function compiled(pattern: string): RegExp | undefined {
  if (!known.has(pattern)) known.set(pattern, compile(pattern))
  return known.get(pattern)
}

function compile(pattern: string): RegExp | undefined {
  let source = ''
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] as string
    if (char === '*') source += '.*'
    else if (char === '?') source += '.'
    else if (char === '[') {
      const set = /^\[([!^]?)((?:\\[\s\S]|[^\]\\])+)\]/.exec(pattern.slice(at))
      if (!set) return undefined
      const members = (set[2] as string).replace(/\\([\s\S])|([[^])/g, (_, escaped, plain) => `\\${escaped ?? plain}`)
      source += `[${set[1] ? '^' : ''}${members}]`
      at += set[0].length - 1
    } else source += escapeCharacter(char === '\\' && at + 1 < pattern.length ? (pattern[++at] as string) : char)
  }
  try {
    return new RegExp(`^${source}$`, 's')
  } catch {
    return undefined
  }
}

function escapeCharacter(char: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char
}
