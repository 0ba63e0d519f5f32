import { define, fail } from '../source/diagnostic.ts'
import type { Block, CallContext, Dispatch, FunctionDefinition, FunctionParameter } from '../value/function.ts'
import { type Origin, wholeOrigin } from '../value/origin.ts'
import { array, boolean, float, integer, string, undef, type Value } from '../value/value.ts'

/** One call of a built-in function; `args` fit the parameters of the overload that runs. */
export interface Call {
  readonly name: string
  readonly context: CallContext
  readonly args: readonly Value[]
  readonly block: Block | undefined
}

/** A dispatch of a built-in function, before it knows the function's name. */
export interface Overload {
  readonly parameters: readonly FunctionParameter[]
  readonly run: (call: Call) => Value
  readonly block?: NonNullable<Dispatch['block']>
  readonly returns?: string
  readonly mismatch?: NonNullable<Dispatch['mismatch']>
}

const functionFailed = define('error', 'puppet/function-failed', (message: string) => message)

/** A built-in function; overloads are tried in order. `localTypes` maps names of its own types to their source. */
export function builtin(
  name: string,
  overloads: readonly Overload[],
  localTypes?: ReadonlyMap<string, string>,
): FunctionDefinition {
  return {
    name,
    dispatches: overloads.map(({ parameters, run, block, returns, mismatch }) => ({
      parameters,
      call: (context, args, given) => run({ name, context, args, block: given }),
      ...(block ? { block } : {}),
      ...(returns ? { returns } : {}),
      ...(mismatch ? { mismatch } : {}),
      ...(localTypes ? { localTypes } : {}),
    })),
  }
}

export function overload(
  parameters: readonly FunctionParameter[],
  run: Overload['run'],
  more: Omit<Overload, 'parameters' | 'run'> = {},
): Overload {
  return { parameters, run, ...more }
}

export function param(type: string, name: string): FunctionParameter {
  return { name, type }
}
export function optional(type: string, name: string): FunctionParameter {
  return { name, type, optional: true }
}
export function repeated(type: string, name: string): FunctionParameter {
  return { name, type, repeated: true }
}
export function requiredRepeated(type: string, name: string): FunctionParameter {
  return { name, type, repeated: true, required: true }
}
export function withBlock(type = 'Callable', name = 'block'): Pick<Overload, 'block'> {
  return { block: { type, name } }
}
export function withOptionalBlock(type = 'Callable'): Pick<Overload, 'block'> {
  return { block: { type, name: 'block', optional: true } }
}

/** Ends the evaluation with an error at the call; the message is Puppet's, without the prefix that names the place. */
export function refuse(call: Pick<Call, 'context'>, message: string): never {
  return fail(functionFailed([message], { span: call.context.span }))
}

/** The origin of a value that this call makes out of its arguments. */
export function originOf(call: Call, from: readonly Value[] = call.args): Origin {
  return { kind: 'call', name: call.name, span: call.context.span, from: from.map(wholeOrigin) }
}

export function toText(call: Call, text: string, from?: readonly Value[]): Value {
  return string(text, originOf(call, from))
}
export function toInteger(call: Call, value: bigint | number): Value {
  return integer(value, originOf(call))
}
export function toFloat(call: Call, value: number): Value {
  return float(value, originOf(call))
}
export function toBoolean(call: Call, value: boolean): Value {
  return boolean(value, originOf(call))
}
export function toArray(call: Call, values: readonly Value[]): Value {
  return array(values, originOf(call))
}
export function nothing(call: Call): Value {
  return undef(originOf(call, []))
}

/** What Ruby counts as true. */
export function isTrue(value: Value): boolean {
  return !(value.kind === 'undef' || (value.kind === 'boolean' && !value.value))
}

/** Runs the block; callers know that their overload has one. */
export function yieldTo(call: Call, ...args: Value[]): Value {
  return (call.block as Block).call(args)
}
