import { Failure, fail } from '../source/diagnostic.ts'
import { type Span, spanText } from '../source/source-file.ts'
import { rubyText } from '../types/ruby-value.ts'
import type { Origin, Piece, Read } from '../value/origin.ts'
import { withoutEmpty } from '../value/pieces.ts'
import { array, hash, hashKey, type StringValue, string, type Value, withOrigin } from '../value/value.ts'
import { guarded, type Invocation, type ScopeDependency, within } from './invocation.ts'
import { dig, splitKey } from './key.ts'
import { interpolationError, undefinedVariable } from './problems.ts'

/** Values that hold no `%{…}` at any depth are shared as they are; remembered by value. */
const plain = new WeakMap<Value, boolean>()

function isPlain(value: Value): boolean {
  if (value.kind === 'string') return !value.value.includes('%{')
  if (value.kind !== 'array' && value.kind !== 'hash') return true
  const known = plain.get(value)
  if (known !== undefined) return known
  let result = true
  if (value.kind === 'array') result = value.values.every(isPlain)
  else
    for (const entry of value.entries.values())
      if (!isPlain(entry.value) || !isPlain(entry.key)) {
        result = false
        break
      }
  plain.set(value, result)
  return result
}

/**
 * Every `%{…}` of the value replaced, in keys of hashes too. `methods`: whether `%{lookup('…')}` and its like may stand
 * here (in data yes, in a hiera.yaml no).
 */
export function interpolate(value: Value, invocation: Invocation, methods: boolean): Value {
  if (isPlain(value)) return value
  return replaceIn(value, invocation, methods, new Map())
}

/** `done`: what values became that stand in several places through an alias, so that each is made once. */
function replaceIn(value: Value, invocation: Invocation, methods: boolean, done: Map<Value, Value>): Value {
  if (isPlain(value)) return value
  const known = done.get(value)
  if (known) return known
  let result: Value
  switch (value.kind) {
    case 'string':
      result = interpolateString(value, invocation, methods)
      break
    case 'array':
      result = array(
        value.values.map((v) => replaceIn(v, invocation, methods, done)),
        value.origin,
      )
      break
    case 'hash': {
      const pairs: [Value, Value][] = []
      for (const { key, value: inner } of value.entries.values())
        pairs.push([replaceIn(key, invocation, methods, done), replaceIn(inner, invocation, methods, done)])
      result = hash(pairs, value.origin)
      break
    }
    default:
      return value
  }
  done.set(value, result)
  return result
}

const expressions = /%\{([^}]*)\}/g
const empty: ReadonlySet<string> = new Set(['', '::', '""', "''", '"::"', "'::'"])

interface Part {
  readonly text: string
  readonly origin: Origin
  readonly template: Span | undefined
  readonly reads: readonly Read[]
}

function interpolateString(subject: StringValue, invocation: Invocation, methods: boolean): Value {
  return within(
    invocation,
    () => ({ kind: 'interpolate', expression: subject.value }),
    () => {
      const parts: Part[] = []
      let from = 0
      for (const match of subject.value.matchAll(expressions)) {
        const start = match.index
        const end = start + match[0].length
        if (start > from) parts.push(literalPart(subject, from, start))
        const template = spanOfText(subject, start, end)
        const expression = (match[1] as string).trim()
        from = end
        if (empty.has(expression)) {
          parts.push({ text: '', origin: subject.origin, template, reads: [] })
          continue
        }
        const { method, data } = methodAndData(expression, methods, template)
        if (method === 'alias' && subject.value !== match[0])
          fail(
            interpolationError(
              ["'alias' interpolation is only permitted if the expression is equal to the entire string"],
              {
                ...(template ? { span: template } : {}),
              },
            ),
          )
        const { found, value } = placed(template, () => {
          const asked = callMethod(method, data, invocation, subject, template)
          if (method === 'alias' || !asked.value) return { found: asked, value: asked.value }
          const name = method === 'scope' ? `scope:${data}` : data
          const inner = asked.value
          return { found: asked, value: guarded(invocation, name, () => interpolate(inner, invocation, methods)) }
        })
        if (method === 'alias') {
          const by = { origin: subject.origin, reads: [] }
          return value ? withOrigin(value, { kind: 'chosen', from: value.origin, by }) : string('', subject.origin)
        }
        parts.push({
          text: value === undefined || value.kind === 'undef' ? '' : rubyText(value),
          origin: value?.origin ?? subject.origin,
          template,
          reads: value && found.read ? [found.read] : [],
        })
      }
      if (from < subject.value.length) parts.push(literalPart(subject, from, subject.value.length))
      return assemble(subject, parts)
    },
  )
}

/** What fails without a place of its own, such as an endless circle of look-ups, failed at the expression. */
function placed<T>(template: Span | undefined, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!template || !(error instanceof Failure) || error.diagnostic.span) throw error
    throw new Failure({ ...error.diagnostic, span: template })
  }
}

function literalPart(subject: StringValue, start: number, end: number): Part {
  return {
    text: subject.value.slice(start, end),
    origin: subject.origin,
    template: spanOfText(subject, start, end),
    reads: [],
  }
}

function assemble(subject: StringValue, parts: readonly Part[]): Value {
  const place = spanOf(subject)
  const text = parts.map((part) => part.text).join('')
  if (!place) return string(text, subject.origin)
  const pieces: Piece[] = []
  let at = 0
  for (const part of parts) {
    pieces.push({
      start: at,
      end: at + part.text.length,
      ...(part.template ? { template: part.template } : {}),
      origin: part.origin,
      reads: part.reads,
    })
    at += part.text.length
  }
  return string(text, { kind: 'text', span: place, pieces: withoutEmpty(pieces, text), of: subject.origin })
}

