import type { HostClassDefinition, NodeDefinition, ResourceTypeDefinition } from '../puppet/ast.ts'
import { type Diagnostic, Failure } from '../source/diagnostic.ts'
import type { ParsedManifest } from './environment.ts'
import { redefined } from './issues.ts'
import { placeText } from './ledger.ts'
import { isMetaparameter } from './resource-types.ts'
import type { Definition, Known, State } from './state.ts'

export function makeKnown(): Known {
  return { classes: new Map(), defines: new Map(), nodes: new Map(), loadedFiles: new Set(), missing: new Set() }
}

/** A class by name, read from its module where it is not known yet. */
export function findClass(state: State, name: string): Definition | undefined {
  return find(state, name, 'hostclass')
}

/** A defined type by name, read from its module where it is not known yet. */
export function findDefine(state: State, name: string): Definition | undefined {
  return find(state, name, 'definition')
}

function find(state: State, given: string, kind: 'hostclass' | 'definition'): Definition | undefined {
  const name = (given.startsWith('::') ? given.slice(2) : given).toLowerCase()
  const table = kind === 'hostclass' ? state.known.classes : state.known.defines
  const known = table.get(name)
  if (known || name === '') return known
  if (state.known.missing.has(`${kind} ${name}`)) return undefined
  for (const manifest of manifestsFor(state, name)) {
    const loaded = loadManifest(state, manifest.parsed, manifest.module)
    if (loaded.some((definition) => definition.kind === kind && definition.name === name)) break
  }
  const found = table.get(name)
  if (!found) state.known.missing.add(`${kind} ${name}`)
  return found
}

/**
 * The files in which a name may be defined, in the order in which Puppet reads them: for `a::b::c` those of
 * `a/manifests/b/c.pp`, then `b.pp`; each time `init.pp` first.
 */
function* manifestsFor(state: State, name: string): Generator<{ parsed: ParsedManifest; module: string }> {
  const [moduleName = '', ...rest] = name.split('::')
  const module = state.environment.modules.get(moduleName)
  if (!module) return
  for (let length = rest.length; length >= 0; length--) {
    const paths = length > 0 ? ['init', rest.slice(0, length).join('/')] : ['init']
    for (const path of new Set(paths)) {
      const key = `${moduleName}/${path}`
      if (state.known.loadedFiles.has(key)) continue
      state.known.loadedFiles.add(key)
      state.reads.files.add(state.environment.shown(`${module.directory}/manifests/${path}.pp`))
      const parsed = state.environment.moduleManifest(moduleName, `manifests/${path}.pp`)
      if (parsed) yield { parsed, module: moduleName }
    }
  }
}

/** Makes a manifest's definitions known; a manifest with syntax errors ends the compilation. */
export function loadManifest(state: State, parsed: ParsedManifest, module: string | undefined): readonly Definition[] {
  state.reads.files.add(parsed.file.path)
  const first = parsed.errors[0]
  if (first) {
    for (const other of parsed.errors.slice(1)) state.diagnostics.push(other)
    throw new Failure(first)
  }
  logWarnings(state, parsed.warnings)
  const definitions = parsed.definitions(module)
  for (const definition of definitions) {
    checkParameterNames(definition, state)
    addDefinition(state.known, definition)
  }
  for (const definition of definitions) state.parameterTypes(definition)
  return definitions
}

/** What Puppet logs of a file that it parses: with `strict` as a warning, a key that stands twice in a hash. */
export function logWarnings(state: State, warnings: readonly Diagnostic[]): void {
  state.diagnostics.push(...warnings)
  for (const { message, span } of warnings) state.logs.push({ level: 'warning', message, ...(span ? { span } : {}) })
}

/** A parameter may have the name of a metaparameter only with a default, which then applies to what the class contains. */
function checkParameterNames(definition: Definition, state: State): void {
  for (const parameter of definition.parameters) {
    if (!isMetaparameter(parameter.name)) continue
    if (!parameter.value)
      throw new Failure(
        redefined(
          [
            `${parameter.name} is a metaparameter; please choose another parameter name in the ${definition.name} definition`,
          ],
          { span: parameter.nameSpan },
        ),
      )
    const message = `${parameter.name} is a metaparam; this value will inherit to all contained resources in the ${definition.name} definition`
    if (state.warned.has(message)) continue
    state.warned.add(message)
    state.logs.push({ level: 'warning', message, span: parameter.nameSpan })
  }
}

function addDefinition(known: Known, definition: Definition): void {
  const { name } = definition
  const refuse = (message: (place: string) => string, other: Definition): never => {
    const place = other.span ? ` ${placeText(other.span)}` : ''
    throw new Failure(
      redefined([message(place)], {
        ...(definition.span ? { span: definition.span } : {}),
        ...(other.span ? { related: [{ message: 'already defined here', span: other.span }] } : {}),
      }),
    )
  }
  const { classes, defines, nodes } = known
  const asClass = classes.get(name)
  const asDefine = defines.get(name)
  const asNode = nodes.get(name)
  if (definition.kind === 'hostclass') {
    if (asClass) refuse((place) => `Class '${name}' is already defined${place}; cannot redefine`, asClass)
    if (asNode) refuse((place) => `Node '${name}' is already defined${place}; cannot be redefined as a class`, asNode)
    if (asDefine)
      refuse((place) => `Definition '${name}' is already defined${place}; cannot be redefined as a class`, asDefine)
    classes.set(name, definition)
  } else if (definition.kind === 'definition') {
    if (asClass)
      refuse((place) => `'${name}' is already defined${place} as a class; cannot redefine as a definition`, asClass)
    if (asDefine) refuse((place) => `Definition '${name}' is already defined${place}; cannot be redefined`, asDefine)
    defines.set(name, definition)
  } else {
    if (asNode) refuse((place) => `Node '${name}' is already defined${place}; cannot redefine`, asNode)
    if (asClass) refuse((place) => `Class '${name}' is already defined${place}; cannot be redefined as a node`, asClass)
    nodes.set(name, definition)
  }
}

/** The definitions that a piece of syntax makes: one, or one for each match of a node definition. */
export function definitionsOf(
  node: HostClassDefinition | ResourceTypeDefinition | NodeDefinition,
  module: string | undefined,
): Definition[] {
  const common = { code: [node.body], span: node.span, ...(module === undefined ? {} : { module }) }
  switch (node.kind) {
    case 'HostClassDefinition':
      return [
        {
          ...common,
          kind: 'hostclass',
          name: node.name.toLowerCase(),
          parameters: node.parameters,
          ...(node.parent === undefined ? {} : { parent: node.parent }),
        },
      ]
    case 'ResourceTypeDefinition':
      return [{ ...common, kind: 'definition', name: node.name.toLowerCase(), parameters: node.parameters }]
    case 'NodeDefinition':
      return node.matches.map((match) => ({ ...common, kind: 'node', parameters: [], ...nodeName(match) }))
  }
}

function nodeName(match: NodeDefinition['matches'][number]): { name: string; pattern?: string } {
  switch (match.kind) {
    case 'LiteralRegularExpression':
      return {
        name: `__node_regexp__${match.pattern
          .toLowerCase()
          .replace(/[^-\w:.]/g, '')
          .replace(/^\.+/, '')}`,
        pattern: match.pattern,
      }
    case 'LiteralDefault':
      return { name: 'default' }
    case 'LiteralString':
    case 'QualifiedName':
      return { name: match.value.toLowerCase() }
    default:
      return { name: match.span.file.text.slice(match.span.start, match.span.end).toLowerCase() }
  }
}
