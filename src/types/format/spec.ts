import { define, fail } from '../../source/diagnostic.ts'
import type { PuppetType } from '../../value/type.ts'
import type { Directive } from './sprintf.ts'

/** How values of one type are written: Puppet's `%<flags><width>.<precision><letter>`, and what containers add. */
export interface FormatSpec extends Directive {
  readonly text: string
  readonly alternative: boolean
  readonly left: boolean
  /** One of `[ { ( < |`. */
  readonly delimiter?: string
  readonly separator?: string
  readonly separator2?: string
  readonly elements?: FormatMap
}

/** The first type that takes a value's type decides. */
export type FormatMap = readonly (readonly [PuppetType, FormatSpec])[]

const invalid = define(
  'error',
  'puppet/bad-format',
  (text: string) => `The format '${text}' is not a valid format on the form '%<flags><width>.<prec><format>'`,
)
const repeatedFlag = define(
  'error',
  'puppet/bad-format',
  (text: string) => `The same flag can only be used once, got '${text}'`,
)
const twoDelimiters = define(
  'error',
  'puppet/bad-format',
  (text: string) => `Only one of the delimiters [ { ( < | can be given in the format flags, got '${text}'`,
)
const illegal = define(
  'error',
  'puppet/illegal-format',
  (type: string, letter: string, expected: string) =>
    `Illegal format '${letter}' specified for value of ${type} type - expected one of the characters '${expected}'`,
)

const form = /^%([\s[+#0{<(|-]*)([1-9][0-9]*)?(?:\.([0-9]+))?([a-zA-Z])$/m

/** The source of the expression that every format matches. */
export const formatPattern = '^%([\\s\\[+#0{<(|-]*)([1-9][0-9]*)?(?:\\.([0-9]+))?([a-zA-Z])$'

export function parseFormat(text: string): FormatSpec {
  const match = form.exec(text)
  if (!match) return fail(invalid([text]))
  const given = [...(match[1] as string)]
  const flags = new Set(given)
  if (flags.size !== given.length) fail(repeatedFlag([text]))
  const delimiters = given.filter((f) => '[{(<|'.includes(f))
  if (delimiters.length > 1) fail(twoDelimiters([text]))
  return {
    text,
    flags,
    letter: match[4] as string,
    alternative: flags.has('#'),
    left: flags.has('-'),
    ...(match[2] === undefined ? {} : { width: Number(match[2]) }),
    ...(match[3] === undefined ? {} : { precision: Number(match[3]) }),
    ...(delimiters[0] === undefined ? {} : { delimiter: delimiters[0] }),
  }
}

/** The same with another letter, as Ruby is given it. */
export function withLetter(spec: FormatSpec, letter: string): FormatSpec {
  return { ...spec, letter }
}

export function illegalFormat(type: string, spec: FormatSpec, expected: string): never {
  return fail(illegal([type, spec.letter, expected]))
}
