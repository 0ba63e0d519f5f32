import { describe, expect, test } from 'vitest'
import type { NodeReport } from '../../src/project/run-report.ts'
import { summarise, verdict } from '../../src/report/summary.ts'
import { visible } from '../../src/report/visible-text.ts'
import { count, nodeList, seconds, sizeText } from '../../src/report/wording.ts'
import { ticketShop } from './ticket-shop-report.ts'

describe('the verdict', () => {
  const node = (status: NodeReport['status']): NodeReport => ({
    name: 'n',
    status,
    resources: 0,
    files: 0,
    unchanged: 0,
    elapsed: 0,
  })
  const say = (nodes: readonly NodeReport[], changes = ticketShop().changes): string => {
    const report = ticketShop({ nodes, findings: [], changes })
    return verdict(report, summarise(report))
  }

  test.each([
    [[node('compiled')], 'Nothing found wrong. 1 file would change on 2 nodes.'],
    [[node('failed')], 'Nothing found wrong. The node does not compile.'],
    [[node('failed'), node('failed')], 'Nothing found wrong. None of 2 nodes compiles.'],
    [
      [node('failed'), node('compiled')],
      'Nothing found wrong. 1 of 2 nodes does not compile. 1 file would change on 2 nodes.',
    ],
    [
      [node('failed'), node('failed'), node('compiled')],
      'Nothing found wrong. 2 of 3 nodes do not compile. 1 file would change on 2 nodes.',
    ],
  ])('case %#', (nodes, text) => {
    expect(say(nodes)).toBe(text)
  })
})

test('numbers of things have their thousands apart', () => {
  const texts = [0, 1, 2, 999, 1000, 12_345, 1_234_567].map((number) => count(number, 'file'))
  expect(texts).toEqual(['0 files', '1 file', '2 files', '999 files', '1,000 files', '12,345 files', '1,234,567 files'])
})

test('lists of nodes stay short', () => {
  const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `n${i + 1}`)
  expect(nodeList([], 5)).toBe('')
  expect(nodeList(names(1), 5)).toBe('n1')
  expect(nodeList(names(3), 3)).toBe('n1, n2 and n3')
  expect(nodeList(names(47), 60)).toBe('n1, n2 and 45 more')
  expect(nodeList(names(47), 47)).toBe('all 47 nodes')
})

test('times and sizes', () => {
  expect([seconds(3.4), seconds(812), seconds(1234)]).toEqual(['3 ms', '812 ms', '1.2 s'])
  expect([sizeText(1), sizeText(999), sizeText(1499), sizeText(2_500_000)]).toEqual([
    '1 byte',
    '999 bytes',
    '1.5 kB',
    '2.5 MB',
  ])
})

test('what a terminal would act upon is shown instead', () => {
  expect(visible('a\tb é 日本 😀')).toBe('a\tb é 日本 😀')
  expect(visible('\u001b[31m\r\n\u007f\u0085\ud800\u2028\ufeff')).toBe('␛[31m␍␊␡<U+0085><U+D800><U+2028><U+FEFF>')
})
