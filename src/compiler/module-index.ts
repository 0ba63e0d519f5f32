import type { Files } from '../source/files.ts'
import type { FoundFile, ModulesView } from '../value/function.ts'

/** A module on the modulepath. */
export interface Module {
  readonly name: string
  /** As Puppet prints it: absolute, or relative to the environment. */
  readonly directory: string
  /** The module's files, by paths relative to the module. */
  readonly text: (path: string) => string | undefined
  readonly bytes: (path: string) => Uint8Array | undefined
  readonly kind: (path: string) => string | undefined
  readonly list: (path: string) => readonly string[] | undefined
  /** Where a link points; `undefined` for what is none. */
  readonly linkTarget: (path: string) => string | undefined
}

const moduleName = /^[a-z][a-z0-9_]*$/

/** The modules of a modulepath; the first directory that has one wins (Puppet documentation, "Directories: The modulepath"). */
export function indexModules(
  modulePath: readonly string[],
  moduleFiles: (directory: string) => Files,
): ReadonlyMap<string, Module> {
  const modules = new Map<string, Module>()
  for (const directory of modulePath) {
    const files = moduleFiles(directory)
    for (const name of files.list('') ?? [])
      if (!modules.has(name) && moduleName.test(name) && files.kind(name) === 'directory')
        modules.set(name, moduleAt(name, `${directory.replace(/\/$/, '')}/${name}`, files))
  }
  return modules
}

/** The environment itself, of which Puppet's loaders make a module by the name of `environment`. */
export function environmentModule(files: Files): Module {
  return {
    name: 'environment',
    directory: '',
    text: (path) => files.text(path),
    bytes: (path) => files.bytes(path),
    kind: (path) => files.kind(path),
    list: (path) => files.list(path),
    linkTarget: (path) => files.entry(path)?.target,
  }
}

function moduleAt(name: string, directory: string, files: Files): Module {
  return {
    name,
    directory,
    text: (path) => files.text(`${name}/${path}`),
    bytes: (path) => files.bytes(`${name}/${path}`),
    kind: (path) => files.kind(`${name}/${path}`),
    list: (path) => files.list(path === '' ? name : `${name}/${path}`),
    linkTarget: (path) => files.entry(`${name}/${path}`)?.target,
  }
}

/** What functions may ask about modules. `shown` turns a path into the one that people are shown, `absolute` one into that which code is told. */
export function modulesView(
  modules: ReadonlyMap<string, Module>,
  environment: Files,
  shown: (path: string) => string,
  absolute: (path: string) => string,
  note: (path: string) => void,
): ModulesView {
  const found = (path: string, text: () => string | undefined, bytes: () => Uint8Array | undefined): FoundFile => ({
    path,
    absolute: absolute(path),
    text: () => text() ?? '',
    bytes: () => bytes() ?? new Uint8Array(),
  })
  return {
    names: [...modules.keys()],
    directory: (name) => {
      const module = modules.get(name)
      return module && absolute(module.directory)
    },
    find: (kind, reference) => {
      if (reference.startsWith('/')) {
        const inside = shown(reference)
        note(inside)
        if (inside.startsWith('/')) return fromModules(modules, reference, found)
        if (environment.kind(inside) !== 'file') return undefined
        return found(
          inside,
          () => environment.text(inside),
          () => environment.bytes(inside),
        )
      }
      const cut = reference.indexOf('/')
      const module = cut > 0 ? modules.get(reference.slice(0, cut)) : undefined
      if (!module) return undefined
      const path = `${kind}/${reference.slice(cut + 1)}`
      note(shown(`${module.directory}/${path}`))
      if (module.kind(path) === undefined) return undefined
      return found(
        shown(`${module.directory}/${path}`),
        () => module.text(path),
        () => module.bytes(path),
      )
    },
    list: (kind, reference) => {
      const [name = '', ...rest] = reference.split('/')
      const module = modules.get(name)
      if (!module) return undefined
      const path = [kind, ...rest].filter((part) => part !== '').join('/')
      note(`${shown(`${module.directory}/${path}`)}/`)
      return module.list(path)
    },
    linkTarget: (reference) => {
      const cut = reference.indexOf('/')
      return modules.get(reference.slice(0, cut))?.linkTarget(`files/${reference.slice(cut + 1)}`)
    },
    metadata: (name) => {
      const module = modules.get(name)
      if (!module) return undefined
      if (!metadataOf.has(module)) metadataOf.set(module, readMetadata(module))
      return metadataOf.get(module)
    },
  }
}

/** A file that is named by its absolute path inside a module. */
function fromModules(
  modules: ReadonlyMap<string, Module>,
  path: string,
  found: (path: string, text: () => string | undefined, bytes: () => Uint8Array | undefined) => FoundFile,
): FoundFile | undefined {
  for (const module of modules.values()) {
    if (!path.startsWith(`${module.directory}/`)) continue
    const inside = path.slice(module.directory.length + 1)
    if (module.kind(inside) !== 'file') return undefined
    return found(
      path,
      () => module.text(inside),
      () => module.bytes(inside),
    )
  }
  return undefined
}

const metadataOf = new WeakMap<Module, unknown>()

function readMetadata(module: Module): unknown {
  const text = module.text('metadata.json')
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
