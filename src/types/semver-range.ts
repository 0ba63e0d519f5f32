import { type DiagnosticDetail, define, fail } from '../source/diagnostic.ts'
import {
  compareVersions,
  highestVersion,
  isStable,
  lowestVersion,
  qualifiers,
  type Version,
  versionText,
} from './semver.ts'

/** What lies between two versions; both bounds belong to it unless they are excluded. */
interface Interval {
  readonly begin: Version
  readonly end: Version
  readonly excludeBegin: boolean
  readonly excludeEnd: boolean
  /** `*`, which takes pre-releases of all versions. */
  readonly all?: true
}

/** Alternatives, as `||` writes them. */
export type VersionRange = readonly Interval[]

const badRange = define('error', 'puppet/bad-version-range', (text: string) => `Unparsable version range: "${text}"`)

const all: Interval = {
  begin: lowestVersion,
  end: highestVersion,
  excludeBegin: false,
  excludeEnd: false,
  all: true,
}
const nothing: Interval = { begin: lowestVersion, end: lowestVersion, excludeBegin: false, excludeEnd: true }

const x = '(?:x|X|\\*|0|[1-9][0-9]*)'
const parts = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*'
const partial = `${x}(?:\\.${x}(?:\\.${x}(?:-${parts})?(?:\\+${parts})?)?)?`
const hyphenForm = new RegExp(`^(${partial})\\s+-\\s+(${partial})$`)
const simpleForm = new RegExp(`^([<>=~^]|<=|>=|~>|~=)?(${partial})$`)
const partialForm = new RegExp(`^(${x})(?:\\.(${x})(?:\\.(${x})(?:-(${parts}))?(?:\\+(${parts}))?)?)?$`)

/** node-semver's ranges, as far as Puppet knows them: `>=1.0.0 <2.0.0`, `1.x`, `~1.2`, `^1.2.3`, `1.0.0 - 2.0.0`, `||`. */
export function parseVersionRange(text: string, detail?: DiagnosticDetail): VersionRange {
  const alternatives = text.replace(/([><=~^])(?:\s+|\s*v)/g, '$1').split(/\s*\|\|\s*/)
  while (alternatives.at(-1) === '') alternatives.pop()
  if (alternatives.length === 0) return [all]
  const intervals: Interval[] = []
  for (const alternative of alternatives) {
    const interval = parseAlternative(alternative, text, detail)
    if (interval && !intervals.some((i) => sameInterval(i, interval))) intervals.push(interval)
  }
  return intervals.length === 0 ? [nothing] : mergeIntervals(intervals)
}

function parseAlternative(text: string, whole: string, detail?: DiagnosticDetail): Interval | undefined {
  const hyphen = hyphenForm.exec(text)
  if (hyphen) {
    const low = atLeast(lowest(pieces(hyphen[1] as string, whole, detail)))
    return intersection(low, atMost(lowest(pieces(hyphen[2] as string, whole, detail))))
  }
  let joined: Interval | undefined
  for (const [i, simple] of text.split(/\s+/).entries()) {
    const match = simpleForm.exec(simple)
    if (!match) fail(badRange([whole], detail))
    const interval = parseSimple(match[1] ?? '', pieces(match[2] as string, whole, detail))
    joined = i === 0 ? interval : joined && intersection(joined, interval)
  }
  return joined
}

interface Pieces {
  readonly major?: number
  readonly minor?: number
  readonly patch?: number
  readonly rest: Pick<Version, 'prerelease' | 'build'>
}

function pieces(text: string, whole: string, detail?: DiagnosticDetail): Pieces {
  const match = partialForm.exec(text)
  if (!match) fail(badRange([whole], detail))
  const digit = (piece: string | undefined) =>
    piece === undefined || /^[xX*]$/.test(piece) ? undefined : Number(piece)
  const [major, minor, patch] = [digit(match[1]), digit(match[2]), digit(match[3])]
  return {
    ...(major === undefined ? {} : { major }),
    ...(minor === undefined ? {} : { minor }),
    ...(patch === undefined ? {} : { patch }),
    rest: qualifiers(match[4], match[5], detail),
  }
}

