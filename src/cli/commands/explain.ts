import type { RenderedFile } from '../../catalog/rendered-file.ts'
import type { Compilation } from '../../compiler/compile-node.ts'
import { levelsOfKey } from '../../compiler/lookup-key.ts'
import { createMask, learnSecrets, learnTexts } from '../../diff/mask.ts'
import { effectiveView } from '../../project/apache/effective-view.ts'
import { readServer } from '../../project/apache-check.ts'
import type { ControlRepo } from '../../project/control-repo.ts'
import { openDeployed } from '../../project/deployed-source.ts'
import { shown } from '../../project/facts-nodes.ts'
import { renderNode } from '../../project/rendered-node.ts'
import { timeoutOf } from '../../project/timeout.ts'
import { renderEffective, renderEffectiveJson } from '../../report/effective.ts'
import { type Explanation, renderExplain, renderExplainJson } from '../../report/explain.ts'
import { type KeyLevels, keyLevels } from '../../report/overridden.ts'
import { colourStyle, plainStyle, type Style } from '../../report/style.ts'
import { didYouMean } from '../../source/suggest.ts'
import { CannotRun, exitCodes } from '../io.ts'
import { chooseNode, openFromArguments } from '../open.ts'
import { refuse } from '../refusal.ts'
import type { Runner } from '../session.ts'

/** `rehearse explain NODE PATH[:LINE[-LINE]]`, `rehearse explain NODE URL`. */
export const runner: Runner = {
  run: (session) => {
    const { args, io, begin } = session
    const repo = openFromArguments(args, session)
    const node = chooseNode(repo, args.node)
    const { path, lines } = placeFrom(String(args.path))
    begin(node.name, timeoutOf(repo.configuration))
    const { compilation, files, diagnostics } = renderNode(repo, node, session.stalls)
    if (!compilation.catalog) return refuse(repo, diagnostics, session, compilation.secrets)
    const url = webAddress(String(args.path))
    if (url) {
      io.out(
        effectiveText(
          url,
          node.name,
          files,
          compilation.secrets,
          repo,
          args.format === 'json',
          io.colour ? colourStyle : plainStyle,
        ),
      )
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
    const explanation = {
      node: node.name,
      file,
      mask,
      ...(lines ? { lines } : {}),
      levelsOf: levelsOfKeys(repo, compilation),
    }
    io.out(
      args.format === 'json'
        ? renderExplainJson(explanation)
        : renderExplain(explanation, io.colour ? colourStyle : plainStyle),
    )
    return exitCodes.clean
  },
}

/** A path and the lines of it that are wanted: `/etc/motd`, `/etc/motd:3`, `/etc/motd:3-7`. */
function placeFrom(text: string): { readonly path: string; readonly lines?: Explanation['lines'] } {
  const [, path = '', first, last] = /^(.*?)(?::(\d+)(?:-(\d+))?)?$/s.exec(text) ?? []
  if (first === undefined) return { path: text }
  const lines = { first: Number(first), last: Number(last ?? first) }
  if (lines.first < 1 || lines.last < lines.first)
    throw new CannotRun(`'${text.slice(path.length)}' names no lines`, 'Name one as PATH:3, several as PATH:3-7.')
  return { path, lines }
}

/** What the levels of a compiled node have, each key looked up once. */
function levelsOfKeys(repo: ControlRepo, { hiera, context }: Compilation): (key: string) => KeyLevels {
  const known = new Map<string, KeyLevels>()
  const root = repo.environment.files.root.replace(/\/$/, '')
  return (key) => {
    let levels = known.get(key)
    if (!levels) {
      levels =
        hiera && context
          ? keyLevels(key, levelsOfKey(hiera, context, key), (path) => shown(path, root))
          : { levels: [], secret: false }
      known.set(key, levels)
    }
    return levels
  }
}

function webAddress(text: string): URL | undefined {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
}

function effectiveText(
  url: URL,
  node: string,
  files: readonly RenderedFile[],
  secrets: Iterable<string>,
  repo: ControlRepo,
  json: boolean,
  style: Style,
): string {
  const pattern = repo.configuration.deployed
  const nodes = repo.nodes.map(({ name }) => name)
  const found = pattern === undefined ? undefined : openDeployed(pattern, repo.directory, nodes).treeOf(node)(files)
  const deployed = found && !('code' in found) ? found : undefined
  const { whole, model } = readServer(files, deployed, repo.configuration)
  if (!whole || !model) throw new CannotRun(`nothing in the files of ${node} tells that it runs Apache`)
  const mask = createMask()
  for (const file of files) learnSecrets(mask, file)
  learnTexts(mask, secrets)
  const view = effectiveView(whole, model, url)
  return json ? renderEffectiveJson(view, node, mask) : renderEffective(view, node, mask, style)
}
