import type { ChosenMerge, KeyLookup } from '../compiler/lookup-key.ts'
import { hideSecrets, type Mask } from '../diff/mask.ts'
import type { Span } from '../source/source-file.ts'
import { type HashValue, hashGet, type Value } from '../value/value.ts'
import { type Interpolation, type LevelContext, type LookupLevel, type Search, searchesOf } from './lookup-levels.ts'
import { learnSecretValue, maskedValue, sourceOf, valueLine, valueRows } from './lookup-value.ts'
import { prettyFinding } from './pretty-finding.ts'
import type { Role, Style } from './style.ts'
import { padEnd, textWidth, visible } from './visible-text.ts'
import { placeText } from './wording.ts'

/** A look-up for a node, to be told. */
export interface LookupReport {
  readonly node: string
  readonly keys: readonly string[]
  readonly found: KeyLookup
  readonly context: LevelContext
  readonly mask: Mask
}

/** Remembers the secrets of a look-up; whether its value is secret as a whole. */
export function learnLookup({ found, mask }: LookupReport): boolean {
  if (found.value) learnSecretValue(found.value, mask)
  return found.value?.kind === 'sensitive'
}

/** The key whose value was found, and its search. */
export function decidingSearch(searches: readonly Search[]): Search | undefined {
  const gave = ({ status }: LookupLevel) => status === 'used' || status === 'merged'
  return searches.find(({ levels }) => levels.some(gave)) ?? searches.at(-1)
}

/**
 * The value, each part with the file, line and level that it comes from; the merge and who chose it; every level that
 * was asked with what it has. `options`: how `lookup_options` came about as well.
 */
export function renderLookup(report: LookupReport, style: Style, { options = false } = {}): string {
  const { found, node, keys, mask, context } = report
  const { paint } = style
  const secret = learnLookup(report)
  const searches = searchesOf(found, context)
  const deciding = decidingSearch(searches.data)
  const safe = (text: string): string => visible(hideSecrets(mask, text))
  const key = found.value && deciding ? deciding.key : keys.join(', ')
  const sections = [`${paint('strong', safe(key))} on ${safe(node)}`]
  if (found.value) sections.push(valueSection(maskedValue(found.value, mask), searches.data, style, safe))
  if (deciding) sections.push(mergeLines(report, deciding, style, safe).join('\n'))
  for (const search of searches.data)
    sections.push(searchSection(search, `Levels asked for ${safe(search.key)}`, { style, safe, mask, secret }))
  if (options)
    for (const search of searches.options)
      sections.push(searchSection(search, 'Levels asked for lookup_options', { style, safe, mask, secret: false }))
  for (const diagnostic of found.diagnostics)
    sections.push(prettyFinding({ diagnostic, nodes: [node], trace: [] }, 1, mask, style))
  for (const { level, message, span } of found.logs)
    if (level !== 'notice' && level !== 'info' && level !== 'debug')
      sections.push(`${paint('warning', `${level}:`)} ${safe(message)}${span?.file.path ? `  ${placeText(span)}` : ''}`)
  return `${sections.join('\n\n')}\n`
}

type Safe = (text: string) => string

/** Wider values get their places without alignment. */
const widestValue = 60

function valueSection(value: Value, searches: readonly Search[], style: Style, safe: Safe): string {
  const levels = levelNames(searches)
  const all = valueRows(value)
  const rows = all.slice(0, style.maximumLines ?? all.length).map(({ text, origin }) => {
    const span = origin && sourceOf(origin)
    return { text: safe(text), place: span ? safe(placeText(span)) : '', level: span ? (levels(span) ?? '') : '' }
  })
  const width = Math.min(widestValue, Math.max(...rows.map((row) => textWidth(row.text))))
  const placeWidth = Math.max(...rows.map((row) => textWidth(row.place)))
  const lines = rows.map(({ text, place, level }) =>
    `  ${padEnd(text, width)}   ${style.paint('path', padEnd(place, placeWidth))}   ${style.paint('dim', safe(level))}`.trimEnd(),
  )
  if (all.length > rows.length) lines.push(`  ${style.paint('dim', `and ${all.length - rows.length} more lines`)}`)
  return lines.join('\n')
}

/** The level that a place of a data file belongs to. */
export function levelNames(searches: readonly Search[]): (span: Span) => string | undefined {
  const names = new Map<string, string>()
  const add = (search: Search): void => {
    for (const level of search.levels) {
      const path = level.place?.file.path ?? level.location?.text
      if (path !== undefined && !names.has(path)) names.set(path, level.name)
      for (const { searches: inner } of level.interpolations) inner.forEach(add)
    }
  }
  searches.forEach(add)
  return (span) => names.get(span.file.path)
}

/** `hash`, `deep (knockout_prefix "--")`. */
export function mergeText({ merge }: ChosenMerge): string {
  if (!merge) return 'first'
  if (merge.kind !== 'hash') return valueLine(merge, 80)
  const strategy = hashGet(merge, 'strategy')
  const options = [...merge.entries.values()]
    .filter(({ key }) => !(key.kind === 'string' && key.value === 'strategy'))
    .map((entry) => `${valueLine(entry.key, 40)}: ${valueLine(entry.value, 40)}`)
  const name = strategy ? valueLine(strategy, 40) : '?'
  return options.length === 0 ? name : `${name} (${options.join(', ')})`
}

