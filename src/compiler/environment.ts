import { isAbsolute, relative, resolve } from 'node:path'
import type { ResourceTypeInfo } from '../catalog/resource-type.ts'
import type { Hiera } from '../hiera/sources.ts'
import type { EppExpression, FunctionDefinition as FunctionNode, Program, TypeAlias } from '../puppet/ast.ts'
import { anyNamespace, type FileNamespace, moduleNamespace } from '../puppet/namespace.ts'
import { parseManifest, parseTemplate } from '../puppet/parse.ts'
import type { ValidationOptions } from '../puppet/validate.ts'
import type { Ruby } from '../ruby/ruby.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { Files } from '../source/files.ts'
import { type SourceFile, sourceFile } from '../source/source-file.ts'
import type { CallContext, Settings } from '../value/function.ts'
import type { PuppetType } from '../value/type.ts'
import { definitionsOf } from './autoload.ts'
import type { FoundFunction } from './function-index.ts'
import { environmentModule, indexModules, type Module } from './module-index.ts'
import { coreResourceType, vendoredResourceType } from './resource-types.ts'
import { type RubyCode, rubyCode } from './ruby-code.ts'
import type { Definition } from './state.ts'

/** A manifest, parsed once. */
export interface ParsedManifest {
  readonly file: SourceFile
  readonly program: Program
  readonly errors: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
  /** Its classes, defined types and nodes; the module counts as theirs. */
  readonly definitions: (module: string | undefined) => readonly Definition[]
  readonly functions: readonly FunctionNode[]
  readonly typeAliases: readonly TypeAlias[]
}

export interface ParsedTemplate {
  readonly file: SourceFile
  readonly program: Program
  readonly body: EppExpression | undefined
  readonly errors: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
}

export interface EnvironmentOptions {
  readonly name: string
  /** The environment's directory. */
  readonly files: Files
  /** Directories of modules as Puppet prints them: absolute, or relative to the environment. */
  readonly modulePath: readonly string[]
  readonly moduleFiles: (directory: string) => Files
  /** File or directory below the environment; `manifests` where left out. */
  readonly manifest?: string
  readonly settings: Settings
  /** Runs templates and functions of modules; without it, they cannot be used. */
  readonly ruby?: Ruby
  /** Templates that are not to be tried, by path, and why. */
  readonly refused?: ReadonlyMap<string, Diagnostic>
  /** Data; without it, every look-up finds nothing. */
  readonly hiera?: Hiera
  /** The moment of the run, in nanoseconds since 1970. */
  readonly now?: bigint
  /** Whether Puppet comes with the types that its own packages bring along: `cron`, `mount`, `yumrepo` and others. */
  readonly vendoredTypes?: boolean
  /** Manifests that another version of this environment has parsed already; filled with those of this one. */
  readonly parsed?: ParsedManifests
}

/** Parsed manifests by path and text. */
export type ParsedManifests = Map<string, ParsedManifest>

/** A type of a module, and the file that defines it. */
export interface LoadedType {
  readonly type: PuppetType
  readonly path: string
}

/** What all nodes of an environment share: parsed manifests, the modules and their metadata. */
export interface Environment {
  readonly name: string
  readonly files: Files
  readonly settings: Settings
  readonly modules: ReadonlyMap<string, Module>
  readonly modulePath: readonly string[]
  /** The environment's own directory: it may hold functions, types and `lib` as a module does. */
  readonly own: Module
  /** The environment's own manifests in Puppet's order. */
  readonly siteManifests: () => readonly ParsedManifest[]
  /** A file of a module, such as `manifests/init.pp`. */
  readonly moduleManifest: (module: string, path: string) => ParsedManifest | undefined
  /** A file of the environment itself. */
  readonly manifest: (path: string) => ParsedManifest | undefined
  readonly parse: (file: SourceFile) => ParsedManifest
  /** Names of classes and defined types that the modules' files stand for. */
  readonly manifestNames: () => readonly string[]
  /** A resource type of Puppet's or of a module in Ruby, by its name in lower case. */
  readonly resourceType: (name: string, context: () => CallContext) => ResourceTypeInfo | undefined
  readonly ruby: RubyCode | undefined
  readonly hiera: Hiera | undefined
  readonly now: bigint
  /** Functions of modules by name, and types of modules by name in lower case, as they have been asked for. */
  readonly functions: Map<string, FoundFunction | undefined>
  readonly types: Map<string, LoadedType | undefined>
  /** Names of functions that the modules' files stand for. */
  readonly functionFileNames: () => readonly string[]
  readonly parseTemplate: (file: SourceFile) => ParsedTemplate
  readonly template: (path: string, text: () => string) => ParsedTemplate
  /** The path that people are shown: relative to the environment where it lies inside. */
  readonly shown: (path: string) => string
  /** The path that code is told: below the environment's directory where it is relative. */
  readonly absolute: (path: string) => string
}

