import { expect, it } from 'vitest'
import { checkConfig } from '../../src/apache/check.ts'
import { moduleSet } from '../../src/apache/modules.ts'
import { memoryFiles } from '../../src/source/files.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { includes, tree } from './include-cases.ts'

const root = '/srv/httpd'
const files = memoryFiles('/', new Map(tree.map((path) => [`srv/httpd/${path}`, ''])))

it.each(includes.map(([line, answer]) => [line, answer] as const))('%s', (line, answer) => {
  const text = sourceFile('x', `${line.replace('ROOT', root)}\n`)
  const { first } = checkConfig(text, { as: 'server', modules: moduleSet('all'), files })
  expect(first?.diagnostic.message).toBe(answer?.replaceAll('ROOT', root))
})
