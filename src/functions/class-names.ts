import type { Value } from '../value/value.ts'
import { type Call, refuse, toArray } from './definition.ts'
import { flattened } from './flatten.ts'

/** The names of classes given as texts, `Class[x]` or `Resource['class', x]`: in lower case, without leading `::`. */
export function classNames(call: Call, values: readonly Value[]): string[] {
  return flattened(values).map((value) => className(call, value).replace(/^::/, '').toLowerCase())
}

function className(call: Call, value: Value): string {
  if (value.kind === 'undef') return refuse(call, 'Cannot use undef as a class name')
  if (value.kind === 'string')
    return value.value === '' ? refuse(call, 'Cannot use empty string as a class name') : value.value
  if (value.kind === 'type' && value.type.kind === 'Class')
    return value.type.name ?? refuse(call, 'Cannot use an unspecific Class[] Type')
  if (value.kind === 'type' && value.type.kind === 'Resource') {
    const { typeName, title } = value.type
    const expected = "where a Resource['class', name] is expected"
    if (!typeName) return refuse(call, `Cannot use an unspecific Resource[] ${expected}`)
    if (!/^[Cc]lass$/.test(typeName)) return refuse(call, `Cannot use a Resource[${typeName}] ${expected}`)
    return title ?? refuse(call, `Cannot use an unspecific Resource['class'] ${expected}`)
  }
  return refuse(call, "undefined method `downcase' for nil:NilClass")
}

/** References to the classes: what `include` and its kin give back. */
export function classReferences(call: Call, names: readonly string[]): Value {
  const { span } = call.context
  return toArray(
    call,
    names.map((name) => ({
      kind: 'type',
      type: { kind: 'Class', name },
      origin: { kind: 'call', name: call.name, span, from: [] },
    })),
  )
}
