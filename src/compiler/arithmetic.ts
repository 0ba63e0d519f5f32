import type { ArithmeticExpression, Expression } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { Failure } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { valueLabel, withArticle, withCapitalArticle } from '../types/label.ts'
import { type Origin, wholeOrigin } from '../value/origin.ts'
import { array, float, type HashEntry, hashKey, integer, type Value } from '../value/value.ts'
import { asWarning, evaluationError, failWith } from './issues.ts'
import { labelOf } from './labels.ts'
import { numberFromText } from './numbers.ts'
import { evaluate } from './scope.ts'
import type { Scope } from './state.ts'
import { textOf } from './text.ts'

const maxInteger = 2n ** 63n - 1n
const minInteger = -(2n ** 63n)
const second = 1_000_000_000n

/** `+ - * / % << >>`: numbers, and `+ - <<` on arrays and hashes (Puppet language documentation, "Expressions"). */
export function evaluateArithmetic(node: ArithmeticExpression, scope: Scope): Value {
  const left = evaluate(node.left, scope)
  const right = evaluate(node.right, scope)
  const origin: Origin = { kind: 'operation', span: node.span, from: [wholeOrigin(left), wholeOrigin(right)] }
  const { operator } = node
  if ((left.kind === 'array' || left.kind === 'hash') && (operator === '+' || operator === '-' || operator === '<<')) {
    if (operator === '+') return concatenate(left, right, origin)
    if (operator === '-') return remove(left, right, origin)
    if (left.kind === 'hash') return notApplicable(node, left)
    return array([...left.values, right], origin)
  }
  if (left.kind === 'binary' && operator === '+') {
    if (right.kind !== 'binary') return failWith('Can only append Binary to a Binary')
    return { kind: 'binary', bytes: Buffer.concat([left.bytes, right.bytes]), origin }
  }
  if (left.kind === 'uri' && operator === '+') return joinUri(left, right, origin)
  return calculate(node, numeric(left, node.left, scope), numeric(right, node.right, scope), origin)
}

function joinUri(left: Value & { kind: 'uri' }, right: Value, origin: Origin): Value {
  if (right.kind !== 'uri' && right.kind !== 'string')
    return failWith('An URI can only be merged with an URI or String')
  const other = right.kind === 'uri' ? right.text : right.value
  return { kind: 'uri', text: new URL(other, left.text).href, origin }
}

type Number = Value & { kind: 'integer' | 'float' | 'timespan' | 'timestamp' }

/** The number that a value is or that a text holds. */
export function numeric(value: Value, node: Expression, scope: Scope): Number {
  if (value.kind === 'integer' || value.kind === 'float' || value.kind === 'timespan' || value.kind === 'timestamp')
    return value
  const number = value.kind === 'string' ? numberFromText(value.value) : undefined
  const span = placeOf(node)
  if (number === undefined) return failWith(`The value '${textOf(value)}' cannot be converted to Numeric.`, { span })
  const made = typeof number === 'bigint' ? integer(number, value.origin) : float(number, value.origin)
  coerced(value, made, span, scope)
  return made
}

function coerced(before: Value, after: Value, span: Span, scope: Scope): void {
  const { settings, logs, diagnostics } = scope.state
  if (settings.strict === 'off') return
  const diagnostic = evaluationError(
    [`The string '${textOf(before)}' was automatically coerced to the numerical value ${textOf(after)}`],
    { span },
  )
  if (settings.strict === 'error') throw new Failure(diagnostic)
  logs.push({ level: 'warning', message: diagnostic.message, span })
  diagnostics.push(asWarning(diagnostic))
}

