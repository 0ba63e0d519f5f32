import type { BlockExpression, Expression, Parameter } from '../puppet/ast.ts'
import { placeOf } from '../puppet/place.ts'
import { Failure } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { anyType } from '../types/construct.ts'
import { refusedCall } from '../types/dispatch.ts'
import { assertInstance } from '../types/errors.ts'
import { isInstance } from '../types/instance.ts'
import { ControlFlow } from '../value/control.ts'
import type { Block } from '../value/function.ts'
import type { CallableType, PuppetType, Size } from '../value/type.ts'
import { array, type Value, withOrigin } from '../value/value.ts'
import { elementCondition, under } from './conditions.ts'
import { failWith, tooDeep, typeMismatch } from './issues.ts'
import { evaluateDefault } from './parameter-defaults.ts'
import { evaluate, guarded, pushLocals, pushMatch, pushParameters } from './scope.ts'
import type { Scope, State } from './state.ts'

/** A lambda, or a function written in Puppet. */
export interface Closure {
  /** `lambda`, or the function's name. */
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly returnType?: Expression | undefined
  readonly body: BlockExpression
  readonly span: Span
  signature?: ClosureSignature
}

interface ClosureSignature {
  readonly type: CallableType
  readonly types: readonly PuppetType[]
  readonly returns: PuppetType | undefined
}

const maximumDepth = 1500

/** A lambda together with the scope that it stands in. */
export function makeBlock(closure: Closure, scope: Scope): Block {
  let signature: ClosureSignature | undefined
  const { state } = scope
  const { condition } = state
  const known = (): ClosureSignature => {
    signature ??= signatureOf(closure, scope)
    return signature
  }
  return {
    span: closure.span,
    get parameters() {
      const { types } = known()
      return closure.parameters.map((parameter, i) => ({
        name: parameter.name,
        optional: parameter.value !== undefined,
        capturesRest: parameter.capturesRest,
        ...(parameter.typeExpression ? { type: types[i] as PuppetType } : {}),
      }))
    },
    get type() {
      return known().type
    },
    call: (args) =>
      under(state, elementCondition(args, closure.span, state, condition), () =>
        callClosure(closure, scope, args, known()),
      ),
  }
}

/** Binds arguments to parameters, checks them, and runs the body; `next` ends it. */
export function callClosure(
  closure: Closure,
  scope: Scope,
  args: readonly Value[],
  signature: ClosureSignature = signatureOf(closure, scope),
): Value {
  const bindings = bind(closure, scope, args)
  checkArguments(closure, signature, bindings)
  const result = limited(scope.state, closure.span, () => {
    try {
      return guarded(scope, () => {
        pushLocals(scope, bindings)
        pushMatch(scope, undefined)
        return evaluate(closure.body, scope)
      })
    } catch (error) {
      if (error instanceof ControlFlow && error.kind === 'next') return error.value
      throw error
    }
  })
  if (signature.returns) assertInstance(`value returned from ${closure.name}`, signature.returns, result)
  return result
}

/** Runs `body` one level deeper; endless recursion is an error. */
export function limited<T>(state: State, span: Span, body: () => T): T {
  if (state.depth >= maximumDepth) throw new Failure(tooDeep([], { span }))
  state.depth++
  try {
    return body()
  } finally {
    state.depth--
  }
}

function bind(closure: Closure, scope: Scope, args: readonly Value[]): Map<string, Value> {
  const { parameters } = closure
  const bindings = new Map<string, Value>()
  return guarded(scope, () => {
    const frame = pushParameters(
      scope,
      closure.name,
      parameters.map((parameter) => parameter.name),
    )
    for (const [i, parameter] of parameters.entries()) {
      const value = named(
        argument(parameter, i, args, () => evaluateDefault(parameter, scope, frame)),
        parameter,
      )
      frame.values.set(parameter.name, value)
      bindings.set(parameter.name, value)
    }
    return bindings
  })
}

