import type { Block } from '../value/function.ts'
import { array, type IntegerValue, undef, type Value } from '../value/value.ts'
import { builtin, type Call, originOf, overload, param, refuse, toArray, withOptionalBlock } from './definition.ts'
import { needEnumerable, sequenceOf, untilBreak } from './iteration.ts'

export const slice = builtin('slice', [
  overload([param('Hash[Any, Any]', 'hash'), param('Integer[1, default]', 'slice_size')], cut, withOptionalBlock()),
  overload([param('Iterable', 'enumerable'), param('Integer[1, default]', 'slice_size')], cut, withOptionalBlock()),
])

/** Slices go to the block as one array, or, where it has that many parameters, as its arguments; without block, an array of them. */
function cut(call: Call): Value {
  needEnumerable(call, 'each_slice')
  const collection = call.args[0] as Value
  const size = Number((call.args[1] as IntegerValue).value)
  const serving = call.block ? servingSize(call, call.block, size) : 1
  const slices = slicesOf(sequenceOf(call, collection).values, size)
  const origin = originOf(call)
  const { block } = call
  if (!block)
    return toArray(
      call,
      [...slices].map((slice) => array(slice, origin)),
    )
  const filler = collection.kind === 'hash' ? array([], origin) : undef(origin)
  untilBreak(() => {
    for (const slice of slices) {
      if (serving === 1) block.call([array(slice, origin)])
      else block.call([...slice, ...Array<Value>(serving - slice.length).fill(filler)])
    }
  })
  return collection
}

function* slicesOf(values: Iterable<Value>, size: number): Iterable<Value[]> {
  let slice: Value[] = []
  for (const value of values) {
    slice.push(value)
    if (slice.length < size) continue
    yield slice
    slice = []
  }
  if (slice.length > 0) yield slice
}

function servingSize(call: Call, block: Block, size: number): number {
  const open = block.parameters.some((parameter) => parameter.optional || parameter.capturesRest)
  const serving = open ? size : block.parameters.length
  if (serving === 0) refuse(call, 'slice(): block must define at least one parameter. Block has 0.')
  if (serving !== 1 && serving !== size) {
    const names = block.parameters.map((parameter) => parameter.name).join(', ')
    refuse(
      call,
      'slice(): block must define one parameter, or the same number of parameters as the given size of the slice ' +
        `(${size}). Block has ${serving}; ${names}`,
    )
  }
  return serving
}
