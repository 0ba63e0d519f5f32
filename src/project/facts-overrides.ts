import { trustedFacts } from '../compiler/top-scope.ts'
import { parseYaml } from '../hiera/yaml.ts'
import { sourceFile } from '../source/source-file.ts'
import { type HashValue, hash, hashGet, string, type Value } from '../value/value.ts'
import { type NodeFacts, withFactOrigins } from './read-facts.ts'

/** A fact that somebody sets on the command line: `os.family=RedHat`. */
export interface FactOverride {
  /** The dotted name, in parts. */
  readonly path: readonly string[]
  readonly text: string
}

/** Reads `NAME=VALUE`; `undefined` for a text of another shape. */
export function readOverride(text: string): FactOverride | undefined {
  const cut = text.indexOf('=')
  const path = text.slice(0, cut).split('.')
  return cut < 1 || path.some((part) => part === '') ? undefined : { path, text: text.slice(cut + 1) }
}

/** Structured facts and the legacy ones that say the same. */
const twins: readonly (readonly [structured: string, legacy: string])[] = [
  ['os.architecture', 'architecture'],
  ['os.family', 'osfamily'],
  ['os.hardware', 'hardwaremodel'],
  ['os.name', 'operatingsystem'],
  ['os.release.full', 'operatingsystemrelease'],
  ['os.release.major', 'operatingsystemmajrelease'],
  ['os.distro.codename', 'lsbdistcodename'],
  ['os.distro.id', 'lsbdistid'],
  ['os.distro.release.full', 'lsbdistrelease'],
  ['os.selinux.enabled', 'selinux'],
  ['networking.domain', 'domain'],
  ['networking.fqdn', 'fqdn'],
  ['networking.hostname', 'hostname'],
  ['networking.ip', 'ipaddress'],
  ['networking.ip6', 'ipaddress6'],
  ['networking.mac', 'macaddress'],
  ['networking.netmask', 'netmask'],
  ['networking.network', 'network'],
  ['processors.count', 'processorcount'],
  ['processors.physicalcount', 'physicalprocessorcount'],
  ['memory.system.total', 'memorysize'],
  ['identity.user', 'id'],
  ['identity.group', 'gid'],
]
const twinOf = new Map(twins.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]))

/**
 * The node with other facts. A fact that was a string stays one (`os.release.major=9`), any other value is read as YAML.
 * Where a node has the legacy name of a fact as well, both change. `trusted.extensions.pp_role=web` changes what is
 * trusted.
 */
export function overrideFacts(node: NodeFacts, overrides: readonly FactOverride[]): NodeFacts {
  let { facts, trusted } = node
  for (const { path, text } of overrides) {
    const [first, ...rest] = path as [string, ...string[]]
    if (first === 'trusted' && rest.length > 0) {
      const before = trusted ?? (trustedFacts(node.name) as HashValue)
      trusted = put(before, rest, readValue(text, at(before, rest), path), 'trusted')
      continue
    }
    const value = readValue(text, at(facts, path), path)
    facts = put(facts, path, value, '')
    const twin = twinOf.get(path.join('.'))?.split('.')
    if (twin && at(facts, twin)) facts = put(facts, twin, withFactOrigins(value, twin.join('.')), '')
  }
  return { ...node, facts, ...(trusted ? { trusted } : {}) }
}

function readValue(text: string, before: Value | undefined, path: readonly string[]): Value {
  const name = path.join('.')
  const origin = { kind: 'fact', name } as const
  if (before?.kind === 'string') return string(text, origin)
  const { value, diagnostics } = parseYaml(sourceFile('', text))
  if (value === undefined || diagnostics.some(({ severity }) => severity === 'error')) return string(text, origin)
  return withoutPlace(withFactOrigins(value, name))
}

/** What was typed has no place in a file. */
function withoutPlace(value: Value): Value {
  const origin = value.origin.kind === 'fact' ? ({ kind: 'fact', name: value.origin.name } as const) : value.origin
  if (value.kind === 'array') return { ...value, origin, values: value.values.map(withoutPlace) }
  if (value.kind !== 'hash') return { ...value, origin }
  const entries = [...value.entries].map(
    ([key, entry]) => [key, { key: entry.key, value: withoutPlace(entry.value) }] as const,
  )
  return { ...value, origin, entries: new Map(entries) }
}

function at(facts: Value, path: readonly string[]): Value | undefined {
  let value: Value | undefined = facts
  for (const part of path) value = value?.kind === 'hash' ? hashGet(value, part) : undefined
  return value
}

function put(facts: HashValue, [first, ...rest]: readonly string[], value: Value, within: string): HashValue {
  const part = first as string
  const name = within === '' ? part : `${within}.${part}`
  const before = hashGet(facts, part)
  const origin = { kind: 'fact', name } as const
  const inner = rest.length === 0 ? value : put(before?.kind === 'hash' ? before : hash([], origin), rest, value, name)
  const entries = new Map(facts.entries)
  entries.set(`'${part}`, { key: facts.entries.get(`'${part}`)?.key ?? string(part, origin), value: inner })
  return { ...facts, entries }
}