/** Opens an environment; its files are read and parsed when they are first needed, each once. */
export function openEnvironment(options: EnvironmentOptions): Environment {
  const { name, files, settings, modulePath } = options
  const shownPaths = new Map<string, string>()
  const shown = (path: string): string => {
    let found = shownPaths.get(path)
    if (found === undefined) {
      found = shownBelow(files.root, path)
      shownPaths.set(path, found)
    }
    return found
  }
  const modules = indexModules(modulePath, options.moduleFiles)
  const own = environmentModule(files)
  const ruby = options.ruby && rubyCode(options.ruby, modules, shown, options.refused ?? new Map())
  const parsed = new Map<string, ParsedManifest | undefined>()
  const templates = new Map<string, ParsedTemplate>()
  const { strict } = settings
  const once = (
    path: string,
    text: () => string | undefined,
    namespace: FileNamespace = anyNamespace,
  ): ParsedManifest | undefined => {
    if (parsed.has(path)) return parsed.get(path)
    const content = text()
    const result = content === undefined ? undefined : parseOnce(path, content, options.parsed, { strict, namespace })
    parsed.set(path, result)
    return result
  }
  const resourceTypes = new Map<string, ResourceTypeInfo | undefined>()
  let classNames: readonly string[] | undefined
  let fileNames: readonly string[] | undefined
  let site: readonly ParsedManifest[] | undefined
  const manifest = (path: string) => once(path, () => files.text(path))
  return {
    name,
    files,
    settings,
    modules,
    modulePath,
    own,
    siteManifests: () => {
      site ??= sitePaths(files, options.manifest ?? 'manifests').flatMap((path) => manifest(path) ?? [])
      return site
    },
    moduleManifest: (moduleName, path) => {
      const module = modules.get(moduleName)
      if (!module) return undefined
      const namespace = moduleNamespace(`${moduleName}/${path}`)
      return once(shown(`${module.directory}/${path}`), () => module.text(path), namespace)
    },
    manifest,
    parse: (file) => parseFile(file, { strict }),
    template: (path, text) => {
      let template = templates.get(path)
      if (!template) {
        template = parseTemplateFile(sourceFile(path, text()), { strict })
        templates.set(path, template)
      }
      return template
    },
    parseTemplate: (file) => parseTemplateFile(file, { strict }),
    ruby,
    hiera: options.hiera,
    now: options.now ?? BigInt(Date.now()) * 1_000_000n,
    functions: new Map(),
    types: new Map(),
    manifestNames: () => {
      classNames ??= [...modules.values()].flatMap((module) => namesBelow(module, 'manifests', '.pp'))
      return classNames
    },
    functionFileNames: () => {
      fileNames ??= [own, ...modules.values()].flatMap((module) => [
        ...namesBelow(module, 'functions', '.pp', module === own ? '' : module.name),
        ...namesBelow(module, 'lib/puppet/functions', '.rb', ''),
        ...namesBelow(module, 'lib/puppet/parser/functions', '.rb', ''),
      ])
      return fileNames
    },
    resourceType: (typeName, context) => {
      if (!resourceTypes.has(typeName)) {
        const own = coreResourceType(typeName)
        // Its file may ask whether there is such a type while it is being read.
        resourceTypes.set(typeName, own)
        if (!own)
          try {
            resourceTypes.set(
              typeName,
              ruby?.loadResourceType(typeName, context) ??
                (options.vendoredTypes ? vendoredResourceType(typeName) : undefined),
            )
          } catch (error) {
            resourceTypes.delete(typeName)
            throw error
          }
      }
      return resourceTypes.get(typeName)
    },
    shown,
    absolute: (path) => resolve(files.root, path),
  }
}

