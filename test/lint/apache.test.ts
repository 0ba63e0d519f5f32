import { describe, expect, it } from 'vitest'
import { type CheckOptions, judgeConfig } from '../../src/apache/check.ts'
import { moduleSet } from '../../src/apache/modules.ts'
import { lintServer, SERVER_LINTS } from '../../src/lint/apache/lint-server.ts'
import { serverModel } from '../../src/lint/apache/server.ts'
import type { Diagnostic } from '../../src/source/diagnostic.ts'
import { sourceFile, spanText } from '../../src/source/source-file.ts'
import { serverExamples, serverFiles } from './server-examples.ts'

function lint(text: string, as: CheckOptions['as'] = 'server', whole = true): Diagnostic[] {
  const { nodes, environment, verdict } = judgeConfig(sourceFile('x', text), { as, modules: modules() })
  expect(verdict.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const model = serverModel(nodes, environment)
  return lintServer({ model, htaccess: as === 'htaccess', complete: whole, text: (path) => serverFiles[path] }, whole)
}

function modules(): ReadonlySet<string> {
  return new Set([...moduleSet('all')].filter((name) => name !== 'md_module'))
}

describe('lintServer', () => {
  it('has examples of every lint', () => {
    expect(Object.keys(serverExamples)).toEqual(SERVER_LINTS.map((row) => row.code))
  })

  describe.each(Object.entries(serverExamples))('lint/%s', (code, { err, ok }) => {
    it.each(err)('marks %s', (marked) => {
      const found = lint(marked.replace(/[⟦⟧]/g, ''))
      const own = found.filter((diagnostic) => diagnostic.code === `lint/${code}`)
      expect(own.map(({ span }) => span && spanText(span))).toEqual([/⟦(.*?)⟧/.exec(marked)?.[1]])
      const start = marked.indexOf('⟦')
      expect(own[0]?.span?.start).toBe(start)
    })

    it.each(ok)('passes %s', (text) => {
      expect(lint(text)).toEqual([])
    })
  })

  it('tells in an .htaccess file only what needs no server around it', () => {
    expect(lint('Redirect / /new\nRewriteCond %{HTTPS} off\n', 'htaccess', false).map(({ code }) => code)).toEqual([
      'lint/dangling-condition',
      'lint/redirect-loop',
    ])
  })

  it('takes a file of conditions for a part of others', () => {
    expect(lint('RewriteCond %{HTTPS} off\n', 'server', false)).toEqual([])
    expect(lint('RewriteCond %{HTTPS} off\n', 'server', true)).toHaveLength(1)
  })

  it('mends dots of host names', () => {
    const [found] = lint('RewriteCond %{HTTP_HOST} "^(www\\.)?a.b.org$"\nRewriteRule ^ - [F]\n')
    expect(found?.fix?.replacement).toBe('"^(www\\.)?a\\.b\\.org$"')
  })
})
