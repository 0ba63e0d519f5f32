import type { Span } from '../source/source-file.ts'
import { rubyText } from '../types/ruby-value.ts'
import type { Settings, SettingValue } from '../value/function.ts'
import type { Origin } from '../value/origin.ts'
import { array, boolean, float, hash, integer, string, undef, type Value, withOrigin } from '../value/value.ts'
import { addClassName, addEdgeToStage } from './catalog-building.ts'
import { enter } from './ledger.ts'
import { makeResource } from './resource.ts'
import { makeScope } from './scope.ts'
import type { Definition, NodeRequest, State } from './state.ts'
import { setVariable } from './variables.ts'
import { watchedFacts } from './watched-facts.ts'

/** The variables of the top scope: every fact by its name, `$trusted`, `$server_facts`, `$facts`, `$environment`. */
export function bindTopScope(state: State, request: NodeRequest): void {
  const { top } = state
  const environment = builtIn('environment', request.environment ?? state.environment.name)
  const facts = withFactOrigins(request.facts, '')
  const serverFacts = state.serverFacts
  const given = new Map(request.parameters ? members(request.parameters) : [])
  for (const [name, value] of given) if (name !== 'environment' && name !== 'trusted') setVariable(top, name, value)
  for (const [name, value] of members(facts)) {
    if (name === 'environment' || name === 'trusted') continue
    const before = given.get(name)
    if (!before) setVariable(top, name, value)
    else state.logs.push({ level: 'warning', ...hiddenFact(state.node, name, before, value) })
  }
  for (const [name, value] of members(serverFacts))
    if (name !== 'environment' && !top.variables.values.has(name)) setVariable(top, name, value)
  setVariable(top, 'environment', environment)
  setVariable(top, 'trusted', withFactOrigins(state.trusted, 'trusted'), true)
  setVariable(
    top,
    'server_facts',
    hash(
      [...members(serverFacts), ['environment', environment] as const].map(
        ([name, value]) => [builtIn(name, name), value] as const,
      ),
      { kind: 'fact', name: 'server_facts' },
    ),
    true,
  )
  setVariable(top, 'facts', watchedFacts(facts, state.reads), true)
}

/** A classifier's parameter goes before a fact: what Puppet warns of, with the parameter's place. */
function hiddenFact(node: string, name: string, before: Value, fact: Value): { message: string; span?: Span } {
  return {
    message: `The node parameter '${name}' for node '${node}' was already set to '${rubyText(before)}'. It could not be set to '${rubyText(fact)}'`,
    ...spanOf(before),
  }
}

function members(value: Value): [string, Value][] {
  if (value.kind !== 'hash') return []
  return [...value.entries.values()].flatMap(({ key, value: member }): [string, Value][] =>
    key.kind === 'string' ? [[key.value, member]] : [],
  )
}

/** Gives each part of a fact its dotted name, where it does not know where it comes from. */
function withFactOrigins(value: Value, name: string): Value {
  const { origin } = value
  const isKnown = origin.kind === 'hiera' || (origin.kind === 'fact' && origin.name !== '')
  const named = isKnown ? value : withOrigin(value, { ...spanOf(value), kind: 'fact', name })
  if (named.kind === 'hash') {
    const entries = new Map(
      [...named.entries].map(([hashed, { key, value: member }]) => {
        const part = key.kind === 'string' ? key.value : hashed
        return [hashed, { key, value: withFactOrigins(member, name === '' ? part : `${name}.${part}`) }]
      }),
    )
    return { ...named, entries }
  }
  if (named.kind === 'array')
    return array(
      named.values.map((element, i) => withFactOrigins(element, `${name}.${i}`)),
      named.origin,
    )
  return named
}

function spanOf({ origin }: Value): { span?: Span } {
  return (origin.kind === 'fact' || origin.kind === 'literal') && origin.span ? { span: origin.span } : {}
}

function builtIn(name: string, value: string): Value {
  return string(value, { kind: 'builtin', name })
}

function settingValue(setting: SettingValue, origin: Origin): Value {
  switch (typeof setting) {
    case 'string':
      return setting === 'Infinity' ? float(Number.POSITIVE_INFINITY, origin) : string(setting, origin)
    case 'number':
      return integer(BigInt(setting), origin)
    case 'boolean':
      return boolean(setting, origin)
    default:
      return setting === null
        ? undef(origin)
        : array(
            setting.map((text) => string(text, origin)),
            origin,
          )
  }
}

/** What Puppet trusts of a node where nobody says otherwise. */
export function trustedFacts(node: string): Value {
  const cut = node.indexOf('.')
  const origin = { kind: 'fact', name: 'trusted' } as const
  const text = (name: string, value: string) =>
    [builtIn(name, name), string(value, { kind: 'fact', name: `trusted.${name}` })] as const
  return hash(
    [
      text('authenticated', 'remote'),
      text('certname', node),
      [builtIn('extensions', 'extensions'), hash([], { kind: 'fact', name: 'trusted.extensions' })],
      text('hostname', cut < 0 ? node : node.slice(0, cut)),
      ...(cut < 0 ? [] : [text('domain', node.slice(cut + 1))]),
    ],
    origin,
  )
}

/** The class `settings`, whose variables are Puppet's settings. */
export function declareSettings(state: State): void {
  const definition: Definition = { kind: 'hostclass', name: 'settings', parameters: [], code: [] }
  state.known.classes.set('settings', definition)
  const resource = makeResource(state.top, { type: 'class', title: 'settings', source: definition })
  enter(state.ledger, resource)
  resource.evaluated = true
  const scope = makeScope(state, state.top, definition, resource)
  addClassName(state, 'settings')
  setVariable(scope, 'module_name', builtIn('module_name', ''))
  setVariable(scope, 'title', builtIn('title', 'settings'))
  setVariable(scope, 'name', builtIn('name', 'settings'))
  state.classScopes.set('settings', scope)
  addEdgeToStage(resource)
  const settings = settingsValues(state.settings)
  for (const [name, value] of settings.values) {
    scope.variables.values.set(name, value)
    state.qualified.set(`settings::${name}`, value)
  }
  state.qualified.set('settings::all_local', settings.all)
}

interface SettingsValues {
  readonly values: readonly (readonly [name: string, value: Value])[]
  readonly all: Value
}

const valuesOfSettings = new WeakMap<Settings, SettingsValues>()

/** Settings as variables hold them, the same for all nodes. */
function settingsValues(settings: Settings): SettingsValues {
  const known = valuesOfSettings.get(settings)
  if (known) return known
  const values = [...settings.values]
    .filter(([name]) => name !== 'name')
    .map(([name, setting]) => [name, settingValue(setting, { kind: 'builtin', name: `settings::${name}` })] as const)
  const all = hash(
    values.map(([name, value]) => [builtIn(name, name), value]),
    { kind: 'builtin', name: 'settings::all_local' },
  )
  const made = { values, all }
  valuesOfSettings.set(settings, made)
  return made
}
