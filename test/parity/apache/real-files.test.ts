import { describe, expect, it } from 'vitest'
import { type ModuleSetName, moduleSet } from '../../../src/apache/modules.ts'
import { available } from '../reference.ts'
import { differences } from './differences.ts'
import { singleFaults } from './mutants.ts'
import { machineFiles } from './real-files.ts'
import { acceptedTexts, answersTo } from './real-texts.ts'

const httpd = available('verdicts of httpd', ['/usr/sbin/apache2', '-v'], ['gcc', '--version'])

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9))
/** How many mutants for each set of modules. */
const count = Number(process.env.MUTANTS ?? 2000)

describe.runIf(httpd)(`mutants of real files, seed ${seed}`, () => {
  it.each(['all', 'debian-default'] as const)('get httpd’s verdict with modules %s', async (modules: ModuleSetName) => {
    const { texts, files } = await acceptedTexts(modules)
    const mutants = singleFaults(texts, count, seed)
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
        `modules ${modules}: ${count} mutants of ${files} files, both reject ${rejected}`,
        `other verdict ${verdicts.length} (same: ${percent(1 - verdicts.length / count)}), other message or line ${messages.length} (same: ${percent(1 - messages.length / rejected)})`,
        ...classes.map(([what, times]) => `${times} × ${what}`),
        '',
      ].join('\n'),
    )
    expect(verdicts.length, verdicts.slice(0, 10).join('\n---\n')).toBeLessThanOrEqual(count * 0.005)
    expect(messages.length, messages.slice(0, 20).join('\n')).toBeLessThanOrEqual(rejected * 0.05)
  })
})

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}
