import type { Module } from '../compiler/module-index.ts'

/** What a file of a module, or of the environment itself, defines by its place: Puppet's loaders find it by that. */
export interface LoadedByName {
  readonly kind: 'function' | 'type'
  /** With `::` between its parts; of a type in lower case. */
  readonly name: string
}

/** `module` is left out for the environment itself, whose files have the whole name in their path. */
export function loadedByName(rest: string, module: string | undefined): LoadedByName | undefined {
  const inPuppet = /^(functions|types)\/(.+)\.pp$/.exec(rest)
  if (inPuppet) {
    const segments = (inPuppet[2] as string).split('/')
    const name = [...(module === undefined ? [] : [module]), ...segments].join('::')
    return inPuppet[1] === 'types' ? { kind: 'type', name: name.toLowerCase() } : { kind: 'function', name }
  }
  const inRuby = /^lib\/puppet\/(functions|parser\/functions|datatypes)\/(.+)\.rb$/.exec(rest)
  if (!inRuby) return undefined
  const name = (inRuby[2] as string).split('/').join('::')
  return inRuby[1] === 'datatypes' ? { kind: 'type', name: name.toLowerCase() } : { kind: 'function', name }
}

const folders = ['types', 'functions', 'lib/puppet/functions', 'lib/puppet/parser/functions', 'lib/puppet/datatypes']

export interface Dependents {
  readonly types: ReadonlySet<string>
  readonly functions: ReadonlySet<string>
}

/**
 * These types, and the types and functions whose definitions name one of them, directly or through others. Definitions
 * are read once for all nodes, so no compilation tells which types stand in them.
 */
export function dependentsOf(
  types: Iterable<string>,
  modules: readonly (readonly [module: Module, name: string | undefined])[],
): Dependents {
  const left = modules.flatMap(([module, name]) => folders.flatMap((folder) => definitionsBelow(module, folder, name)))
  const found = { types: new Set(types), functions: new Set<string>() }
  for (let size = -1; size !== found.types.size; ) {
    size = found.types.size
    for (const { kind, name, words } of left)
      if (meet(words, found.types)) (kind === 'type' ? found.types : found.functions).add(name)
  }
  return found
}

interface Definition extends LoadedByName {
  /** The names in its text that may be those of types, in lower case. */
  readonly words: ReadonlySet<string>
}

function definitionsBelow(module: Module, folder: string, name: string | undefined): Definition[] {
  return (module.list(folder) ?? []).flatMap((entry) => {
    const path = `${folder}/${entry}`
    const loaded = loadedByName(path, name)
    if (!loaded) return module.kind(path) === 'directory' ? definitionsBelow(module, path, name) : []
    const words = (module.text(path) ?? '').matchAll(/\b[A-Z]\w*(?:::\w+)*/g)
    return [{ ...loaded, words: new Set([...words].map(([word]) => word.toLowerCase())) }]
  })
}

/** Whether two sets have something in common. */
export function meet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  for (const name of one) if (other.has(name)) return true
  return false
}
