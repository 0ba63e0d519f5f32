import type { ConfigNode } from '../../apache/context.ts'
import { lineSpan } from '../../apache/lines.ts'
import { type Step, traceRange } from '../../catalog/trace.ts'
import { effectiveFor, type Layer, layersFor } from '../../lint/apache/effective.ts'
import { fileFor, hostFor } from '../../lint/apache/host-for.ts'
import type { ServerModel } from '../../lint/apache/server.ts'
import type { Span } from '../../source/source-file.ts'
import { htaccessReader } from './server-content.ts'
import { placeOnNode, type WholeServer } from './whole-server.ts'

/** A directive of the node's configuration with its place. */
export interface PlacedDirective {
  readonly text: string
  /** In the file as the catalog or the deployed tree has it; left out for what the package ships. */
  readonly span?: Span
  /** From the rendered text back to the data; empty for files that the catalog leaves alone. */
  readonly trace: readonly Step[]
}

/** What applies to a URL on a node after merging. */
export interface EffectiveView {
  readonly url: string
  /** The `<VirtualHost>` section; left out where the main server answers. */
  readonly host?: PlacedDirective
  /** The file or directory that the URL leads to; left out without a document root. */
  readonly file?: string
  /** In httpd's order, the last ones said last. */
  readonly directives: readonly (PlacedDirective & { readonly replaces: readonly PlacedDirective[] })[]
  /** Conditions (`<If>`) that may apply as well. */
  readonly conditions: readonly PlacedDirective[]
}

/** Tells what applies to a URL (`http://name[:port]/path`). Rewriting and redirecting are not carried out. */
export function effectiveView(whole: WholeServer, model: ServerModel, url: URL): EffectiveView {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  const host = hostFor(model, url.hostname, port)
  const path = decode(url.pathname)
  const file = fileFor(model, host, path)
  const read = htaccessReader(whole, model)
  const place = (node: ConfigNode): PlacedDirective => placed(whole, node)
  const layers: readonly Layer[] = layersFor(model, host, { file: file ?? '/', url: path }, (directory) =>
    read(host, directory),
  )
  return {
    url: url.href,
    ...(host.node ? { host: place(host.node) } : {}),
    ...(file === undefined ? {} : { file }),
    directives: effectiveFor(layers).map(({ node, replaces }) => ({ ...place(node), replaces: replaces.map(place) })),
    conditions: layers.flatMap(({ kind, section }) => (kind === 'if' && section ? [place(section)] : [])),
  }
}

/** A directive with its place on the node, and where its text comes from. */
export function placed({ files }: WholeServer, node: ConfigNode): PlacedDirective {
  const { line } = node
  const text = line.text.slice(node.nameStart)
  const found = placeOnNode(files, lineSpan(line, node.nameStart, line.text.length))
  if (!found || found.entry.from === 'package') return { text, trace: [] }
  const { rendered } = found.entry
  const { span } = found
  return { text, span, trace: rendered ? traceRange(rendered, span.start, span.end) : [] }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
