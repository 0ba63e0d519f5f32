import { trustedFacts } from '../compiler/top-scope.ts'
import { type Segment, splitKey } from '../hiera/key.ts'
import { parseYaml } from '../hiera/yaml.ts'
import { Failure } from '../source/diagnostic.ts'
import { sourceFile } from '../source/source-file.ts'
import { type HashValue, hash, hashGet, string, type Value } from '../value/value.ts'
import { type NodeFacts, withFactOrigins } from './read-facts.ts'

/** A fact that somebody sets on the command line: `os.family=RedHat`. */
export interface FactOverride {
  /** The dotted name, in parts; a number is an index into an array. */
  readonly path: readonly Segment[]
  readonly text: string
}

/** Reads `NAME=VALUE`; a part of the name with dots stands in quotes. `undefined` for a text of another shape. */
export function readOverride(text: string): FactOverride | undefined {
  const [, name, value] = /^((?:"[^"]*"|'[^']*'|[^"'=])+)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) return undefined
  try {
    return { path: splitKey(name, (problem) => problem), text: value }
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
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
  ['os.distro.release.major', 'lsbmajdistrelease'],
  ['os.distro.release.minor', 'lsbminordistrelease'],
  ['os.distro.description', 'lsbdistdescription'],
  ['os.selinux.enabled', 'selinux'],
  ['os.selinux.config_mode', 'selinux_config_mode'],
  ['os.selinux.config_policy', 'selinux_config_policy'],
  ['os.selinux.current_mode', 'selinux_current_mode'],
  ['os.selinux.enforced', 'selinux_enforced'],
  ['os.selinux.policy_version', 'selinux_policyversion'],
  ['networking.domain', 'domain'],
  ['networking.fqdn', 'fqdn'],
  ['networking.hostname', 'hostname'],
  ['networking.ip', 'ipaddress'],
  ['networking.ip6', 'ipaddress6'],
  ['networking.mac', 'macaddress'],
  ['networking.netmask', 'netmask'],
  ['networking.netmask6', 'netmask6'],
  ['networking.network', 'network'],
  ['networking.network6', 'network6'],
  ['processors.count', 'processorcount'],
  ['processors.isa', 'hardwareisa'],
  ['processors.physicalcount', 'physicalprocessorcount'],
  ['memory.swap.available', 'swapfree'],
  ['memory.swap.total', 'swapsize'],
  ['memory.system.available', 'memoryfree'],
  ['memory.system.total', 'memorysize'],
  ['augeas.version', 'augeasversion'],
  ['dmi.bios.release_date', 'bios_release_date'],
  ['dmi.bios.vendor', 'bios_vendor'],
  ['dmi.bios.version', 'bios_version'],
  ['dmi.board.manufacturer', 'boardmanufacturer'],
  ['dmi.board.product', 'boardproductname'],
  ['dmi.chassis.type', 'chassistype'],
  ['dmi.manufacturer', 'manufacturer'],
  ['dmi.product.name', 'productname'],
  ['dmi.product.serial_number', 'serialnumber'],
  ['dmi.product.uuid', 'uuid'],
  ['ruby.platform', 'rubyplatform'],
  ['ruby.sitedir', 'rubysitedir'],
  ['ruby.version', 'rubyversion'],
  ['system_uptime.days', 'uptime_days'],
  ['system_uptime.hours', 'uptime_hours'],
  ['system_uptime.seconds', 'uptime_seconds'],
  ['system_uptime.uptime', 'uptime'],
  ['identity.user', 'id'],
  ['identity.group', 'gid'],
]
const twinOf = new Map(twins.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]))

/** Legacy names of what stands below `networking.interfaces.NAME`, each with `_NAME` at its end. */
const interfaceTwins: Readonly<Record<string, string>> = {
  ip: 'ipaddress',
  ip6: 'ipaddress6',
  mac: 'macaddress',
  mtu: 'mtu',
  netmask: 'netmask',
  netmask6: 'netmask6',
  network: 'network',
  network6: 'network6',
}

