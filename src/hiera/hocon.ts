import { define } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Origin } from '../value/origin.ts'
import { array, boolean, float, type HashEntry, hash, integer, string, undef, type Value } from '../value/value.ts'
import { HoconError, type HoconField, type HoconNode, type HoconObject, parseHoconText } from './hocon-parser.ts'
import type { YamlResult } from './yaml.ts'

const hoconSyntax = define('error', 'hiera/hocon-syntax', (problem: string) => problem)

/** A HOCON text as values, its substitutions made; each value has the span of its own node. */
export function parseHocon(file: SourceFile): YamlResult {
  try {
    const root = parseHoconText(file.text)
    return { value: new Resolver(file, root).root(), diagnostics: [] }
  } catch (error) {
    if (!(error instanceof HoconError)) throw error
    const end = Math.min(error.at + 1, file.text.length)
    return { diagnostics: [hoconSyntax([error.message], { span: { file, start: Math.min(error.at, end), end } })] }
  }
}

/** `missing`: an optional substitution of something that is not there. */
type Resolved = Value | 'missing'

class Resolver {
  readonly #file: SourceFile
  readonly #root: HoconObject
  readonly #done = new Map<HoconField, Resolved>()
  /** Fields under way, with what was assigned to them before the value that is being resolved. */
  readonly #open = new Map<HoconField, Resolved>()

  constructor(file: SourceFile, root: HoconObject) {
    this.#file = file
    this.#root = root
  }

  root(): Value {
    return this.#object(this.#root)
  }

  #origin(node: { start: number; end: number }): Origin {
    return { kind: 'literal', span: { file: this.#file, start: node.start, end: node.end } }
  }

  #object(node: HoconObject): Value {
    const entries = new Map<string, HashEntry>()
    for (const [name, field] of node.fields) {
      const value = this.#field(field)
      if (value !== 'missing') entries.set(`'${name}`, { key: string(name, this.#origin(field.key)), value })
    }
    return { kind: 'hash', entries, origin: this.#origin(node) }
  }

  #field(field: HoconField): Resolved {
    const known = this.#done.get(field)
    if (known) return known
    let value: Resolved = 'missing'
    for (const { node, append } of field.values) {
      this.#open.set(field, value)
      const next = this.#node(node)
      if (append) value = this.#appended(value, next, node)
      else if (next !== 'missing')
        value = value !== 'missing' && next.kind === 'hash' && value.kind === 'hash' ? merged(value, next) : next
    }
    this.#open.delete(field)
    this.#done.set(field, value)
    return value
  }

  #appended(before: Resolved, next: Resolved, node: HoconNode): Resolved {
    if (next === 'missing') return before
    if (before === 'missing') return array([next], next.origin)
    if (before.kind !== 'array')
      throw new HoconError('Cannot concatenate object or list with a non-object-or-list', node.start)
    return array([...before.values, next], before.origin)
  }

  #node(node: HoconNode): Resolved {
    switch (node.kind) {
      case 'scalar':
        return scalar(node.value, this.#origin(node))
      case 'object':
        return this.#object(node)
      case 'array':
        return array(
          node.items.map((item) => this.#node(item)).filter((v) => v !== 'missing'),
          this.#origin(node),
        )
      case 'substitution': {
        const value = this.#path(node.path, node)
        if (value === 'missing' && !node.optional)
          throw new HoconError(`Could not resolve substitution to a value: ${node.text}`, node.start)
        return value
      }
      case 'concatenation':
        return this.#concatenation(node)
    }
  }

  #path(path: readonly string[], node: HoconNode): Resolved {
    let fields = this.#root.fields
    let value: Resolved = 'missing'
    for (let i = 0; i < path.length; i++) {
      const field = fields.get(path[i] as string)
      if (!field) return 'missing'
      const only = field.values.length === 1 ? field.values[0] : undefined
      if (i < path.length - 1 && only?.node.kind === 'object') {
        fields = only.node.fields
        continue
      }
      const before = this.#open.get(field)
      value = before ?? this.#field(field)
      // A field that refers to itself means what was assigned to it before.
      if (before === 'missing' && node.kind === 'substitution' && !node.optional)
        throw new HoconError(`Could not resolve substitution to a value: ${node.text}`, node.start)
      for (const name of path.slice(i + 1)) {
        if (value === 'missing' || value.kind !== 'hash') return 'missing'
        value = value.entries.get(`'${name}`)?.value ?? 'missing'
      }
      return value
    }
    return value
  }

  #concatenation(node: HoconNode & { kind: 'concatenation' }): Resolved {
    const parts = node.parts.map((part) => ({ node: part, value: this.#node(part) }))
    const present = parts.filter((p) => p.value !== 'missing') as { node: HoconNode; value: Value }[]
    const collections = present.filter((p) => p.value.kind === 'hash' || p.value.kind === 'array')
    if (collections.length > 0) {
      // White space between collections means nothing.
      const rest = present.filter((p) => !isSpace(p.node))
      return rest
        .map((p) => p.value)
        .reduce((a, b) => {
          if (a.kind === 'hash' && b.kind === 'hash') return merged(a, b)
          if (a.kind === 'array' && b.kind === 'array') return array([...a.values, ...b.values], a.origin)
          // The gem forgets a text that stands behind a list.
          if (a.kind === 'array' && b.kind !== 'hash') return a
          throw new HoconError('Cannot concatenate object or list with a non-object-or-list', node.start)
        })
    }
    const solid = present.filter((p) => !isSpace(p.node))
    if (solid.length === 0) return 'missing'
    if (
      solid.length === 1 &&
      parts.every((p) => p === solid[0] || isSpace(p.node) || p.value === 'missing') &&
      present.length === 1
    )
      return (solid[0] as { value: Value }).value
    return string(present.map((p) => textOf(p.node, p.value, this.#file)).join(''), this.#origin(node))
  }
}

function isSpace(node: HoconNode): boolean {
  return node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '' && /^\s+$/.test(node.value)
}

/** Numbers keep the spelling that they have in the text. */
function textOf(node: HoconNode, value: Value, file: SourceFile): string {
  if (value.kind === 'string') return value.value
  if (value.kind === 'undef') return 'null'
  if (node.kind === 'scalar') return file.text.slice(node.start, node.end)
  if (value.kind === 'integer' || value.kind === 'float' || value.kind === 'boolean') return String(value.value)
  return ''
}

function scalar(value: string | bigint | number | boolean | null, origin: Origin): Value {
  if (value === null) return undef(origin)
  switch (typeof value) {
    case 'string':
      return string(value, origin)
    case 'bigint':
      return integer(value, origin)
    case 'number':
      return float(value, origin)
    case 'boolean':
      return boolean(value, origin)
  }
}

/** The later hash over the earlier one, hashes within merged too. */
function merged(before: Value & { kind: 'hash' }, after: Value & { kind: 'hash' }): Value {
  const pairs = new Map<string, readonly [Value, Value]>()
  for (const [name, { key, value }] of before.entries) pairs.set(name, [key, value])
  for (const [name, { key, value }] of after.entries) {
    const old = pairs.get(name)?.[1]
    pairs.set(name, [key, old?.kind === 'hash' && value.kind === 'hash' ? merged(old, value) : value])
  }
  return hash(pairs.values(), after.origin)
}
