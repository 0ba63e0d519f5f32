import { parseTypeExpression } from '../puppet/parse.ts'
import { fail } from '../source/diagnostic.ts'
import { sourceFile } from '../source/source-file.ts'
import { typeMismatchFound } from '../types/errors.ts'
import { inferSet } from '../types/infer.ts'
import { isInstance } from '../types/instance.ts'
import { describeMismatch } from '../types/mismatch/describe.ts'
import { parseType } from '../types/parse.ts'
import { refusedData } from '../types/refused-data.ts'
import type { PuppetType } from '../value/type.ts'
import { type StringValue, type TypeValue, typeValue, type Value } from '../value/value.ts'
import { builtin, type Call, originOf, overload, param, refuse, withOptionalBlock } from './definition.ts'

const block = withOptionalBlock('Callable[Type, Type]')

export const assertType = builtin('assert_type', [
  overload(
    [param('Type', 'type'), param('Any', 'value')],
    (call) => asserted(call, (call.args[0] as TypeValue).type, call.args[1] as Value),
    block,
  ),
  overload(
    [param('String', 'type_string'), param('Any', 'value')],
    (call) => {
      const text = (call.args[0] as StringValue).value
      // Puppet reads the text with its own parser, so mistakes in it are syntax errors.
      const [mistake] = parseTypeExpression(sourceFile('', text)).diagnostics
      if (mistake) refuse(call, mistake.message)
      const type = parseType(text, call.context.types, { span: call.context.span })
      return asserted(call, type, call.args[1] as Value)
    },
    block,
  ),
])

/** The value itself, or what the block gives for the expected and the actual type. */
function asserted(call: Call, type: PuppetType, value: Value): Value {
  if (isInstance(type, value)) return value
  const actual = inferSet(value)
  if (call.block) return call.block.call([typeValue(type, originOf(call)), typeValue(actual, originOf(call))])
  const related = refusedData('the value', type, value)
  const place = { span: call.context.span, ...(related.length > 0 ? { related } : {}) }
  return fail(typeMismatchFound([describeMismatch('assert_type():', type, actual)], place))
}