/**
 * The node with other facts. A fact that was a string stays one (`os.release.major=9`), and so does a text in quotes; any
 * other value is read as YAML. Where a node has the legacy names of a fact as well, they change with it.
 * `trusted.extensions.pp_role=web` changes what is trusted.
 */
export function overrideFacts(node: NodeFacts, overrides: readonly FactOverride[]): NodeFacts {
  let { facts, trusted } = node
  for (const { path, text } of overrides) {
    const [first, ...rest] = path as [Segment, ...Segment[]]
    if (first === 'trusted' && rest.length > 0) {
      const before = trusted ?? (trustedFacts(node.name) as HashValue)
      trusted = put(before, rest, readValue(text, at(before, rest), path), 'trusted') as HashValue
      continue
    }
    const value = readValue(text, at(facts, path), path)
    facts = put(facts, path, value, '') as HashValue
    for (const [twin, same] of twinsOf(path, value))
      if (at(facts, twin)) facts = put(facts, twin, withFactOrigins(same, twin.join('.')), '') as HashValue
  }
  return { ...node, facts, ...(trusted ? { trusted } : {}) }
}

/** What else says the same as a fact, or as a part of it, with the value that it gets. */
function twinsOf(path: readonly Segment[], value: Value): (readonly [path: readonly Segment[], value: Value])[] {
  const own = path.map(String)
  const found: (readonly [readonly Segment[], Value])[] = []
  const twin = twinOf.get(own.join('.'))
  if (twin) found.push([twin.split('.'), value])
  const whole = `${own.join('.')}.`
  for (const [structured, legacy] of twins) {
    const part = structured.startsWith(whole) ? at(value, structured.slice(whole.length).split('.')) : undefined
    if (part) found.push([[legacy], part])
  }
  const [networking, interfaces, name, ...below] = own
  if (networking === 'networking' && interfaces === 'interfaces' && name !== undefined)
    for (const [structured, legacy] of Object.entries(interfaceTwins)) {
      const part = below.length === 0 ? at(value, [structured]) : below[0] === structured ? value : undefined
      if (part && below.length < 2) found.push([[`${legacy}_${name.replace(/[^a-zA-Z0-9_]/g, '_')}`], part])
    }
  return found
}

function readValue(text: string, before: Value | undefined, path: readonly Segment[]): Value {
  const name = path.join('.')
  const origin = { kind: 'fact', name } as const
  if (before?.kind === 'string' && !/^(["']).*\1$/s.test(text)) return string(text, origin)
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

function at(facts: Value, path: readonly Segment[]): Value | undefined {
  let value: Value | undefined = facts
  for (const part of path)
    value =
      value?.kind === 'hash'
        ? hashGet(value, String(part))
        : value?.kind === 'array' && typeof part === 'bigint'
          ? value.values[Number(part)]
          : undefined
  return value
}

/** `within` with the value at a path; what is no hash on the way gives way to one, and an index may be the next one. */
function put(within: Value, [first, ...rest]: readonly Segment[], value: Value, name: string): Value {
  const part = first as Segment
  const inner = name === '' ? String(part) : `${name}.${part}`
  const origin = { kind: 'fact', name: inner } as const
  const changed = (before: Value | undefined): Value =>
    rest.length === 0 ? value : put(before ?? hash([], origin), rest, value, inner)
  if (within.kind === 'array' && typeof part === 'bigint' && part >= 0n && part <= BigInt(within.values.length))
    return { ...within, values: within.values.toSpliced(Number(part), 1, changed(within.values[Number(part)])) }
  const whole = within.kind === 'hash' ? within : hash([], { kind: 'fact', name })
  const key = `'${part}`
  const entries = new Map(whole.entries)
  entries.set(key, {
    key: whole.entries.get(key)?.key ?? string(String(part), origin),
    value: changed(whole.entries.get(key)?.value),
  })
  return { ...whole, entries }
}
