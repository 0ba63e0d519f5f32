import { define, fail, type Related } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Block, CallContext, Dispatch, FunctionDefinition, FunctionParameter } from '../value/function.ts'
import { type Origin, wholeOrigin } from '../value/origin.ts'
import type { Value } from '../value/value.ts'
import type { RubyRaised } from './bridge.ts'
import { callableOf } from './callable.ts'
import type { WireData } from './decode.ts'
import {
  codePlace,
  errorDiagnostic,
  errorText,
  functionFailed,
  lineSpan,
  syntaxPlace,
  withShownPath,
} from './failures.ts'
import { functionsRepeat } from './repeatable.ts'
import type { Caller, LoadedDispatch, LoadedFunction, Session } from './ruby.ts'

const noFunction = define(
  'error',
  'ruby/no-function',
  (path: string) =>
    `The code loaded from ${path} does not seem to be a Puppet 4x API function - no create_function call.`,
)
const otherFunction = define(
  'error',
  'ruby/other-function',
  (path: string, expected: string, actual: string) =>
    `The code loaded from ${path} produced mis-matched name, expected '${expected}', got ${actual}`,
)

export function functionLoader(caller: Caller): {
  readonly load: (file: SourceFile, name: string, context?: CallContext) => FunctionDefinition
  readonly registered: (name: string) => { readonly definition: FunctionDefinition; readonly path: string } | undefined
  readonly rubyBlock: (data: WireData, context: CallContext) => Block | undefined
} {
  const evaluate = (session: Session, file: SourceFile, context: CallContext | undefined): LoadedFunction[] => {
    const known = session.functions.get(file)
    if (known) return known
    let loaded: LoadedFunction[] = []
    caller.call({
      file,
      context,
      origin: { kind: 'builtin', name: file.path },
      span: undefined,
      request: () => JSON.stringify(['load-function', file.text, session.modules.inside(file.path)]),
      read: (reply) => {
        loaded = reply as unknown as LoadedFunction[]
      },
      raised: (raised) => fileDiagnostic(raised, file, session),
    })
    session.functions.set(file, loaded)
    session.repeats.set(file, functionsRepeat(file.text))
    for (const one of loaded) session.definitions.set(one.id, definitionOf(file, one))
    return loaded
  }
  const find = (file: SourceFile, name: string, context: CallContext | undefined): LoadedFunction => {
    const session = caller.session()
    const loaded = evaluate(session, file, context)
    const wanted = name.toLowerCase()
    const found = loaded.findLast((f) => f.name.toLowerCase() === wanted)
    if (found) return found
    const other = loaded[0]
    const detail = { span: { file, start: 0, end: 0 } }
    return fail(other ? otherFunction([file.path, name, other.name], detail) : noFunction([file.path], detail))
  }
  const run = (
    file: SourceFile,
    name: string,
    number: number,
    operation: 'call' | 'mismatch',
    context: CallContext,
    args: readonly Value[],
    block: Block | undefined,
  ): Value => {
    const session = caller.session()
    const loaded = find(file, name, context)
    const from = args.map(wholeOrigin)
    const origin: Origin = { kind: 'call', name, span: context.span, from }
    let result: Value | undefined
    caller.call({
      file,
      context,
      origin,
      span: context.span,
      request: (frame) => {
        const convention = loaded.legacy ? 'legacy' : 'current'
        const given = args.map((value) => session.bridge.give(frame, { value }, convention))
        const tail = operation === 'call' ? `,${session.bridge.giveBlock(block)}` : ''
        return `["${operation}",${loaded.id},${number},[${given.join(',')}]${tail}]`
      },
      read: (reply) => {
        // What the function asked for on its way, such as variables and data, has its part in the result.
        for (const { value } of session.bridge.frame?.roots.slice(args.length) ?? []) from.push(wholeOrigin(value))
        result = session.bridge.decode(reply, origin)
      },
      raised: (raised) => callDiagnostic(raised, file, session, context),
      repeats: session.repeats.get(file) === true,
    })
    return result as Value
  }
  /** The dispatches as the file has them. */
  const definitionOf = (file: SourceFile, loaded: LoadedFunction): FunctionDefinition => {
    const { name } = loaded
    const call =
      (number: number): Dispatch['call'] =>
      (context, args, block) =>
        run(file, name, number, 'call', context, args, block)
    if (loaded.legacy)
      return {
        name: name.toLowerCase(),
        legacy: true,
        rvalue: loaded.rvalue ?? false,
        dispatches: [{ parameters: legacyParameters, call: call(0), method: '3x_function' }],
      }
    const dispatches = (loaded.dispatches ?? []).map(
      (dispatch, i): Dispatch => ({
        ...signature(dispatch, loaded.types ?? {}),
        call: call(i),
        ...(dispatch.mismatch
          ? {
              mismatch: (context: CallContext, args: readonly Value[]) => {
                const text = run(file, name, i, 'mismatch', context, args, undefined)
                return text.kind === 'string' ? text.value : ''
              },
            }
          : {}),
      }),
    )
    return { name: name.toLowerCase(), dispatches }
  }
  const load = (file: SourceFile, name: string, context?: CallContext): FunctionDefinition => {
    const loaded = find(file, name, context)
    const definition = definitionOf(file, loaded)
    if (!loaded.own) return definition
    // Such a function sees all its arguments and chooses among its dispatches itself.
    const call: Dispatch['call'] = (callContext, args, block) =>
      run(file, loaded.name, -1, 'call', callContext, args, block)
    return {
      name: definition.name,
      dispatches: [{ parameters: [{ name: 'args', type: 'Any', repeated: true }], call }],
    }
  }
  const registered = (name: string) => {
    for (const [file, loaded] of caller.session().functions) {
      const found = loaded.findLast((one) => one.legacy && one.name === name)
      if (found) return { definition: definitionOf(file, found), path: file.path }
    }
    return undefined
  }
  const rubyBlock = (data: WireData, context: CallContext): Block | undefined => {
    if (data === null || typeof data !== 'object' || Array.isArray(data)) return undefined
    const { h, n, p } = data as { h: number; n: number; p: readonly string[] }
    const file = context.span.file
    const origin: Origin = { kind: 'call', name: 'block', span: context.span, from: [] }
    const required = n < 0 ? -n - 1 : n
    return {
      span: context.span,
      parameters: p.map((name, i) => ({
        name,
        optional: i >= required && n >= 0,
        capturesRest: n < 0 && i >= required,
      })),
      type: callableOf(required, n < 0 ? undefined : n),
      call: (args) => {
        let result: Value | undefined
        const session = caller.session()
        caller.call({
          file,
          context,
          origin,
          span: context.span,
          request: (frame) => `["proc",${h},[${args.map((value) => session.bridge.give(frame, { value })).join(',')}]]`,
          read: (reply) => {
            result = session.bridge.decode(reply, origin)
          },
          raised: (raised) => callDiagnostic(raised, file, session, context),
        })
        return result as Value
      },
    }
  }
  return { load, registered, rubyBlock }
}