function argument(parameter: Parameter, i: number, args: readonly Value[], otherwise: () => Value): Value {
  const given = args[i]
  if (!parameter.capturesRest) {
    if (given) return given
    if (parameter.value) return otherwise()
    return failWith(`Parameter $${parameter.name} is required but no value was given`, { span: placeOf(parameter) })
  }
  const rest = args.slice(i)
  const useDefault = parameter.value && (rest.length === 0 || (rest.length === 1 && given?.kind === 'undef'))
  if (!useDefault) return array(rest, rest[0]?.origin ?? { kind: 'literal', span: parameter.span })
  const value = otherwise()
  return value.kind === 'array' ? value : array([value], value.origin)
}

function named(value: Value, parameter: Parameter): Value {
  return withOrigin(value, {
    kind: 'parameter',
    name: parameter.name,
    span: parameter.nameSpan,
    from: value.origin,
  })
}

function checkArguments(closure: Closure, { type, types }: ClosureSignature, bindings: Map<string, Value>): void {
  const fits = closure.parameters.every((parameter, i) => {
    const expected = types[i] as PuppetType
    if (expected.kind === 'Any') return true
    const value = bindings.get(parameter.name) as Value
    return parameter.capturesRest && value.kind === 'array'
      ? value.values.every((element) => isInstance(expected, element))
      : isInstance(expected, value)
  })
  if (fits && sizeFits(closure, type.size, bindings)) return
  const final = closure.parameters.flatMap((parameter) => {
    const value = bindings.get(parameter.name) as Value
    return parameter.capturesRest && value.kind === 'array' ? value.values : [value]
  })
  const names = closure.parameters.map((parameter) => parameter.name)
  const { message, detail } = refusedCall(closure.name, [{ type, names }], final)
  throw new Failure(typeMismatch([message], detail))
}

function sizeFits(closure: Closure, size: Size | undefined, bindings: Map<string, Value>): boolean {
  const last = closure.parameters.at(-1)
  if (!last?.capturesRest || !size) return true
  const rest = bindings.get(last.name)
  const count = closure.parameters.length - 1 + (rest?.kind === 'array' ? rest.values.length : 0)
  return count >= size.min && (size.max === undefined || count <= size.max)
}

/** The types of a closure's parameters and of what it gives, as its scope evaluates them. */
export function signatureOf(closure: Closure, scope: Scope): ClosureSignature {
  if (closure.signature) return closure.signature
  const types: PuppetType[] = []
  let min = 0
  let max: number | undefined = 0
  let optionalBefore = false
  for (const parameter of closure.parameters) {
    let type = parameter.typeExpression ? evaluateType(parameter.typeExpression, scope) : anyType
    let least = parameter.value || parameter.capturesRest ? 0 : 1
    let most: number | undefined = parameter.capturesRest ? undefined : 1
    if (parameter.capturesRest && type.kind === 'Array') {
      least = type.size?.min ?? 0
      most = type.size?.max
      type = type.element
    }
    if (least === 0) optionalBefore = true
    else if (optionalBefore)
      failWith(`Parameter $${parameter.name} is required but appears after optional parameters`, {
        span: placeOf(parameter),
      })
    types.push(type)
    min += least
    max = max === undefined || most === undefined ? undefined : max + most
  }
  const returns = closure.returnType ? evaluateType(closure.returnType, scope) : undefined
  closure.signature = {
    type: {
      kind: 'Callable',
      parameters: types,
      size: max === undefined ? { min } : { min, max },
      ...(returns ? { returns } : {}),
    },
    types,
    returns,
  }
  return closure.signature
}

/** The type that an expression gives. */
export function evaluateType(node: Expression, scope: Scope): PuppetType {
  const value = evaluate(node, scope)
  return value.kind === 'type'
    ? value.type
    : failWith('The expression is not a valid type specification.', { span: placeOf(node) })
}
