import { describe, expect, it } from 'vitest'
import { LINTS, lintConfig } from '../../src/apache/lints.ts'
import { parseConfig } from '../../src/apache/parse.ts'
import { sourceFile, spanText } from '../../src/source/source-file.ts'
import { lintExamples } from './lint-examples.ts'

const lint = (text: string) => lintConfig(parseConfig(sourceFile('x', text)))

describe('lintConfig', () => {
  it('has examples of every lint', () => {
    expect(Object.keys(lintExamples)).toEqual(LINTS.map((row) => row.code))
  })

  describe.each(Object.entries(lintExamples))('lint/%s', (code, { bad, good }) => {
    it.each(bad)('marks %s', (marked) => {
      const found = lint(marked.replace(/[⟦⟧]/g, '')).filter((diagnostic) => diagnostic.code === `lint/${code}`)
      expect(found.map(({ span }) => span && spanText(span))).toEqual([/⟦(.*?)⟧/.exec(marked)?.[1]])
      expect(found[0]?.severity).toBe('warning')
    })

    it.each(good)('passes %s', (text) => {
      expect(lint(text)).toEqual([])
    })
  })

  it('takes names that others define', () => {
    expect(lintConfig(parseConfig(sourceFile('x', 'SetEnv A ${B}')), { known: new Set(['B']) })).toEqual([])
  })
})
