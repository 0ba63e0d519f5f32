import type { ResourceTypeInfo } from '../catalog/resource-type.ts'
import type { LoadedDataType } from '../ruby/load-data-type.ts'
import type { Ruby } from '../ruby/ruby.ts'
import { assetText } from '../source/assets.ts'
import { type Diagnostic, fail } from '../source/diagnostic.ts'
import { type SourceFile, sourceFile } from '../source/source-file.ts'
import { dispatch } from '../types/dispatch.ts'
import type { CallContext, FunctionDefinition, TemplateRequest } from '../value/function.ts'
import { unknownOrigin } from '../value/origin.ts'
import { array, boolean, string, type Value } from '../value/value.ts'
import type { Module } from './module-index.ts'

const mergeScript = 'compiler/merge_fragments.rb'

/** `Puppet::Functions.create_function`, or `Puppet::Parser::Functions.newfunction`. */
export type FunctionApi = 'current' | 'legacy'

const functionFolders: Readonly<Record<FunctionApi, string>> = {
  current: 'lib/puppet/functions',
  legacy: 'lib/puppet/parser/functions',
}

/** What the compiler asks of Ruby, by the names that manifests use. */
export interface RubyCode {
  /** A function of a module or of the environment itself, in the new or the old interface. */
  readonly loadFunction: (
    holder: Module,
    name: string,
    api: FunctionApi,
    context: () => CallContext,
  ) => { readonly definition: FunctionDefinition; readonly path: string } | undefined
  readonly startNode: Ruby['startNode']
  readonly registeredFunction: Ruby['registeredFunction']
  /** A data type of a module or of the environment itself, by its name in lower case. */
  readonly loadDataType: (
    holder: Module,
    name: string,
    context: () => CallContext,
  ) => (LoadedDataType & { readonly path: string }) | undefined
  readonly loadResourceType: (name: string, context: () => CallContext) => ResourceTypeInfo | undefined
  /** One document out of the fragments of a concat file. */
  readonly mergeFragments: (format: string, texts: readonly string[], force: boolean, context: CallContext) => Value
  readonly renderErb: (request: TemplateRequest & { kind: 'erb' | 'inline-erb' }, context: CallContext) => Value
}

/**
 * Finds Ruby files in modules and the environment as Puppet's loaders do (Puppet documentation, "Module fundamentals": `lib/puppet`).
 * Templates in `refused`, by path, are not tried: they are known to hang.
 */
export function rubyCode(
  ruby: Ruby,
  modules: ReadonlyMap<string, Module>,
  shown: (path: string) => string,
  refused: ReadonlyMap<string, Diagnostic>,
): RubyCode {
  const sources = new Map<string, SourceFile>()
  const source = (path: string, text: () => string): SourceFile => {
    const known = sources.get(path)
    if (known) return known
    const made = sourceFile(path, text())
    sources.set(path, made)
    return made
  }
  const fileOf = (holder: Module, path: string): SourceFile | undefined => {
    if (holder.kind(path) !== 'file') return undefined
    const name = holder.directory === '' ? path : `${holder.directory}/${path}`
    return source(shown(name), () => holder.text(path) ?? '')
  }
  const inModules = (path: string): SourceFile | undefined => {
    for (const module of modules.values()) {
      const found = fileOf(module, path)
      if (found) return found
    }
    return undefined
  }
  return {
    loadFunction: (holder, name, api, context) => {
      const file = fileOf(holder, `${functionFolders[api]}/${name.split('::').join('/')}.rb`)
      return file && { definition: ruby.loadFunction(file, name, context()), path: file.path }
    },
    startNode: ruby.startNode,
    registeredFunction: ruby.registeredFunction,
    loadDataType: (holder, name, context) => {
      const file = fileOf(holder, `lib/puppet/datatypes/${name.split('::').join('/')}.rb`)
      return file && { ...ruby.loadDataType(file, name, context()), path: file.path }
    },
    loadResourceType: (name, context) => {
      const file = inModules(`lib/puppet/type/${name}.rb`)
      return file && ruby.loadResourceType(file, name, context())
    },
    mergeFragments: (format, texts, force, context) => {
      const name = 'rehearsal::merge_fragments'
      const merge = ruby.loadFunction(
        source(mergeScript, () => assetText(mergeScript)),
        name,
        context,
      )
      const values = [
        string(format, unknownOrigin),
        array(
          texts.map((text) => string(text, unknownOrigin)),
          unknownOrigin,
        ),
        boolean(force, unknownOrigin),
      ]
      return dispatch(merge, context, values, undefined)
    },
    renderErb: (request, context) => {
      if (request.kind === 'inline-erb')
        return ruby.renderInlineErb(request.text, { kind: 'literal', span: request.span }, context)
      const { file, name } = request
      const refusal = refused.get(file.path)
      if (refusal) fail(refusal)
      return ruby.renderErb(source(file.path, file.text), name, context)
    },
  }
}
