import type { ConfigNode } from '../../apache/context.ts'
import type { Fix, Related, Severity } from '../../source/diagnostic.ts'
import type { Span } from '../../source/source-file.ts'
import type { ServerModel } from './server.ts'

/** What httpd accepts, or only complains of when it starts, although it cannot be meant. */
export interface ServerLint {
  /** What comes of it, for the documentation. */
  readonly why: string
  /** Without `lint/`. */
  readonly code: string
  /** `error` where httpd does not start with it, although its syntax test passes. */
  readonly severity: Severity
  /**
   * `server`: needs the configuration of a whole server; `part`: tells of any part of one, and of `.htaccess` files.
   */
  readonly scope: 'server' | 'part'
  readonly find: (context: LintContext) => Iterable<Found>
}

export interface LintContext {
  readonly model: ServerModel
  /** An `.htaccess` file, whose directives stand in the model's main server. */
  readonly htaccess: boolean
  /** All files that the server reads are known, not only what their package is known to ship. */
  readonly complete: boolean
  /** The text of a file on the node (absolute path), where it is known. */
  readonly text: (path: string) => string | undefined
  /** The configuration is all that the server reads, not a file of it. */
  readonly whole?: boolean
  /** Milliseconds since 1970; by default what the clock says. */
  readonly now?: number
}

export interface Found {
  readonly span: Span
  readonly message: string
  readonly remedy?: string
  readonly related?: readonly Related[]
  readonly fix?: Fix
}

/** Each list of directives that stand together, with the section that they stand in; outer ones first. */
export function* levels(model: ServerModel): Generator<{ nodes: readonly ConfigNode[]; section?: ConfigNode }> {
  yield { nodes: model.main.nodes }
  for (const host of model.hosts) if (host.node) yield { nodes: host.nodes, section: host.node }
  for (const { nodes } of [model.main, ...model.hosts]) yield* inner(nodes)
}

function* inner(nodes: readonly ConfigNode[]): Generator<{ nodes: readonly ConfigNode[]; section: ConfigNode }> {
  for (const node of nodes) {
    if (!node.name.startsWith('<')) continue
    yield { nodes: node.children, section: node }
    yield* inner(node.children)
  }
}
