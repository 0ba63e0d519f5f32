import {
  EXEC_ON_READ,
  NONFATAL_OVERRIDE,
  NOT_IN_DIR_CONTEXT,
  NOT_IN_DIR_LOC_FILE,
  NOT_IN_DIRECTORY,
  NOT_IN_FILES,
  NOT_IN_HTACCESS,
  NOT_IN_LOCATION,
  NOT_IN_PROXY,
  NOT_IN_VIRTUALHOST,
} from './bits.ts'
import type { Call, ConfigNode } from './context.ts'
import type { DirectiveSpec } from './directive-table.ts'
import { type Fault, fault, type Place } from './faults.ts'
import { readWord, type Word } from './words.ts'

/** A fault with the stretch of the raw argument text that it is about. */
export interface PlacedFault {
  readonly fault: Fault
  /** Offsets in the raw argument text; undefined for the directive's name. */
  readonly place: readonly [number, number] | undefined
}

/** What a directive's arguments came to. */
export interface Outcome {
  readonly faults: readonly PlacedFault[]
  /** httpd would only log that the directive is not allowed. */
  readonly ignored?: boolean
}

const COUNTS: Readonly<Record<string, string>> = {
  TAKE1: 'takes one argument',
  TAKE2: 'takes two arguments',
  TAKE12: 'takes 1-2 arguments',
  TAKE3: 'takes three arguments',
  TAKE23: 'takes two or three arguments',
  TAKE123: 'takes one, two or three arguments',
}
const MOST_ARGUMENTS = 64

/** Whether the place lets the directive stand at all: httpd's first test. */
export function notAllowed(spec: DirectiveSpec, call: Pick<Call, 'scope'>): Fault | 'ignored' | undefined {
  const { scope } = call
  if ((scope.override & spec.bits) !== 0 || scope.overrideList?.has(spec.name.toLowerCase())) return undefined
  if (scope.override & NONFATAL_OVERRIDE) return 'ignored'
  const parent = scope.node?.parent
  return fault(
    'not-allowed',
    parent ? `${spec.name} not allowed in ${parent.name}> context` : `${spec.name} not allowed here`,
    'name',
  )
}

/** Splits the arguments as the directive's kind asks and hands them over. */
export function invoke(call: Call, handler: ((call: Call) => Fault | undefined) | undefined): Outcome {
  const { spec, raw } = call
  const refused = notAllowed(spec, call)
  if (refused === 'ignored') return { faults: [], ignored: true }
  if (refused) return one(refused, [])
  const run = (words: readonly Word[], flag = false): readonly PlacedFault[] => {
    const found = handler?.({ ...call, args: words.map((word) => word.value), flag })
    return found ? [{ fault: found, place: placeOf(found.at, words, raw) }] : []
  }
  switch (spec.args) {
    case 'RAW_ARGS': {
      const found = handler?.(call)
      return found ? one(found, [], raw) : { faults: [] }
    }
    case 'TAKE_ARGV': {
      const words: Word[] = []
      for (let at = 0; words.length < MOST_ARGUMENTS; ) {
        const word = readWord(raw, at)
        if (word.value === '' && word.next >= raw.length) break
        words.push(word)
        at = word.next
        if (at >= raw.length) break
      }
      return { faults: run(words) }
    }
    case 'ITERATE': {
      let word = readWord(raw, 0)
      if (word.value === '') return count(call, 'requires at least one argument', word, raw)
      const faults: PlacedFault[] = []
      for (; word.value !== ''; word = readWord(raw, word.next)) faults.push(...run([word]))
      return { faults }
    }
    case 'ITERATE2': {
      const first = readWord(raw, 0)
      if (first.value === '' || first.next >= raw.length)
        return count(call, 'requires at least two arguments', first, raw)
      const faults: PlacedFault[] = []
      for (let word = readWord(raw, first.next); word.value !== ''; word = readWord(raw, word.next))
        faults.push(...run([first, word]))
      return { faults }
    }
    case 'FLAG': {
      const word = readWord(raw, 0)
      const value = word.value.toLowerCase()
      if (value !== 'on' && value !== 'off')
        return one(fault('on-off', `${spec.name} must be On or Off`, 0), [word], raw)
      return { faults: run([word], value === 'on') }
    }
    default:
      return take(call, run)
  }
}

