import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { copyOf, fixtures, rehearse } from './rehearse.ts'

interface Finding {
  readonly severity: string
  readonly code: string
  readonly path?: string
  readonly line?: number
  readonly message: string
  readonly trace: readonly { kind: string; path?: string; line?: number }[]
  readonly related: readonly { message: string; path?: string; line?: number }[]
  readonly fix?: { replacement: string; path: string; line: number; column: number }
}

/** What is found after changes of the fixture's files: text by text. */
function findings(changes: Readonly<Record<string, readonly (readonly [string, string])[]>>): readonly Finding[] {
  const directory = copyOf('whole-server')
  for (const [path, replacements] of Object.entries(changes)) {
    const file = join(directory, path)
    let text = readFileSync(file, 'utf8')
    for (const [from, to] of replacements) {
      expect(text).toContain(from)
      text = text.replace(from, to)
    }
    writeFileSync(file, text)
  }
  const { out } = rehearse(['--environment', directory, '--format', 'json'])
  return (JSON.parse(out) as { findings: Finding[] }).findings
}

const data = 'data/common.yaml'
const told = (found: readonly Finding[]) =>
  found.map(({ severity, code, path, line }) => `${severity} ${code} ${path}:${line}`)

it('finds nothing in a server that is in order', () => {
  const { code, out } = rehearse(['--environment', join(fixtures, 'whole-server')])
  expect(out).toContain('0 errors, 0 warnings')
  expect(code).toBe(0)
})

it('leads a module that is gone to what needs it, and to the data', () => {
  const found = findings({ [data]: [['  - env\n', '']] })
  expect(told(found)).toEqual(['error httpd/unknown-directive etc/apache2/sites-available/admin.conf:4'])
  expect(found[0]?.trace.at(-1)).toMatchObject({ kind: 'hiera', path: data })
})

it('judges .htaccess files by the sections and the modules that apply to them', () => {
  expect(told(findings({ [data]: [['override: FileInfo Indexes', 'override: FileInfo']] }))).toEqual([
    'error httpd/not-allowed srv/www/shop/.htaccess:1',
    'error httpd/not-allowed srv/www/shop/.htaccess:2',
    'error httpd/not-allowed srv/www/shop/.htaccess:3',
  ])
  const [dead, ...rest] = findings({ [data]: [['override: FileInfo Indexes', 'override: None']] })
  expect(rest).toEqual([])
  expect(dead).toMatchObject({
    severity: 'warning',
    code: 'lint/dead-htaccess',
    related: [{ message: 'AllowOverride None', path: 'etc/apache2/sites-available/shop.conf', line: 9 }],
  })
  expect(told(findings({ [data]: [['  - expires\n', '']] }))).toEqual([
    'error httpd/unknown-directive srv/www/shop/.htaccess:2',
    'error httpd/unknown-directive srv/www/shop/.htaccess:3',
  ])
})

it('finds hosts and ports that get in each other’s way', () => {
  const ports = 'profile::apache::ports: [80, 8080]'
  expect(
    told(findings({ [data]: [['admin.example.com\n    port: 8080', 'www.shop.example.com\n    port: 80']] })),
  ).toEqual(['warning lint/shadowed-name etc/apache2/sites-available/shop.conf:3'])
  expect(told(findings({ [data]: [[ports, 'profile::apache::ports: [80]']] }))).toEqual([
    'warning lint/unheard-virtual-host etc/apache2/sites-available/admin.conf:1',
  ])
  expect(told(findings({ [data]: [[ports, 'profile::apache::ports: [80, 8080, 80]']] }))).toEqual([
    'error httpd/value etc/apache2/ports.conf:3',
  ])
})

it('calls a change of order just that', () => {
  const lines = ["      - 'SetEnv APP_STAGE production'\n", "      - 'Timeout 120'\n"] as const
  const found = findings({ [data]: [[lines.join(''), lines.toReversed().join('')]] })
  expect(told(found)).toEqual(['info apache/same-effect undefined:undefined'])
  expect(found[0]?.message).toContain('/etc/apache2/sites-available/admin.conf')
})

it('tells what httpd will do differently in every format', () => {
  const directory = copyOf('whole-server')
  const path = join(directory, data)
  writeFileSync(path, readFileSync(path, 'utf8').replace('Timeout 120', 'Timeout 90'))
  const run = (...more: string[]) => rehearse(['--environment', directory, ...more]).out
  expect(run()).toMatch(
    /What httpd will do differently\n {2}~ VirtualHost admin\.example\.com \*:8080 {2}Timeout 120 → Timeout 90 .*\n {4}etc\/apache2\/sites-available\/admin\.conf:5, from data\/common\.yaml:28\n/,
  )
  expect(JSON.parse(run('--format', 'json'))).toMatchObject({
    server: [
      {
        kind: 'changed',
        place: ['VirtualHost admin.example.com *:8080'],
        before: 'Timeout 120',
        after: 'Timeout 90',
        saidAfter: { path: 'etc/apache2/sites-available/admin.conf', line: 5 },
        nodes: ['web01.example.com'],
      },
    ],
  })
  expect(run('--format', 'html')).toContain('<del>Timeout 120</del> → <ins>Timeout 90</ins>')
})

it('mends the data or the template, whichever has the fault', () => {
  const [inData] = findings({ [data]: [['SetEnv APP_STAGE', 'SetEnw APP_STAGE']] })
  expect(inData?.fix).toMatchObject({ replacement: 'SetEnv', path: data, line: 27, column: 10 })
  const template = 'site/profile/templates/apache2.conf.epp'
  const [inTemplate] = findings({ [template]: [['Timeout 60', 'Timeuot 60']] })
  expect(inTemplate?.fix).toMatchObject({ replacement: 'Timeout', path: template, line: 5, column: 1 })
})

it('tells what applies to a URL, with what it replaces and where it is set', () => {
  const url = 'http://www.shop.example.com/a/b.html'
  const asked = ['explain', 'web01.example.com', url, '--environment', join(fixtures, 'whole-server')]
  const { code, out } = rehearse(asked)
  expect(code).toBe(0)
  expect(out).toMatch(/^<VirtualHost \*:80> {2}etc\/apache2\/sites-available\/shop\.conf:1$/m)
  expect(out).toMatch(/^\/srv\/www\/shop\/a\/b\.html$/m)
  expect(out).toMatch(
    /^ {2}AllowOverride FileInfo Indexes +etc\/apache2\/sites-available\/shop\.conf:9 {2}data\/common\.yaml:\d+\n {4}instead of AllowOverride None {2}etc\/apache2\/apache2\.conf:11$/m,
  )
  expect(out).toMatch(/^ {2}ExpiresActive On +srv\/www\/shop\/\.htaccess:2 /m)
  const view = JSON.parse(rehearse([...asked, '--format', 'json']).out) as { directives: { text: string }[] }
  expect(view.directives.map(({ text }) => text)).toContain('Require all granted')
  const admin = rehearse(asked.with(2, 'http://admin.example.com:8080/'))
  expect(admin.out).toContain('Timeout 120')
  expect(admin.out).not.toContain('ExpiresActive')
})

it('says which files httpd never reads', () => {
  const found = findings({
    'site/profile/manifests/site.pp': [
      ['ensure => link,', "ensure => $name ? { 'admin' => absent, default => link },"],
    ],
  })
  expect(told(found)).toEqual(['info apache/not-included etc/apache2/sites-available/admin.conf:1'])
})
