import type { LookupRequest } from '../value/function.ts'
import { type HashValue, hashGet, type Value } from '../value/value.ts'
import { builtin, type Call, nothing, optional, overload, param, withBlock, withOptionalBlock } from './definition.ts'

const localTypes = new Map([
  ['NameType', 'Variant[String, Array[String]]'],
  ['ValueType', 'Type'],
  ['DefaultValueType', 'Any'],
  ['MergeType', 'Variant[String[1], Hash[String, Scalar]]'],
  ['BlockType', 'Callable[NameType]'],
  ['OptionsWithName', options('name => NameType, ')],
  ['OptionsWithoutName', options('')],
])

function options(name: string): string {
  return (
    `Struct[{${name}value_type => Optional[ValueType], default_value => Optional[DefaultValueType], ` +
    'override => Optional[Hash[String,Any]], default_values_hash => Optional[Hash[String,Any]], ' +
    'merge => Optional[MergeType]}]'
  )
}

export const lookup = builtin(
  'lookup',
  [
    overload([param('NameType', 'name'), optional('ValueType', 'value_type'), optional('MergeType', 'merge')], (call) =>
      find(call, call.args[0], { type: call.args[1], merge: call.args[2] }),
    ),
    overload(
      [
        param('NameType', 'name'),
        param('Optional[ValueType]', 'value_type'),
        param('Optional[MergeType]', 'merge'),
        param('DefaultValueType', 'default_value'),
      ],
      (call) => find(call, call.args[0], { type: call.args[1], merge: call.args[2], fallback: call.args[3] }),
    ),
    overload(
      [param('NameType', 'name'), optional('ValueType', 'value_type'), optional('MergeType', 'merge')],
      (call) => find(call, call.args[0], { type: call.args[1], merge: call.args[2] }),
      withBlock('BlockType'),
    ),
    overload(
      [param('OptionsWithName', 'options_hash')],
      (call) => find(call, hashGet(call.args[0] as HashValue, 'name'), fromHash(call.args[0] as HashValue)),
      withOptionalBlock('BlockType'),
    ),
    overload(
      [param('Variant[String,Array[String]]', 'name'), param('OptionsWithoutName', 'options_hash')],
      (call) => find(call, call.args[0], fromHash(call.args[1] as HashValue)),
      withOptionalBlock('BlockType'),
    ),
  ],
  localTypes,
)

interface Wanted {
  readonly type?: Value | undefined
  readonly merge?: Value | undefined
  readonly fallback?: Value | undefined
  readonly override?: Value | undefined
  readonly fallbacks?: Value | undefined
}

function fromHash(given: HashValue): Wanted {
  return {
    type: hashGet(given, 'value_type'),
    merge: hashGet(given, 'merge'),
    fallback: hashGet(given, 'default_value'),
    override: hashGet(given, 'override'),
    fallbacks: hashGet(given, 'default_values_hash'),
  }
}

function find(call: Call, name: Value | undefined, wanted: Wanted): Value {
  const { type, merge, fallback, override, fallbacks } = wanted
  const request: LookupRequest = {
    names: namesOf(name),
    required: true,
    ...(type?.kind === 'type' ? { valueType: type.type } : {}),
    ...(merge && merge.kind !== 'undef' ? { merge } : {}),
    ...(fallback ? { defaultValue: fallback } : {}),
    ...(override?.kind === 'hash' ? { override } : {}),
    ...(fallbacks?.kind === 'hash' ? { defaultValues: fallbacks } : {}),
    ...(call.block ? { block: call.block } : {}),
  }
  return call.context.lookup(request) ?? nothing(call)
}

function namesOf(name: Value | undefined): string[] {
  if (name?.kind === 'array') return name.values.flatMap(namesOf)
  return name?.kind === 'string' ? [name.value] : []
}
