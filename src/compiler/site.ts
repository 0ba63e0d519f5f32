import { resolve } from 'node:path'
import { Failure } from '../source/diagnostic.ts'
import { loadManifest } from './autoload.ts'
import { checkEntities } from './entities.ts'
import type { ParsedManifest } from './environment.ts'
import { puppetFunction } from './function-index.ts'
import type { Definition, NodeRequest, State } from './state.ts'
import { typeOfAlias } from './type-index.ts'

/** Reads the environment's own manifests, or the code that stands in for them. Gives the code outside of definitions. */
export function loadSite(state: State, request: NodeRequest): Definition {
  const { environment } = state
  const manifests = request.code ? [environment.parse(request.code)] : environment.siteManifests()
  failOnErrors(state, manifests)
  checkEntities(manifests, (path) => resolve(environment.files.root, path))
  for (const manifest of manifests) {
    for (const node of manifest.functions) state.siteFunctions.set(node.name, puppetFunction(node, undefined))
    for (const alias of manifest.typeAliases) state.siteTypes.set(alias.name.toLowerCase(), typeOfAlias(alias, state))
  }
  for (const manifest of manifests) loadManifest(state, manifest, undefined)
  const main: Definition = {
    kind: 'hostclass',
    name: '',
    parameters: [],
    code: manifests.map((manifest) => manifest.program.body),
  }
  state.known.classes.set('', main)
  return main
}

/** All syntax errors of a file are told; the files are read in order, and the first with errors ends the compilation. */
function failOnErrors(state: State, manifests: readonly ParsedManifest[]): void {
  for (const { errors } of manifests) {
    const [first, ...others] = errors
    if (!first) continue
    state.diagnostics.push(...others)
    throw new Failure(first)
  }
}
