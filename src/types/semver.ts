import { type DiagnosticDetail, define, fail } from '../source/diagnostic.ts'

/** A version by Semantic Versioning 2.0; `Infinity` as major number stands above all. */
export interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** Absent: a stable version. Numeric parts are numbers. */
  readonly prerelease?: readonly (number | string)[]
  readonly build?: readonly string[]
}

const badVersion = define(
  'error',
  'puppet/bad-version',
  (text: string) => `Unable to parse '${text}' as a semantic version identifier`,
)
const badPrerelease = define(
  'error',
  'puppet/bad-prerelease',
  () => 'Numeric pre-release identifiers MUST NOT contain leading zeroes',
)

/** The lowest version: Puppet counts it as stable and below every pre-release. */
export const lowestVersion: Version = { major: 0, minor: 0, patch: 0, prerelease: [] }
export const highestVersion: Version = { major: Infinity, minor: 0, patch: 0 }

const part = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*'
const number = '(0|[1-9]\\d*)'

/** The source of the expression that a version matches, without anchors. */
export const versionPattern = `${number}\\.${number}\\.${number}(?:-(${part}))?(?:\\+(${part}))?`
const wholeVersion = new RegExp(`^${versionPattern}\\n?$`)

/** Whether the text is a version by its form. */
export function isVersionText(text: string): boolean {
  return wholeVersion.test(text)
}

export function parseVersion(text: string, detail?: DiagnosticDetail): Version {
  const match = wholeVersion.exec(text)
  if (!match) fail(badVersion([text], detail))
  return {
    major: Number(match[1]),
    minor: Number(match[2]),
    patch: Number(match[3]),
    ...qualifiers(match[4], match[5], detail),
  }
}

/** Pre-release and build parts out of their texts. */
export function qualifiers(
  prerelease: string | undefined,
  build: string | undefined,
  detail?: DiagnosticDetail,
): Pick<Version, 'prerelease' | 'build'> {
  return {
    ...(prerelease === undefined ? {} : { prerelease: prerelease.split('.').map((p) => identifier(p, detail)) }),
    ...(build === undefined ? {} : { build: build.split('.') }),
  }
}

function identifier(text: string, detail?: DiagnosticDetail): number | string {
  if (!/^[0-9]+$/.test(text)) return text
  if (text.length > 1 && text.startsWith('0')) fail(badPrerelease([], detail))
  return Number(text)
}

export function versionText(version: Version): string {
  const stable = `${version.major}.${version.minor}.${version.patch}`
  const prerelease = version.prerelease ? `-${version.prerelease.join('.')}` : ''
  return `${stable}${prerelease}${version.build ? `+${version.build.join('.')}` : ''}`
}

export function isStable(version: Version): boolean {
  return !version.prerelease || version.prerelease.length === 0
}

/** Precedence; builds do not count. */
export function compareVersions(a: Version, b: Version): number {
  return (
    compare(a.major, b.major) ||
    compare(a.minor, b.minor) ||
    compare(a.patch, b.patch) ||
    comparePrereleases(a.prerelease, b.prerelease)
  )
}

function comparePrereleases(a: Version['prerelease'], b: Version['prerelease']): number {
  if (!a || !b) return a ? -1 : b ? 1 : 0
  for (let i = 0; i < a.length; i++) {
    const mine = a[i] as number | string
    const yours = b[i]
    if (yours === undefined) return 1
    const order = typeof mine === typeof yours ? compare(mine, yours) : typeof mine === 'number' ? -1 : 1
    if (order !== 0) return order
  }
  return compare(a.length, b.length)
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
