import type { PuppetType } from '../../value/type.ts'
import type { Value } from '../../value/value.ts'
import { isAssignable } from '../assignable.ts'
import { generalize } from '../generalize.ts'
import { inferSet } from '../infer.ts'
import { isInstance } from '../instance.ts'
import { describe } from './describe.ts'
import { mismatchText } from './message.ts'
import { type Mismatch, path } from './mismatch.ts'

/** A parameter of a class, defined type or template. */
export interface ParameterSpecification {
  readonly name: string
  readonly type: PuppetType
  /** Whether it has a default value. */
  readonly optional: boolean
}

export interface ParameterOptions {
  /** Parameters without value are no mistake. */
  readonly missingAllowed?: boolean
  /** The type that the function of a Deferred value gives; `undefined` where it says none. */
  readonly deferredType?: (deferred: Value) => PuppetType | undefined
}

/**
 * What is wrong with the values given to a class, defined type or template by name: `Class[Foo]: parameter 'x'
 * expects …`. `undefined` where all fit. Several complaints stand on lines of their own.
 */
export function describeParameters(
  subject: string,
  parameters: readonly ParameterSpecification[],
  given: ReadonlyMap<string, Value>,
  options: ParameterOptions = {},
): string | undefined {
  const known = new Set(parameters.map((p) => p.name))
  const found: Mismatch[] = []
  for (const name of given.keys()) if (!known.has(name)) found.push({ kind: 'invalid-parameter', path: [], key: name })
  for (const parameter of parameters) {
    const value = given.get(parameter.name)
    if (value) found.push(...describeParameter(parameter, value, options))
    else if (!options.missingAllowed && !parameter.optional)
      found.push({ kind: 'missing-parameter', path: [], key: parameter.name })
  }
  return sentence(subject, found)
}

function describeParameter(
  { name, type }: ParameterSpecification,
  value: Value,
  options: ParameterOptions,
): readonly Mismatch[] {
  const at = [path.parameter(name)]
  if (options.deferredType && isDeferred(value)) {
    const given = options.deferredType(value)
    return !given || isAssignable(generalize(type), generalize(given)) ? [] : describe(type, given, at)
  }
  return isInstance(type, value) ? [] : describe(type, inferSet(value), at)
}

function isDeferred(value: Value): boolean {
  return value.kind === 'object' && value.type.kind === 'Object' && value.type.name === 'Deferred'
}

function sentence(subject: string, found: readonly Mismatch[]): string | undefined {
  const texts = found.map(mismatchText)
  if (texts.length === 0) return undefined
  return texts.length === 1 ? `${subject}:${texts[0]}` : `${subject}:\n ${texts.join('\n ')}`
}
