import { describe, expect, it } from 'vitest'
import { moduleSet } from '../../../src/apache/modules.ts'
import { judgeAlone } from '../../../src/project/apache-check.ts'
import { positionAt, sourceFile } from '../../../src/source/source-file.ts'
import { generator } from '../apache/mutants.ts'
import { acceptedTexts, answersTo, isAccepted, type RealText } from '../apache/real-texts.ts'
import { available } from '../reference.ts'
import { BREAKAGES } from './breakages.ts'

const httpd = available('verdicts of httpd', ['/usr/sbin/apache2', '-v'], ['gcc', '--version'])

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9))
/** How many broken texts of each class httpd is asked about. */
const count = Number(process.env.MUTANTS ?? 600)

interface Broken extends RealText {
  /** From 1. */
  readonly line: number
  readonly before: string
  readonly intact: string
}

describe.runIf(httpd)(`what httpd accepts although it is broken, seed ${seed}`, async () => {
  const { texts } = await acceptedTexts('all')
  const known = new Map(texts.map((text) => [text.text, lintsOf(text)]))

  it.each(BREAKAGES)('gets a lint in most cases: $name', async ({ name, apply }) => {
    const random = generator(seed)
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
    const broken: Broken[] = []
    for (let tries = 0; broken.length < count && tries < count * 40; tries++) {
      const text = pick(texts) as RealText
      const lines = text.text.split('\n')
      const at = Math.floor(random() * (lines.length - 1))
      const before = lines[at] as string
      // A line that goes on in the next is two breakages in one, and nothing follows the last one.
      if (/\\$/.test(before) || /\\$/.test(lines[at - 1] ?? '') || lines[at + 1] === '') continue
      const line = apply(before, pick)
      if (line === undefined || line === before) continue
      const changed = lines.with(at, line).join('\n')
      broken.push({ ...text, text: changed, line: at + 1, before, intact: text.text })
    }
    const accepted: Broken[] = []
    for (const as of ['htaccess', 'server'] as const) {
      const some = broken.filter((each) => each.as === as)
      const answers = await answersTo(some, 'all')
      accepted.push(...some.filter((_, i) => isAccepted(answers[i]?.verdict)))
    }
    const missed = accepted.filter((each) => !isLinted(each, known.get(each.intact) ?? new Set()))
    const share = 1 - missed.length / accepted.length
    process.stdout.write(
      `${name}: ${broken.length} broken, httpd accepts ${accepted.length}, of which ${(share * 100).toFixed(1)} % get a lint\n`,
    )
    const shown = missed.map(({ text, line }) => text.split('\n')[line - 1])
    if (process.env.MISSED) process.stdout.write(`${shown.slice(0, Number(process.env.MISSED)).join('\n')}\n`)
    expect(accepted.length).toBeGreaterThan(0)
    expect(share, shown.slice(0, 20).join('\n')).toBeGreaterThanOrEqual(0.7)
  })
})

/** Lines and codes of what is told of a text beyond httpd's own errors. */
function lintsOf({ text, as }: RealText): ReadonlySet<string> {
  const { diagnostics } = judgeAlone(sourceFile('x', text), { as, modules: moduleSet('all') })
  return new Set(
    diagnostics.flatMap(({ code, severity, span }) =>
      code.startsWith('lint/') && severity !== 'info' && span
        ? [`${positionAt(span.file, span.start).line} ${code}`]
        : [],
    ),
  )
}

/** A lint that the text did not have before, on the broken line or the one that it swallows. */
function isLinted(broken: Broken, before: ReadonlySet<string>): boolean {
  return [...lintsOf(broken)].some((lint) => {
    const line = Number.parseInt(lint, 10)
    return (line === broken.line || line === broken.line + 1) && !before.has(lint)
  })
}
