import { type CatalogResource, idText } from '../catalog/catalog.ts'
import type { Recursion, RenderedFile } from '../catalog/rendered-file.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { matchesFilePattern } from '../source/file-pattern.ts'
import { sourceFile } from '../source/source-file.ts'
import type { ModulesView } from '../value/function.ts'
import { wholeOrigin } from '../value/origin.ts'
import { string, type Value } from '../value/value.ts'
import {
  type Content,
  contentOfSource,
  contentOfValue,
  isTrue,
  moduleReference,
  parameterCondition,
  sourceUrls,
  textParameter,
} from './file-contents.ts'

const missingSource = define(
  'error',
  'catalog/missing-source',
  (resource: string, environment: string, urls: string) =>
    `${resource}: Could not retrieve information from environment ${environment} source(s) ${urls}`,
)
const unknownContent = define(
  'info',
  'catalog/unknown-content',
  (resource: string, reason: string) => `The content of ${resource} cannot be shown: ${reason}`,
)

export interface FileRendering {
  readonly files: readonly RenderedFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * What a `file` resource puts at its path and below it (Puppet documentation, "Resource type: file"). `named` are the
 * paths of resources of their own, which a directory's recursion leaves to them.
 */
export function renderFileResource(
  resource: CatalogResource,
  environment: string,
  modules: ModulesView,
  named: ReadonlySet<string>,
): FileRendering {
  const common = fileAttributes(resource)
  const ensure = textParameter(resource, 'ensure')
  const only = (file: RenderedFile): FileRendering => ({ files: [file], diagnostics: [] })
  if (ensure === 'absent' || isFalse(resource, 'ensure')) return only({ ...common, kind: 'absent' })
  const target = linkTarget(resource, ensure)
  if (ensure === 'link' || target !== undefined)
    return only({ ...common, kind: 'link', ...(target === undefined ? {} : { target }) })
  const source = resource.parameters.get('source')?.value
  const detail = resource.span ? { span: resource.span } : undefined
  const recursion = recursionOf(resource)
  if (!source) {
    if (ensure === 'directory') return only({ ...common, ...recursion, kind: 'directory' })
    const content = resource.parameters.get('content')?.value
    if (content) {
      const known = contentOfValue(content)
      const diagnostics = known.kind === 'unknown' ? [unknownContent([idText(resource), known.reason], detail)] : []
      const present = ensure === 'present' ? { ensure: 'present' as const } : {}
      return { files: [withContent({ ...common, ...present, kind: 'file' }, known)], diagnostics }
    }
    const how =
      ensure === undefined ? ({ ensure: 'unset' } as const) : ensure === 'present' ? ({ ensure } as const) : {}
    return only({ ...common, ...how, ...recursion, kind: recursion && ensure === undefined ? 'directory' : 'file' })
  }
  const found = entriesOf(source, resource, modules)
  if (found.kind === 'unknown') {
    const kind = ensure === 'directory' ? 'directory' : 'file'
    return {
      files: [{ ...common, ...recursion, kind }],
      diagnostics: [unknownContent([idText(resource), `the agent fetches it from ${found.url}`], detail)],
    }
  }
  if (found.entries.length === 0) {
    const urls = sourceUrls(source).join(', ')
    return { files: [], diagnostics: [missingSource([idText(resource), environment, urls], detail)] }
  }
  const files: RenderedFile[] = []
  const diagnostics: Diagnostic[] = []
  for (const { path, ...entry } of found.entries) {
    const isTop = path === ''
    const at = isTop ? common.path : `${common.path.replace(/\/$/, '')}/${path}`
    if (!isTop && isNamed(at, common.path, named)) continue
    const base = isTop
      ? { ...common, ...(entry.kind === 'directory' ? recursion : {}) }
      : { ...common, copied: true as const }
    const content = entry.kind === 'file' ? contentOfSource(string(entry.url, wholeOrigin(source)), modules) : undefined
    if (content?.kind === 'unknown') diagnostics.push(unknownContent([idText(resource), content.reason], detail))
    files.push(fromSource({ ...base, path: at }, entry, content))
  }
  return { files, diagnostics }
}

/** Whether a path below a directory, or a directory on the way to it, belongs to a resource of its own. */
function isNamed(path: string, directory: string, named: ReadonlySet<string>): boolean {
  for (let at = path; at.length > directory.length; at = at.slice(0, at.lastIndexOf('/')))
    if (named.has(at)) return true
  return false
}

const kinds = new Set(['present', 'file', 'directory', 'absent', 'link'])

/** Any other text as `ensure` is where a link points, and so is `target` where `ensure` does not say otherwise. */
function linkTarget(resource: CatalogResource, ensure: string | undefined): string | undefined {
  if (ensure !== undefined && !kinds.has(ensure)) return ensure
  return ensure === undefined || ensure === 'link' ? textParameter(resource, 'target') : undefined
}

function recursionOf(resource: CatalogResource): { readonly recursion: Recursion } | undefined {
  if (!isTrue(resource, 'recurse')) return undefined
  const limit = recurseLimit(resource)
  return {
    recursion: {
      purge: isTrue(resource, 'purge'),
      ...(limit === undefined ? {} : { limit }),
      ignore: ignoredNames(resource),
    },
  }
}

function recurseLimit(resource: CatalogResource): number | undefined {
  const limit = textParameter(resource, 'recurselimit')
  return limit !== undefined && /^\d+$/.test(limit) ? Number(limit) : undefined
}

function ignoredNames(resource: CatalogResource): readonly string[] {
  const value = resource.parameters.get('ignore')?.value
  return value ? sourceUrls(value) : []
}

interface SourceEntry {
  /** Below the resource's path; empty for itself. */
  readonly path: string
  readonly url: string
  readonly kind: 'file' | 'directory' | 'link'
  readonly target?: string
}

/** What the module files that `source` names bring; nothing where none of them is there. */
function entriesOf(
  source: Value,
  resource: CatalogResource,
  modules: ModulesView,
):
  | { readonly kind: 'known'; readonly entries: readonly SourceEntry[] }
  | { readonly kind: 'unknown'; readonly url: string } {
  const follow = textParameter(resource, 'links') === 'follow'
  const recurse = isTrue(resource, 'recurse') || textParameter(resource, 'recurse') === 'remote'
  const limit = recurseLimit(resource) ?? Number.POSITIVE_INFINITY
  const ignore = ignoredNames(resource)
  const all = recurse && textParameter(resource, 'sourceselect') === 'all'
  const entries = new Map<string, SourceEntry>()
  const add = (url: string, path: string, depth: number): void => {
    const entry = entryAt(url, follow, modules)
    if (!entry) return
    if (!entries.has(path)) entries.set(path, { ...entry, path, url })
    if (entry.kind !== 'directory' || !recurse || depth >= limit) return
    for (const name of modules.list('files', moduleReference(url) as string) ?? [])
      if (!ignore.some((pattern) => matchesFilePattern(pattern, name)))
        add(`${url}/${name}`, path === '' ? name : `${path}/${name}`, depth + 1)
  }
  for (const url of sourceUrls(source)) {
    if (moduleReference(url) === undefined) {
      if (entries.size === 0) return { kind: 'unknown', url }
      continue
    }
    if (entries.size === 0 || all) add(url.replace(/\/+$/, ''), '', 0)
  }
  return { kind: 'known', entries: [...entries.values()] }
}

function entryAt(url: string, follow: boolean, modules: ModulesView): Pick<SourceEntry, 'kind' | 'target'> | undefined {
  const reference = moduleReference(url) as string
  const target = follow ? undefined : modules.linkTarget(reference)
  if (target !== undefined) return { kind: 'link', target }
  if (modules.list('files', reference)) return { kind: 'directory' }
  return modules.find('files', reference) && { kind: 'file' }
}

function fromSource(
  file: Omit<RenderedFile, 'kind'>,
  { kind, target }: Omit<SourceEntry, 'path'>,
  content: Content | undefined,
): RenderedFile {
  if (content) return withContent({ ...file, kind }, content)
  return { ...file, kind, ...(target === undefined ? {} : { target }) }
}

/** The file with what is known of its content. */
export function withContent(file: RenderedFile, content: Content): RenderedFile {
  switch (content.kind) {
    case 'text':
      return {
        ...file,
        source: sourceFile(file.path.replace(/^\/+/, ''), content.text),
        segments: file.sensitive ? content.segments.map((s) => ({ ...s, sensitive: true })) : content.segments,
      }
    case 'bytes':
      return { ...file, bytes: content.bytes }
    default:
      return file
  }
}

/** What `file` and `concat_file` resources say of a path beside kind and content. */
export function fileAttributes(resource: CatalogResource): Omit<RenderedFile, 'kind'> {
  const text = (name: 'owner' | 'group' | 'mode') => {
    const value = textParameter(resource, name)
    return value === undefined ? {} : { [name]: value }
  }
  const conditions = [
    ...(resource.condition ? [resource.condition] : []),
    ...['path', 'ensure', 'target'].flatMap((name) => parameterCondition(resource.parameters.get(name)?.value)),
  ]
  const validateCommand = textParameter(resource, 'validate_cmd')
  return {
    path: filePath(resource),
    resource: { type: resource.type, title: resource.title },
    ...(resource.span ? { span: resource.span } : {}),
    segments: [],
    ...text('owner'),
    ...text('group'),
    ...text('mode'),
    sensitive: resource.sensitive.includes('content'),
    ...(conditions.length > 0 ? { conditions } : {}),
    ...(isNo(resource, 'replace') ? { replace: false } : {}),
    ...(isTrue(resource, 'force') ? { force: true } : {}),
    ...(isNo(resource, 'show_diff') ? { showDiff: false } : {}),
    ...(isTrue(resource, 'noop') ? { noop: true } : {}),
    ...(validateCommand === undefined ? {} : { validateCommand }),
  }
}

/** The path that a `file` or `concat_file` resource is about, without `/` at its end. */
export function filePath(resource: CatalogResource): string {
  return (textParameter(resource, 'path') ?? resource.title).replace(/(?<=.)\/+$/, '')
}

function isFalse(resource: CatalogResource, name: string): boolean {
  const value = resource.parameters.get(name)?.value
  return value?.kind === 'boolean' && !value.value
}

/** Whether a parameter says no in one of Puppet's ways: `false`, `'false'`, `'no'`. */
function isNo(resource: CatalogResource, name: string): boolean {
  const value = resource.parameters.get(name)?.value
  return isFalse(resource, name) || (value?.kind === 'string' && /^(false|no)$/i.test(value.value))
}