function calculate(node: ArithmeticExpression, left: Number, right: Number, origin: Origin): Value {
  if (left.kind === 'timespan' || left.kind === 'timestamp' || right.kind === 'timespan' || right.kind === 'timestamp')
    return calculateTime(node, left, right, origin)
  const { operator } = node
  if (operator === '%' && left.kind === 'float') return notApplicable(node, left)
  if (operator === '%' && right.kind === 'float') return notApplicable(node, left, right)
  if (left.kind === 'integer' && right.kind === 'integer')
    return withinRange(node, integers(node, left.value, right.value), origin)
  if (operator === '<<' || operator === '>>') {
    if (left.kind !== 'integer') return notApplicable(node, left)
    return withinRange(node, integers(node, left.value, BigInt(Math.trunc(Number(right.value)))), origin)
  }
  const a = Number(left.value)
  const b = Number(right.value)
  const result = operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : a / b
  if (result === Infinity || result === -Infinity)
    return failWith(`The result of the ${operator} expression is Infinity`, { span: placeOf(node.left) })
  return float(result, origin)
}

function integers(node: ArithmeticExpression, a: bigint, b: bigint): bigint {
  switch (node.operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
    case '%': {
      if (b === 0n) return failWith('Division by 0', { span: placeOf(node.right) })
      const quotient = a / b
      const remainder = a % b
      const floored = remainder !== 0n && remainder < 0n !== b < 0n
      if (node.operator === '/') return floored ? quotient - 1n : quotient
      return floored ? remainder + b : remainder
    }
    case '<<':
      return b < 0n ? a >> -b : a << shift(b)
    case '>>':
      return b < 0n ? a << shift(-b) : a >> b
  }
}

/** Anything above overflows all the same, without an integer of that many digits. */
function shift(by: bigint): bigint {
  return by > 128n ? 128n : by
}

function withinRange(node: ArithmeticExpression, value: bigint, origin: Origin): Value {
  if (value >= minInteger && value <= maxInteger) return integer(value, origin)
  const bound = value > 0n ? 'max' : 'min'
  const digits = value > 0n ? `+0x${value.toString(16)}` : `-0x${(-value).toString(16)}`
  return failWith(
    `${withCapitalArticle(labelOf(node))} resulted in a value outside of Puppet Integer ${bound} range, got '${digits}'`,
    { span: placeOf(node) },
  )
}

function calculateTime(node: ArithmeticExpression, left: Number, right: Number, origin: Origin): Value {
  const { operator } = node
  const amount = (value: Number): bigint =>
    value.kind === 'integer'
      ? value.value * second
      : value.kind === 'float'
        ? BigInt(Math.round(value.value * 1e9))
        : value.nanoseconds
  const isTime = (value: Number): boolean => value.kind === 'timespan' || value.kind === 'timestamp'
  if (!isTime(left)) {
    if (operator === '+' || (operator === '*' && right.kind === 'timespan'))
      return calculateTime(node, right, left, origin)
    if (operator === '-' && right.kind === 'timespan')
      return { kind: 'timespan', nanoseconds: amount(left) - right.nanoseconds, origin }
    return notApplicable(node, left, right)
  }
  if (left.kind === 'timestamp') {
    if (operator === '-' && right.kind === 'timestamp')
      return { kind: 'timespan', nanoseconds: left.nanoseconds - right.nanoseconds, origin }
    if ((operator === '+' && right.kind !== 'timestamp') || operator === '-') {
      const by = operator === '+' ? amount(right) : -amount(right)
      return { kind: 'timestamp', nanoseconds: left.nanoseconds + by, origin }
    }
    return notApplicable(node, left, ...(operator === '+' ? [right] : []))
  }
  if (left.kind !== 'timespan') return notApplicable(node, left)
  switch (operator) {
    case '+':
      if (right.kind === 'timestamp')
        return { kind: 'timestamp', nanoseconds: left.nanoseconds + right.nanoseconds, origin }
      return { kind: 'timespan', nanoseconds: left.nanoseconds + amount(right), origin }
    case '-':
      if (right.kind === 'timestamp') return notApplicable(node, left, right)
      return { kind: 'timespan', nanoseconds: left.nanoseconds - amount(right), origin }
    case '*':
      if (right.kind !== 'integer' && right.kind !== 'float') return notApplicable(node, left, right)
      return {
        kind: 'timespan',
        nanoseconds:
          right.kind === 'integer'
            ? left.nanoseconds * right.value
            : BigInt(Math.round(Number(left.nanoseconds) * right.value)),
        origin,
      }
    case '/':
    case '%': {
      const by = right.kind === 'timespan' ? right.nanoseconds : right.kind === 'integer' ? right.value : undefined
      if (by === 0n) return failWith('Division by 0', { span: placeOf(node.right) })
      if (right.kind === 'float' && operator === '/')
        return { kind: 'timespan', nanoseconds: BigInt(Math.trunc(Number(left.nanoseconds) / right.value)), origin }
      if (by === undefined) return notApplicable(node, left, right)
      if (operator === '%') return { kind: 'timespan', nanoseconds: left.nanoseconds % by, origin }
      if (right.kind === 'timespan') return float(Number(left.nanoseconds) / Number(by), origin)
      return { kind: 'timespan', nanoseconds: left.nanoseconds / by, origin }
    }
    default:
      return notApplicable(node, left)
  }
}

