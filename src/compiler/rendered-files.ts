import { type Catalog, type CatalogResource, idText, type ResourceId } from '../catalog/catalog.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { type Diagnostic, define, Failure } from '../source/diagnostic.ts'
import { sourceFile } from '../source/source-file.ts'
import type { CallContext, ModulesView } from '../value/function.ts'
import { string, type Value } from '../value/value.ts'
import { assembleConcat, type MergeFragments } from './concat.ts'
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
import type { RubyCode } from './ruby-code.ts'

const missingSource = define(
  'error',
  'catalog/missing-source',
  (resource: string, url: string) => `${resource}: Could not retrieve information from environment source(s) ${url}`,
)
const unknownContent = define(
  'info',
  'catalog/unknown-content',
  (resource: string, reason: string) => `The content of ${resource} cannot be shown: ${reason}`,
)

interface Rendering {
  readonly files: RenderedFile[]
  readonly diagnostics: Diagnostic[]
}

/**
 * What a catalog puts at the paths of its node, in the order of the catalog: `file` and `concat_file` resources.
 * `context` is the one that its compilation left.
 */
export function renderFiles(catalog: Catalog, context: CallContext, ruby: RubyCode | undefined): Rendering {
  const { modules } = context
  const merge = fragmentMerger(context, ruby)
  const applied = catalog.resources.filter((resource) => !resource.virtual)
  const fragments = applied.filter((resource) => resource.type === 'Concat_fragment')
  const rendering: Rendering = { files: [], diagnostics: [] }
  for (const resource of applied) {
    if (resource.type === 'File') fileResource(resource, modules, rendering)
    else if (resource.type === 'Concat_file') concatResource(resource, fragments, modules, merge, rendering)
  }
  return rendering
}

function fragmentMerger(context: CallContext, ruby: RubyCode | undefined): MergeFragments {
  return (format, contents, force) => {
    if (!ruby) return { error: `merging fragments as ${format} needs Ruby, and this run has none` }
    try {
      const merged = ruby.mergeFragments(format, contents, force, context)
      return merged.kind === 'string' ? { text: merged.value } : { error: `merging as ${format} gave no text` }
    } catch (error) {
      if (error instanceof Failure) return { error: error.diagnostic.message }
      throw error
    }
  }
}

function concatResource(
  resource: CatalogResource,
  fragments: readonly CatalogResource[],
  modules: ModulesView,
  merge: MergeFragments,
  { files, diagnostics }: Rendering,
): void {
  const common = attributes(resource)
  if (textParameter(resource, 'ensure') === 'absent') {
    files.push({ ...common, kind: 'absent' })
    return
  }
  const assembled = assembleConcat(resource, fragments, modules, merge)
  diagnostics.push(...assembled.diagnostics)
  if (assembled.content) files.push(withContent({ ...common, kind: 'file' }, assembled.content))
}

function fileResource(resource: CatalogResource, modules: ModulesView, { files, diagnostics }: Rendering): void {
  const common = attributes(resource)
  const detail = resource.span ? { span: resource.span } : undefined
  const ensure = textParameter(resource, 'ensure')
  const target = textParameter(resource, 'target') ?? (ensure?.startsWith('/') ? ensure : undefined)
  const source = resource.parameters.get('source')?.value
  const recurse = textParameter(resource, 'recurse') === 'remote' || isTrue(resource, 'recurse')
  if (ensure === 'absent' || isFalse(resource, 'ensure')) files.push({ ...common, kind: 'absent' })
  else if (ensure === 'link' || target !== undefined)
    files.push({ ...common, kind: 'link', ...(target ? { target } : {}) })
  else if (ensure === 'directory' || (recurse && source)) {
    const directory: RenderedFile = { ...common, kind: 'directory' }
    files.push(isTrue(resource, 'purge') ? { ...directory, purge: true } : directory)
    if (recurse && source) files.push(...sourceTree(directory, source, modules))
  } else {
    const content = resource.parameters.get('content')?.value
    const known = content ? contentOfValue(content) : source ? contentOfSource(source, modules) : undefined
    if (known?.kind === 'missing') {
      diagnostics.push(missingSource([idText(resource), known.url], detail))
      return
    }
    if (known?.kind === 'unknown') diagnostics.push(unknownContent([idText(resource), known.reason], detail))
    files.push(withContent({ ...common, kind: 'file' }, known))
  }
}

/** The files below a module's directory that `recurse` copies; they take the directory's owner, group and mode. */
function sourceTree(directory: RenderedFile, source: Value, modules: ModulesView): RenderedFile[] {
  const files: RenderedFile[] = []
  const entries = (url: string) => modules.list('files', moduleReference(url) ?? '')
  const copy = (url: string, path: string): void => {
    for (const name of entries(url) ?? []) {
      const from = `${url}/${name}`
      const at = { ...directory, path: `${path}/${name}` }
      if (entries(from)) {
        files.push({ ...at, kind: 'directory' })
        copy(from, at.path)
      } else files.push(withContent({ ...at, kind: 'file' }, contentOfSource(string(from, source.origin), modules)))
    }
  }
  const first = sourceUrls(source).find(entries)
  if (first) copy(first.replace(/\/+$/, ''), directory.path.replace(/\/+$/, ''))
  return files
}

function withContent(file: RenderedFile, content: Content | undefined): RenderedFile {
  switch (content?.kind) {
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

function attributes(resource: CatalogResource): Omit<RenderedFile, 'kind'> {
  const text = (name: 'owner' | 'group' | 'mode') => {
    const value = textParameter(resource, name)
    return value === undefined ? {} : { [name]: value }
  }
  const notifies = references(resource.parameters.get('notify')?.value)
  const conditions = [
    ...(resource.condition ? [resource.condition] : []),
    ...['path', 'ensure', 'target'].flatMap((name) => parameterCondition(resource.parameters.get(name)?.value)),
  ]
  return {
    path: (textParameter(resource, 'path') ?? resource.title).replace(/(?<=.)\/+$/, ''),
    resource: { type: resource.type, title: resource.title },
    ...(resource.span ? { span: resource.span } : {}),
    segments: [],
    ...text('owner'),
    ...text('group'),
    ...text('mode'),
    sensitive: resource.sensitive.includes('content'),
    ...(conditions.length > 0 ? { conditions } : {}),
    ...(notifies.length > 0 ? { notifies } : {}),
  }
}

function isFalse(resource: CatalogResource, name: string): boolean {
  const value = resource.parameters.get(name)?.value
  return value?.kind === 'boolean' && !value.value
}

function references(value: Value | undefined): ResourceId[] {
  if (value?.kind === 'array') return value.values.flatMap(references)
  if (value?.kind !== 'type') return []
  const { type } = value
  if (type.kind === 'Resource' && type.typeName !== undefined && type.title !== undefined)
    return [{ type: type.typeName, title: type.title }]
  return type.kind === 'Class' && type.name !== undefined ? [{ type: 'Class', title: type.name }] : []
}
