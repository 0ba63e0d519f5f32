import { lookup, lookupParameter } from '../hiera/lookup.ts'
import type { Parameter } from '../puppet/ast.ts'
import { Failure } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import type { CallContext, LookupRequest } from '../value/function.ts'
import { secretTexts } from '../value/secrets.ts'
import type { Value } from '../value/value.ts'
import type { Scope, State } from './state.ts'

/** A parameter of a class as Hiera has it; `undefined` where no data names it. */
export function boundParameter(scope: Scope, key: string, parameter: Parameter): Value | undefined {
  const { state } = scope
  state.reads.hieraKeys.add(key)
  if (!state.hiera) return undefined
  const cut = key.lastIndexOf('::')
  const { hiera } = state
  const context = state.contextFor(scope, parameter.nameSpan)
  const found = asked(context.span, () => lookupParameter(hiera, context, key.slice(0, cut), key.slice(cut + 2)))
  return found && ownCollection(learned(found, state))
}

/** `lookup()` and its kin. */
export function lookupValue(scope: Scope, request: LookupRequest, context: CallContext): Value | undefined {
  const { state } = scope
  for (const name of request.names) state.reads.hieraKeys.add(name)
  const { hiera } = state
  const found = hiera && asked(context.span, () => lookup(hiera, context, request).value)
  return found && ownCollection(learned(found, state))
}

/** Faults of what a key has; a file that cannot be read is one whoever asks. */
const faultsOfKeys = new Set(
  ['interpolation', 'recursion', 'type', 'merge', 'undefined-variable'].map((name) => `hiera/${name}`),
)

/** What is wrong with a key's data, with the place that asks for it. */
function asked<T>(span: Span, find: () => T): T {
  try {
    return find()
  } catch (error) {
    if (!(error instanceof Failure) || !error.diagnostic.span || span.file.path === '') throw error
    const { diagnostic } = error
    const path = diagnostic.span?.file.path
    // A fault of the configuration is none of this key.
    if (!faultsOfKeys.has(diagnostic.code) || path === span.file.path || path?.endsWith('hiera.yaml')) throw error
    const related = [...(diagnostic.related ?? []), { message: 'looked up here', span }]
    throw new Failure({ ...diagnostic, related })
  }
}

/** Data are shared by all nodes, but a template may add to an array that it is given. */
function ownCollection(value: Value): Value {
  if (value.kind === 'array') return { ...value, values: [...value.values] }
  return value.kind === 'hash' ? { ...value, entries: new Map(value.entries) } : value
}

/** Remembers what is secret in data. */
function learned(value: Value, { secrets }: State): Value {
  for (const text of secretTexts(value)) secrets.add(text)
  return value
}
