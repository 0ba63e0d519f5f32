import type { HashValue, Value } from '../value/value.ts'
import type { Invocation } from './invocation.ts'
import type { Layer } from './layer.ts'
import type { Hiera } from './sources.ts'

/** The `lookup_options` that apply to the keys of one module (or to keys without module). */
export interface LookupOptions {
  readonly byKey: ReadonlyMap<string, Value>
  readonly byPattern: readonly { readonly pattern: string; readonly options: Value }[]
}

/** What a node's look-ups read, so that a change of data can be traced to the nodes that it reaches. */
interface Reads {
  /** Data files that were looked at, as people are shown them, and those that were looked for but are not there. */
  readonly files: Set<string>
  readonly missing: Set<string>
  readonly keys: Set<string>
}

/** Hiera for one node: its hierarchies with their variables filled in, and what was found out so far. */
export interface NodeHiera {
  readonly hiera: Hiera
  /** A look-up that an interpolation asks for. */
  readonly search: (text: string, outer: Invocation) => Value
  /** The look-up that is running: a look-up that a data function asks for belongs to it. */
  current: Invocation | undefined
  readonly layers: Map<string, Layer | undefined>
  readonly lookupOptions: Map<string | undefined, LookupOptions | undefined>
  readonly layerOptions: Map<'global' | 'environment' | 'both', HashValue | undefined>
  readonly defaultOptions: Map<string, LookupOptions | undefined>
  /** Warnings that are given once a node. */
  readonly warned: Set<string>
  readonly reads: Reads
}
