import { compareFile } from '../../src/diff/compare-file.ts'
import { createMask, learnSecrets } from '../../src/diff/mask.ts'
import type { Finding, GroupedChange, RunReport } from '../../src/project/run-report.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { deployed, manifest, rendered, spanOf, taken, ticketShop } from './ticket-shop-report.ts'

const secretTemplate = sourceFile('site/profile/templates/my.cnf.epp', '[client]\npassword = <%= $password.unwrap %>\n')
const secretSpan = spanOf(secretTemplate, '<%= $password.unwrap %>')

export const oldPassword = 'correct-horse-7'
export const newPassword = 'battery-staple-8'

/** A file with a password in it. */
export const credentials = rendered(
  '/etc/mysql/my.cnf',
  [
    {
      text: '[client]\npassword = ',
      template: spanOf(secretTemplate, '[client]\npassword = '),
      origin: literal('[client]\npassword = '),
    },
    { text: newPassword, template: secretSpan, origin: literal('<%='), sensitive: true },
    { text: '\n', template: secretSpan, origin: literal('<%=') },
  ],
  { mode: '0600', owner: 'root', group: 'root' },
)

function literal(text: string) {
  return { kind: 'literal', span: spanOf(secretTemplate, text) } as const
}

/** A report with every kind of change, on as many nodes as wanted. */
export function fleet(size: number): RunReport {
  const base = ticketShop()
  const names = Array.from({ length: size }, (_, i) => `web${String(i + 1).padStart(3, '0')}.example.com`)
  const mask = createMask('key')
  learnSecrets(mask, credentials)
  const compare = (...[before, after]: [Parameters<typeof compareFile>[0], Parameters<typeof compareFile>[1]]) =>
    compareFile(before, after, { mask })
  const vhost = (names: string): string =>
    `<VirtualHost *:443>\n  ServerName shop.example.com\n${names}  DocumentRoot /var/www/shop\n  SSLEngine on\n  <Directory /var/www/shop>\n    Require all granted\n  </Directory>\n</VirtualHost>\n`
  const oldHost = vhost('  ServerAlias www.example.com\n  ServerAlias old.example.com\n')
  const newHost = vhost(
    '  ServerAlias www.example.com\n  ServerAlias tickets.example.com\n  # The order matters: first match wins.\n',
  )
  const changes: GroupedChange[] = [
    ...base.changes.map(({ change }) => ({ change, nodes: names })),
    {
      change: compare(
        deployed('/etc/apache2/sites-available/25-shop.conf', oldHost, { mode: 0o644 }),
        rendered(
          '/etc/apache2/sites-available/25-shop.conf',
          [{ text: newHost, origin: { kind: 'builtin', name: 'apache' } }],
          {
            mode: '0640',
          },
        ),
      ),
      nodes: names.slice(0, Math.ceil(size / 2)),
    },
    {
      change: compare(
        undefined,
        rendered('/var/www/shop/robots.txt', [taken('  ExpiresActive On\n')], { mode: '0644' }),
      ),
      nodes: names,
    },
    {
      change: compare(
        deployed('/etc/apache2/conf-enabled/charset.conf', '# Default charset\nAddDefaultCharset UTF-8'),
        undefined,
      ),
      nodes: names.slice(0, 1),
    },
    {
      change: compare(
        deployed(credentials.path, `[client]\npassword = ${oldPassword}\n`, { mode: 0o644 }),
        credentials,
      ),
      nodes: names,
    },
    {
      change: compare({ path: '/var/www/shop/logo.png', kind: 'file', bytes: new Uint8Array(14_211).fill(0xff) }, {
        ...rendered('/var/www/shop/logo.png', []),
        source: undefined,
        bytes: new Uint8Array(15_000).fill(0xfe),
      } as never),
      nodes: names,
    },
    {
      change: compare(
        { path: '/etc/apache2/sites-enabled/25-shop.conf', kind: 'link', target: '../sites-available/15-shop.conf' },
        {
          ...rendered('/etc/apache2/sites-enabled/25-shop.conf', []),
          kind: 'link',
          target: '../sites-available/25-shop.conf',
        },
      ),
      nodes: names,
    },
  ]
  const missing: Finding = {
    diagnostic: {
      code: 'puppet/unknown-class',
      severity: 'error',
      message: 'Could not find class ::profile::wbe for web002.example.com',
      span: spanOf(manifest, 'profile::web'),
      related: [{ message: 'included from', span: spanOf(manifest, 'String[1]') }],
      remedy: "Did you mean 'profile::web'?",
    },
    nodes: names.slice(1, 2),
    trace: [],
  }
  const lint: Finding = {
    diagnostic: {
      code: 'deployed/unreadable',
      severity: 'warning',
      message: "cannot read '/etc/shadow' of the deployed tree: permission denied",
    },
    nodes: names.slice(0, 1),
    trace: [],
  }
  return {
    ...base,
    nodes: names.map((name, i) => ({
      name,
      status: i === 1 ? 'failed' : 'compiled',
      resources: i === 1 ? 0 : 214,
      files: i === 1 ? 0 : 31,
      unchanged: i === 1 ? 0 : 25,
      elapsed: 20 + i,
    })),
    findings: [...base.findings.map((finding) => ({ ...finding, nodes: names })), missing, lint],
    changes,
    mask,
    elapsed: 4321,
  }
}
