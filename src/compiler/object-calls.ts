import { Failure } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { resolveAlias } from '../types/alias.ts'
import { takes } from '../types/dispatch.ts'
import { inferSet } from '../types/infer.ts'
import { describeSignatures } from '../types/mismatch/signatures.ts'
import type { Block } from '../value/function.ts'
import type { CallableType, ObjectAttribute, ObjectFunction, ObjectType, PuppetType } from '../value/type.ts'
import type { ObjectValue, Value } from '../value/value.ts'
import { callContext } from './call-context.ts'
import { failWith, typeMismatch } from './issues.ts'
import type { Scope } from './state.ts'

/** What a member of an object is called with. */
export interface MemberCall {
  readonly args: readonly Value[]
  readonly block: Block | undefined
  readonly span: Span
  readonly scope: Scope
}

/** `$object.name(…)` where the object's type has such an attribute or function; `undefined` where it has none. */
export function callMember(object: ObjectValue, name: string, call: () => MemberCall): Value | undefined {
  const method = object.methods?.get(name)
  if (method) {
    const { args, block } = call()
    return method(args, block)
  }
  const type = object.type.kind === 'ObjectExtension' ? object.type.base : resolveAlias(object.type)
  const found = type.kind === 'Object' ? findMember(type, name) : undefined
  return found && callFound(object, found, call())
}

interface FoundMember {
  readonly owner: ObjectType
  readonly attribute?: ObjectAttribute
  readonly method?: ObjectFunction
}

function findMember(type: ObjectType, name: string): FoundMember | undefined {
  const attribute = type.attributes.find((a) => a.name === name)
  if (attribute) return { owner: type, attribute }
  const method = type.functions?.find((f) => f.name === name)
  if (method) return { owner: type, method }
  const parent = type.parent && resolveAlias(type.parent)
  return parent?.kind === 'Object' ? findMember(parent, name) : undefined
}

const noArguments: PuppetType = { kind: 'Callable', parameters: [], size: { min: 0, max: 0 } }

function callFound(object: ObjectValue, { owner, attribute, method }: FoundMember, call: MemberCall): Value {
  const { args, block, span, scope } = call
  const name = (attribute ?? method)?.name ?? ''
  const label = `${owner.name}[${name}]`
  const type = method ? method.type : noArguments
  const accepted = (type.kind === 'Variant' ? type.types : [type]).filter(
    (t): t is CallableType => t.kind === 'Callable',
  )
  if (!accepted.some((callable) => takes(callable, args, block))) {
    const given = [...args.map(inferSet), ...(block ? [block.type] : [])]
    const signatures = accepted.map((callable) => ({
      type: callable,
      names: (callable.parameters ?? []).map(() => ''),
    }))
    const subject = `${method ? 'function' : 'attribute'} ${label}`
    throw new Failure(typeMismatch([describeSignatures(subject, signatures, given)], { span }))
  }
  const value = attribute && object.attributes.get(name)
  if (value) return value
  const implementation = owner.implementation ?? implementationOf(object.type)
  if (implementation) return implementation(object, name, args, { context: callContext(scope, span), block })
  const kind = method ? 'function' : `${attribute?.attributeKind} attribute`
  return failWith(`no method is implemented for ${kind} ${label}`, { span })
}

function implementationOf(type: PuppetType): ObjectType['implementation'] {
  return type.kind === 'Object' ? type.implementation : undefined
}