function shownBelow(root: string, path: string): string {
  if (!isAbsolute(path)) return path
  const inside = relative(root, path)
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside
}

/** A file alone, or every `.pp` below a directory, sorted as Ruby sorts paths. */
function sitePaths(files: Files, start: string): string[] {
  const path = start.replace(/^\.\//, '').replace(/\/$/, '')
  if (files.kind(path) !== 'directory') return [path]
  const found: string[] = []
  const visit = (directory: string): void => {
    for (const entry of files.list(directory) ?? []) {
      const inside = directory === '' ? entry : `${directory}/${entry}`
      const kind = files.kind(inside)
      if (kind === 'directory' && !entry.startsWith('.')) visit(inside)
      else if (kind === 'file' && entry.endsWith('.pp') && !entry.startsWith('.')) found.push(inside)
    }
  }
  visit(path)
  return found.sort()
}

function parseOnce(
  path: string,
  text: string,
  known: ParsedManifests | undefined,
  options: ValidationOptions,
): ParsedManifest {
  const key = `${path}\0${text}`
  const earlier = known?.get(key)
  if (earlier) return earlier
  const result = parseFile(sourceFile(path, text), options)
  known?.set(key, result)
  return result
}

function parseFile(file: SourceFile, options: ValidationOptions): ParsedManifest {
  const { program, diagnostics } = parseManifest(file, options)
  const byModule = new Map<string | undefined, readonly Definition[]>()
  const functions: FunctionNode[] = []
  const typeAliases: TypeAlias[] = []
  for (const definition of program.definitions)
    if (definition.kind === 'FunctionDefinition') functions.push(definition)
    else if (definition.kind === 'TypeAlias') typeAliases.push(definition)
  return {
    file,
    program,
    errors: diagnostics.filter((diagnostic) => diagnostic.severity === 'error'),
    warnings: diagnostics.filter((diagnostic) => diagnostic.severity !== 'error'),
    functions,
    typeAliases,
    definitions: (module) => {
      const known = byModule.get(module)
      if (known) return known
      const made = program.definitions.flatMap((definition) =>
        definition.kind === 'FunctionDefinition' || definition.kind === 'TypeAlias'
          ? []
          : definitionsOf(definition, module),
      )
      byModule.set(module, made)
      return made
    },
  }
}

function parseTemplateFile(file: SourceFile, options: ValidationOptions): ParsedTemplate {
  const { program, diagnostics } = parseTemplate(file, options)
  return {
    file,
    program,
    body: program.body.kind === 'EppExpression' ? program.body : undefined,
    errors: diagnostics.filter((diagnostic) => diagnostic.severity === 'error'),
    warnings: diagnostics.filter((diagnostic) => diagnostic.severity !== 'error'),
  }
}

/** `apache::mod::ssl` for `manifests/mod/ssl.pp` of module apache; `init` stands for the module itself. */
function namesBelow(module: Module, directory: string, extension: string, prefix = module.name): string[] {
  const names: string[] = []
  const visit = (path: string, segments: readonly string[]): void => {
    for (const entry of module.list(path) ?? []) {
      if (entry.endsWith(extension)) {
        const name = entry.slice(0, -extension.length)
        const all = name === 'init' && segments.length === 0 ? [] : [...segments, name]
        names.push([...(prefix === '' ? [] : [prefix]), ...all].join('::'))
      } else if (!entry.includes('.') && module.kind(`${path}/${entry}`) === 'directory')
        visit(`${path}/${entry}`, [...segments, entry])
    }
  }
  visit(directory, [])
  return names
}
