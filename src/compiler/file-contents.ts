import type { CatalogResource } from '../catalog/catalog.ts'
import type { Segment } from '../catalog/rendered-file.ts'
import { segmentsOf, withConditions } from '../catalog/segments.ts'
import { isLfsPointer } from '../source/lfs-pointer.ts'
import { type SourceFile, sourceFile, span } from '../source/source-file.ts'
import type { FoundFile, ModulesView } from '../value/function.ts'
import { type Condition, isFixed, wholeOrigin } from '../value/origin.ts'
import type { Value } from '../value/value.ts'

/** What a resource puts into a file. */
export type Content =
  | { readonly kind: 'text'; readonly text: string; readonly segments: readonly Segment[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Fetched or computed by the agent: why, as an end of a sentence. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** A module's file that is not there: the URL. */
  | { readonly kind: 'missing'; readonly url: string }

/** The content of a `content` parameter. */
export function contentOfValue(value: Value): Content {
  switch (value.kind) {
    case 'string':
      return { kind: 'text', text: value.value, segments: segmentsOf(value) }
    case 'sensitive':
      return secretContent(contentOfValue(value.value))
    case 'binary':
      return { kind: 'bytes', bytes: value.bytes }
    case 'object':
      return { kind: 'unknown', reason: 'its content is deferred to the agent' }
    default:
      return { kind: 'unknown', reason: `its content is of type ${value.kind}` }
  }
}

/** The same content, every segment secret. */
export function secretContent(content: Content): Content {
  return content.kind === 'text'
    ? { ...content, segments: content.segments.map((segment) => ({ ...segment, sensitive: true })) }
    : content
}

/** The module files that a `source` parameter names: the first that exists, as the agent chooses. */
export function contentOfSource(value: Value, modules: ModulesView): Content {
  let missing: string | undefined
  for (const url of sourceUrls(value)) {
    const reference = moduleReference(url)
    if (reference === undefined) return { kind: 'unknown', reason: `the agent fetches it from ${url}` }
    const found = modules.find('files', reference)
    if (found) {
      const content = contentOfFile(found)
      const conditions = parameterCondition(value)
      return content.kind === 'text' ? { ...content, segments: withConditions(content.segments, conditions) } : content
    }
    missing ??= url
  }
  return missing === undefined
    ? { kind: 'unknown', reason: 'its source is no text' }
    : { kind: 'missing', url: missing }
}

/** A parameter that is not content and yet decides over it: where its value comes from, unless code alone says so. */
export function parameterCondition(value: Value | undefined): Condition[] {
  if (!value) return []
  const origin = wholeOrigin(value)
  return isFixed(origin) ? [] : [{ origin, reads: [] }]
}

/** The URLs of a `source` parameter, one or several. */
export function sourceUrls(value: Value): string[] {
  return (value.kind === 'array' ? value.values : [value]).flatMap((v) => (v.kind === 'string' ? [v.value] : []))
}

/** `apache/x.conf` of `puppet:///modules/apache/x.conf`; the same for a URL that names a server. */
export function moduleReference(url: string): string | undefined {
  return /^puppet:\/\/[^/]*\/modules\/(.+)$/.exec(url)?.[1]
}

function contentOfFile(found: FoundFile): Content {
  const bytes = found.bytes()
  const file = textFile(found.path, bytes)
  if (!file) return { kind: 'bytes', bytes }
  if (isLfsPointer(file.text)) return { kind: 'unknown', reason: `Git LFS has not fetched ${found.path}: git lfs pull` }
  const whole = span(file, 0, file.text.length)
  const segment: Segment = {
    start: 0,
    end: whole.end,
    template: whole,
    origin: { kind: 'literal', span: whole },
    reads: [],
  }
  return { kind: 'text', text: file.text, segments: file.text === '' ? [] : [segment] }
}

/** The bytes as a text, if they are UTF-8 without NUL. */
function textFile(path: string, bytes: Uint8Array): SourceFile | undefined {
  if (bytes.includes(0)) return undefined
  try {
    return sourceFile(path, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** The text of a string or integer parameter; `undefined` where it is not set or something else. */
export function textParameter(resource: CatalogResource, name: string): string | undefined {
  const value = resource.parameters.get(name)?.value
  return value?.kind === 'string' || value?.kind === 'integer' ? value.value.toString() : undefined
}

/** Whether a parameter says yes in one of Puppet's ways: `true`, `'true'`, `'yes'`. */
export function isTrue(resource: CatalogResource, name: string): boolean {
  const value = resource.parameters.get(name)?.value
  if (value?.kind === 'boolean') return value.value
  return value?.kind === 'string' && /^(true|yes)$/i.test(value.value)
}
