import { type DiagnosticDetail, fail, type Related } from '../source/diagnostic.ts'
import type { Block, CallContext, Dispatch, FunctionDefinition, TypeLoader } from '../value/function.ts'
import type { CallableType, PuppetType, Size } from '../value/type.ts'
import { string, type Value } from '../value/value.ts'
import { isAssignable } from './assignable.ts'
import { anyType, optional, undefType } from './construct.ts'
import { argumentMismatch, assertInstance } from './errors.ts'
import { inferSet } from './infer.ts'
import { isInstance } from './instance.ts'
import { describeSignatures, type Signature } from './mismatch/signatures.ts'
import { parseType, withLocalTypes } from './parse.ts'
import { refusedData } from './refused-data.ts'

/**
 * Calls the first dispatch that takes the arguments and the block, and holds what it gives against its return type. Where
 * none takes them, it fails with Puppet's message: `'each' expects …`.
 */
export function dispatch(
  definition: FunctionDefinition,
  context: CallContext,
  args: readonly Value[],
  block: Block | undefined,
): Value {
  if (definition.legacy) return callLegacy(definition, context, args, block)
  const chosen = definition.dispatches.find((d) => takes(signatureOf(d, context.types).type, args, block))
  if (!chosen) return rejectArguments(definition, context, args, block)
  if (chosen.mismatch) {
    const message = `'${definition.name}' ${chosen.mismatch(context, args)}`
    return fail(argumentMismatch([message], { span: context.span }))
  }
  const result = chosen.call(context, args, block)
  const { returns } = signatureOf(chosen, context.types).type
  if (returns) {
    const from = chosen.method === undefined ? definition.name : `function '${chosen.method}'`
    assertInstance(`value returned from ${from}`, returns, result, { span: context.span })
  }
  return result
}

/** The signatures of a function's dispatches, those that only word a mistake left out. */
export function signaturesOf(definition: FunctionDefinition, loader: TypeLoader): readonly Signature[] {
  return definition.dispatches.filter((d) => !d.mismatch).map((d) => signatureOf(d, loader))
}

/** Whether a callable takes the arguments and the block. */
export function takes(type: CallableType, args: readonly Value[], block: Block | undefined): boolean {
  if (!type.parameters) return true
  const { min, max } = type.size ?? { min: type.parameters.length, max: type.parameters.length }
  if (args.length < min || args.length > (max ?? Infinity)) return false
  for (const [i, arg] of args.entries()) {
    const parameter = type.parameters[i] ?? type.parameters.at(-1)
    if (parameter && !isInstance(parameter, arg)) return false
  }
  if (!type.block) return block === undefined
  return isAssignable(type.block, block ? block.type : undefType)
}

const signatures = new WeakMap<Dispatch, Signature>()

/** A dispatch's types, read once. */
function signatureOf(of: Dispatch, loader: TypeLoader): Signature {
  const known = signatures.get(of)
  if (known) return known
  const types = of.localTypes ? withLocalTypes(of.localTypes, loader) : loader
  const read = (type: PuppetType | string) => (typeof type === 'string' ? parseType(type, types) : type)
  const size = sizeOf(of)
  const returns = of.returns === undefined ? undefined : read(of.returns)
  const block = of.block && read(of.block.type)
  const signature: Signature = {
    type: {
      kind: 'Callable',
      parameters: of.parameters.map((p) => read(p.type)),
      ...(size ? { size } : {}),
      ...(block ? { block: of.block?.optional ? optional(block) : block } : {}),
      ...(returns && returns.kind !== anyType.kind ? { returns } : {}),
    },
    names: of.parameters.map((p) => p.name),
    blockName: of.block?.name ?? 'block',
  }
  signatures.set(of, signature)
  return signature
}

function sizeOf(of: Dispatch): Size | undefined {
  const last = of.parameters.at(-1)
  const required = of.parameters.filter((p) => !p.optional && (!p.repeated || p.required)).length
  if (last?.repeated) return { min: required }
  if (required > 0 && required === of.parameters.length) return undefined
  return { min: required, max: of.parameters.length }
}

function rejectArguments(
  definition: FunctionDefinition,
  context: CallContext,
  args: readonly Value[],
  block: Block | undefined,
): never {
  const refusal = refusedCall(definition.name, signaturesOf(definition, context.types), args, block)
  return fail(argumentMismatch([refusal.message], { span: context.span, ...refusal.detail }))
}

/** Puppet's message for arguments that no signature takes, with the data that they came out of. */
export function refusedCall(
  name: string,
  all: readonly Signature[],
  args: readonly Value[],
  block?: Block,
): { readonly message: string; readonly detail: DiagnosticDetail } {
  const types = args.map(inferSet)
  const message = describeSignatures(name, all, block ? [...types, block.type] : types)
  const [only, ...others] = all
  const related = only && others.length === 0 ? refusedArguments(only, args) : []
  return { message, detail: related.length > 0 ? { related } : {} }
}

function refusedArguments({ type, names }: Signature, args: readonly Value[]): Related[] {
  return args.flatMap((arg, i) => {
    const at = Math.min(i, (type.parameters?.length ?? 0) - 1)
    const wanted = type.parameters?.[at]
    return wanted && !isInstance(wanted, arg) ? refusedData(names[at] ?? 'the value', wanted, arg) : []
  })
}

/** Ruby's old API knows no types and no undef: only the number of arguments is checked. */
function callLegacy(
  definition: FunctionDefinition,
  context: CallContext,
  args: readonly Value[],
  block: Block | undefined,
): Value {
  const chosen = definition.dispatches.find((d) => takes(signatureOf(d, context.types).type, args, block))
  if (!chosen) return rejectArguments(definition, context, args, block)
  return chosen.call(
    context,
    args.map((a) => (a.kind === 'undef' ? string('', a.origin) : a)),
    block,
  )
}
