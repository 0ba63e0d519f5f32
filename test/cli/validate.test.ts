import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import recorded from '../apache/recorded/probes.json' with { type: 'json' }
import { directoryWith, rehearse } from './rehearse.ts'

const broken = 'RewriteEngine On\nRewriteRule ^a “b” [R=301]\nFooBar On\n'

it('judges a file with line and column, and names what httpd would let pass', () => {
  const cwd = directoryWith({ '.htaccess': broken })
  const { code, out } = rehearse(['validate', '.htaccess'], { cwd })
  expect(code).toBe(1)
  expect(out).toContain("Invalid command 'FooBar', perhaps misspelled")
  expect(out).toMatch(/\.htaccess:3:1/)
  expect(out).toContain('[lint/smart-quotes]')
  expect(out).toContain('docs/checks.md tells what the codes mean')
})

it('reads standard input', () => {
  const { code, out } = rehearse(['validate', '--define', 'A=1', '--format', 'json', '-'], { input: broken })
  expect(code).toBe(1)
  const report = JSON.parse(out) as { findings: { code: string; line: number }[] }
  expect(report.findings.map((f) => [f.code, f.line])).toEqual([
    ['httpd/unknown-directive', 3],
    ['lint/smart-quotes', 2],
  ])
})

it('heeds the modules, the override and the place that are asked for', () => {
  const input = 'RewriteEngine On\n'
  expect(rehearse(['validate', '-'], { input }).code).toBe(0)
  expect(rehearse(['validate', '-', '--modules', 'debian-default'], { input }).code).toBe(1)
  expect(rehearse(['validate', '-', '--override', 'Limit'], { input }).code).toBe(1)
  expect(rehearse(['validate', '-', '--as', 'server'], { input: 'Listen 80\n' }).code).toBe(0)
  expect(rehearse(['validate', '-'], { input: 'Listen 80\n' }).code).toBe(1)
})

it('answers requests in order, in httpd’s words', () => {
  const requests = [
    { id: 'a', text: 'RewriteEngine Maybe' },
    { id: 'b', b64: Buffer.from('RewriteEngine On').toString('base64') },
    { id: 'c', text: 'Listen 80', wrap: 'vhost' },
  ]
  const { out } = rehearse(['validate', '--batch'], { input: requests.map((r) => JSON.stringify(r)).join('\n') })
  const answers = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  expect(answers).toMatchObject([
    { id: 'a', verdict: 'reject', message: 'RewriteEngine must be On or Off', line: 1 },
    { id: 'b', verdict: 'ok', findings: [] },
    { id: 'c', verdict: 'reject', code: 'httpd/context' },
  ])
})

it('judges batches by what is on the machine without reading it, and files by what is below --root', () => {
  const cwd = directoryWith({
    'srv/there.conf': 'FooBar On\n',
    'srv/key.pem': 'x',
    'root/etc/passwd': 'shop:x:1:1::/:/bin/sh\n',
    'root/etc/group': 'shop:x:1:\n',
    'root/etc/apache2/apache2.conf': 'Include envs.conf\n',
    'root/etc/apache2/envvars': 'export APACHE_RUN_USER=shop\n',
    'root/etc/apache2/envs.conf': 'User ${APACHE_RUN_USER}\nGroup nobody\n',
  })
  const texts = [
    `Include ${cwd}/srv/there.conf`,
    `Include ${cwd}/srv/none.conf`,
    `<IfFile ${cwd}/srv/key.pem>\nFooBar\n</IfFile>`,
    'ErrorLog logs/error_log',
    'Include envs.conf\nInclude none.conf',
  ]
  const input = texts.map((text) => `${JSON.stringify({ text, as: 'server' })}\n`).join('')
  const verdicts = (...args: string[]) =>
    rehearse(['validate', '--batch', ...args], { cwd, input })
      .out.trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { message?: string }).message ?? 'ok')
  expect(verdicts().slice(0, 4)).toEqual([
    'ok',
    `Could not open configuration file ${cwd}/srv/none.conf: No such file or directory`,
    "Invalid command 'FooBar', perhaps misspelled or defined by a module not included in the server configuration",
    'ok',
  ])
  expect(verdicts('--root', 'none')).toEqual(['ok', 'ok', 'ok', 'ok', 'ok'])
  expect(verdicts('--root', 'root')[4]).toBe(
    'Could not open configuration file /etc/apache2/none.conf: No such file or directory',
  )
})

