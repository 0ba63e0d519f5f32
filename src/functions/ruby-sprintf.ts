import { floatText } from '../types/quote.ts'
import { cut, type Directive, formatFloat, formatInteger, justify } from './sprintf-numbers.ts'

/** What a format asks of an argument; conversions throw `FormatError` with Ruby's wording. */
export interface FormatArgument {
  readonly toInteger: () => bigint | number
  readonly toFloat: () => number | bigint
  readonly toText: () => string
  readonly inspect: () => string
  /** For `%c`: a string's first character or the character of a code. */
  readonly toCharacter: () => string
}

export interface FormatArguments {
  readonly count: number
  readonly at: (index: number) => FormatArgument
  /** By name, for `%<name>d` and `%{name}`. */
  readonly named: (name: string, written: string) => FormatArgument
}

export class FormatError extends Error {
  readonly missingKey: boolean
  constructor(message: string, missingKey = false) {
    super(message)
    this.missingKey = missingKey
  }
}

/** Ruby's Kernel#sprintf. */
export function rubySprintf(format: string, args: FormatArguments): string {
  let result = ''
  let next = 0
  let style: 'unnumbered' | 'numbered' | 'named' | undefined
  let at = 0

  const sequential = (): FormatArgument => {
    if (style === 'numbered') throw new FormatError(`unnumbered(${next + 1}) mixed with numbered`)
    if (style === 'named') throw new FormatError(`unnumbered(${next + 1}) mixed with named`)
    style = 'unnumbered'
    if (next >= args.count) throw new FormatError('too few arguments')
    return args.at(next++)
  }
  const numbered = (index: number): FormatArgument => {
    if (style === 'unnumbered') throw new FormatError(`numbered(${index}) after unnumbered(${next})`)
    if (style === 'named') throw new FormatError(`numbered(${index}) after named`)
    if (index < 1) throw new FormatError(`invalid index - ${index}$`)
    style = 'numbered'
    if (index > args.count) throw new FormatError('too few arguments')
    return args.at(index - 1)
  }
  const named = (name: string, written: string): FormatArgument => {
    if (style === 'unnumbered') throw new FormatError(`named${written} after unnumbered(${next})`)
    if (style === 'numbered') throw new FormatError(`named${written} after numbered`)
    style = 'named'
    return args.named(name, written)
  }

  while (at < format.length) {
    const percent = format.indexOf('%', at)
    if (percent < 0) return result + format.slice(at)
    result += format.slice(at, percent)
    at = percent + 1
    const directive: Directive = { left: false, plus: false, space: false, zero: false, alternate: false }
    let chosen: FormatArgument | undefined
    for (let done = false; !done; ) {
      const character = format[at]
      if (character === undefined) throw new FormatError('incomplete format specifier; use %% (double %) instead')
      const flag = flags.get(character)
      if (flag) {
        if (directive.width !== undefined) throw new FormatError('flag after width')
        if (directive.precision !== undefined) throw new FormatError('flag after precision')
        directive[flag] = true
        at++
        continue
      }
      switch (character) {
        case '1':
        case '2':
        case '3':
        case '4':
        case '5':
        case '6':
        case '7':
        case '8':
        case '9': {
          const digits = readDigits(format, at)
          at += digits.length
          if (format[at] === '$') {
            if (chosen) throw new FormatError(`value given twice - ${digits}$`)
            chosen = numbered(Number(digits))
            at++
          } else {
            checkWidth(directive)
            directive.width = Number(digits)
          }
          break
        }
        case '*': {
          checkWidth(directive)
          at++
          const reference = /^(\d+)\$/.exec(format.slice(at))
          if (reference) at += reference[0].length
          const width = Number((reference ? numbered(Number(reference[1])) : sequential()).toInteger())
          if (width < 0) directive.left = true
          directive.width = Math.abs(width)
          break
        }
        case '.': {
          if (directive.precision !== undefined) throw new FormatError('precision given twice')
          at++
          if (format[at] === '*') {
            at++
            const reference = /^(\d+)\$/.exec(format.slice(at))
            if (reference) at += reference[0].length
            const precision = Number((reference ? numbered(Number(reference[1])) : sequential()).toInteger())
            if (precision >= 0) directive.precision = precision
          } else {
            const digits = readDigits(format, at)
            at += digits.length
            directive.precision = Number(digits || '0')
          }
          break
        }
        case '<':
        case '{': {
          const close = format.indexOf(character === '<' ? '>' : '}', at)
          if (close < 0) throw new FormatError('malformed name - unmatched parenthesis')
          const written = format.slice(at, close + 1)
          const name = format.slice(at + 1, close)
          if (chosen) throw new FormatError(`named${written} after <${name}>`)
          chosen = named(name, written)
          at = close + 1
          if (character === '{') {
            result += justify(cut(chosen.toText(), directive.precision), directive)
            done = true
          }
          break
        }
        case '%':
          if (hasFlags(directive) || chosen) throw new FormatError('invalid format character - %')
          result += '%'
          at++
          done = true
          break
        case '\n':
        case '\0':
          if (hasFlags(directive)) throw new FormatError(`malformed format string - %${character}`)
          result += `%${character}`
          at++
          done = true
          break
        default:
          at += character.length
          result += convert(character, directive, chosen ?? (conversions.has(character) ? sequential() : undefined))
          done = true
      }
    }
  }
  return result
}

const flags = new Map([
  [' ', 'space'],
  ['#', 'alternate'],
  ['+', 'plus'],
  ['-', 'left'],
  ['0', 'zero'],
] as const satisfies [string, keyof Directive][]) as ReadonlyMap<
  string,
  'space' | 'alternate' | 'plus' | 'left' | 'zero'
>

function readDigits(format: string, at: number): string {
  const digits = (/^\d*/.exec(format.slice(at)) as RegExpExecArray)[0]
  if (at + digits.length >= format.length) throw new FormatError('malformed format string - %*[0-9]')
  return digits
}

function checkWidth(directive: Directive): void {
  if (directive.width !== undefined) throw new FormatError('width given twice')
  if (directive.precision !== undefined) throw new FormatError('width after precision')
}

const conversions = new Set('cspdiuoxXbBfgGeEaA')

function hasFlags(directive: Directive): boolean {
  const { left, plus, space, zero, alternate, width, precision } = directive
  return left || plus || space || zero || alternate || width !== undefined || precision !== undefined
}

function convert(character: string, directive: Directive, argument: FormatArgument | undefined): string {
  if (!argument || !conversions.has(character)) {
    const printable = character >= ' ' && character <= '~'
    throw new FormatError(`malformed format string${printable ? ` - %${character}` : ''}`)
  }
  switch (character) {
    case 'c':
      return justify(argument.toCharacter(), directive)
    case 's':
      return justify(cut(argument.toText(), directive.precision), directive)
    case 'p':
      return justify(cut(argument.inspect(), directive.precision), directive)
    case 'd':
    case 'i':
    case 'u':
      return formatInteger(argument.toInteger(), 10, character, directive)
    case 'o':
      return formatInteger(argument.toInteger(), 8, character, directive)
    case 'x':
    case 'X':
      return formatInteger(argument.toInteger(), 16, character, directive)
    case 'b':
    case 'B':
      return formatInteger(argument.toInteger(), 2, character, directive)
    default:
      return formatFloat(argument.toFloat(), character, directive)
  }
}

/** A float for `%d`: cut towards zero; what is no number has Ruby's error. */
export function floatToInteger(value: number): bigint {
  if (!Number.isFinite(value)) throw new FormatError(floatText(value))
  return BigInt(Math.trunc(value))
}