function notApplicable(node: ArithmeticExpression, left: Value, right?: Value): never {
  const when = right ? ` when right side is ${withArticle(valueLabel(right))}` : ''
  return failWith(`Operator '${node.operator}' is not applicable to ${withArticle(valueLabel(left))}${when}.`, {
    span: placeOf(node.left),
  })
}

/** The elements of an array, the pairs of a hash, or the one value. */
export function asElements(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'array':
      return value.values
    case 'hash':
      return [...value.entries.values()].map((entry) => array([entry.key, entry.value], entry.value.origin))
    default:
      return [value]
  }
}

function concatenate(left: Value & { kind: 'array' | 'hash' }, right: Value, origin: Origin): Value {
  if (left.kind === 'array') return array([...left.values, ...asElements(right)], origin)
  const entries = new Map(left.entries)
  if (right.kind === 'hash') for (const [key, entry] of right.entries) entries.set(key, entry)
  else if (right.kind === 'array') for (const entry of pairs(right)) entries.set(hashKey(entry.key), entry)
  else return failWith('Can only append Array or Hash to a Hash')
  return { kind: 'hash', entries, origin }
}

/** An array of pairs, or keys and values by turns. */
function pairs(value: Value & { kind: 'array' }): HashEntry[] {
  if (value.values.length > 0 && value.values.every((element) => element.kind === 'array'))
    return value.values.map((element) => {
      const [key, mapped] = (element as Value & { kind: 'array' }).values
      if (!key) return failWith('invalid number of elements (0 for 1..2)')
      return { key, value: mapped ?? { kind: 'undef', origin: key.origin } }
    })
  if (value.values.length % 2 !== 0) return failWith('odd number of arguments for Hash')
  const made: HashEntry[] = []
  for (let i = 0; i < value.values.length; i += 2)
    made.push({ key: value.values[i] as Value, value: value.values[i + 1] as Value })
  return made
}

function remove(left: Value & { kind: 'array' | 'hash' }, right: Value, origin: Origin): Value {
  if (left.kind === 'array') {
    const gone = new Set(asElements(right).map(looseKey))
    return array(
      left.values.filter((value) => !gone.has(looseKey(value))),
      origin,
    )
  }
  const keys = right.kind === 'array' ? right.values : right.kind === 'hash' ? [] : [right]
  const gone = right.kind === 'hash' ? new Set(right.entries.keys()) : new Set(keys.map(hashKey))
  return { kind: 'hash', entries: new Map([...left.entries].filter(([key]) => !gone.has(key))), origin }
}

/** Equal for values that Ruby's `==` calls equal: `1` and `1.0` are. */
function looseKey(value: Value): string {
  if (value.kind === 'integer' || value.kind === 'float') return `number ${Number(value.value)}`
  return hashKey(value)
}