function mergeLines({ found, keys }: LookupReport, deciding: Search, style: Style, safe: Safe): string[] {
  const merge = found.merges.get(deciding.key)
  const options = found.options.get(deciding.key)
  const lines: string[] = []
  const chosen = {
    request: 'as asked for',
    lookup_options: 'chosen by lookup_options',
    default: 'the first value found counts',
  }
  const place = (span: Span | undefined) => (span ? `  ${style.paint('path', safe(placeText(span)))}` : '')
  if (merge)
    lines.push(
      `Merge: ${style.paint('strong', safe(mergeText(merge)))}, ${chosen[merge.by]}${place(merge.merge && merge.by === 'lookup_options' ? sourceOf(merge.merge.origin) : undefined)}`,
    )
  if (options)
    lines.push(
      `lookup_options: ${safe(`${options.name}: ${valueLine(options.options, 100)}`)}${place(sourceOf(options.options.origin))}`,
    )
  const convert = options && convertTo(options.options)
  if (convert) lines.push(`Converted to ${safe(valueLine(convert, 80))}`)
  if (keys.length > 1) lines.push(`Keys in this order: ${safe(keys.join(', '))}`)
  return lines
}

function convertTo(options: HashValue): Value | undefined {
  const value = hashGet(options, 'convert_to')
  return value && value.kind !== 'undef' ? value : undefined
}

interface Showing {
  readonly style: Style
  readonly safe: Safe
  readonly mask: Mask
  /** The value is secret, so what the levels have is as well. */
  readonly secret: boolean
}

const marks: Readonly<Record<LookupLevel['status'], readonly [sign: string, words: string, role: Role]>> = {
  used: ['✓', 'used', 'ok'],
  merged: ['✓', 'merged', 'ok'],
  overridden: ['▽', 'overridden', 'warning'],
  'no-key': ['·', 'no such key', 'dim'],
  'no-file': ['·', 'no such file', 'dim'],
  failed: ['✗', 'failed', 'error'],
}

function searchSection(search: Search, title: string, showing: Showing): string {
  const { style, safe } = showing
  const lines = [style.paint('strong', title)]
  const rows = search.levels.map((level) => levelRow(level, showing))
  const nameWidth = Math.max(0, ...rows.map((row) => textWidth(row.name)))
  const placeWidth = Math.max(0, ...rows.map((row) => textWidth(row.place)))
  let layer: string | undefined
  for (const [index, level] of search.levels.entries()) {
    const row = rows[index] as (typeof rows)[number]
    const heading = `${level.layer}${level.fallback ? ', default hierarchy' : ''}`
    if (heading !== layer)
      lines.push(`  ${safe(heading)}${level.span ? `  ${style.paint('path', safe(level.span.file.path))}` : ''}`)
    layer = heading
    const [sign, words, role] = marks[level.status]
    const place = style.paint(row.placed ? 'path' : 'dim', padEnd(row.place, placeWidth))
    lines.push(
      `    ${style.paint(role, sign)} ${padEnd(row.name, nameWidth)}   ${place}   ${style.paint(role, padEnd(words, 12))} ${row.value}`.trimEnd(),
    )
    for (const note of level.notes) lines.push(`        ${safe(note)}`)
    for (const interpolation of level.interpolations) lines.push(...interpolationLines(interpolation, showing))
  }
  for (const note of search.notes) lines.push(`  ${style.paint('dim', safe(note))}`)
  if (search.levels.length === 0 && search.notes.length === 0) lines.push(`  ${style.paint('dim', 'none')}`)
  return lines.join('\n')
}

function levelRow(level: LookupLevel, { safe, mask, secret }: Showing) {
  const value = level.value && maskedValue(level.value, mask, secret)
  const original = level.location?.original
  const place = level.place
    ? placeText(level.place)
    : (level.location?.text ?? (level.span ? placeText(level.span) : ''))
  return {
    name: safe(level.name),
    placed: level.place !== undefined,
    place: safe(place),
    value: value
      ? safe(valueLine(value, 60))
      : level.status === 'no-file' && original?.includes('%{')
        ? safe(original)
        : '',
  }
}

function interpolationLines({ expression, variables, searches }: Interpolation, showing: Showing): string[] {
  const { style, safe, mask, secret } = showing
  if (secret) return []
  const lines = [`        ${safe(expression)}`]
  for (const { name, value } of variables) if (!value) lines.push(`          $${safe(name)} is not set`)
  for (const { key, levels } of searches) {
    const giving = levels.filter(({ status }) => status === 'used' || status === 'merged')
    if (giving.length === 0) lines.push(`          ${safe(key)}: ${style.paint('warning', 'no value')}`)
    for (const level of giving) {
      const shown = level.value ? valueLine(maskedValue(level.value, mask), 40) : ''
      const place = level.place ? `  ${style.paint('path', safe(placeText(level.place)))}` : ''
      lines.push(`          ${safe(key)}: ${safe(shown)}${place}  ${style.paint('dim', safe(level.name))}`)
      for (const inner of level.interpolations)
        lines.push(...interpolationLines(inner, showing).map((line) => `  ${line}`))
    }
  }
  return lines.length > 1 ? lines : []
}
