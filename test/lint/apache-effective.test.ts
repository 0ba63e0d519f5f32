import { describe, expect, it } from 'vitest'
import { judgeConfig } from '../../src/apache/check.ts'
import type { ConfigNode } from '../../src/apache/context.ts'
import { moduleSet } from '../../src/apache/modules.ts'
import { compareEffective } from '../../src/lint/apache/compare-effective.ts'
import { effectiveFor, layersFor, type Target } from '../../src/lint/apache/effective.ts'
import { optionsOf } from '../../src/lint/apache/merge.ts'
import { type ServerModel, serverModel } from '../../src/lint/apache/server.ts'
import { sourceFile } from '../../src/source/source-file.ts'

function model(text: string, modules = moduleSet('all')): ServerModel {
  const { nodes, environment } = judgeConfig(sourceFile('x', text), { as: 'server', modules })
  return serverModel(nodes, environment)
}

const said = (node: ConfigNode) => `${node.name} ${node.args}`

function effective(text: string, target: Target, htaccess: Readonly<Record<string, string>> = {}) {
  const server = model(text)
  const host = server.hosts[0] ?? server.main
  const nodesOf = (directory: string) => {
    const own = htaccess[directory]
    return own === undefined
      ? undefined
      : judgeConfig(sourceFile('h', own), { as: 'htaccess', modules: moduleSet('all') }).nodes
  }
  return effectiveFor(layersFor(server, host, target, nodesOf))
}

describe('what applies to a request', () => {
  const dir = (path: string, inside: string, name = 'Directory') => `<${name} ${path}>\n${inside}\n</${name}>\n`
  const handler = (name: string) => `SetHandler ${name}`
  const file = { file: '/srv/www/a/x.html', url: '/a/x.html' }

  /** Merged as the documentation of httpd tells, the last one counts. */
  it.each([
    ['deeper directories', dir('/srv/www/a', handler('1')) + dir('/srv', handler('2')), '1'],
    ['later ones of a depth', dir('/srv/*', handler('1')) + dir('/srv/www', handler('2')), '2'],
    [
      'regular expressions after directories',
      dir('"^/srv/www"', handler('1'), 'DirectoryMatch') + dir('/srv/www/a', handler('2')),
      '1',
    ],
    ['files after directories', dir('x.html', handler('1'), 'Files') + dir('/srv/www/a', handler('2')), '1'],
    [
      'files inside directories',
      dir('/srv/www', dir('"*.html"', handler('1'), 'Files')) + dir('/srv/www/a', handler('2')),
      '1',
    ],
    ['locations last', dir('/a', handler('1'), 'Location') + dir('x.html', handler('2'), 'Files'), '1'],
    ['later locations', dir('/a/x.html', handler('1'), 'Location') + dir('/a', handler('2'), 'Location'), '2'],
    ['not locations beside', dir('/ab', handler('1'), 'Location') + dir('/srv', handler('2')), '2'],
    [
      'the virtual host after the main server',
      `${dir('/srv', handler('1'))}<VirtualHost *:80>\n${dir('/srv', handler('2'))}</VirtualHost>\n`,
      '2',
    ],
  ])('merges %s', (_, text, winner) => {
    const handlers = effective(text, file).filter(({ group }) => group === 'sethandler')
    expect(handlers.map(({ node }) => node.args)).toEqual([winner])
    expect(handlers[0]?.replaces.length).toBe(text.includes('/ab') ? 0 : 1)
  })

  it('puts .htaccess files behind the sections of their directories', () => {
    const text = dir('/srv', handler('1')) + dir('/srv/www/a', handler('3'))
    expect(effective(text, file, { '/srv/www': handler('2') }).map(({ node }) => node.args)).toEqual(['3'])
    expect(effective(text, file, { '/srv/www/a': handler('4') }).map(({ node }) => node.args)).toEqual(['4'])
  })

  it('adds up options, headers and rules as each of them does', () => {
    const text = `${dir('/srv', 'Options Indexes MultiViews\nHeader set A 1\nErrorDocument 404 /a\nRequire all denied\nRewriteRule a b')}${dir(
      '/srv/www',
      'Options -Indexes\nHeader append A 2\nErrorDocument 403 /b\nRequire all granted\nRewriteRule c d',
    )}`
    const found = effective(text, file)
    expect(optionsOf(found)).toEqual(new Set(['multiviews']))
    expect(found.map(({ node }) => said(node)).filter((line) => !line.startsWith('Options'))).toEqual([
      'ErrorDocument 404 /a',
      'Header set A 1',
      'Header append A 2',
      'ErrorDocument 403 /b',
      'Require all granted',
      'RewriteRule c d',
    ])
  })
})

