import type { HashValue, Value } from '../../value/value.ts'
import { booleanType, integerRange, nonEmptyString, stringType } from '../construct.ts'
import { highestVersion, lowestVersion, parseVersion, type Version, versionPattern, versionText } from '../semver.ts'
import { parseVersionRange } from '../semver-range.ts'
import {
  type Constructor,
  entry,
  localType,
  type Making,
  pattern,
  refusal,
  signature,
  struct,
  variant,
} from './constructor.ts'

const count = localType('PositiveInteger', integerRange(0n, undefined))
const qualifier = localType('SemVerQualifier', pattern('\\A(?<part>[0-9A-Za-z-]+)(?:\\.\\g<part>)*\\Z'))

export const newSemVer: Constructor = {
  name: 'new_Version',
  dispatches: [
    {
      signature: signature(['str', localType('SemVerPattern', pattern(`\\A${versionPattern}\\Z`))]),
      call: ([text], { origin, span }) => {
        const version = parseVersion((text as Value & { kind: 'string' }).value, span ? { span } : {})
        return { kind: 'semver', text: versionText(version), origin }
      },
    },
    {
      signature: signature(
        ['major', count],
        ['minor', count],
        ['patch', count],
        ['prerelease', qualifier, 'optional'],
        ['build', qualifier, 'optional'],
      ),
      call: (args, making) => versionOf(args, making),
    },
    {
      signature: signature([
        'hash_args',
        localType(
          'SemVerHash',
          struct({ major: count, minor: count, patch: count, 'prerelease?': qualifier, 'build?': qualifier }),
        ),
      ]),
      call: ([given], making) =>
        versionOf(
          ['major', 'minor', 'patch', 'prerelease', 'build'].map((name) => entry(given as HashValue, name)),
          making,
        ),
    },
    refusal(
      [['str', stringType]],
      ([text]) => `The string '${(text as Value & { kind: 'string' }).value}' cannot be converted to a SemVer`,
    ),
  ],
}

/** Pre-release and build stay as they are given, however they are written. */
function versionOf(parts: readonly (Value | undefined)[], { origin }: Making): Value {
  const [major, minor, patch] = parts.slice(0, 3).map((p) => (p?.kind === 'integer' ? String(p.value) : '0'))
  const [prerelease, build] = parts.slice(3).map((p) => (p?.kind === 'string' ? p.value : undefined))
  const text = `${major}.${minor}.${patch}${prerelease === undefined ? '' : `-${prerelease}`}`
  return { kind: 'semver', text: `${text}${build === undefined ? '' : `+${build}`}`, origin }
}

const bound = variant({ kind: 'Default' }, { kind: 'SemVer', ranges: [] })

export const newSemVerRange: Constructor = {
  name: 'new_VersionRange',
  dispatches: [
    {
      signature: signature(['str', localType('SemVerRangeString', nonEmptyString)]),
      call: ([given], { origin, span }) => {
        const text = (given as Value & { kind: 'string' }).value
        parseVersionRange(text, span ? { span } : {})
        return { kind: 'semver-range', text, origin }
      },
    },
    {
      signature: signature(['min', bound], ['max', bound], ['exclude_max', booleanType, 'optional']),
      call: ([min, max, exclude], making) => rangeOf(min, max, exclude, making),
    },
    {
      signature: signature([
        'hash_args',
        localType('SemVerRangeHash', struct({ min: bound, 'max?': bound, 'exclude_max?': booleanType })),
      ]),
      call: ([given], making) => {
        const hash = given as HashValue
        return rangeOf(entry(hash, 'min'), entry(hash, 'max'), entry(hash, 'exclude_max'), making)
      },
    },
  ],
}

/** The text has the bounds the other way round, as Puppet's library prints them. */
function rangeOf(
  min: Value | undefined,
  max: Value | undefined,
  exclude: Value | undefined,
  { origin }: Making,
): Value {
  const low = boundText(min, lowestVersion)
  const high = boundText(max, highestVersion)
  const isExclusive = exclude?.kind === 'boolean' && exclude.value
  return { kind: 'semver-range', text: isExclusive ? `>=${high} <${low}` : `${high} - ${low}`, origin }
}

function boundText(bound: Value | undefined, otherwise: Version): string {
  if (bound?.kind === 'semver') return bound.text
  return otherwise === lowestVersion ? '0.0.0-' : versionText(otherwise)
}
