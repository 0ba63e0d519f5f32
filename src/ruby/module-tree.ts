import { resolve } from 'node:path'
import type { FileTree } from './file-tree.ts'

/** A module that Ruby may read. Paths are relative to the module. */
export interface RubyModule {
  readonly name: string
  /** As people are shown it. */
  readonly directory: string
  readonly bytes: (path: string) => Uint8Array | undefined
  readonly kind: (path: string) => string | undefined
  readonly list: (path: string) => readonly string[] | undefined
}

/** Modules as Ruby sees them, below `/modules` in the machine. */
export interface ModuleTree extends FileTree {
  /** Absolute path in the machine of what `require` names, out of the first module that has it. */
  readonly resolveFeature: (feature: string) => string | null
  /** Whether a module has providers for a resource type: then the type has the parameter `provider`. */
  readonly hasProviders: (type: string) => boolean
  /** The machine's path for a path that people are shown, and back. */
  readonly inside: (shown: string) => string
  readonly shown: (inside: string) => string
  /** Whether Ruby has asked for a file, by the path that people are shown, found it or not. */
  readonly hasAsked: (shown: string) => boolean
  /** Directories of the modules, then that of the environment, as code is told them, and in the machine. */
  readonly directories: () => readonly (readonly [told: string, inside: string])[]
}

const mount = '/modules/'

/** `.git`, `.env` and the like may hold what is nobody's business. */
const hidden = /(?:^|\/)\./

/**
 * `modules` in the order of the modulepath, and the environment itself, which is no place for `require`. Nothing beside
 * their files can be seen, and nothing in them changes. `root` is the environment's absolute path.
 */
export function moduleTree(modules: Iterable<RubyModule>, environment?: RubyModule, root = ''): ModuleTree {
  const asked = new Set<string>()
  const byName = new Map<string, RubyModule>()
  for (const module of modules) byName.set(module.name, noting(module, asked))
  const ofModulePath = [...byName.values()]
  if (environment && !byName.has(environment.name)) byName.set(environment.name, noting(environment, asked))
  const locate = (path: string): { module: RubyModule; path: string } | undefined => {
    const cut = path.indexOf('/')
    const module = byName.get(cut < 0 ? path : path.slice(0, cut))
    const rest = cut < 0 ? '' : path.slice(cut + 1)
    return module && !hidden.test(rest) ? { module, path: rest } : undefined
  }
  const kind = (path: string): 'file' | 'directory' | undefined => {
    if (path === '') return 'directory'
    const found = locate(path)
    if (!found) return undefined
    const kindFound = found.path === '' ? 'directory' : found.module.kind(found.path)
    return kindFound === 'file' || kindFound === 'directory' ? kindFound : undefined
  }
  const features = new Map<string, string | null>()
  const providers = new Map<string, boolean>()
  let withLib: RubyModule[] | undefined
  const libraries = (): readonly RubyModule[] => {
    withLib ??= ofModulePath.filter((module) => module.kind('lib') === 'directory')
    return withLib
  }
  return {
    kind,
    bytes: (path) => {
      const found = locate(path)
      return found && found.path !== '' ? found.module.bytes(found.path) : undefined
    },
    list: (path) => {
      if (path === '') return [...byName.keys()].sort()
      const found = locate(path)
      return found?.module.list(found.path)?.filter((name) => !hidden.test(name))
    },
    resolveFeature: (feature) => {
      const known = features.get(feature)
      if (known !== undefined) return known
      const path = feature.endsWith('.rb') ? feature : `${feature}.rb`
      const module = libraries().find((m) => m.kind(`lib/${path}`) === 'file')
      const result = module ? `${mount}${module.name}/lib/${path}` : null
      features.set(feature, result)
      return result
    },
    hasProviders: (type) => {
      const known = providers.get(type)
      if (known !== undefined) return known
      const result = libraries().some((m) =>
        m.list(`lib/puppet/provider/${type}`)?.some((name) => name.endsWith('.rb')),
      )
      providers.set(type, result)
      return result
    },
    hasAsked: (path) => asked.has(path) || asked.has(path.slice(0, path.lastIndexOf('/') + 1)),
    directories: () => {
      const told = ofModulePath.map((module) => [resolve(root, module.directory), `${mount}${module.name}`] as const)
      return environment ? [...told, [root, `${mount}${environment.name}`]] : told
    },
    inside: (shown) => {
      for (const module of ofModulePath)
        if (shown.startsWith(`${module.directory}/`))
          return `${mount}${module.name}${shown.slice(module.directory.length)}`
      return environment && shown.startsWith('lib/') ? `${mount}${environment.name}/${shown}` : shown
    },
    shown: (inside) => {
      if (!inside.startsWith(mount)) return inside
      const rest = inside.slice(mount.length)
      const cut = rest.indexOf('/')
      const module = cut < 0 ? undefined : byName.get(rest.slice(0, cut))
      if (!module) return inside
      return module.directory === '' ? rest.slice(cut + 1) : `${module.directory}${rest.slice(cut)}`
    },
  }
}

/** The module; what is asked of it is noted by the path that people are shown, a directory that is listed with `/`. */
function noting(module: RubyModule, asked: Set<string>): RubyModule {
  const note = (path: string): string => {
    asked.add(module.directory === '' ? path : `${module.directory}/${path}`)
    return path
  }
  return {
    ...module,
    kind: (path) => module.kind(note(path)),
    bytes: (path) => module.bytes(note(path)),
    list: (path) => {
      note(`${path}/`)
      return module.list(path)
    },
  }
}
