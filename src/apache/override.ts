import {
  ALL_OPTIONS,
  ALL_OVERRIDES,
  AUTH_CONFIG,
  FILE_INFO,
  INDEXES,
  LIMIT,
  NONFATAL_OVERRIDE,
  NONFATAL_UNKNOWN,
  OPTION_BITS,
  OPTIONS,
} from './bits.ts'
import { type Fault, fault } from './faults.ts'
import { readWord } from './words.ts'

/** What a server configuration lets `.htaccess` files do. */
export interface Override {
  /** `req_override` bits. */
  readonly bits: number
  /** The options that `Options` may set. */
  readonly options: number
  /** Lower-case names out of AllowOverrideList. */
  readonly list?: ReadonlySet<string>
}

const CLASSES: ReadonlyMap<string, number> = new Map([
  ['limit', LIMIT],
  ['fileinfo', FILE_INFO],
  ['authconfig', AUTH_CONFIG],
  ['indexes', INDEXES],
])

/** `AllowOverride All`. */
const OVERRIDE_ALL: Override = { bits: ALL_OVERRIDES, options: ALL_OPTIONS }

export function overrideOf(given: Override | undefined): Override {
  return given ?? OVERRIDE_ALL
}

/** Reads the arguments of AllowOverride. */
export function parseOverride(text: string): { override: Override; fault?: Fault } {
  let bits = 0
  let options = ALL_OPTIONS
  for (let at = 0; at < text.length; ) {
    const word = readWord(text, at)
    at = word.next
    const cut = word.value.indexOf('=')
    const key = cut < 0 ? word.value : word.value.slice(0, cut)
    const value = cut < 0 ? undefined : word.value.slice(cut + 1)
    const name = key.toLowerCase()
    const place = [word.start, word.end] as const
    const known = CLASSES.get(name)
    if (known !== undefined) bits |= known
    else if (name === 'options') {
      bits |= OPTIONS
      options = optionList(value ?? 'all')
    } else if (name === 'nonfatal') {
      if (value === undefined) {
        const message = `=Override, =Unknown or =All expected after ${key}`
        return { override: { bits, options }, fault: fault('override-option', message, place) }
      }
      const which = value.toLowerCase()
      if (which === 'override') bits |= NONFATAL_OVERRIDE
      else if (which === 'unknown') bits |= NONFATAL_UNKNOWN
      else if (which === 'all') bits |= NONFATAL_OVERRIDE | NONFATAL_UNKNOWN
    } else if (name === 'none') bits = 0
    else if (name === 'all') bits = ALL_OVERRIDES
    else {
      const message = `Illegal override option ${key}`
      return { override: { bits, options }, fault: fault('override-option', message, place) }
    }
  }
  return { override: { bits, options } }
}

/** The options after `Options=`; httpd leaves out silently what it does not know. */
function optionList(text: string): number {
  let options = 0
  for (const name of text.split(',')) {
    if (name === '') continue
    const bit = OPTION_BITS.get(name.toLowerCase())
    if (bit === undefined) break
    options |= bit
  }
  return options
}
