import { describe, expect, it } from 'vitest'
import { judgeConfig } from '../../src/apache/check.ts'
import { moduleSet } from '../../src/apache/modules.ts'
import { lintRequests, REQUEST_LINTS } from '../../src/lint/apache/requests/lint-requests.ts'
import { serverModel } from '../../src/lint/apache/server.ts'
import type { Diagnostic } from '../../src/source/diagnostic.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { requestExamples } from './request-examples.ts'

/** Modules that an example wants out of the way. */
const without: Readonly<Record<string, RegExp>> = {
  'no-handler': /^cgid?_/,
  'no-protocol-handler': /^proxy_(?:ajp|fcgi)_/,
  'no-proxy': /^proxy_/,
}

function lint(code: string, text: string, isServer: boolean, certain = true): Diagnostic[] {
  const modules = new Set([...moduleSet('all')].filter((name) => !without[code]?.test(name)))
  const as = isServer ? 'server' : 'htaccess'
  const { nodes, environment, verdict } = judgeConfig(sourceFile('x', text), { as, modules })
  expect(verdict.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const model = serverModel(nodes, environment)
  const context = { model, htaccess: !isServer, complete: true, text: () => undefined, certain }
  return lintRequests(context, isServer)
}

function marked(text: string, diagnostics: readonly Diagnostic[], code: string): string {
  let result = text
  const spans = diagnostics.filter((found) => found.code === `request/${code}`).map(({ span }) => span)
  for (const span of spans.reverse())
    if (span) result = `${result.slice(0, span.start)}⟦${result.slice(span.start, span.end)}⟧${result.slice(span.end)}`
  return result
}

it('has examples of every check', () => {
  const names = Object.keys(requestExamples).map((name) => name.replace(' (server)', ''))
  expect(names.sort()).toEqual(REQUEST_LINTS.map(({ code }) => code).sort())
})

describe.each(Object.entries(requestExamples))('%s', (name, { err, ok }) => {
  const code = name.replace(' (server)', '')
  const isServer = name.endsWith('(server)')
  it.each(err)('tells of %j', (example) => {
    const text = example.replace(/[⟦⟧]/g, '')
    expect(marked(text, lint(code, text, isServer), code)).toBe(example)
  })
  it.each(ok)('leaves %j alone', (text) => {
    expect(marked(text, lint(code, text, isServer), code)).toBe(text)
  })
})

it('warns where the configuration around may mend it, and is certain where nothing can', () => {
  const severities = (text: string, certain: boolean) => lint('', text, false, certain).map(({ severity }) => severity)
  expect(severities('Require valid-user\n', false)).toEqual(['warning'])
  expect(severities('Require valid-user\n', true)).toEqual(['error'])
  expect(severities('Header set "X Y" b\n', false)).toEqual(['error'])
  expect(severities('Header set "X Y" b env=foo\n', true)).toEqual(['warning'])
})

it('lets a directory inherit how to log in, but not from one beside it', () => {
  const login = 'AuthType Basic\nAuthName x\nAuthUserFile /etc/users\n'
  const server = (above: string) =>
    `<Directory ${above}>\n${login}</Directory>\n<Directory /srv/a>\nRequire valid-user\n</Directory>\n`
  expect(lint('', server('/srv'), true)).toEqual([])
  expect(lint('', server('/srv/*'), true)).toEqual([])
  expect(lint('', server('/srv/b'), true).map(({ code }) => code)).toEqual(['request/no-auth-type'])
  const host = (inside: string) => `<VirtualHost *:80>\n${inside}</VirtualHost>\n`
  const apart = host(`<Location /a>\n${login}</Location>\n`) + host('<Location /a>\nRequire valid-user\n</Location>\n')
  expect(lint('', apart, true).map(({ code }) => code)).toEqual(['request/no-auth-type'])
})
