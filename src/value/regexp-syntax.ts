/** A pattern that Ruby refuses, in its own words. */
export interface RegexpFault {
  readonly message: string
}

/** How `\d`, `\s`, `\w` and POSIX brackets count characters: Ruby's `(?d)`, `(?a)` and `(?u)`. */
type Mode = 'd' | 'a' | 'u'

interface Group {
  mode: Mode
  extended: boolean
  readonly lookbehind: boolean
}

const asciiSets: Readonly<Record<string, string>> = { d: '0-9', s: ' \\t\\r\\n\\f\\v', w: 'a-zA-Z0-9_' }

const asciiPosix: Readonly<Record<string, string>> = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-/:-@\\[-`{-~',
  space: ' \\t\\r\\n\\f\\v',
  upper: 'A-Z',
  word: 'a-zA-Z0-9_',
  xdigit: '0-9a-fA-F',
}

/**
 * A pattern of Ruby's in the syntax of Oniguruma: shorthands count ASCII alone where Ruby does so, switches and escapes
 * that only one of the two has are resolved. Faults are those that Oniguruma would let pass.
 */
export function toOniguruma(pattern: string): string | RegexpFault {
  const groups: Group[] = [{ mode: 'd', extended: false, lookbehind: false }]
  const current = () => groups.at(-1) as Group
  let out = ''
  let at = 0
  while (at < pattern.length) {
    const character = pattern.charAt(at)
    if (character === '\\') {
      const length = escapeLength(pattern, at)
      out += escapeOutside(pattern.slice(at, at + length), current().mode)
      at += length
    } else if (character === '[') {
      const read = readClass(pattern, at, current().mode)
      out += read.text
      at = read.end
    } else if (character === '(') {
      const opened = openGroup(pattern, at, groups)
      if ('message' in opened) return opened
      out += opened.text
      at = opened.end
    } else if (character === ')') {
      if (groups.length > 1) groups.pop()
      out += ')'
      at++
    } else if (character === '#' && current().extended) {
      const end = pattern.indexOf('\n', at)
      out += pattern.slice(at, end < 0 ? pattern.length : end)
      at = end < 0 ? pattern.length : end
    } else {
      const fault = quantifierFault(pattern, at, current().lookbehind)
      if (fault) return fault
      out += character
      at++
    }
  }
  return out
}

/** The characters of an escape that belong together, `\p{…}` and `\k<…>` with their names. */
function escapeLength(pattern: string, at: number): number {
  const rest = pattern.slice(at)
  const named = /^\\(?:[pPxuo]\{[^}]*\}|[kg](?:<[^>]*>|'[^']*'))/.exec(rest)
  return named ? named[0].length : Math.min(2, rest.length)
}

function escapeOutside(escaped: string, mode: Mode): string {
  const letter = escaped.charAt(1)
  if (escaped.length === 2 && mode !== 'u') {
    const set = asciiSets[letter.toLowerCase()]
    if (set !== undefined) return letter === letter.toLowerCase() ? `[${set}]` : `[^${set}]`
    if (mode === 'a' && letter === 'b') return `(?:${edge('', '!')}|${edge('!', '')})`
  }
  // Letters that mean nothing to Ruby.
  return escaped.length === 2 && 'ONyY'.includes(letter) ? letter : escaped
}

/** A place with a word character behind and before it, or (`!`) not. */
function edge(behind: '' | '!', ahead: '' | '!'): string {
  return `(?<${behind === '' ? '=' : '!'}[${asciiSets.w}])(?${ahead === '' ? '=' : '!'}[${asciiSets.w}])`
}

/** A bracketed class with the classes within. */
function readClass(pattern: string, start: number, mode: Mode): { readonly text: string; readonly end: number } {
  let at = start + 1
  let out = '['
  if (pattern.charAt(at) === '^') {
    out += '^'
    at++
  }
  let isFirst = true
  while (at < pattern.length) {
    const character = pattern.charAt(at)
    if (character === ']' && !isFirst) return { text: `${out}]`, end: at + 1 }
    if (character === '\\') {
      const length = escapeLength(pattern, at)
      out += escapeInside(pattern.slice(at, at + length), mode)
      at += length
    } else if (character === '[') {
      const posix = /^\[:(\^?)(\w+):\]/.exec(pattern.slice(at))
      if (posix) {
        out += posixInside(posix[0], posix[1] as string, posix[2] as string, mode)
        at += posix[0].length
      } else {
        const inner = readClass(pattern, at, mode)
        out += inner.text
        at = inner.end
      }
    } else {
      out += character
      at++
    }
    isFirst = false
  }
  return { text: out, end: at }
}

function escapeInside(escaped: string, mode: Mode): string {
  const letter = escaped.charAt(1)
  const set = escaped.length === 2 && mode !== 'u' ? asciiSets[letter.toLowerCase()] : undefined
  if (set === undefined) return escaped
  return letter === letter.toLowerCase() ? set : `[^${set}]`
}

function posixInside(text: string, negated: string, name: string, mode: Mode): string {
  const set = mode === 'a' ? asciiPosix[name] : undefined
  return set === undefined ? text : `[${negated}${set}]`
}

function openGroup(
  pattern: string,
  at: number,
  groups: Group[],
): { readonly text: string; readonly end: number } | RegexpFault {
  const outer = groups.at(-1) as Group
  const rest = pattern.slice(at)
  const comment = /^\(\?#(?:\\[\s\S]|[^)\\])*\)/.exec(rest)
  if (comment) return { text: '', end: at + comment[0].length }
  const options = /^\(\?([imxdau]*)(?:-([imx]*))?([:)])/.exec(rest)
  if (options && options[0] !== '(?:') return switchOptions(options, at, groups)
  if (/^\(\?[A-Za-z]*$/.test(rest)) return { message: 'end pattern in group' }
  if (/^\(\?(?![:=!>~|<'#(imxdau-])/.test(rest)) return { message: 'undefined group option' }
  const lookbehind = /^\(\?<[=!]/.exec(rest)
  groups.push({ mode: outer.mode, extended: outer.extended, lookbehind: outer.lookbehind || lookbehind !== null })
  const text = lookbehind?.[0] ?? (rest.startsWith('(?:') ? '(?:' : '(')
  return { text, end: at + text.length }
}

function switchOptions(
  options: RegExpExecArray,
  at: number,
  groups: Group[],
): { readonly text: string; readonly end: number } {
  const outer = groups.at(-1) as Group
  const [whole, on = '', off = '', end = ''] = options
  const mode = ([...on].reverse().find((f) => 'dau'.includes(f)) as Mode | undefined) ?? outer.mode
  const extended = off.includes('x') ? false : on.includes('x') || outer.extended
  const kept = on.replace(/[dau]/g, '')
  if (end === ')') {
    // Holds to the end of the group around it.
    outer.mode = mode
    outer.extended = extended
    const text = kept === '' && off === '' ? '' : `(?${kept}${off === '' ? '' : `-${off}`})`
    return { text, end: at + whole.length }
  }
  groups.push({ mode, extended, lookbehind: outer.lookbehind })
  return { text: `(?${kept}${off === '' ? '' : `-${off}`}:`, end: at + whole.length }
}

function quantifierFault(pattern: string, at: number, inLookbehind: boolean): RegexpFault | undefined {
  const found = /^(?:[*+?]|\{(\d*)(,?)(\d*)\})/.exec(pattern.slice(at))
  if (!found) return undefined
  const [text, low = '', comma = '', high = ''] = found
  const isInterval = text.startsWith('{')
  if (isInterval && low === '' && high === '') return undefined
  if (Number(low) > 100_000 || Number(high) > 100_000) return { message: 'too big number for repeat range' }
  if (isInterval && low !== '' && high !== '' && Number(low) > Number(high))
    return { message: 'upper is smaller than lower in repeat range' }
  if (inLookbehind && !(isInterval && (comma === '' || low === high)))
    return { message: 'invalid pattern in look-behind' }
  return undefined
}