it('judges the server below --root from its main file on, and what that does not read by itself', () => {
  const apache = 'root/etc/apache2'
  const cwd = directoryWith({
    [`${apache}/apache2.conf`]:
      'Include ports.conf\nIncludeOptional mods-enabled/*.load\nInclude sites-enabled/*.conf\n',
    [`${apache}/envvars`]: 'export APACHE_LOG_DIR=/var/log/apache2\nexport APACHE_ARGUMENTS="-D LATE"\n',
    [`${apache}/ports.conf`]: 'Listen 80\n<IfDefine LATE>\nListen 80\n</IfDefine>\n',
    [`${apache}/mods-enabled/rewrite.load`]: 'LoadModule rewrite_module modules/mod_rewrite.so\n',
    [`${apache}/sites-enabled/a.conf`]: 'RewriteEngine On\nExpiresActive On\nErrorLog ${APACHE_LOG_DIR}/none/a.log\n',
    [`${apache}/sites-available/b.conf`]: 'ExpiresActive Onn\n',
    'root/usr/lib/apache2/modules/mod_rewrite.so': 'x',
    'root/etc/apache2/modules/mod_rewrite.so': 'x',
    'elsewhere/site.conf': '<VirtualHost *:80>\nSSLEngine maybe\n</VirtualHost>\n',
    'elsewhere/other.conf': 'key = value\n',
  })
  const { code, out } = rehearse(['validate', '--root', 'root', apache, 'elsewhere', '--format', 'json'], { cwd })
  const { findings } = JSON.parse(out) as {
    findings: { severity: string; path: string; line: number; message: string }[]
  }
  const told = findings.map(({ severity, path, line, message }) => `${severity} ${path}:${line} ${message}`)
  expect(code).toBe(1)
  expect(told.map((each) => each.replace(/ perhaps .*|\n.*/, ''))).toEqual([
    `error ${cwd}/root/etc/apache2/ports.conf:3 Cannot define multiple Listeners on the same IP:port`,
    `error ${cwd}/root/etc/apache2/sites-enabled/a.conf:2 Invalid command 'ExpiresActive',`,
    `error ${cwd}/root/etc/apache2/sites-enabled/a.conf:3 (2)No such file or directory: AH02291: Cannot access directory '/var/log/apache2/none/' for main error log`,
    'error elsewhere/site.conf:2 Argument must be On or Off',
    'warning root/etc/apache2/sites-available/b.conf:1 ExpiresActive must be On or Off',
  ])
})

it.runIf(existsSync('/etc/apache2/mods-available'))('finds nothing wrong in what Debian ships', () => {
  expect(rehearse(['validate', '/etc/apache2']).out).toContain('Nothing found wrong')
})

it.each([
  ['htaccess', { as: 'htaccess' }],
  ['server', { as: 'server' }],
  ['directory', { as: 'server', wrap: 'dir' }],
] as const)('gives the reasons of rejections in httpd’s words in batch mode: %s', (context, asked) => {
  const probes = recorded.probes.filter((probe) => 'text' in probe && probe.text !== undefined)
  const input = probes.map(({ text }, id) => JSON.stringify({ id, text: `${text}\n`, ...asked })).join('\n')
  const answers = rehearse(['validate', '--batch'], { input })
    .out.trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { verdict: string; message?: string })
  const rejected = probes.flatMap((probe, i) => {
    const expected = probe[context]
    const { verdict, message = '' } = answers[i] as (typeof answers)[number]
    return typeof expected !== 'string' && verdict === 'reject' ? [{ expected: String(expected[0]), message }] : []
  })
  const same = rejected.filter(({ expected, message }) => withoutUsage(expected) === withoutUsage(message))
  expect(rejected.length).toBeGreaterThan(300)
  expect(same.length / rejected.length).toBeGreaterThanOrEqual(0.95)
})

/** The usage text behind a count of arguments is httpd's own. */
function withoutUsage(message: string): string {
  return message.replace(/^(\S+ (?:takes|requires at least) .*?arguments?),.*$/, '$1').replace(/\s*[|\n]\s*/g, ' ')
}
