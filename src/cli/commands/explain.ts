import type { RenderedFile } from '../../catalog/rendered-file.ts'
import { createMask, learnSecrets, learnTexts } from '../../diff/mask.ts'
import { effectiveView } from '../../project/apache/effective-view.ts'
import { readServer } from '../../project/apache-check.ts'
import type { ControlRepo } from '../../project/control-repo.ts'
import { openDeployed } from '../../project/deployed-source.ts'
import { renderNode } from '../../project/rendered-node.ts'
import { timeoutOf } from '../../project/timeout.ts'
import { renderEffective, renderEffectiveJson } from '../../report/effective.ts'
import { renderExplain, renderExplainJson } from '../../report/explain.ts'
import { colourStyle, plainStyle, type Style } from '../../report/style.ts'
import { didYouMean } from '../../source/suggest.ts'
import { CannotRun, exitCodes } from '../io.ts'
import { chooseNode, openFromArguments } from '../open.ts'
import { refuse } from '../refusal.ts'
import type { Runner } from '../session.ts'

/** `rehearse explain NODE PATH[:LINE]`, `rehearse explain NODE URL`. */
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
    const url = webAddress(String(args.path))
    if (url) {
      io.out(effectiveText(url, node.name, files, repo, args.format === 'json', io.colour ? colourStyle : plainStyle))
      return exitCodes.clean
    }
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
    const mask = createMask()
    for (const other of files) learnSecrets(mask, other)
    learnTexts(mask, compilation.secrets)
    const explanation = { node: node.name, file, mask, ...(line === undefined ? {} : { line: Number(line) }) }
    io.out(
      args.format === 'json'
        ? renderExplainJson(explanation)
        : renderExplain(explanation, io.colour ? colourStyle : plainStyle),
    )
    return exitCodes.clean
  },
}

function webAddress(text: string): URL | undefined {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
}

function effectiveText(
  url: URL,
  node: string,
  files: readonly RenderedFile[],
  repo: ControlRepo,
  json: boolean,
  style: Style,
): string {
  const pattern = repo.configuration.deployed
  const deployed = pattern === undefined ? undefined : openDeployed(pattern, repo.directory).treeOf(node)(files)
  const { whole, model } = readServer(files, deployed, repo.configuration)
  if (!whole || !model) throw new CannotRun(`nothing in the files of ${node} tells that it runs Apache`)
  const mask = createMask()
  for (const file of files) learnSecrets(mask, file)
  const view = effectiveView(whole, model, url)
  return json ? renderEffectiveJson(view, node, mask) : renderEffective(view, node, mask, style)
}
