import { fail } from '../source/diagnostic.ts'
import type { CallContext } from '../value/function.ts'
import type { HashValue, Value } from '../value/value.ts'
import type { Explainer, ExplainSubject } from './explain.ts'
import type { NodeHiera } from './node-hiera.ts'
import { recursion } from './problems.ts'

/** What a look-up needs of its caller: a part of what every function gets. */
export type LookupScope = Pick<
  CallContext,
  'scope' | 'call' | 'hasFunction' | 'log' | 'report' | 'settings' | 'types' | 'modules' | 'catalog'
>

/** One look-up under way, with those that it was asked from. */
export interface Invocation {
  readonly node: NodeHiera
  readonly context: LookupScope
  readonly overrides: HashValue | undefined
  readonly defaults: HashValue | undefined
  /** Keys being looked up, outermost first. */
  readonly names: string[]
  readonly explain: Explainer | undefined
  /** Variables that only this look-up sees (`mapped_paths`). */
  readonly locals: ReadonlyMap<string, Value>
  /** Asked by a `hiera…` function. */
  readonly hiera: boolean
  globalOnly: boolean
  /** The key that the outermost look-up is for. */
  topKey: string
  module: string | undefined
  /** Collects the scope look-ups that a hierarchy's locations depend on. */
  readonly dependencies?: ScopeDependency[] | undefined
}

/** A variable that a hierarchy was built with. */
export interface ScopeDependency {
  readonly key: string
  readonly root: string
  readonly value: Value | undefined
}

/** A new look-up inside another, or on its own. */
export function invoke(
  parent: Invocation | undefined,
  node: NodeHiera,
  context: LookupScope,
  detail: Partial<Pick<Invocation, 'overrides' | 'defaults' | 'explain' | 'hiera'>> = {},
): Invocation {
  return {
    node,
    context,
    overrides: detail.overrides,
    defaults: detail.defaults,
    names: parent ? [...parent.names] : [],
    explain: parent ? parent.explain : detail.explain,
    locals: new Map(),
    hiera: detail.hiera === true || parent?.hiera === true,
    globalOnly: parent?.globalOnly ?? false,
    topKey: '',
    module: undefined,
  }
}

/** Runs a step of the explanation around `run`; the subject is only made where somebody wants to read it. */
export function within<T>(invocation: Invocation, subject: () => ExplainSubject, run: () => T): T {
  const { explain } = invocation
  if (!explain) return run()
  explain.push(subject())
  try {
    return run()
  } finally {
    explain.pop()
  }
}

/** Fails where the name is being looked up already; otherwise it counts as being looked up while `run` runs. */
export function guarded<T>(invocation: Invocation, name: string, run: () => T): T {
  const { names } = invocation
  if (names.includes(name)) fail(recursion([names]))
  names.push(name)
  try {
    return run()
  } finally {
    names.pop()
  }
}

/** A warning that a node is given once. */
export function warnOnce(invocation: Invocation, message: string): void {
  if (invocation.node.warned.has(message)) return
  invocation.node.warned.add(message)
  invocation.context.log('warning', message)
}
