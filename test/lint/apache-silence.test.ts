import { expect, it } from 'vitest'
import { configLines } from '../../src/apache/lines.ts'
import { lintConfig } from '../../src/apache/lints.ts'
import { withoutSilenced } from '../../src/lint/apache/silence.ts'
import { positionAt, sourceFile } from '../../src/source/source-file.ts'

function lint(text: string): string[] {
  return withoutSilenced(lintConfig(configLines(sourceFile('x', text)))).map(
    ({ code, span }) => `${span && positionAt(span.file, span.start).line} ${code}`,
  )
}

const broken = 'Timeout 60s\n'

it('leaves out what the comment above the line is against', () => {
  expect(lint(`# rehearse: ignore lint/odd-number\n${broken}${broken}`)).toEqual(['3 lint/odd-number'])
  expect(lint(`  #rehearse: ignore lint/no, lint/odd-number\n# why\n${broken}`)).toEqual([])
  expect(lint(`# rehearse: ignore lint/odd-number\n\n${broken}`)).toEqual(['3 lint/odd-number'])
  expect(lint(`# rehearse: ignore lint/odd-flag\n${broken}`)).toEqual(['2 lint/odd-number'])
})

it('leaves out of a whole file what a comment anywhere in it is against', () => {
  expect(lint(`${broken}KeepAlive On\n# rehearse: ignore-file lint/odd-number\n`)).toEqual([])
})
