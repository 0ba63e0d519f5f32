import type { Expression, KeyedEntry, Node } from './ast.ts'

/**
 * Whether evaluating the expression changes nothing, so that its value is all there is to it. As in Puppet, calls
 * are never known to change nothing, and what is interpolated into strings does not count.
 */
export function hasNoEffect(node: Node): boolean {
  switch (node.kind) {
    case 'Nop':
    case 'LiteralUndef':
    case 'LiteralDefault':
    case 'LiteralBoolean':
    case 'LiteralInteger':
    case 'LiteralFloat':
    case 'LiteralString':
    case 'LiteralRegularExpression':
    case 'LiteralList':
    case 'LiteralHash':
    case 'QualifiedName':
    case 'QualifiedReference':
    case 'ReservedWord':
    case 'AccessExpression':
    case 'NamedAccessExpression':
    case 'ArithmeticExpression':
    case 'ComparisonExpression':
    case 'InExpression':
    case 'AndExpression':
    case 'OrExpression':
    case 'NotExpression':
    case 'UnaryMinusExpression':
    case 'UnfoldExpression':
    case 'TextExpression':
    case 'VariableExpression':
    case 'ConcatenatedString':
    case 'HeredocExpression':
    case 'SelectorExpression':
      return true
    case 'ParenthesizedExpression':
      return hasNoEffect(node.expression)
    case 'BlockExpression':
      return node.statements.every(hasNoEffect)
    case 'IfExpression':
    case 'UnlessExpression':
      return hasNoEffect(node.test) && hasNoEffect(node.then) && hasNoEffect(node.else)
    case 'CaseExpression':
      return hasNoEffect(node.test) && node.options.every(hasNoEffect)
    case 'CaseOption':
      return node.values.every(hasNoEffect) && hasNoEffect(node.then)
    default:
      return false
  }
}

/** Whether this is `name { … }`, a resource that lacks its title. */
export function isResourceWithoutTitle(node: Node): boolean {
  return (
    node.kind === 'BlockExpression' &&
    node.statements.length === 2 &&
    node.statements[0]?.kind === 'QualifiedName' &&
    node.statements[1]?.kind === 'LiteralHash'
  )
}

/** A literal value as Ruby's `eql?` tells it apart from others, and as Ruby shows it. */
interface LiteralKey {
  readonly identity: string
  readonly text: string
  readonly inspected: string
}

/** The keys that stand twice in a hash, as far as they are literal: the later entries, with the key as Puppet shows it. */
export function duplicateEntries(entries: readonly KeyedEntry[]): { entry: KeyedEntry; key: string }[] {
  const seen = new Set<string>()
  const found: { entry: KeyedEntry; key: string }[] = []
  for (const entry of entries) {
    const key = literalKey(entry.key)
    if (!key) continue
    if (seen.has(key.identity)) found.push({ entry, key: key.text })
    seen.add(key.identity)
  }
  return found
}

function literalKey(node: Expression): LiteralKey | undefined {
  switch (node.kind) {
    case 'LiteralString':
    case 'QualifiedName':
      return simple('string', node.value, JSON.stringify(node.value))
    case 'LiteralInteger':
      return simple('integer', String(node.value))
    case 'LiteralFloat':
      return simple('float', Number.isInteger(node.value) ? node.value.toFixed(1) : String(node.value))
    case 'LiteralBoolean':
      return simple('boolean', String(node.value))
    case 'LiteralUndef':
      return simple('undef', '', 'nil')
    case 'LiteralDefault':
      return simple('default', 'default', ':default')
    case 'LiteralRegularExpression':
      return simple('regexp', `(?-mix:${node.pattern})`, `/${node.pattern}/`)
    case 'ConcatenatedString': {
      const [only] = node.segments
      return node.segments.length === 1 && only?.kind === 'LiteralString' ? literalKey(only) : undefined
    }
    case 'LiteralList':
      return joined('array', node.values.map(literalKey))
    case 'LiteralHash': {
      const parts = node.entries.flatMap((entry) => [literalKey(entry.key), literalKey(entry.value)])
      return joined('hash', parts)
    }
    default:
      return undefined
  }
}

function simple(kind: string, text: string, inspected = text): LiteralKey {
  return { identity: `${kind}:${text}`, text, inspected }
}

function joined(kind: 'array' | 'hash', parts: readonly (LiteralKey | undefined)[]): LiteralKey | undefined {
  const keys = parts.filter((part) => part !== undefined)
  if (keys.length < parts.length) return undefined
  const shown = keys.map((key) => key.inspected)
  const text =
    kind === 'array'
      ? `[${shown.join(', ')}]`
      : `{${shown.map((each, at) => (at % 2 === 0 ? `${at > 0 ? ', ' : ''}${each}=>` : each)).join('')}}`
  return { identity: `${kind}:${JSON.stringify(keys.map((key) => key.identity))}`, text, inspected: text }
}
