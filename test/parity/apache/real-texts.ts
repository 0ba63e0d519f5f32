import type { ModuleSetName } from '../../../src/apache/modules.ts'
import { judgeConfig } from '../../oracles/httpd/config.mjs'
import { judgeHtaccess } from '../../oracles/httpd/htaccess.mjs'
import { topLevel } from './mutants.ts'
import { realFiles } from './real-files.ts'

/** A configuration file of a package without its comments, or a piece of one that is whole by itself. */
export interface RealText {
  readonly text: string
  readonly as: 'htaccess' | 'server'
  /** The package and the file it is of. */
  readonly path: string
}

const LONGEST = 6000

/**
 * Real files that httpd accepts with a set of modules; of those that it does not (most lack files or foreign modules),
 * and of very long ones, the pieces that it accepts. Equal ones are there once.
 */
export async function acceptedTexts(
  modules: ModuleSetName,
): Promise<{ readonly texts: readonly RealText[]; readonly files: number }> {
  const files = new Map<string, RealText>()
  for (const { source, path, as, text } of realFiles()) {
    // A file that only loads a module has one line, and httpd keeps macros of .htaccess files for the next text.
    if (path.endsWith('.load') || (as === 'htaccess' && /macro|luaroot/i.test(text))) continue
    const bare = topLevel(text).join('')
    files.set(`${as} ${bare}`, { text: bare, as, path: `${source}:${path}` })
  }
  const short = [...files.values()].filter(({ text }) => text.length <= LONGEST)
  const whole = await accepted(short, modules)
  const isWhole = new Set(whole.map(({ path }) => path))
  const rest = [...files.values()].filter(({ path }) => !isWhole.has(path))
  const pieces = rest.flatMap((file) => topLevel(file.text).map((text) => ({ ...file, text })))
  const parts = await accepted(pieces, modules)
  const from = new Set([...isWhole, ...parts.map(({ path }) => path)])
  return { texts: [...whole, ...parts], files: from.size }
}

async function accepted(texts: readonly RealText[], modules: ModuleSetName): Promise<readonly RealText[]> {
  const kept: RealText[] = []
  for (const as of ['htaccess', 'server'] as const) {
    const items = texts.filter((text) => text.as === as)
    const answers = await answersTo(items, modules)
    kept.push(...items.filter((_, i) => isAccepted(answers[i]?.verdict)))
  }
  return kept
}

/** httpd's verdicts of texts of one kind. */
export function answersTo(texts: readonly RealText[], modules: ModuleSetName) {
  const items = texts.map(({ text }, id) => ({ id, text }))
  return texts[0]?.as === 'htaccess' ? judgeHtaccess(items, { modules }) : judgeConfig(items, { modules })
}

/** A text that httpd takes, whatever requests then come to. */
export function isAccepted(verdict: string | undefined): boolean {
  return verdict === 'ok' || verdict === 'runtime500'
}
