import { expect, it } from 'vitest'
import { fixedFiles } from '../../src/project/fixed-files.ts'
import type { Finding } from '../../src/project/run-report.ts'
import type { Severity } from '../../src/source/diagnostic.ts'
import { sourceFile } from '../../src/source/source-file.ts'

const file = sourceFile('a', 'one two three')
const finding = (start: number, end: number, replacement: string, severity: Severity = 'error'): Finding => ({
  diagnostic: { code: 'a/b', severity, message: '', fix: { description: '', span: { file, start, end }, replacement } },
  nodes: [],
  trace: [],
})
const text = (...findings: Finding[]) => fixedFiles(findings)[0]?.text

it('makes every fix once, in the order of the text', () => {
  expect(text(finding(8, 13, '3'), finding(0, 3, '1'), finding(0, 3, '1'))).toBe('1 two 3')
})

it('leaves a place alone that would be mended in two ways', () => {
  expect(text(finding(0, 3, '1'), finding(0, 3, 'I'), finding(4, 7, '2'))).toBe('one 2 three')
})

it('makes the first of two fixes that overlap', () => {
  expect(text(finding(0, 5, 'x'), finding(4, 7, '2'))).toBe('xwo three')
})

it('leaves advice about style alone', () => {
  expect(text(finding(0, 3, '1', 'info'))).toBeUndefined()
})
