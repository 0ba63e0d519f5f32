import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { copyOf, fixtures, rehearse } from './rehearse.ts'

const shop = join(fixtures, 'ticket-shop')

it('finds the incident before the merge and leads back to the data', () => {
  const { code, out } = rehearse(['--environment', shop])
  expect(code).toBe(1)
  expect(out).toMatch(/^✗ 1 error\. 1 file would change on 2 nodes\.$/m)
  expect(out).toContain('bad expires code, unrecognised <type>')
  expect(out).toContain('[httpd/expires-code]')
  expect(out).toMatch(/var\/www\/shop\/\.htaccess:6:26 on web01\.example\.com and web02\.example\.com/)
  expect(out).toMatch(/rendered by +site\/profile\/templates\/htaccess\.erb:6:38 +<%= rule\['expires'\] %>/)
  expect(out).toMatch(/from +site\/profile\/manifests\/web\.pp:6:29 +\$cache_rules\[1\]\['expires'\]/)
  expect(out).toMatch(/set in +data\/common\.yaml:9:14 +profile::web::cache_rules, level "common"/)
  expect(out).toContain('Apache answers every request below this directory with 500')
})

it('shows only the intended difference once the data is put right', () => {
  const repaired = copyOf('ticket-shop')
  const data = join(repaired, 'data/common.yaml')
  writeFileSync(data, readFileSync(data, 'utf8').replace('mnth', 'month'))
  const { code, out } = rehearse(['--environment', repaired])
  expect(code).toBe(0)
  const changed = out.split('\n').flatMap((line) => /│ ([-+]) +(\S.*)$/.exec(line)?.slice(1, 3).join(' ') ?? [])
  expect(changed).toEqual([
    '- ExpiresByType text/css "access plus 1 week"',
    '- ExpiresByType image/webp "access plus 1 month"',
    '+ ExpiresByType text/css "access plus 1 month"',
    '+ ExpiresByType image/webp "access plus 1 year"',
  ])
})

it('writes several formats at once', () => {
  const directory = copyOf('ticket-shop')
  const page = join(directory, 'out/report.html')
  const { code, out } = rehearse(['--environment', directory, '--format', 'json', '--format', `html=${page}`])
  expect(code).toBe(1)
  const report = JSON.parse(out) as { findings: { code: string; nodes: string[] }[]; nodes: { status: string }[] }
  expect(report.findings.map((f) => [f.code, f.nodes])).toEqual([
    ['httpd/expires-code', ['web01.example.com', 'web02.example.com']],
  ])
  expect(report.nodes.map((n) => n.status)).toEqual(['compiled', 'compiled', 'compiled'])
  const html = readFileSync(page, 'utf8')
  expect(html).toMatch(/^<!doctype html>/i)
  expect(html).toContain('httpd/expires-code')
})

it('compiles the nodes that are asked for', () => {
  const { code, out } = rehearse(['--environment', shop, '--node', 'stag*'])
  expect(code).toBe(0)
  expect(out).toContain('1 of 1 node')
})

it('explains a line', () => {
  const { code, out } = rehearse(['explain', 'web02.example.com', '/var/www/shop/.htaccess:7', '--environment', shop])
  expect(code).toBe(0)
  expect(out).toContain('ExpiresByType image/webp "access plus 1 year"')
  expect(out).toContain('data/common.yaml:11:14')
})

it('prints a catalog in the format of Puppet', () => {
  const { code, out } = rehearse(['catalog', '--node', 'web01.example.com', '--environment', shop])
  expect(code).toBe(0)
  const catalog = JSON.parse(out) as { resources: { type: string; title: string; line?: number; file?: string }[] }
  const file = catalog.resources.find((r) => r.title === '/var/www/shop/.htaccess')
  expect(file).toMatchObject({ type: 'File', line: 15, file: join(shop, 'site/profile/manifests/web.pp') })
})
