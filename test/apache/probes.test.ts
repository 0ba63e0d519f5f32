import { describe, expect, it } from 'vitest'
import type { ConfigPlace } from '../../src/apache/check.ts'
import { comparable, judge, loggedMessage } from './machine.ts'
import recorded from './recorded/probes.json' with { type: 'json' }

type Answer = string | (string | number)[]

interface Probe {
  readonly id: string
  readonly text?: string
  readonly repeat?: { readonly prefix: string; readonly text: string; readonly times: number }
  readonly finalNewline?: boolean
  readonly htaccess: Answer
  readonly server: Answer
  readonly directory: Answer
}

const probes = recorded.probes as unknown as readonly Probe[]

function textOf(probe: Probe): string {
  const { repeat } = probe
  const text = repeat ? repeat.prefix + repeat.text.repeat(repeat.times) : (probe.text ?? '')
  return probe.finalNewline === false ? text : `${text}\n`
}

describe.each(['htaccess', 'server', 'directory'] as const)('probes as %s', (as: ConfigPlace & keyof Probe) => {
  const answers = probes.map((probe) => {
    const expected = probe[as as 'htaccess']
    return { probe, expected, given: judge(textOf(probe), as) }
  })

  it('gets the verdict of httpd for every probe', () => {
    expect(answers).toHaveLength(687)
    const differing = answers
      .filter(({ expected, given }) => given.verdict !== (typeof expected === 'string' ? 'ok' : 'reject'))
      .map(({ probe }) => probe.id)
    expect(differing).toEqual([])
  })

  it('says it in the words of httpd', () => {
    const differing = answers
      .filter(
        ({ expected, given }) =>
          typeof expected !== 'string' && comparable(String(expected[0])) !== loggedMessage(given),
      )
      .map(({ probe }) => probe.id)
    // The number of a line inside the container that a text is put into is told without the container.
    expect(differing).toEqual(as === 'directory' ? ['lex/line_20M'] : [])
  })

  it('names the line that httpd names', () => {
    const differing = answers
      .filter(({ expected }) => typeof expected !== 'string' && expected.length === 3)
      .filter(({ expected, given }) => given.first?.line !== expected[1])
      .map(({ probe }) => probe.id)
    expect(differing).toEqual([])
  })

  it('points every finding at a place in the text', () => {
    for (const { probe, given } of answers)
      for (const { span } of given.diagnostics) {
        expect(span, probe.id).toBeDefined()
        expect(span && span.start <= span.end && span.end <= span.file.text.length, probe.id).toBe(true)
      }
  })
})
