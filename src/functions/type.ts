import { generalize } from '../types/generalize.ts'
import { infer, inferSet } from '../types/infer.ts'
import { typeValue, type Value } from '../value/value.ts'
import { builtin, optional, originOf, overload, param } from './definition.ts'

export const typeFunction = builtin('type', [
  overload([param('Any', 'value'), optional('Enum[detailed]', 'inference_method')], (call) =>
    typeValue(inferSet(call.args[0] as Value), originOf(call)),
  ),
  overload([param('Any', 'value'), param('Enum[reduced]', 'inference_method')], (call) =>
    typeValue(infer(call.args[0] as Value), originOf(call)),
  ),
  overload([param('Any', 'value'), param('Enum[generalized]', 'inference_method')], (call) =>
    typeValue(generalize(infer(call.args[0] as Value)), originOf(call)),
  ),
])
