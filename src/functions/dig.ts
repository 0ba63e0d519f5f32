import { infer } from '../types/infer.ts'
import { typeToString } from '../types/print.ts'
import { rubyInspect } from '../types/ruby-value.ts'
import { array, hash, hashKey, string, typeValue, type Value } from '../value/value.ts'
import { builtin, type Call, nothing, originOf, overload, param, refuse, repeated } from './definition.ts'

export const dig = builtin('dig', [
  overload([param('Optional[Collection]', 'data'), repeated('Any', 'arg')], (call) => {
    const [data, ...path] = call.args as [Value, ...Value[]]
    const found = digInto(data, path)
    if (found.kind === 'value') return found.value ?? nothing(call)
    return refuse(call, found.message)
  }),
])

export type DigResult =
  /** No value: something on the way is undef. */
  { readonly kind: 'value'; readonly value: Value | undefined } | DigFailure

export interface DigFailure {
  readonly kind: 'failure'
  readonly message: string
  readonly code: 'EXPECTED_COLLECTION' | 'EXPECTED_INTEGER_INDEX'
  readonly walked: readonly Value[]
  readonly culprit: Value
}

/** Walks into arrays by index and hashes by key. */
export function digInto(data: Value, path: readonly Value[]): DigResult {
  const walked: Value[] = []
  let at: Value | undefined = data
  for (const key of path) {
    if (at === undefined || at.kind === 'undef' || key.kind === 'undef') return { kind: 'value', value: undefined }
    if (at.kind !== 'array' && at.kind !== 'hash') {
      const message = `The given data does not contain a Collection at ${list(walked)}, got '${typeToString(infer(at))}'`
      return { kind: 'failure', message, code: 'EXPECTED_COLLECTION', walked, culprit: at }
    }
    walked.push(key)
    if (at.kind === 'hash') {
      at = at.entries.get(hashKey(key))?.value
      continue
    }
    if (key.kind !== 'integer') {
      const message = `The given data requires an Integer index at ${list(walked)}, got '${typeToString(infer(key))}'`
      return { kind: 'failure', message, code: 'EXPECTED_INTEGER_INDEX', walked, culprit: key }
    }
    at = at.values.at(Number(key.value))
  }
  return { kind: 'value', value: at }
}

function list(walked: readonly Value[]): string {
  return `[${walked.map(rubyInspect).join(', ')}]`
}

/** The Error that a block of `get` or `getvar` is handed. */
export function digError(call: Call, failure: DigFailure): Value {
  const origin = originOf(call)
  const typeKey = failure.code === 'EXPECTED_COLLECTION' ? 'value_type' : 'index_type'
  const details = hash(
    [
      [string('walked_path', origin), array(failure.walked, origin)],
      [string(typeKey, origin), typeValue(infer(failure.culprit), origin)],
    ],
    origin,
  )
  return {
    kind: 'object',
    type: call.context.types.load('Error') ?? { kind: 'Object', name: 'Error', attributes: [] },
    attributes: new Map<string, Value>([
      ['msg', string(failure.message, origin)],
      ['kind', string('SLICE_ERROR', origin)],
      ['details', details],
      ['issue_code', string(failure.code, origin)],
    ]),
    origin,
  }
}
