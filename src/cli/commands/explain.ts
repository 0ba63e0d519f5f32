import { renderNode } from '../../project/rendered-node.ts'
import { timeoutOf } from '../../project/timeout.ts'
import { renderExplain, renderExplainJson } from '../../report/explain.ts'
import { colourStyle, plainStyle } from '../../report/style.ts'
import { didYouMean } from '../../source/suggest.ts'
import { CannotRun, exitCodes } from '../io.ts'
import { chooseNode, openFromArguments } from '../open.ts'
import { refuse } from '../refusal.ts'
import type { Runner } from '../session.ts'

/** `rehearse explain NODE PATH[:LINE]`. */
export const runner: Runner = {
  run: (session) => {
    const { args, io, begin } = session
    const repo = openFromArguments(args, session)
    const node = chooseNode(repo, args.node)
    const [, path, line] = /^(.*?)(?::(\d+))?$/.exec(String(args.path)) as unknown as [
      string,
      string,
      string | undefined,
    ]
    begin(node.name, timeoutOf(repo.configuration))
    const { compilation, files, diagnostics } = renderNode(repo, node, session.stalls)
    if (!compilation.catalog) return refuse(repo, diagnostics, session)
    const file = files.find((f) => f.path === path) ?? files.find((f) => f.path === `/${path}`)
    if (!file) {
      const remedy = didYouMean(
        path,
        files.map((f) => f.path),
      )
      throw new CannotRun(
        `${node.name} has no file '${path}' in its catalog`,
        remedy ?? 'Name a path as it is on the node.',
      )
    }
    if (!file.source) throw new CannotRun(`the catalog sets no text for ${file.path}`)
    const explanation = { node: node.name, file, ...(line === undefined ? {} : { line: Number(line) }) }
    io.out(
      args.format === 'json'
        ? renderExplainJson(explanation)
        : renderExplain(explanation, io.colour ? colourStyle : plainStyle),
    )
    return exitCodes.clean
  },
}
