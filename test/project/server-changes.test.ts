import { expect, it } from 'vitest'
import { serverChanges } from '../../src/project/apache/server-changes.ts'
import { deployedTree, rendered } from './server-node.ts'

const main = '/etc/apache2/apache2.conf'
const ports = '/etc/apache2/ports.conf'
const host = (inside: string) => `<VirtualHost *:80>\nServerName a\n${inside}</VirtualHost>\n`

/** Each difference in one line, with the file and line that says so now. */
function told(before: string, after: string, path = main): string[] | undefined {
  const others = path === main ? [] : [rendered(main, 'Include ports.conf\n')]
  const state = (text: string) => ({ files: [...others, rendered(path, text)], deployed: undefined })
  return serverChanges(state(before), state(after), [path], {})?.map(({ kind, place, said, ...change }) => {
    const span = (said.after ?? said.before)?.span
    const at = span ? ` at ${span.file.path}:${span.file.text.slice(0, span.start).split('\n').length}` : ''
    return `${kind} ${[...place, `${change.before ?? ''} → ${change.after ?? ''}`].join(' › ')}${at}`
  })
}

it('tells what httpd does differently, where it is said, and what it is part of', () => {
  expect(told(host('DocumentRoot /a\n'), host('DocumentRoot /b\n'))).toEqual([
    'changed VirtualHost a *:80 › DocumentRoot /a → DocumentRoot /b at etc/apache2/apache2.conf:3',
  ])
  expect(told('Listen 80\n', 'Listen 80\nListen 81\n', ports)).toEqual([
    'added  → Listen 81 at etc/apache2/ports.conf:2',
  ])
})

it('tells of a section that comes or goes as one thing', () => {
  const section = '<Directory /a>\nOptions None\n<Files b>\nRequire all denied\n</Files>\n</Directory>\n'
  expect(told(host(''), host(section))).toEqual([
    'added VirtualHost a *:80 ›  → Directory /a at etc/apache2/apache2.conf:3',
  ])
  expect(told(host(section), host(''))).toEqual([
    'removed VirtualHost a *:80 › Directory /a →  at etc/apache2/apache2.conf:3',
  ])
})

it('finds nothing where only the order or the layout differs', () => {
  expect(told('Timeout 1\nKeepAlive On\n', '# more\nKeepAlive  on\nTimeout "1"\n'.replace('on', 'On'))).toEqual([])
})

it('says nothing of files that httpd is not known to read', () => {
  const path = '/etc/apache2/conf-available/own.conf'
  const state = (text: string) => ({ files: [rendered(path, text)], deployed: undefined })
  expect(serverChanges(state('Timeout 1\n'), state('Timeout 2\n'), [path], {})).toBeUndefined()
})

it('compares with what is deployed from the main file on', () => {
  const state = { files: [rendered(main, 'Timeout 2\n')], deployed: deployedTree({ [main]: 'Timeout 1\n' }) }
  const changes = serverChanges({ files: [], deployed: state.deployed }, state, [main], {})
  expect(changes?.map(({ before, after }) => [before, after])).toEqual([['Timeout 1', 'Timeout 2']])
  expect(serverChanges({ files: [], deployed: deployedTree({}) }, state, [main], {})).toBeUndefined()
})
