import type { Stall } from '../project/stalls.ts'
import type { ModuleDelivery } from '../ruby/module.ts'
import type { CommandName } from './commands.ts'

/** What a worker is started with. */
export interface Job {
  readonly command: CommandName
  readonly args: Readonly<Record<string, unknown>>
  readonly colour: boolean
  readonly columns: number | undefined
  /** What earlier workers got stuck in; it is reported instead of tried again. */
  readonly stalls: readonly Stall[]
  /** Where Ruby leaves the line it runs, for the thread that watches; slow, so only after a stall. */
  readonly beacon: SharedArrayBuffer | undefined
  /** Where Ruby comes from, once it is compiled. */
  readonly ruby: ModuleDelivery
}

/** From the worker to the thread that owns the streams. */
export type Message =
  | { readonly kind: 'out' | 'err' | 'progress'; readonly text: string }
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  /** The work on a node, or on a request of a batch, begins: the watch starts anew. */
  | { readonly kind: 'begin'; readonly name: string; readonly seconds: number }
  /** A batch command waits for a line: the first one, or the next one after an answer. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'done'; readonly exitCode: number }
  | { readonly kind: 'cannot-run'; readonly message: string; readonly remedy: string | undefined }
