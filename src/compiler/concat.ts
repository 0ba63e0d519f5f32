import type { CatalogResource } from '../catalog/catalog.ts'
import type { Declaration, Segment } from '../catalog/rendered-file.ts'
import { shiftSegments, withConditions } from '../catalog/segments.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import type { ModulesView } from '../value/function.ts'
import type { Condition } from '../value/origin.ts'
import {
  type Content,
  contentOfSource,
  contentOfValue,
  isTrue,
  parameterCondition,
  secretContent,
  textParameter,
} from './file-contents.ts'

const incomparable = define(
  'error',
  'catalog/concat-order',
  (title: string, a: string, b: string) =>
    `Concat_file[${title}]: comparison of Array with Array failed: the orders of the fragments '${a}' and '${b}' mix numbers and words`,
)
const unreadable = define(
  'error',
  'catalog/concat-fragment',
  (title: string, fragment: string, reason: string) =>
    `Concat_file[${title}]: the fragment '${fragment}' cannot be assembled: ${reason}`,
)
const mergeFailed = define(
  'error',
  'catalog/concat-merge',
  (title: string, reason: string) => `Concat_file[${title}]: ${reason}`,
)

/** Merges the texts of fragments as the format says (`json`, `yaml`, …); a message in the reference's words on failure. */
export type MergeFragments = (
  format: string,
  contents: readonly string[],
  force: boolean,
) => { readonly text: string } | { readonly error: string }

