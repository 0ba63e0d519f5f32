import { hideSecrets } from '../diff/mask.ts'
import type { Value } from '../value/value.ts'
import { placeJson } from './json.ts'
import { decidingSearch, type LookupReport, learnLookup, levelNames, mergeText } from './lookup.ts'
import { type Interpolation, type LookupLevel, type Search, searchesOf } from './lookup-levels.ts'
import { maskedValue, sourceOf, valueJson } from './lookup-value.ts'

/** JSON text that stands in the document as it is. */
interface Raw {
  readonly raw: string
}

/**
 * A look-up as one JSON document with a newline at its end:
 *
 *     { "version": 1, "command": "lookup", "node", "keys": […], "found", "key"?, "value"?, "sensitive"?,
 *       "merge"?: { "strategy", "options"?, "by": "request" | "lookup_options" | "default", PLACE },
 *       "lookupOptions"?: { "name", "value", PLACE },
 *       "origins": [{ "at": [segments of the value], "level"?, PLACE }],
 *       "searches": [{ "key", "levels": [LEVEL], "notes": […] }], "optionsSearches": the same,
 *       "findings": [{ "severity", "code", "message", "remedy"?, PLACE }], "logs": [{ "level", "message", PLACE }] }
 *
 * LEVEL is `{ "layer", "fallback"?, "name", "declared"?: { PLACE }, "location"?, "original"?, "status", "value"?, PLACE,
 * "keyPlace"?: { PLACE }, "notes"?, "interpolations"?: [{ "expression", "variables", "searches" }] }`; `status` is `used`,
 * `merged`, `overridden` (it has the key, and a level above it counts), `no-key`, `no-file` or `failed`. PLACE is as in
 * the report of a run. Integers keep all their digits; secrets are replaced by tokens.
 */
export function renderLookupJson(report: LookupReport): string {
  const { found, node, keys, context, mask } = report
  const secret = learnLookup(report)
  const searches = searchesOf(found, context)
  const deciding = decidingSearch(searches.data)
  const merge = deciding && found.merges.get(deciding.key)
  const options = deciding && found.options.get(deciding.key)
  const json = (value: Value, all = false): Raw => ({ raw: valueJson(maskedValue(value, mask, all)) })
  const levelOf = levelNames(searches.data)
  const levelJson = (level: LookupLevel): object => ({
    layer: level.layer,
    ...(level.fallback ? { fallback: true } : {}),
    name: level.name,
    ...(level.span ? { declared: placeJson(level.span) } : {}),
    ...(level.location ? { location: level.location.text, original: level.location.original } : {}),
    status: level.status,
    ...(level.value ? { value: json(level.value, secret) } : {}),
    ...placeJson(level.place),
    ...(level.keyPlace ? { keyPlace: placeJson(level.keyPlace) } : {}),
    ...(level.notes.length > 0 ? { notes: level.notes.map((note) => hideSecrets(mask, note)) } : {}),
    ...(level.interpolations.length > 0 && !secret
      ? { interpolations: level.interpolations.map(interpolationJson) }
      : {}),
  })
  const searchJson = ({ key, levels, notes }: Search): object => ({ key, levels: levels.map(levelJson), notes })
  const interpolationJson = ({ expression, variables, searches: inner }: Interpolation): object => ({
    expression,
    variables: variables.map(({ name, value }) => ({ name, found: value !== undefined })),
    searches: inner.map(searchJson),
  })
  const document = {
    version: 1,
    command: 'lookup',
    node,
    keys,
    found: found.value !== undefined,
    ...(found.value && deciding ? { key: deciding.key } : {}),
    ...(found.value ? { value: json(found.value) } : {}),
    ...(secret ? { sensitive: true } : {}),
    ...(merge
      ? {
          merge: {
            strategy: mergeText(merge),
            by: merge.by,
            ...placeJson(merge.merge && sourceOf(merge.merge.origin)),
          },
        }
      : {}),
    ...(options
      ? {
          lookupOptions: {
            name: options.name,
            value: json(options.options),
            ...placeJson(sourceOf(options.options.origin)),
          },
        }
      : {}),
    origins: found.value
      ? leaves(found.value).map(({ at, value }) => {
          const place = sourceOf(value.origin)
          const level = place && levelOf(place)
          return { at, ...(level === undefined ? {} : { level }), ...placeJson(place) }
        })
      : [],
    searches: searches.data.map(searchJson),
    optionsSearches: searches.options.map(searchJson),
    findings: found.diagnostics.map(({ severity, code, message, remedy, span }) => ({
      severity,
      code,
      message: hideSecrets(mask, message),
      ...(remedy === undefined ? {} : { remedy }),
      ...placeJson(span),
    })),
    logs: found.logs.map(({ level, message, span }) => ({
      level,
      message: hideSecrets(mask, message),
      ...placeJson(span?.file.path ? span : undefined),
    })),
  }
  return `${write(document, '')}\n`
}

function leaves(
  value: Value,
  at: readonly (string | number)[] = [],
): { at: readonly (string | number)[]; value: Value }[] {
  if (value.kind === 'sensitive') return leaves(value.value, at)
  if (value.kind === 'array' && value.values.length > 0)
    return value.values.flatMap((element, i) => leaves(element, [...at, i]))
  if (value.kind === 'hash' && value.entries.size > 0)
    return [...value.entries].flatMap(([name, { key, value: element }]) =>
      leaves(element, [...at, key.kind === 'string' ? key.value : name]),
    )
  return [{ at, value }]
}

/** Two blanks a level, as `JSON.stringify` has it, with raw text where it stands. */
function write(data: unknown, indent: string): string {
  const inner = `${indent}  `
  if (typeof data !== 'object' || data === null) return JSON.stringify(data) ?? 'null'
  if ('raw' in data && typeof data.raw === 'string') return data.raw
  if (Array.isArray(data))
    return data.length === 0
      ? '[]'
      : `[\n${data.map((element) => `${inner}${write(element, inner)}`).join(',\n')}\n${indent}]`
  const entries = Object.entries(data).filter(([, value]) => value !== undefined)
  if (entries.length === 0) return '{}'
  return `{\n${entries.map(([key, value]) => `${inner}${JSON.stringify(key)}: ${write(value, inner)}`).join(',\n')}\n${indent}}`
}
