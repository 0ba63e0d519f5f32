import { createHash } from 'node:crypto'
import { hashGet, type Value } from '../value/value.ts'
import { refuse, toInteger } from './definition.ts'
import { joined } from './join.ts'
import { atLeast, legacy, legacyText } from './legacy.ts'
import { rubyRandom } from './mersenne-twister.ts'

/** A number from 0 below the maximum, always the same for a node and a seed. */
export const fqdnRand = legacy('fqdn_rand', atLeast(1), (call) => {
  const [limit, seed, downcase] = call.args
  const max = toI(limit as Value)
  const { facts } = call.context.scope
  const networking = facts.kind === 'hash' ? hashGet(facts, 'networking') : undefined
  const fact = networking?.kind === 'hash' ? hashGet(networking, 'fqdn') : undefined
  const given = fact?.kind === 'string' ? fact.value : ''
  const fold = downcase !== undefined && !(downcase.kind === 'boolean' && !downcase.value)
  const seedText = seed === undefined ? '' : seed.kind === 'array' ? joined(seed.values, ':') : legacyText(seed)
  const text = [fold ? given.toLowerCase() : given, String(max), seedText].join(':')
  if (max <= 0n) return refuse(call, `invalid argument - ${max}`)
  const digest = createHash('md5').update(text).digest('hex')
  return toInteger(call, rubyRandom(BigInt(`0x${digest}`)).integer(max - 1n))
})

/** Ruby's `to_i`. */
function toI(value: Value): bigint {
  switch (value.kind) {
    case 'integer':
      return value.value
    case 'float':
      return BigInt(Math.trunc(value.value))
    case 'string':
      return BigInt(/^\s*([+-]?\d+(?:_\d+)*)/.exec(value.value)?.[1]?.replaceAll('_', '').replace('+', '') ?? '0')
    default:
      return 0n
  }
}
