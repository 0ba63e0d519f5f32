import type { Span } from '../source/source-file.ts'
import type { Origin } from '../value/origin.ts'
import { hashKey, type Value } from '../value/value.ts'
import type { Location } from './locations.ts'
import type { NodeHiera } from './node-hiera.ts'
import { type DataFile, readBesides } from './sources.ts'

/** A data function of code, as an entry of a hierarchy has it called. */
export interface DataCall {
  readonly functionName: string
  /** The entry in hiera.yaml. */
  readonly span: Span
  readonly level: string
  /** What was asked for; left out where the function gives all of its data. */
  readonly key: string | undefined
  /** How many arguments it got. */
  readonly given: number
}

/**
 * What a data function of code gave, known by the data file at its location: a part that the file has under the same
 * keys comes from there, as it stands or as the function changed it. What the function looked up besides keeps its part.
 */
export function fromDataFile(value: Value, call: DataCall, location: Location | undefined, node: NodeHiera): Value {
  const file = location && dataFileAt(location, node)
  const whole = file?.value
  const start = call.key === undefined ? whole : whole && member(whole, call.key)
  const around: Origin | undefined = whole && hieraOrigin(start ?? whole, call)
  const done = new Map<Value, Value>()
  const place = (part: Value, own: Value | undefined, key: string | undefined): Value => {
    const known = done.get(part)
    if (known && own === undefined) return known
    const origin = originOf(part, own, { ...call, key }, around, location)
    let made: Value
    if (part.kind === 'array')
      made = { ...part, origin, values: part.values.map((element, i) => place(element, elementAt(own, part, i), key)) }
    else if (part.kind === 'hash') {
      const entries = [...part.entries].map(([name, entry]) => {
        const inner = key ?? (entry.key.kind === 'string' ? entry.key.value : undefined)
        const ownKey = own?.kind === 'hash' ? own.entries.get(name)?.key : undefined
        const moved = {
          key: place(entry.key, ownKey, inner),
          value: place(entry.value, own && member(own, name, true), inner),
        }
        return [name, moved] as const
      })
      made = { ...part, origin, entries: new Map(entries) }
    } else if (part.kind === 'sensitive') made = { ...part, origin, value: place(part.value, own, key) }
    else made = { ...part, origin }
    if (own === undefined) done.set(part, made)
    return made
  }
  return place(value, start, call.key)
}

function originOf(
  part: Value,
  own: Value | undefined,
  call: DataCall,
  around: Origin | undefined,
  location: Location | undefined,
): Origin {
  const { origin } = part
  const { functionName, span } = call
  const isMade = origin.kind === 'builtin' || (origin.kind === 'call' && origin.name === functionName)
  if (!isMade) return origin
  const found = own && hieraOrigin(own, call)
  if (found && own && (own.kind === 'hash' || own.kind === 'array' || hashKey(own) === hashKey(part))) return found
  const asked = origin.kind === 'call' ? origin.from.slice(call.given) : []
  const file: Origin | undefined = found ?? around
  if (file) return encrypted(own) ? { kind: 'secret', from: file } : made(functionName, span, [file, ...asked])
  const key = call.key ?? location?.text ?? functionName
  const named: Origin = { kind: 'hiera', key, level: call.level, span }
  return asked.length === 0 ? named : made(functionName, span, [named, ...asked])
}

function made(name: string, span: Span, from: readonly Origin[]): Origin {
  return { kind: 'call', name, span, from }
}

/** What the file has encrypted, and the function gives in the clear. */
function encrypted(own: Value | undefined): boolean {
  return own?.kind === 'string' && /\bENC\[/.test(own.value)
}

function hieraOrigin({ origin }: Value, { key, level }: DataCall): Origin | undefined {
  return origin.kind === 'literal' ? { kind: 'hiera', key: key ?? '', level, span: origin.span } : undefined
}

function member(value: Value, name: string, isHashKey = false): Value | undefined {
  return value.kind === 'hash' ? value.entries.get(isHashKey ? name : `'${name}`)?.value : undefined
}

/** The element of the file's list: at the same place, or the one that is equal where the function left some out. */
function elementAt(own: Value | undefined, part: Value & { kind: 'array' }, i: number): Value | undefined {
  if (own?.kind !== 'array') return undefined
  if (own.values.length === part.values.length) return own.values[i]
  const wanted = hashKey(part.values[i] as Value)
  return own.values.find((element) => hashKey(element) === wanted)
}

function dataFileAt({ path, files, exists }: Location, { hiera }: NodeHiera): DataFile | undefined {
  const format =
    path === undefined ? undefined : /\.json$/i.test(path) ? 'json' : /\.e?ya?ml$/i.test(path) ? 'yaml' : undefined
  return path === undefined || !format || !exists ? undefined : readBesides(hiera, files, path, format)
}