function take(call: Call, run: (words: readonly Word[]) => readonly PlacedFault[]): Outcome {
  const { spec, raw } = call
  const first = readWord(raw, 0)
  const second = readWord(raw, first.next)
  const third = readWord(raw, second.next)
  const most = Number(spec.args.at(-1))
  const least = Number(spec.args.at(4))
  const words = [first, second, third].slice(0, most)
  const last = words[most - 1] as Word
  const wrong = last.next < raw.length || words.slice(0, least).some((word) => word.value === '')
  const said = COUNTS[spec.args]
  if (said === undefined) throw new Error(`unknown argument kind ${spec.args}`)
  if (wrong) return count(call, said, last, raw)
  // An empty optional word of TAKE12 is none; those of TAKE23 and TAKE123 are only absent at the end of the text.
  const given = words.filter(
    (word, i) => i < least || (spec.args === 'TAKE12' ? word.value !== '' : word.start < raw.length),
  )
  return { faults: run(given) }
}

function count(call: Call, said: string, last: Word, raw: string): Outcome {
  const extra = last.next < raw.length
  const place: Place = extra ? [last.next, raw.length] : 'name'
  return one(fault('argument-count', `${call.spec.name} ${said}`, place), [], raw)
}

function one(found: Fault, words: readonly Word[], raw = ''): Outcome {
  return { faults: [{ fault: found, place: placeOf(found.at, words, raw) }] }
}

function placeOf(at: Place | undefined, words: readonly Word[], raw: string): readonly [number, number] | undefined {
  if (at === 'name') return undefined
  if (typeof at === 'object') return at
  if (at === undefined && words.length === 0) return raw === '' ? undefined : [0, raw.length]
  const word = words[at ?? words.length - 1] ?? words.at(-1)
  return word ? [word.start, Math.max(word.end, word.start)] : undefined
}

/** Whether the directive's own code refuses the place, in httpd's words (`ap_check_cmd_context`). */
export function forbidden(call: Call, where: number): Fault | undefined {
  const { spec, scope } = call
  const name = spec.name.startsWith('<') && !spec.name.endsWith('>') ? `${spec.name}>` : spec.name
  const refuse = (place: string) => fault('context', `${name} cannot occur within ${place}`, 'name')
  if (where & NOT_IN_VIRTUALHOST && scope.server.virtual) return refuse('<VirtualHost> section')
  if (where & NOT_IN_DIR_CONTEXT && scope.limited !== -1n) return refuse('<Limit> or <LimitExcept> section')
  if (where & NOT_IN_HTACCESS && scope.htaccess) return refuse('htaccess files')
  if ((where & NOT_IN_DIR_LOC_FILE) === NOT_IN_DIR_LOC_FILE) {
    if (scope.path !== undefined) return refuse('directory context')
    if (spec.bits & EXEC_ON_READ) return undefined
  }
  const section =
    (where & NOT_IN_DIRECTORY && enclosing(scope.node, ['<directory', '<directorymatch'])) ||
    (where & NOT_IN_LOCATION && enclosing(scope.node, ['<location', '<locationmatch'])) ||
    (where & NOT_IN_FILES && enclosing(scope.node, ['<files', '<filesmatch', '<if', '<elseif', '<else'])) ||
    (where & NOT_IN_PROXY && enclosing(scope.node, ['<proxy', '<proxymatch']))
  return section ? refuse(`${section.name}> section`) : undefined
}

function enclosing(node: ConfigNode | undefined, names: readonly string[]): ConfigNode | undefined {
  for (const name of names)
    for (let parent = node?.parent; parent; parent = parent.parent)
      if (parent.name.toLowerCase() === name) return parent
  return undefined
}
