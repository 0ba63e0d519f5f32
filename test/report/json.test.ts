import { expect, test } from 'vitest'
import { renderJson } from '../../src/report/json.ts'
import { fleet, newPassword, oldPassword } from './fleet-report.ts'
import { ticketShop } from './ticket-shop-report.ts'

test('the incident as a document', () => {
  const document = JSON.parse(renderJson(ticketShop()))
  expect(document).toMatchObject({
    version: 1,
    command: 'run',
    environment: 'ticket-shop',
    deployed: 'deployed/{node}',
    elapsed: 812,
    summary: {
      errors: 1,
      warnings: 0,
      infos: 0,
      nodes: { total: 2, failed: 0 },
      files: { rendered: 10, unchanged: 8, added: 0, removed: 0, changed: 1, attributes: 0 },
    },
  })
  expect(document.nodes[0]).toEqual({
    name: 'web01.example.com',
    status: 'compiled',
    resources: 14,
    files: 5,
    unchanged: 4,
    elapsed: 120,
  })
  expect(document.findings).toEqual([
    {
      severity: 'error',
      code: 'httpd/expires-code',
      message: 'ExpiresByType: bad expires code, unrecognised <type>',
      path: 'var/www/shop/.htaccess',
      line: 6,
      column: 26,
      endLine: 6,
      endColumn: 46,
      source: { text: '  ExpiresByType text/css "access plus 1 mnth"', start: 25, end: 45 },
      nodes: ['web01.example.com', 'web02.example.com'],
      renderedPath: '/var/www/shop/.htaccess',
      trace: [
        {
          kind: 'template',
          text: "<%= rule['expires'] %>",
          path: 'site/profile/templates/htaccess.erb',
          line: 6,
          column: 38,
          endLine: 6,
          endColumn: 60,
        },
        {
          kind: 'read',
          text: "$cache_rules[1]['expires']",
          path: 'site/profile/manifests/web.pp',
          line: 3,
          column: 29,
          endLine: 3,
          endColumn: 41,
        },
        {
          kind: 'hiera',
          text: 'profile::web::cache_rules, level "common"',
          path: 'data/common.yaml',
          line: 7,
          column: 14,
          endLine: 7,
          endColumn: 32,
        },
      ],
      related: [],
      impact: 'Apache answers every request below this directory with 500 while the file is like this.',
    },
  ])
  const [change] = document.changes
  expect(change).toMatchObject({
    path: '/var/www/shop/.htaccess',
    kind: 'changed',
    nodes: ['web01.example.com', 'web02.example.com'],
    resource: 'File[/var/www/shop/.htaccess]',
    declared: { path: 'site/profile/manifests/web.pp', line: 5, column: 3 },
    attributes: [],
  })
  expect(change.hunks[0].lines[4]).toEqual({
    kind: 'added',
    text: '  ExpiresByType text/css "access plus 1 mnth"',
    afterLine: 6,
    highlights: [[40, 44]],
  })
})

test('holds no internal objects and no secrets', () => {
  const text = renderJson(fleet(3))
  expect(text).not.toContain(newPassword)
  expect(text).not.toContain(oldPassword)
  expect(text).not.toMatch(/"(segments|starts|origin|span|file|mask|key)":/)
  expect(text.endsWith('}\n')).toBe(true)
})
