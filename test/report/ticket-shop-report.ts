import type { RenderedFile, Segment } from '../../src/catalog/rendered-file.ts'
import { type Step, traceAt } from '../../src/catalog/trace.ts'
import { compareFile } from '../../src/diff/compare-file.ts'
import type { DeployedFile } from '../../src/diff/file-change.ts'
import { createMask, learnSecrets } from '../../src/diff/mask.ts'
import type { Finding, RunReport } from '../../src/project/run-report.ts'
import { type SourceFile, type Span, sourceFile, span } from '../../src/source/source-file.ts'
import type { Origin, Read } from '../../src/value/origin.ts'
import { string } from '../../src/value/value.ts'

/** The place of a piece of text in a file: the `nth` time that it occurs. */
export function spanOf(file: SourceFile, text: string, nth = 1): Span {
  let at = -1
  for (let i = 0; i < nth; i++) at = file.text.indexOf(text, at + 1)
  if (at < 0) throw new Error(`'${text}' does not occur ${nth} times in ${file.path}`)
  return span(file, at, at + text.length)
}

export interface Part {
  readonly text: string
  readonly template?: Span
  readonly origin: Origin
  readonly reads?: readonly Read[]
  readonly sensitive?: boolean
}

export function rendered(path: string, parts: readonly Part[], more: Partial<RenderedFile> = {}): RenderedFile {
  const segments: Segment[] = []
  let text = ''
  for (const { text: piece, reads, ...rest } of parts) {
    segments.push({ start: text.length, end: text.length + piece.length, reads: reads ?? [], ...rest })
    text += piece
  }
  return {
    path,
    kind: 'file',
    resource: { type: 'File', title: path },
    source: sourceFile(path.slice(1), text),
    segments,
    sensitive: false,
    ...more,
  }
}

const template = sourceFile(
  'site/profile/templates/htaccess.erb',
  `# Managed by Puppet: changes made here are lost.
<IfModule mod_expires.c>
  ExpiresActive On
  ExpiresDefault "access plus 10 minutes"
<% @cache_rules.each do |rule| -%>
  ExpiresByType <%= rule['type'] %> "<%= rule['expires'] %>"
<% end -%>
</IfModule>
`,
)

export const manifest = sourceFile(
  'site/profile/manifests/web.pp',
  `class profile::web (
  String[1] $docroot,
  Array[Profile::CacheRule] $cache_rules,
) {
  file { "\${docroot}/.htaccess":
    content => template('profile/htaccess.erb'),
  }
}
`,
)

const data = sourceFile(
  'data/common.yaml',
  `---
profile::web::docroot: /var/www/shop
profile::web::cache_rules:
  - type: text/html
    expires: access plus 5 minutes
  - type: text/css
    expires: access plus 1 mnth
`,
)

const parameterSpan = spanOf(manifest, '$cache_rules')

function cacheRule(index: number, key: string, value: string): Part {
  const hiera: Origin = {
    kind: 'hiera',
    key: 'profile::web::cache_rules',
    level: 'common',
    span: spanOf(data, value),
  }
  const variable: Origin = { kind: 'parameter', name: 'cache_rules', span: parameterSpan, from: hiera }
  return {
    text: value,
    template: spanOf(template, `<%= rule['${key}'] %>`),
    origin: hiera,
    reads: [{ name: 'cache_rules', path: [BigInt(index), key], value: string(value, hiera), variable }],
  }
}

export function taken(text: string, nth = 1): Part {
  const place = spanOf(template, text, nth)
  return { text, template: place, origin: { kind: 'literal', span: place } }
}

export const htaccess: RenderedFile = rendered(
  '/var/www/shop/.htaccess',
  [
    taken(template.text.slice(0, template.text.indexOf('<% @'))),
    taken('  ExpiresByType '),
    cacheRule(0, 'type', 'text/html'),
    taken(' "', 2),
    cacheRule(0, 'expires', 'access plus 5 minutes'),
    taken('"\n', 2),
    taken('  ExpiresByType '),
    cacheRule(1, 'type', 'text/css'),
    taken(' "', 2),
    cacheRule(1, 'expires', 'access plus 1 mnth'),
    taken('"\n', 2),
    taken('</IfModule>\n'),
  ],
  { mode: '0644', owner: 'www-data', span: spanOf(manifest, 'file {') },
)

export function deployed(path: string, text: string, more: Partial<DeployedFile> = {}): DeployedFile {
  return { path, kind: 'file', source: sourceFile(path.slice(1), text), ...more }
}

const deployedHtaccess = deployed(htaccess.path, htaccess.source?.text.replace('1 mnth', '1 month') ?? '')

const nodes = ['web01.example.com', 'web02.example.com']

function expiresFinding(): Finding {
  const place = spanOf(htaccess.source as SourceFile, '"access plus 1 mnth"')
  return {
    diagnostic: {
      code: 'httpd/expires-code',
      severity: 'error',
      message: 'ExpiresByType: bad expires code, unrecognised <type>',
      span: place,
    },
    nodes,
    renderedPath: htaccess.path,
    rendered: htaccess,
    trace: traceAt(htaccess, place.start + 1) as Step[],
    impact: 'Apache answers every request below this directory with 500 while the file is like this.',
  }
}

/** The run that retells the incident. */
export function ticketShop(more: Partial<RunReport> = {}): RunReport {
  const mask = createMask('key')
  learnSecrets(mask, htaccess)
  return {
    command: 'run',
    environment: 'ticket-shop',
    deployed: 'deployed/{node}',
    nodes: nodes.map((name) => ({ name, status: 'compiled', resources: 14, files: 5, unchanged: 4, elapsed: 120 })),
    findings: [expiresFinding()],
    changes: [{ change: compareFile(deployedHtaccess, htaccess, { mask }), nodes }],
    mask,
    elapsed: 812,
    ...more,
  }
}
