import { type Catalog, type CatalogResource, idText } from '../catalog/catalog.ts'
import type { Declaration, RenderedFile } from '../catalog/rendered-file.ts'
import { type Diagnostic, Failure } from '../source/diagnostic.ts'
import type { CallContext, ModulesView } from '../value/function.ts'
import { assembleConcat, type MergeFragments } from './concat.ts'
import { textParameter } from './file-contents.ts'
import { fileAttributes, filePath, renderFileResource, withContent } from './file-resource.ts'
import type { RubyCode } from './ruby-code.ts'

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
  const named = new Set(applied.filter(({ type }) => type === 'File' || type === 'Concat_file').map(filePath))
  const rendering: Rendering = { files: [], diagnostics: [] }
  const around = definesAround(applied)
  for (const resource of applied) {
    if (resource.type === 'File') {
      const { files, diagnostics } = renderFileResource(resource, catalog.environment, modules, named)
      rendering.files.push(...files)
      rendering.diagnostics.push(...diagnostics)
    } else if (resource.type === 'Concat_file') concatResource(resource, fragments, modules, merge, around, rendering)
  }
  return { ...rendering, files: withDefines(rendering.files, applied, around) }
}

/** The instances of defined types that a resource is declared in, innermost first. */
type DefinesAround = (resource: CatalogResource | undefined) => readonly Declaration[]

function definesAround(resources: readonly CatalogResource[]): DefinesAround {
  const defines = new Map<string, CatalogResource>()
  for (const resource of resources) if (resource.category === 'define') defines.set(idText(resource), resource)
  return (resource) =>
    (resource?.containers ?? []).flatMap((id) => {
      const { span } = defines.get(idText(id)) ?? {}
      return span ? [{ resource: id, span }] : []
    })
}

/** The files, each with the instances of defined types that its resource is declared in. */
function withDefines(
  files: readonly RenderedFile[],
  resources: readonly CatalogResource[],
  around: DefinesAround,
): RenderedFile[] {
  const known = new Map(resources.map((resource) => [idText(resource), resource] as const))
  return files.map((file) => {
    const within = around(known.get(idText(file.resource)))
    return within.length > 0 ? { ...file, within } : file
  })
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
  around: DefinesAround,
  { files, diagnostics }: Rendering,
): void {
  // Its own `force` is about merging documents.
  const { force: _, ...common } = fileAttributes(resource)
  if (textParameter(resource, 'ensure') === 'absent') {
    files.push({ ...common, kind: 'absent' })
    return
  }
  const assembled = assembleConcat(resource, fragments, modules, merge, (fragment) => {
    const { type, title, span } = fragment
    return around(fragment)[0] ?? (span && { resource: { type, title }, span })
  })
  diagnostics.push(...assembled.diagnostics)
  if (assembled.content) files.push(withContent({ ...common, kind: 'file' }, assembled.content))
}
