import { fail } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { type Origin, unknownOrigin } from '../value/origin.ts'
import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { takes } from './dispatch.ts'
import { argumentMismatch, assertInstance, conversionFailed } from './errors.ts'
import { inferSet } from './infer.ts'
import { isInstance } from './instance.ts'
import { describeSignatures } from './mismatch/signatures.ts'
import type { Constructor, Making } from './new/constructor.ts'
import { constructorOf } from './new/constructors.ts'
import { noTypes, parseType } from './parse.ts'
import { typeText } from './print.ts'

export interface NewOptions {
  /** The origin of what is made. */
  readonly origin?: Origin
  readonly span?: Span
  /** For `Timestamp.new()`: nanoseconds since 1970. */
  readonly now?: bigint
}

/**
 * A value of the type, as Puppet's `new` makes it: `Integer.new('0x1f', 16)`, `String.new(1, '%04x')`, `Hash.new([…])`. A
 * single argument that is of the type already is given back. Fails with Puppet's message where nothing can be made of
 * the arguments, or what is made is not of the type.
 */
export function newInstance(type: PuppetType, args: readonly Value[], options: NewOptions = {}): Value {
  const only = args.length === 1 ? args[0] : undefined
  if (only && type.kind !== 'Init' && isInstance(type, only)) return only
  const detail = options.span ? { span: options.span } : {}
  const maker = constructorOf(type)
  if (!maker)
    return fail(conversionFailed([`Creation of new instance of type '${typeText(type)}' is not supported`], detail))
  const making: Making = {
    origin: options.origin ?? unknownOrigin,
    ...(options.span ? { span: options.span } : {}),
    ...(options.now === undefined ? {} : { now: options.now }),
    // Puppet's own loader reads the text, which knows no types of modules.
    parseType: (text) => parseType(text, noTypes, detail),
    newInstance: (inner, given) => newInstance(inner, given, options),
  }
  const made = construct(maker, args, making)
  assertInstance(`Converted value from ${typeText(type)}.new()`, type, made, detail)
  return made
}

function construct(maker: Constructor, args: readonly Value[], making: Making): Value {
  const detail = making.span ? { span: making.span } : {}
  const chosen = maker.dispatches.find((d) => takes(d.signature.type, args, undefined))
  if (chosen?.mismatch) return fail(conversionFailed([`'${maker.name}' ${chosen.mismatch(args, making)}`], detail))
  if (chosen) return chosen.call(args, making)
  const signatures = maker.dispatches.filter((d) => !d.mismatch).map((d) => d.signature)
  return fail(argumentMismatch([describeSignatures(maker.name, signatures, args.map(inferSet))], detail))
}