function signature(
  dispatch: LoadedDispatch,
  types: Readonly<Record<string, string>>,
): Pick<Dispatch, 'parameters' | 'block' | 'returns' | 'method' | 'localTypes'> {
  const { block, returns, method } = dispatch
  const local = Object.entries(types)
  return {
    parameters: dispatch.parameters,
    method,
    ...(block ? { block: { type: block.type, name: block.name, optional: block.optional ?? false } } : {}),
    ...(returns ? { returns } : {}),
    ...(local.length > 0 ? { localTypes: new Map(local) } : {}),
  }
}

/** Such a function counts its arguments itself. */
const legacyParameters: readonly FunctionParameter[] = [{ name: 'args', type: 'Any', repeated: true }]

/** An exception while a file was being loaded: at its line. */
export function fileDiagnostic(
  raised: RubyRaised,
  file: SourceFile,
  session: Session,
): ReturnType<typeof functionFailed> {
  const { error } = raised
  const inside = session.modules.inside(file.path)
  const places = error.trace.map(codePlace).filter((place) => place !== undefined)
  const syntax = error.kind === 'syntax' ? syntaxPlace(error) : undefined
  const own = [...(syntax ? [syntax] : []), ...places].find((place) => place.path === inside)
  return errorDiagnostic(
    functionFailed,
    error,
    withShownPath(errorText(error), file.path, session.modules),
    own ? lineSpan(file, own.line) : { file, start: 0, end: 0 },
    [],
    raised.failure,
  )
}

/** An exception out of a call: at the call, with the function's line beside it. */
export function callDiagnostic(
  raised: RubyRaised,
  file: SourceFile,
  session: Session,
  context: CallContext,
): ReturnType<typeof functionFailed> {
  const { error, failure } = raised
  // What another function or a lambda said is left as it was said.
  if (failure && failure.diagnostic.message === error.message) return failure.diagnostic
  const inside = session.modules.inside(file.path)
  const place = error.trace.map(codePlace).find((p) => p?.path === inside)
  const related: Related[] = place ? [{ message: 'raised here', span: lineSpan(file, place.line) }] : []
  return errorDiagnostic(functionFailed, error, errorText(error), context.span, related, failure)
}