function spanOf(value: Value): Span | undefined {
  return value.origin.kind === 'hiera' || value.origin.kind === 'literal' ? value.origin.span : undefined
}

/** The stretch of the file that wrote this part of a string: exact where the string stands there letter by letter. */
function spanOfText(value: StringValue, start: number, end: number): Span | undefined {
  const place = spanOf(value)
  if (!place) return undefined
  const source = spanText(place)
  const offset = source.startsWith(value.value) ? 0 : source.startsWith(value.value, 1) ? 1 : undefined
  if (offset === undefined) return place
  return { file: place.file, start: place.start + offset + start, end: place.start + offset + end }
}

type Method = 'lookup' | 'hiera' | 'alias' | 'scope' | 'literal'

function methodAndData(
  expression: string,
  methods: boolean,
  template: Span | undefined,
): { method: Method; data: string } {
  const call = /^(\w+)\((?:"([^"]+)"|'([^']+)')\)$/m.exec(expression)
  if (!call) return { method: 'scope', data: expression }
  const detail = template ? { span: template } : {}
  if (!methods) fail(interpolationError(['Interpolation using method syntax is not allowed in this context'], detail))
  const name = call[1] as string
  switch (name) {
    case 'lookup':
    case 'hiera':
    case 'alias':
    case 'scope':
    case 'literal':
      return { method: name, data: (call[2] ?? call[3]) as string }
    default:
      return fail(interpolationError([`Unknown interpolation method '${name}'`], detail))
  }
}

interface Found {
  readonly value: Value | undefined
  readonly read?: Read
}

function callMethod(
  method: Method,
  data: string,
  invocation: Invocation,
  subject: StringValue,
  template: Span | undefined,
): Found {
  switch (method) {
    case 'literal':
      return { value: string(data, subject.origin) }
    case 'scope':
      return scopeLookup(data, invocation, subject.value, template)
    default:
      return { value: invocation.node.search(data, invocation) }
  }
}

/** A variable by its name, with dots to dig into it; `undefined` where it is not set or has no such part. */
export function scopeLookup(key: string, invocation: Invocation, subject: string, template: Span | undefined): Found {
  const [first, ...segments] = splitKey(key, (problem) => `${problem} in string: ${subject}`)
  const root = String(first)
  const value = within(
    invocation,
    () => ({ kind: 'scope', name: 'Global Scope' }),
    () => {
      const { overrides, defaults, explain } = invocation
      const over = overrides?.entries.get(`'${root}`)
      if (over) {
        explain?.foundInOverrides(root, over.value)
        return over.value
      }
      const found = variable(root, invocation, template)
      if (found !== undefined) {
        explain?.found(root, found)
        return found
      }
      const fallback = defaults?.entries.get(`'${root}`)
      if (fallback) explain?.foundInDefaults(root, fallback.value)
      return fallback?.value
    },
  )
  const leaf =
    value === undefined || value.kind === 'undef' || segments.length === 0
      ? value
      : dig(key, invocation, segments, value)
  if (invocation.dependencies && (leaf === undefined || leaf.kind === 'undef' || !key.startsWith('::')))
    invocation.dependencies.push({ key, root, value: leaf })
  if (value === undefined || leaf === undefined) return { value: leaf }
  return {
    value: leaf,
    read: { name: root.replace(/^::/, ''), path: segments, value: leaf, variable: value.origin },
  }
}

function variable(name: string, invocation: Invocation, template: Span | undefined): Value | undefined {
  const local = invocation.locals.get(name)
  if (local) return local
  const { context } = invocation
  const { scope, settings } = context
  const value = scope.lookup(name)
  if (value !== undefined) return value
  if (/^(?:\d+|module_name|caller_module_name)$/.test(name)) return undefined
  const message = `Undefined variable '${name}'; ${whyUndefined(name, invocation)}`
  if (settings.strict === 'error') fail(undefinedVariable([message], template ? { span: template } : {}))
  if (settings.strict === 'warning' && !invocation.node.warned.has(message)) {
    invocation.node.warned.add(message)
    context.log('warning', message, template)
  }
  return undefined
}

/** Puppet says of a variable of a class what is the matter with the class. */
function whyUndefined(name: string, invocation: Invocation): string {
  const end = name.lastIndexOf('::')
  if (end <= 0) return ''
  const className = name.slice(0, end).replace(/^::/, '')
  return invocation.context.catalog.hasClass(className)
    ? `class ${className} has not been evaluated`
    : `class ${className} could not be found`
}

/** Whether the variables that a hierarchy was built with are still the same. */
export function dependenciesHold(invocation: Invocation, dependencies: readonly ScopeDependency[]): boolean {
  if (dependencies.length === 0) return true
  return dependencies.every(({ key, root, value }) => {
    const now = invocation.context.scope.lookup(root)
    const [, ...segments] = splitKey(key, () => '')
    const leaf =
      now === undefined || now.kind === 'undef' || segments.length === 0
        ? now
        : dig(key, { ...invocation, explain: undefined }, segments, now)
    return leaf === value || (leaf !== undefined && value !== undefined && hashKey(leaf) === hashKey(value))
  })
}
