import type { TypeAlias } from '../puppet/ast.ts'
import { Failure } from '../source/diagnostic.ts'
import { didYouMean } from '../source/suggest.ts'
import { defineTypeAlias } from '../types/define-alias.ts'
import { NamedObject } from '../types/named-object.ts'
import { typeByName } from '../types/names.ts'
import { parseLiteral } from '../types/parse.ts'
import type { PuppetType } from '../value/type.ts'
import { logWarnings } from './autoload.ts'
import { evaluateType } from './closure.ts'
import type { LoadedType } from './environment.ts'
import { failWith } from './issues.ts'
import type { Module } from './module-index.ts'
import { capitalizeSegments, withoutLeadingColons } from './names.ts'
import { callPlace } from './place.ts'
import { findResourceType } from './resolve-type.ts'
import { evaluate, withGlobalScope } from './scope.ts'
import type { State } from './state.ts'

/** A type by its name as written: built in, an alias or Object type of a module, or a type of resources. */
export function findType(state: State, written: string): PuppetType | undefined {
  const builtIn = typeByName(written)
  if (builtIn) return builtIn
  const name = withoutLeadingColons(written).toLowerCase()
  const own = state.siteTypes.get(name)
  if (own) return resolved(own)
  const { types } = state.environment
  state.reads.types.add(name)
  if (!types.has(name)) types.set(name, loadType(state, name))
  const alias = types.get(name)
  if (alias) {
    state.reads.files.add(alias.path)
    return resolved(alias.type)
  }
  const resource = findResourceType(state, name)
  return resource && { kind: 'Resource', typeName: capitalizeSegments(name) }
}

/**
 * A type out of the environment or a module: a data type in Ruby, or an alias. `types/port.pp` of module `stdlib` stands
 * for `Stdlib::Port`. A name without module may be a file of the environment's own, or a data type of any module.
 */
function loadType(state: State, name: string): LoadedType | undefined {
  const { modules, own } = state.environment
  const [first = '', ...rest] = name.split('::')
  if (rest.length > 0 && first !== 'environment') {
    const module = modules.get(first)
    return module && (inRuby(state, module, name) ?? inPuppet(state, name, first))
  }
  const found = inRuby(state, own, name) ?? inPuppet(state, name)
  if (found || rest.length > 0) return found
  for (const module of modules.values()) {
    const type = inRuby(state, module, name)
    if (type) return type
  }
  return undefined
}

function inRuby(state: State, holder: Module, name: string): LoadedType | undefined {
  const found = state.environment.ruby?.loadDataType(holder, name, () => state.contextFor(state.top, callPlace(state)))
  if (!found) return undefined
  const definition = () => parseLiteral(`{${found.interface}}`, state.types)
  return { type: new NamedObject(found.name, definition, found.implementation), path: found.path }
}

function inPuppet(state: State, name: string, module?: string): LoadedType | undefined {
  const segments = name.split('::')
  const manifest =
    module === undefined
      ? state.environment.manifest(`types/${segments.join('/')}.pp`)
      : state.environment.moduleManifest(module, `types/${segments.slice(1).join('/')}.pp`)
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
  const { type } = alias
  const isObject =
    type.kind === 'AccessExpression' && type.left.kind === 'QualifiedReference' && type.left.value === 'Object'
  const [definition, ...others] = isObject ? type.keys : []
  if (definition && others.length === 0)
    return new NamedObject(alias.name, () => withGlobalScope(state.top, (scope) => evaluate(definition, scope)))
  return defineTypeAlias(alias.name, () => withGlobalScope(state.top, (scope) => evaluateType(type, scope)))
}

/** Puppet reads the definition of an Object type where its name is first used, and tells its faults there. */
function resolved(type: PuppetType): PuppetType {
  if (!(type instanceof NamedObject)) return type
  try {
    type.resolve()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { span, ...diagnostic } = error.diagnostic
    throw new Failure(span ? { ...diagnostic, related: [{ message: 'defined here', span }] } : diagnostic)
  }
  return type
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