function parseSimple(operator: string, p: Pieces): Interval {
  switch (operator) {
    case '~':
    case '~>':
    case '~=':
      return patchUpdates(p, true)
    case '^':
      return p.major === 0 ? patchUpdates(p, true) : minorUpdates(p)
    case '>':
      if (p.major === undefined) return nothing
      if (p.minor === undefined) return atLeast(release(p.major + 1))
      if (p.patch === undefined) return atLeast(release(p.major, p.minor + 1))
      return { ...atLeast(exact(p)), excludeBegin: true }
    case '>=':
      return atLeast(lowest(p))
    case '<':
      return below(lowest(p))
    case '<=':
      if (p.major === undefined) return all
      if (p.minor === undefined) return below(release(p.major + 1))
      if (p.patch === undefined) return below(release(p.major, p.minor + 1))
      return atMost(exact(p))
    default:
      return patchUpdates(p, false)
  }
}

function patchUpdates(p: Pieces, open: boolean): Interval {
  if (p.major === undefined) return all
  if (p.minor === undefined) return between(release(p.major), release(p.major + 1))
  if (p.patch === undefined) return between(release(p.major, p.minor), release(p.major, p.minor + 1))
  const version = exact(p)
  if (!open) return { begin: version, end: version, excludeBegin: false, excludeEnd: false }
  return between(version, release(p.major, p.minor + 1))
}

function minorUpdates(p: Pieces): Interval {
  if (p.major === undefined) return all
  const next = release(p.major + 1)
  if (p.minor === undefined) return between(release(p.major), next)
  if (p.patch === undefined) return between(release(p.major, p.minor), next)
  return between(p.rest.prerelease ? exact(p) : release(p.major, p.minor, p.patch), next)
}

function release(major: number, minor = 0, patch = 0): Version {
  return { major, minor, patch }
}

function exact(p: Pieces): Version {
  return { major: p.major ?? 0, minor: p.minor ?? 0, patch: p.patch ?? 0, ...p.rest }
}

const lowest = exact

function atLeast(begin: Version): Interval {
  return { begin, end: highestVersion, excludeBegin: false, excludeEnd: false }
}

function atMost(end: Version): Interval {
  return { begin: lowestVersion, end, excludeBegin: false, excludeEnd: false }
}

function below(end: Version): Interval {
  return { begin: lowestVersion, end, excludeBegin: false, excludeEnd: true }
}

function between(begin: Version, end: Version): Interval {
  return { begin, end, excludeBegin: false, excludeEnd: true }
}

function sameInterval(a: Interval, b: Interval): boolean {
  return (
    compareVersions(a.begin, b.begin) === 0 &&
    compareVersions(a.end, b.end) === 0 &&
    a.excludeBegin === b.excludeBegin &&
    a.excludeEnd === b.excludeEnd
  )
}

function intersection(a: Interval, b: Interval): Interval | undefined {
  if (a.all) return b
  if (b.all) return a
  const [low, excludeBegin] = later(a, b)
  const [high, excludeEnd] = earlier(a, b)
  const order = compareVersions(low, high)
  if (order > 0 || (order === 0 && (excludeBegin || excludeEnd))) return undefined
  return { begin: low, end: high, excludeBegin, excludeEnd }
}

function later(a: Interval, b: Interval): readonly [Version, boolean] {
  const order = compareVersions(a.begin, b.begin)
  if (order === 0) return [a.begin, a.excludeBegin || b.excludeBegin]
  return order > 0 ? [a.begin, a.excludeBegin] : [b.begin, b.excludeBegin]
}

function earlier(a: Interval, b: Interval): readonly [Version, boolean] {
  const order = compareVersions(a.end, b.end)
  if (order === 0) return [a.end, a.excludeEnd || b.excludeEnd]
  return order < 0 ? [a.end, a.excludeEnd] : [b.end, b.excludeEnd]
}

function within(interval: Interval, version: Version): boolean {
  const low = compareVersions(version, interval.begin)
  const high = compareVersions(version, interval.end)
  return (low > 0 || (low === 0 && !interval.excludeBegin)) && (high < 0 || (high === 0 && !interval.excludeEnd))
}

/** A pre-release belongs to a range only where a bound is a pre-release of the same version. */
export function rangeIncludes(range: VersionRange, version: Version): boolean {
  return range.some(
    (interval) =>
      within(interval, version) &&
      (isStable(version) ||
        interval.all === true ||
        samePrerelease(interval.begin, version) ||
        samePrerelease(interval.end, version)),
  )
}

