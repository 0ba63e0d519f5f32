import { isAssignable } from '../types/assignable.ts'
import { anyObject, anyType, arrayOfAny, hashOfAny } from '../types/construct.ts'
import { isInstance } from '../types/instance.ts'
import { typeToString } from '../types/print.ts'
import type { PuppetType } from '../value/type.ts'
import { array, type HashValue, hashGet, integer, string, type Value } from '../value/value.ts'
import {
  builtin,
  type Call,
  isTrue,
  optional,
  originOf,
  overload,
  param,
  refuse,
  withBlock,
  yieldTo,
} from './definition.ts'
import { untilBreak } from './iteration.ts'
import { iteratorOver } from './iterators.ts'

const localTypes = new Map([
  [
    'OptionsType',
    'Struct[{container_type => Optional[Type], include_root => Optional[Boolean], ' +
      'include_containers => Optional[Boolean], include_values => Optional[Boolean], ' +
      'order => Optional[Enum[depth_first, breadth_first]], include_refs => Optional[Boolean]}]',
  ],
])

const parameters = [param('Variant[Iterator, Array, Hash, Object]', 'tree'), optional('OptionsType', 'options')]

export const treeEach = builtin(
  'tree_each',
  [
    overload(parameters, (call) => walk(call, (path, value) => yieldTo(call, path, value)), withBlock('Callable[2,2]')),
    overload(parameters, (call) => walk(call, (_, value) => yieldTo(call, value)), withBlock('Callable[1,1]')),
    overload(parameters, (call) => {
      const nodes = nodesOf(call)
      const origin = originOf(call)
      const pairs = [...nodes()].map(({ path, value }) => array([path, value], origin))
      const order = breadthFirst(call) ? 'BreadthFirst' : 'DepthFirst'
      const className = `Puppet::Pops::Types::Iterable::${order}TreeIterator`
      return { ...iteratorOver(pairs, anyType, origin, true), className }
    }),
  ],
  localTypes,
)

interface Node {
  readonly path: Value
  readonly value: Value
}

function walk(call: Call, visit: (path: Value, value: Value) => Value): Value {
  const nodes = nodesOf(call)
  untilBreak(() => {
    for (const { path, value } of nodes()) visit(path, value)
  })
  return call.args[0] as Value
}

const containers: PuppetType = { kind: 'Variant', types: [arrayOfAny, hashOfAny, anyObject] }

function nodesOf(call: Call): () => Iterable<Node> {
  const [tree, options] = call.args as [Value, HashValue | undefined]
  const flag = (name: string): boolean => {
    const given = options && hashGet(options, name)
    return given === undefined || given.kind === 'undef' || isTrue(given)
  }
  const given = options && hashGet(options, 'container_type')
  const containerType = given?.kind === 'type' ? given.type : containers
  if (!isAssignable(containers, containerType))
    refuse(
      call,
      `Only Array, Hash, and Object types can be used as container types. Got ${typeToString(containerType)}`,
    )
  const withContainers = flag('include_containers')
  const withValues = flag('include_values')
  if (!withContainers && !withValues)
    refuse(call, "Options 'include_containers' and 'include_values' cannot both be false")
  const walk: Walk = {
    origin: originOf(call),
    isContainer: (value) => isInstance(containerType, value),
    withRoot: withContainers && flag('include_root'),
    withContainers,
    withValues,
  }
  return () => (breadthFirst(call) ? breadth(walk, tree) : depth(walk, tree))
}

function breadthFirst({ args }: Call): boolean {
  const order = args[1]?.kind === 'hash' ? hashGet(args[1], 'order') : undefined
  return order?.kind === 'string' && order.value === 'breadth_first'
}

interface Walk {
  readonly origin: Value['origin']
  readonly isContainer: (value: Value) => boolean
  readonly withRoot: boolean
  readonly withContainers: boolean
  readonly withValues: boolean
}

function* depth(walk: Walk, root: Value): Iterable<Node> {
  if (walk.withRoot) yield { path: array([], walk.origin), value: root }
  yield* below(walk, [], root)
}

function* below(walk: Walk, path: readonly Value[], value: Value): Iterable<Node> {
  for (const [key, child] of children(walk, value)) {
    const here = [...path, key]
    const container = walk.isContainer(child)
    if (container ? walk.withContainers : walk.withValues) yield { path: array(here, walk.origin), value: child }
    if (container) yield* below(walk, here, child)
  }
}

/** Puppet's walk by level gives the values in any case. */
function* breadth(walk: Walk, root: Value): Iterable<Node> {
  if (walk.withRoot) yield { path: array([], walk.origin), value: root }
  const waiting: { path: readonly Value[]; value: Value }[] = [{ path: [], value: root }]
  for (const { path, value } of waiting) {
    for (const [key, child] of children(walk, value)) {
      const here = [...path, key]
      const container = walk.isContainer(child)
      if (container) waiting.push({ path: here, value: child })
      if (!container || walk.withContainers) yield { path: array(here, walk.origin), value: child }
    }
  }
}

function* children(walk: Walk, value: Value): Iterable<readonly [Value, Value]> {
  if (value.kind === 'array' || value.kind === 'iterator') {
    let index = 0
    for (const element of value.values) yield [integer(index++, walk.origin), element]
  } else if (value.kind === 'hash') {
    for (const entry of value.entries.values()) yield [entry.key, entry.value]
  } else if (value.kind === 'object') {
    for (const [name, attribute] of value.attributes) yield [string(name, walk.origin), attribute]
  }
}
