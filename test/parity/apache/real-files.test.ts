import { describe, expect, it } from 'vitest'
import { type ModuleSetName, moduleSet } from '../../../src/apache/modules.ts'
import { judgeConfig } from '../../oracles/httpd/config.mjs'
import { judgeHtaccess } from '../../oracles/httpd/htaccess.mjs'
import { available } from '../reference.ts'
import { differences, isAccepted } from './differences.ts'
import { singleFaults, topLevel } from './mutants.ts'
import { machineFiles, realFiles } from './real-files.ts'

const httpd = available('verdicts of httpd', ['/usr/sbin/apache2', '-v'], ['gcc', '--version'])

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9))
/** How many mutants for each set of modules. */
const count = Number(process.env.MUTANTS ?? 2000)

interface Text {
  readonly text: string
  readonly as: 'htaccess' | 'server'
  /** The file it is of. */
  readonly path: string
}

const LONGEST = 6000

describe.runIf(httpd)(`mutants of real files, seed ${seed}`, () => {
  const files = new Map(
    realFiles()
      // A file that only loads a module has one line, and httpd keeps macros of .htaccess files for the next text.
      .filter(({ path, as, text }) => !path.endsWith('.load') && !(as === 'htaccess' && /macro|luaroot/i.test(text)))
      .map(({ source, path, as, text }): [string, Text] => {
        const bare = topLevel(text).join('')
        return [`${as} ${bare}`, { text: bare, as, path: `${source}:${path}` }]
      }),
  )

  it.each(['all', 'debian-default'] as const)('get httpd’s verdict with modules %s', async (modules: ModuleSetName) => {
    const whole = await accepted(
      [...files.values()].filter(({ text }) => text.length <= LONGEST),
      modules,
    )
    const isWhole = new Set(whole.map(({ path }) => path))
    const rest = [...files.values()].filter(({ path }) => !isWhole.has(path))
    const pieces = rest.flatMap((file) => topLevel(file.text).map((text) => ({ ...file, text })))
    const parts = await accepted(pieces, modules)
    const from = new Set([...isWhole, ...parts.map(({ path }) => path)])

    const mutants = singleFaults([...whole, ...parts], count, seed)
    const options = { modules: moduleSet(modules), files: machineFiles() }
    const found = []
    for (const as of ['htaccess', 'server'] as const) {
      const items = mutants.filter((mutant) => mutant.as === as)
      found.push(differences(items, await answersTo(items, modules), as, options))
    }
    const verdicts = found.flatMap((each) => each.verdicts)
    const messages = found.flatMap((each) => each.messages)
    const rejected = found.reduce((sum, each) => sum + each.rejected, 0)
    const classes = found.flatMap((each) => each.classes)
    process.stdout.write(
      [
        `modules ${modules}: ${count} mutants of ${from.size} files, both reject ${rejected}`,
        `other verdict ${verdicts.length} (same: ${percent(1 - verdicts.length / count)}), other message or line ${messages.length} (same: ${percent(1 - messages.length / rejected)})`,
        ...classes.map(([what, times]) => `${times} × ${what}`),
        '',
      ].join('\n'),
    )
    expect(verdicts.length, verdicts.slice(0, 10).join('\n---\n')).toBeLessThanOrEqual(count * 0.005)
    expect(messages.length, messages.slice(0, 20).join('\n')).toBeLessThanOrEqual(rejected * 0.05)
  })
})

async function accepted(texts: readonly Text[], modules: ModuleSetName): Promise<readonly Text[]> {
  const kept: Text[] = []
  for (const as of ['htaccess', 'server'] as const) {
    const items = texts.filter((text) => text.as === as)
    const answers = await answersTo(items, modules)
    kept.push(...items.filter((_, i) => isAccepted(answers[i]?.verdict)))
  }
  return kept
}

function answersTo(texts: readonly Text[], modules: ModuleSetName) {
  const items = texts.map(({ text }, id) => ({ id, text }))
  return texts[0]?.as === 'htaccess' ? judgeHtaccess(items, { modules }) : judgeConfig(items, { modules })
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}
