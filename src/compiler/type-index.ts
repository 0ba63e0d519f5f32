import type { TypeAlias } from '../puppet/ast.ts'
import { Failure } from '../source/diagnostic.ts'
import { didYouMean } from '../source/suggest.ts'
import { defineTypeAlias } from '../types/define-alias.ts'
import { typeByName } from '../types/names.ts'
import type { PuppetType } from '../value/type.ts'
import { logWarnings } from './autoload.ts'
import { evaluateType } from './closure.ts'
import type { LoadedType } from './environment.ts'
import { failWith } from './issues.ts'
import type { Module } from './module-index.ts'
import { capitalizeSegments, withoutLeadingColons } from './names.ts'
import { findResourceType } from './resolve-type.ts'
import { withGlobalScope } from './scope.ts'
import type { State } from './state.ts'

/** A type by its name as written: built in, an alias or Object type of a module, or a type of resources. */
export function findType(state: State, written: string): PuppetType | undefined {
  const builtIn = typeByName(written)
  if (builtIn) return builtIn
  const name = withoutLeadingColons(written).toLowerCase()
  const own = state.siteTypes.get(name)
  if (own) return own
  const { types } = state.environment
  if (!types.has(name)) types.set(name, loadAlias(state, name))
  const alias = types.get(name)
  if (alias) {
    state.reads.files.add(alias.path)
    return alias.type
  }
  const resource = findResourceType(state, name)
  return resource && { kind: 'Resource', typeName: capitalizeSegments(name) }
}

/** `types/port.pp` of module `stdlib` for `Stdlib::Port`. */
function loadAlias(state: State, name: string): LoadedType | undefined {
  const [first = '', ...rest] = name.split('::')
  if (rest.length === 0) return undefined
  const path = `types/${rest.join('/')}.pp`
  const manifest =
    first === 'environment' ? state.environment.manifest(path) : state.environment.moduleManifest(first, path)
  if (!manifest) return undefined
  const [error] = manifest.errors
  if (error) throw new Failure(error)
  logWarnings(state, manifest.warnings)
  const alias = manifest.typeAliases.find((definition) => definition.name.toLowerCase() === name)
  const [other] = manifest.typeAliases
  if (!alias && other)
    failWith(
      `The code loaded from ${manifest.file.path} produced type with the wrong name, expected '${name}', actual '${other.name}'`,
    )
  return alias && { type: typeOfAlias(alias, state), path: manifest.file.path }
}

/** The type that `type Name = …` makes: an alias, or an Object type by that name. */
export function typeOfAlias(alias: TypeAlias, state: State): PuppetType {
  const resolve = (): PuppetType => withGlobalScope(state.top, (scope) => evaluateType(alias.type, scope))
  const { type } = alias
  const isObject =
    type.kind === 'AccessExpression' && type.left.kind === 'QualifiedReference' && type.left.value === 'Object'
  if (!isObject) return defineTypeAlias(alias.name, resolve)
  const made = resolve()
  return made.kind === 'Object' && made.name === '' ? { ...made, name: alias.name } : made
}

/** What a name of no type may have been meant for. */
export function similarTypes(state: State, name: string): { remedy?: string } {
  const remedy = didYouMean(name, typeNames(state))
  return remedy ? { remedy } : {}
}

function* typeNames(state: State): Generator<string> {
  yield* ['Array', 'Boolean', 'Enum', 'Float', 'Hash', 'Integer', 'Numeric', 'Optional', 'Pattern', 'Sensitive']
  yield* ['String', 'Struct', 'Tuple', 'Variant', 'File', 'Package', 'Service', 'Exec', 'User', 'Group', 'Notify']
  for (const name of state.known.defines.keys()) yield capitalizeSegments(name)
  for (const module of state.environment.modules.values())
    for (const path of typeFiles(module, 'types')) yield capitalizeSegments(`${module.name}::${path}`)
}

function* typeFiles(module: Module, directory: string): Generator<string> {
  for (const entry of module.list(directory) ?? []) if (entry.endsWith('.pp')) yield entry.slice(0, -3)
}
