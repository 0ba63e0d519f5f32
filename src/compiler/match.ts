import type { InExpression, MatchExpression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { Failure } from '../source/diagnostic.ts'
import { isInstance } from '../types/instance.ts'
import { valueLabel, withArticle } from '../types/label.ts'
import { compareVersions, isVersionText, parseVersion } from '../types/semver.ts'
import { parseVersionRange, rangeIncludes } from '../types/semver-range.ts'
import { type Origin, wholeOrigin } from '../value/origin.ts'
import { rubyRegexp } from '../value/regexp.ts'
import { boolean, string, undef, type Value } from '../value/value.ts'
import { valuesEqual } from './comparison.ts'
import { failWith } from './issues.ts'
import { evaluate, pushMatch } from './scope.ts'
import type { Scope } from './state.ts'

/** `=~` and `!~`: regular expressions, types, version ranges. A match sets `$0`, `$1` … */
export function evaluateMatch(node: MatchExpression, scope: Scope): Value {
  const left = evaluate(node.left, scope)
  const pattern = evaluate(node.right, scope)
  const origin: Origin = { kind: 'operation', span: node.span, from: [wholeOrigin(left), pattern.origin] }
  const result = (matched: boolean): Value => boolean(node.operator === '=~' ? matched : !matched, origin)
  if (pattern.kind === 'type') return result(isInstance(pattern.type, left))
  if (pattern.kind === 'semver-range') return result(versionIn(pattern.text, left))
  const source = pattern.kind === 'regexp' ? pattern.pattern : pattern.kind === 'string' ? pattern.value : undefined
  if (source === undefined)
    return failWith(
      `Can not convert right match operand to a regular expression. Caused by 'no implicit conversion of ${rubyClass(pattern)} into String'.`,
      { span: placeOf(node.right) },
    )
  if (left.kind !== 'string')
    return failWith(`Left match operand must result in a String value. Got ${withArticle(valueLabel(left))}.`, {
      span: placeOf(node.left),
    })
  return result(matchText(source, left, scope, () => placeOf(node.right)))
}

function rubyClass(value: Value): string {
  switch (value.kind) {
    case 'undef':
      return 'nil'
    case 'boolean':
      return String(value.value)
    case 'default':
      return 'Symbol'
    case 'integer':
      return 'Integer'
    case 'float':
      return 'Float'
    case 'array':
      return 'Array'
    case 'hash':
      return 'Hash'
    default:
      return value.kind
  }
}

function matchText(
  pattern: string,
  text: Value & { kind: 'string' },
  scope: Scope | undefined,
  place: (() => ReturnType<typeof placeOf>) | undefined,
): boolean {
  let found: RegExpExecArray | null
  try {
    found = rubyRegexp(pattern).exec(text.value)
  } catch (error) {
    if (error instanceof Failure && place && error.diagnostic.code === 'puppet/bad-regexp')
      return failWith(
        `Can not convert right match operand to a regular expression. Caused by '${error.diagnostic.message}'.`,
        { span: place() },
      )
    throw error
  }
  if (found && scope) pushMatch(scope, matchGroups(found, text.origin))
  return found !== null
}

/** What the groups of a match hold, the whole match first. */
export function matchGroups(found: readonly (string | undefined)[], from: Origin): Value[] {
  return found.map((group) => (group === undefined ? undef(from) : string(group, from)))
}

function versionIn(range: string, value: Value): boolean {
  if (value.kind !== 'semver' && value.kind !== 'string') return false
  const text = value.kind === 'semver' ? value.text : value.value
  return isVersionText(text) && rangeIncludes(parseVersionRange(range), parseVersion(text))
}

/** Whether a value matches an option of `case` or of a selector. A regular expression that matches sets `$0`, `$1` … */
export function matchesOption(value: Value, option: Value, scope: Scope | undefined): boolean {
  switch (option.kind) {
    case 'regexp':
      return value.kind === 'string' && matchText(option.pattern, value, scope, undefined)
    case 'type':
      return isInstance(option.type, value)
    case 'default':
      return true
    case 'semver': {
      const version = value.kind === 'semver' ? value.text : value.kind === 'string' ? value.value : undefined
      if (version === undefined || !isVersionText(version)) return false
      return compareVersions(parseVersion(version), parseVersion(option.text)) === 0
    }
    case 'semver-range':
      return versionIn(option.text, value)
    case 'array':
      return (
        value.kind === 'array' &&
        value.values.length === option.values.length &&
        option.values.every((element, i) => matchesOption(value.values[i] as Value, element, scope))
      )
    case 'hash': {
      if (value.kind !== 'hash') return false
      for (const [key, entry] of option.entries) {
        const found = value.entries.get(key)?.value ?? undef(entry.value.origin)
        if (!matchesOption(found, entry.value, scope)) return false
      }
      return true
    }
    default:
      return valuesEqual(value, option)
  }
}

/** `in`: parts of texts, elements of arrays, keys of hashes. */
export function evaluateIn(node: InExpression, scope: Scope): Value {
  const left = evaluate(node.left, scope)
  const right = evaluate(node.right, scope)
  return boolean(includes(right, left, scope), {
    kind: 'operation',
    span: node.span,
    from: [wholeOrigin(left), wholeOrigin(right)],
  })
}

/** Whether `whole` has `part` in it. */
export function includes(whole: Value, part: Value, scope: Scope | undefined): boolean {
  switch (whole.kind) {
    case 'string':
      if (part.kind === 'string') return whole.value.toLowerCase().includes(part.value.toLowerCase())
      if (part.kind === 'regexp') return matchText(part.pattern, whole, scope, undefined)
      return false
    case 'array':
      return elementsInclude(whole.values, part, scope)
    case 'hash':
      return elementsInclude(
        [...whole.entries.values()].map((entry) => entry.key),
        part,
        scope,
      )
    case 'semver-range':
      return versionIn(whole.text, part)
    case 'binary': {
      const bytes = Buffer.from(whole.bytes)
      if (part.kind === 'binary') return bytes.includes(Buffer.from(part.bytes))
      if (part.kind === 'string') return bytes.includes(part.value)
      return part.kind === 'integer' && bytes.includes(Number(part.value))
    }
    default:
      return false
  }
}

function elementsInclude(values: readonly Value[], part: Value, scope: Scope | undefined): boolean {
  switch (part.kind) {
    case 'regexp':
      return values.some((value) => value.kind === 'string' && matchText(part.pattern, value, scope, undefined))
    case 'string':
    case 'semver':
      return values.some((value) => matchesOption(part, value, scope))
    case 'type':
      return values.some((value) => isInstance(part.type, value))
    default:
      return values.some((value) => valuesEqual(value, part))
  }
}
