import type { CheckOptions, ConfigPlace } from '../../../src/apache/check.ts'
import { comparable, judge, loggedMessage } from '../../apache/machine.ts'
import type { Answer } from '../../oracles/httpd/config.mjs'
import { isAccepted } from './real-texts.ts'

interface Differences {
  /** Texts with another verdict, both answers in front. */
  readonly verdicts: readonly string[]
  /** Rejections with another message or line. */
  readonly messages: readonly string[]
  /** How many both reject. */
  readonly rejected: number
  /** How many differ in their verdict, by what the two say without its names and numbers; most frequent first. */
  readonly classes: readonly (readonly [what: string, count: number])[]
}

/** Where the same texts get other verdicts; a crash of httpd counts as a rejection. */
export function differences(
  items: readonly { readonly text: string }[],
  answers: readonly Answer[],
  as: ConfigPlace,
  options: Partial<CheckOptions> = {},
): Differences {
  const verdicts: string[] = []
  const messages: string[] = []
  const classes = new Map<string, number>()
  let rejected = 0
  for (const [i, item] of items.entries()) {
    const { verdict, message = '', line, file } = answers[i] as Answer
    const expected = isAccepted(verdict) ? 'ok' : 'reject'
    const given = judge(item.text, as, options)
    if (given.verdict !== expected) {
      const both = `${expected} ${message} / ${given.first?.diagnostic.message ?? 'ok'}`
      verdicts.push(`${both}\n${item.text}`)
      const what = withoutNames(both)
      classes.set(what, (classes.get(what) ?? 0) + 1)
    } else if (expected === 'reject' && verdict !== 'crash') {
      rejected++
      const sameLine = line === undefined || file !== undefined || given.first?.line === line
      if (comparable(message) !== loggedMessage(given) || !sameLine)
        messages.push(`${line} ${message} / ${given.first?.line} ${given.first?.diagnostic.message}`)
    }
  }
  return { verdicts, messages, rejected, classes: [...classes].sort(([, a], [, b]) => b - a) }
}

function withoutNames(text: string): string {
  return text
    .replace(/'[^']*'|"[^"]*"/g, "'…'")
    .replace(/\d+/g, 'N')
    .replace(/\/\S+/g, '/…')
    .slice(0, 200)
}