function samePrerelease(bound: Version, version: Version): boolean {
  return (
    !isStable(bound) && bound.major === version.major && bound.minor === version.minor && bound.patch === version.patch
  )
}

function mergeIntervals(intervals: readonly Interval[]): VersionRange {
  let open = [...intervals]
  for (let merged = true; open.length > 1 && merged; ) {
    merged = false
    const result: Interval[] = []
    while (open.length > 0) {
      const apart: Interval[] = []
      let joined = open.at(-1) as Interval
      for (const interval of open.slice(0, -1)) {
        const union = join(joined, interval)
        if (union) {
          joined = union
          merged = true
        } else apart.push(interval)
      }
      result.push(joined)
      open = apart
    }
    open = result.reverse()
  }
  return open
}

function join(a: Interval, b: Interval): Interval | undefined {
  if (a.all || b.all) return all
  const touching = within(a, b.begin) || within(b, a.begin) || follows(a, b) || follows(b, a)
  if (!touching) return undefined
  const begin = compareVersions(a.begin, b.begin)
  const end = compareVersions(a.end, b.end)
  const low = begin <= 0 ? a : b
  const high = end >= 0 ? a : b
  return {
    begin: low.begin,
    end: high.end,
    excludeBegin: begin === 0 ? a.excludeBegin && b.excludeBegin : low.excludeBegin,
    excludeEnd: end === 0 ? a.excludeEnd && b.excludeEnd : high.excludeEnd,
  }
}

/** Whether `b` goes on where `a` ends. */
function follows(a: Interval, b: Interval): boolean {
  if (b.excludeBegin) return false
  const next = a.excludeEnd ? a.end : release(a.end.major, a.end.minor, a.end.patch + 1)
  return compareVersions(next, b.begin) === 0
}

/** Ranges as they print, those that touch each other joined. */
export function mergeRanges(texts: readonly string[]): readonly string[] {
  if (texts.length < 2) return texts
  const parsed = texts.map((text) => ({ text, range: parseVersionRange(text) }))
  let open = [...parsed]
  const result: typeof parsed = []
  while (open.length > 0) {
    const apart: typeof parsed = []
    let joined = open.at(-1) as (typeof parsed)[number]
    for (const other of open.slice(0, -1)) {
      const [a, b] = [joined.range[0], other.range[0]]
      const union = joined.range.length === 1 && other.range.length === 1 && a && b ? join(a, b) : undefined
      if (union) joined = { text: intervalText(union), range: [union] }
      else apart.push(other)
    }
    result.push(joined)
    open = apart
  }
  return result.reverse().map((r) => r.text)
}

function intervalText(interval: Interval): string {
  if (interval.excludeEnd) return `>=${versionText(interval.end)} <${versionText(interval.begin)}`
  return `${versionText(interval.end)} - ${versionText(interval.begin)}`
}

/** The range as it was understood: `>=1.0.0 <2.0.0`. */
export function rangeText(range: VersionRange): string {
  return range.map(boundsText).join(' || ')
}

function boundsText(interval: Interval): string {
  if (interval.all) return '*'
  const { begin, end, excludeBegin, excludeEnd } = interval
  if (compareVersions(begin, end) === 0) return excludeEnd ? '<0.0.0' : versionText(begin)
  const low = compareVersions(begin, lowestVersion) === 0 ? [] : [`${excludeBegin ? '>' : '>='}${versionText(begin)}`]
  const high = end.major === Infinity ? [] : [`${excludeEnd ? '<' : '<='}${versionText(end)}`]
  return [...low, ...high].join(' ')
}

/** Whether every version of `inner` is in `outer`; ranges with alternatives are compared one by one. */
export function rangeCovers(outer: string, inner: string): boolean {
  const wide = parseVersionRange(outer)
  return parseVersionRange(inner).every((i) =>
    wide.some((w) => {
      const end = compareVersions(w.end, i.end)
      return compareVersions(w.begin, i.begin) <= 0 && (end > 0 || (end === 0 && (!w.excludeEnd || i.excludeEnd)))
    }),
  )
}
