import { Failure } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { dispatch, refusedCall, takes } from '../types/dispatch.ts'
import { ControlFlow } from '../value/control.ts'
import type { Block } from '../value/function.ts'
import { secretTexts } from '../value/secrets.ts'
import type { Value } from '../value/value.ts'
import { callContext } from './call-context.ts'
import { callClosure, limited, signatureOf } from './closure.ts'
import type { FoundFunction } from './function-index.ts'
import { typeMismatch } from './issues.ts'
import { withGlobalScope } from './scope.ts'
import type { Scope } from './state.ts'

/** Calls a function; what it gives comes from the call, unless the function handed on a value as it was. */
export function invoke(
  found: FoundFunction,
  args: readonly Value[],
  block: Block | undefined,
  span: Span,
  scope: Scope,
): Value {
  const { state } = scope
  const result =
    found.kind === 'definition'
      ? limited(state, span, () => dispatch(found.definition, callContext(scope, span), args, block))
      : callPuppet(found, args, block, scope)
  // Nothing is made of secrets before there is one.
  if (result.kind === 'sensitive' || state.secrets.size > 0)
    for (const text of secretTexts(result)) state.secrets.add(text)
  return result
}

/** A function written in Puppet sees the global scope and its own parameters. */
function callPuppet(
  { closure }: FoundFunction & { kind: 'puppet' },
  args: readonly Value[],
  block: Block | undefined,
  scope: Scope,
): Value {
  if (block) throw new Failure(typeMismatch([`'${closure.name}' does not expect a block`]))
  return withGlobalScope(scope, (global) => {
    const signature = signatureOf(closure, global)
    if (!takes(signature.type, args, undefined)) {
      const names = closure.parameters.map((parameter) => parameter.name)
      const { message, detail } = refusedCall(closure.name, [{ type: signature.type, names }], args)
      throw new Failure(typeMismatch([message], detail))
    }
    try {
      return callClosure(closure, global, args, signature)
    } catch (error) {
      if (error instanceof ControlFlow && error.kind === 'return') return error.value
      throw error
    }
  })
}