export interface Assembled {
  readonly content?: Content
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The content of a `concat_file` out of the catalog's `concat_fragment` resources, as puppetlabs-concat's type
 * assembles it on the node: fragments that name the file by path, title or tag, sorted by order and name.
 */
export function assembleConcat(
  file: CatalogResource,
  fragments: readonly CatalogResource[],
  modules: ModulesView,
  merge: MergeFragments,
  declarationOf: (fragment: CatalogResource) => Declaration | undefined,
): Assembled {
  const diagnostics: Diagnostic[] = []
  const detail = file.span ? { span: file.span } : undefined
  const path = textParameter(file, 'path') ?? file.title
  const tag = textParameter(file, 'tag')
  const mine = fragments.filter((fragment) => {
    const target = textParameter(fragment, 'target')
    return target === path || target === file.title || (tag !== undefined && textParameter(fragment, 'tag') === tag)
  })
  const sorted = sortFragments(mine, textParameter(file, 'order') === 'alpha', (a, b) => {
    diagnostics.push(incomparable([file.title, a.title, b.title], detail))
  })
  const newline = isTrue(file, 'ensure_newline')
  const segments: Segment[] = []
  const parts: string[] = []
  let length = 0
  for (const fragment of sorted) {
    const content = fragmentContent(fragment, modules)
    if (content.kind !== 'text') {
      const place = fragment.span ? { span: fragment.span } : detail
      diagnostics.push(unreadable([file.title, fragment.title, whyNoText(content)], place))
      continue
    }
    const conditions = fragmentConditions(fragment)
    const declared = declarationOf(fragment)
    const own = declared ? { fragments: [declared] } : {}
    for (const segment of withConditions(shiftSegments(content.segments, length), conditions))
      segments.push({ ...segment, ...own })
    length += content.text.length
    if (newline && !content.text.endsWith('\n')) {
      segments.push({
        start: length,
        end: length + 1,
        origin: { kind: 'builtin', name: 'ensure_newline' },
        reads: [],
        ...(conditions.length > 0 ? { conditions } : {}),
        ...own,
      })
      parts.push(`${content.text}\n`)
      length += 1
    } else parts.push(content.text)
  }
  if (diagnostics.length > 0) return { diagnostics }
  const format = textParameter(file, 'format') ?? 'plain'
  if (format === 'plain') return { content: { kind: 'text', text: parts.join(''), segments }, diagnostics }
  const merged = merge(format, parts, isTrue(file, 'force'))
  if ('error' in merged) return { diagnostics: [mergeFailed([file.title, merged.error], detail)] }
  return {
    content: { kind: 'text', text: merged.text, segments: mergedSegments(merged.text, segments, file) },
    diagnostics,
  }
}

/** What decides that a fragment is there, in this file, at its place. */
function fragmentConditions({ condition, parameters }: CatalogResource): readonly Condition[] {
  return [
    ...(condition ? [condition] : []),
    ...parameterCondition(parameters.get('target')?.value),
    ...parameterCondition(parameters.get('order')?.value),
  ]
}

/** A merged document is new text: one segment that comes from all the fragments. */
function mergedSegments(text: string, from: readonly Segment[], file: CatalogResource): Segment[] {
  if (text === '') return []
  const origins = from.map((segment) => segment.origin)
  return [
    {
      start: 0,
      end: text.length,
      origin: file.span
        ? { kind: 'call', name: 'concat', span: file.span, from: origins }
        : { kind: 'builtin', name: 'concat' },
      reads: from.flatMap((segment) => segment.reads),
      conditions: [...new Set(from.flatMap((segment) => segment.conditions ?? []))],
      fragments: [...new Set(from.flatMap((segment) => segment.fragments ?? []))],
      ...(from.some((segment) => segment.sensitive) ? { sensitive: true } : {}),
    },
  ]
}

function whyNoText(content: Exclude<Content, { kind: 'text' }>): string {
  switch (content.kind) {
    case 'missing':
      return `Could not retrieve source(s) ${content.url}`
    case 'unknown':
      return content.reason
    case 'bytes':
      return 'it is no UTF-8 text'
  }
}

function fragmentContent(fragment: CatalogResource, modules: ModulesView): Content {
  const content = fragment.parameters.get('content')
  if (content) {
    const known = contentOfValue(content.value)
    return fragment.sensitive.includes('content') ? secretContent(known) : known
  }
  const source = fragment.parameters.get('source')
  return source
    ? contentOfSource(source.value, modules)
    : { kind: 'unknown', reason: "Set either 'source' or 'content'" }
}

type Key = readonly (bigint | string)[]

/** By order, then name: as numbers where both are whole numbers (the default), else as text, byte by byte. */
function sortFragments(
  fragments: readonly CatalogResource[],
  alpha: boolean,
  onIncomparable: (a: CatalogResource, b: CatalogResource) => void,
): CatalogResource[] {
  const keyed = fragments.map((fragment) => {
    const compound = `${textParameter(fragment, 'order') ?? '10'}___${textParameter(fragment, 'name') ?? fragment.title}`
    return { fragment, key: alpha ? splitAt(compound, '__') : splitAt(compound, '___').map(numeric) }
  })
  let failed = false
  keyed.sort((a, b) => {
    const order = compareKeys(a.key, b.key)
    if (order === undefined && !failed) {
      failed = true
      onIncomparable(a.fragment, b.fragment)
    }
    return order ?? 0
  })
  return keyed.map(({ fragment }) => fragment)
}

function splitAt(text: string, by: string): string[] {
  const at = text.indexOf(by)
  return [text.slice(0, at), text.slice(at + by.length)]
}

/** Ruby's `^\d+$` asks for one line of digits; `to_i` then reads the digits at the very start. */
function numeric(part: string): bigint | string {
  return /^\d+$/m.test(part) ? BigInt(/^\d*/.exec(part)?.[0] || '0') : part
}

/** `undefined` for a number against a word, where Ruby's `<=>` gives nil and sorting fails. */
function compareKeys(a: Key, b: Key): number | undefined {
  for (const [i, x] of a.entries()) {
    const y = b[i]
    const order =
      typeof x === 'string' && typeof y === 'string'
        ? Buffer.compare(Buffer.from(x), Buffer.from(y))
        : typeof x === 'bigint' && typeof y === 'bigint'
          ? Number(x > y) - Number(x < y)
          : undefined
    if (order !== 0) return order
  }
  return 0
}
