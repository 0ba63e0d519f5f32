/** A part of a pattern, as far as lengths of lookbehinds need it. */
export type Item =
  | { readonly kind: 'one' }
  | { readonly kind: 'none' }
  | { readonly kind: 'behind' }
  | { readonly kind: 'end' }
  | { readonly kind: 'variable' }
  | { readonly kind: 'group'; readonly branches: readonly (readonly Item[])[] }
  | { readonly kind: 'reference'; readonly group: number | string; readonly open: readonly number[] }
  | { readonly kind: 'repeat'; readonly item: Item; readonly times: number }

/** Parentheses that are open, or that have been read. */
export interface Group {
  branches: Item[][]
  readonly kind: 'root' | 'plain' | 'capture' | 'look' | 'condition' | 'define' | 'reset'
  readonly number?: number
  readonly behind?: number
  readonly flags: Flags
  readonly resetFrom?: number
  resetMost?: number
  readonly start: number
}

/** Options that last to the end of their group. */
export interface Flags {
  readonly extended: boolean
  readonly extendedMore: boolean
  readonly noCapture: boolean
}

/** What PCRE2 refuses, with the offset at which it notices. */
export class PatternError extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

const NEST_LIMIT = 250
const NAME_LIMIT = 32
export const REPEAT_LIMIT = 65535
export const ONE: Item = { kind: 'one' }
export const NONE: Item = { kind: 'none' }
export const VARIABLE: Item = { kind: 'variable' }

/** A pattern that is read once, left to right: the cursor, and what has been seen. */
export class Pattern {
  at = 0
  readonly groups: Group[] = []
  captures = 0
  readonly names = new Map<string, Set<number>>()
  private readonly numberNames = new Map<number, string>()
  readonly bodies = new Map<number, Group>()
  readonly references: { group: number | string; at: number }[] = []
  /** Lookbehinds, with the offsets at which they are judged once all groups are known. */
  readonly behinds: { group: Group; at: number }[] = []
  flags: Flags
  repeatable = false
  expectCondition = false
  readonly text: string

  constructor(text: string, extended: boolean) {
    this.text = text
    this.flags = { extended, extendedMore: false, noCapture: false }
  }

  fail(message: string, at = this.at): never {
    throw new PatternError(message, at)
  }

  get branch(): Item[] {
    return (this.groups.at(-1) as Group).branches.at(-1) as Item[]
  }

  add(item: Item, repeatable = true) {
    this.branch.push(item)
    this.repeatable = repeatable
  }

  relative(sign: string, number: number): number {
    if (sign !== '' && number === 0) this.fail('(?+ or (?- or (?(+ or (?(- must be followed by a non-zero digit')
    if (number > REPEAT_LIMIT) this.fail('number is too big')
    if (sign === '-') {
      if (number > this.captures) this.fail('reference to non-existent subpattern')
      return this.captures - number + 1
    }
    return sign === '+' ? this.captures + number : number
  }

  readName(close: string): string {
    const start = this.at
    const first = this.text[start]
    if (first === undefined || first === close) this.fail('subpattern name expected')
    if (/[0-9]/.test(first)) this.fail('subpattern name must start with a non-digit', start)
    const name = (/^[A-Za-z0-9_]*/.exec(this.text.slice(start)) as RegExpExecArray)[0]
    if (name.length > NAME_LIMIT) this.fail('subpattern name is too long (maximum 32 code units)', start + NAME_LIMIT)
    if (name === '') this.fail('subpattern name expected', start)
    this.at = start + name.length
    if (this.text[this.at] !== close) this.fail('syntax error in subpattern name (missing terminator?)')
    this.at++
    return name
  }

  /** `{n}`, `{n,}` or `{n,m}` at the cursor, which is left where it is. */
  counted(): { min: number; max: number; length: number } | undefined {
    const found =
      /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.text.slice(this.at, this.at + 40)) ??
      /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.text.slice(this.at))
    if (!found) return undefined
    const min = Number(found[1])
    const max = found[2] === undefined ? min : found[3] === '' ? Infinity : Number(found[3])
    const place = this.at + found[0].length
    if (min > REPEAT_LIMIT || (max !== Infinity && max > REPEAT_LIMIT))
      this.fail('number too big in {} quantifier', place)
    if (max < min) this.fail('numbers out of order in {} quantifier', place)
    return { min, max, length: found[0].length }
  }

  open(kind: Group['kind'], more: { number?: number; behind?: number; resetFrom?: number }) {
    if (this.groups.length > NEST_LIMIT) this.fail('parentheses are too deeply nested')
    const group: Group = { branches: [[]], kind, flags: this.flags, start: this.at, ...more }
    this.groups.push(group)
    if (more.number !== undefined) this.bodies.set(more.number, this.bodies.get(more.number) ?? group)
    this.repeatable = false
  }

  openCapture(name?: string) {
    this.captures++
    const number = this.captures
    if (name !== undefined) {
      const taken = this.numberNames.get(number)
      if (taken !== undefined && taken !== name)
        this.fail('different names for subpatterns of the same number are not allowed')
      this.numberNames.set(number, name)
      const numbers = this.names.get(name) ?? new Set()
      numbers.add(number)
      this.names.set(name, numbers)
    }
    this.open('capture', { number })
  }

  /** The capturing groups around the cursor. */
  openCaptures(): readonly number[] {
    return this.groups.flatMap((group) => (group.number === undefined ? [] : [group.number]))
  }
}