describe('compareEffective', () => {
  const a = '<VirtualHost *:80>\nServerName a\nDocumentRoot /a\n</VirtualHost>\n'
  const b = '<VirtualHost *:80>\nServerName b\nSetEnv X 1\nSetEnv Y 2\n</VirtualHost>\n'
  const c = '<VirtualHost *:80>\nServerName c\n</VirtualHost>\n'
  const compare = (before: string, after: string) => compareEffective(model(before), model(after))

  it.each([
    [
      'directives whose order decides nothing',
      'KeepAlive On\nSetEnv A 1\nSetEnv B 2\n',
      'SetEnv B 2\nKeepAlive On\nSetEnv A 1\n',
    ],
    ['virtual hosts behind the first', a + b + c, a + c + b],
    ['a value that is replaced anyway', 'KeepAlive Off\nKeepAlive On\n', 'KeepAlive On\n'],
    [
      'directories',
      '<Directory /a>\nOptions None\n</Directory>\n<Directory /b>\nOptions All\n</Directory>\n',
      '<Directory /b>\nOptions All\n</Directory>\n<Directory /a>\nOptions None\n</Directory>\n',
    ],
    [
      'a section in two parts',
      '<Directory /a>\nOptions None\nSetEnv A 1\n</Directory>\n',
      '<Directory /a>\nOptions None\n</Directory>\n# more\n<Directory /a>\nSetEnv  A "1"\n</Directory>\n',
    ],
    ['conditions that hold', 'KeepAlive On\n', '<IfModule mod_mime.c>\nKeepAlive On\n</IfModule>\n'],
  ])('finds nothing where order changes: %s', (_, before, after) => {
    expect(compare(before, after)).toEqual([])
  })

  it.each([
    [
      'a value',
      'KeepAlive On\n',
      'KeepAlive Off\n',
      [{ kind: 'changed', place: [], name: 'KeepAlive', before: 'KeepAlive On', after: 'KeepAlive Off' }],
    ],
    [
      'the last of two',
      'KeepAlive On\nKeepAlive Off\n',
      'KeepAlive Off\nKeepAlive On\n',
      [{ kind: 'changed', place: [], name: 'KeepAlive', before: 'KeepAlive Off', after: 'KeepAlive On' }],
    ],
    [
      'one of several things',
      'RequestReadTimeout header=1\nRequestReadTimeout body=2\n',
      'RequestReadTimeout body=2\n',
      [{ kind: 'changed', place: [], name: 'RequestReadTimeout' }],
    ],
    [
      'the order of rules',
      'RewriteRule a b\nRewriteRule c d\n',
      'RewriteRule c d\nRewriteRule a b\n',
      [{ kind: 'changed', place: [], name: 'RewriteRule' }],
    ],
    [
      'the default host',
      a + b,
      b + a,
      [
        {
          kind: 'changed',
          place: ['default virtual hosts'],
          before: '*:80 VirtualHost a *:80',
          after: '*:80 VirtualHost b *:80',
        },
      ],
    ],
    [
      'a directive of a host',
      a,
      a.replace('/a', '/x'),
      [{ kind: 'changed', place: ['VirtualHost a *:80'], name: 'DocumentRoot' }],
    ],
    [
      'the order of locations',
      '<Location /a>\nSetHandler x\n</Location>\n<Location /a/b>\nSetHandler y\n</Location>\n',
      '<Location /a/b>\nSetHandler y\n</Location>\n<Location /a>\nSetHandler x\n</Location>\n',
      [{ kind: 'order', place: ['location'], before: 'Location /a\nLocation /a/b' }],
    ],
  ])('tells of %s', (_, before, after, changes) => {
    const found = compare(before, after)
    expect(found.map(({ place }) => place)).toEqual(changes.map(({ place }) => place))
    expect(found).toMatchObject(changes)
  })

  it('tells of modules', () => {
    const changes = compareEffective(
      model('', new Set(['so_module'])),
      model('LoadModule mime_module x.so\n', new Set(['so_module'])),
    )
    expect(changes).toEqual([{ kind: 'added', place: [], name: 'LoadModule', after: 'LoadModule mime_module' }])
  })
})
