import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { LINTS } from '../../src/apache/lints.ts'
import { CONTENT_LINTS } from '../../src/lint/apache/content.ts'
import { SERVER_LINTS } from '../../src/lint/apache/lint-server.ts'
import { REQUEST_LINTS } from '../../src/lint/apache/requests/lint-requests.ts'
import { dataRules } from '../../src/lint/data/lint-data.ts'
import { HTACCESS_LINTS } from '../../src/project/apache/htaccess.ts'
import { PATH_LINTS } from '../../src/project/apache/missing-paths.ts'
import { lintExamples } from '../apache/lint-examples.ts'
import { requestExamples } from './request-examples.ts'
import { serverExamples } from './server-examples.ts'

interface Check {
  readonly code: string
  readonly severity: string
  readonly why: string
  readonly bad?: string | undefined
  readonly good?: string | undefined
}

interface Row {
  readonly code: string
  readonly why: string
  readonly severity?: string
}

/** The rows of an area with the first example of each kind. */
function checks(
  area: string,
  severity: string,
  rows: readonly Row[],
  examples: Readonly<Record<string, { readonly bad: readonly string[]; readonly good: readonly string[] }>> = {},
): Check[] {
  return rows.map((row) => {
    const example = examples[row.code] ?? examples[`${row.code} (server)`]
    const code = `${area}/${row.code}`
    return { severity, ...row, code, bad: example?.bad[0], good: example?.good[0] }
  })
}

function renamed(
  examples: Readonly<Record<string, { readonly err: readonly string[]; readonly ok: readonly string[] }>>,
) {
  return Object.fromEntries(Object.entries(examples).map(([code, { err, ok }]) => [code, { bad: err, good: ok }]))
}

function section({ code, severity, why, bad, good }: Check): string[] {
  const shown = (text: string) => ['```apache', text.replace(/[⟦⟧]/g, '').trimEnd(), '```', '']
  return [
    `### ${code}`,
    '',
    `*${severity}*: ${why}`,
    '',
    ...(bad === undefined ? [] : ['Told of:', '', ...shown(bad)]),
    ...(good === undefined ? [] : ['Left alone:', '', ...shown(good)]),
  ]
}

const parts: readonly (readonly [title: string, about: string, rows: readonly Check[]])[] = [
  [
    'Lines of Apache configuration',
    'What a line says that httpd takes as something else. Told of every file, by itself or as a part of a server.',
    checks('lint', 'warning', LINTS, lintExamples),
  ],
  [
    'Apache configuration as a whole',
    'What directives mean together. Errors keep httpd from starting although `apachectl -t` passes.',
    [
      ...checks('lint', 'warning', SERVER_LINTS, renamed(serverExamples)),
      ...checks('lint', 'warning', CONTENT_LINTS),
      ...checks('lint', 'warning', PATH_LINTS),
      ...checks('lint', 'warning', HTACCESS_LINTS),
    ],
  ],
  [
    'Requests',
    'What httpd starts with, and then answers with an error. Errors where nothing else can mend it, else warnings.',
    checks('request', 'error or warning', REQUEST_LINTS, renamed(requestExamples)),
  ],
  ['Hiera data', 'What Hiera takes without a word.', checks('data', 'warning', dataRules)],
]

it('are listed in docs/checks.md (npx vitest run test/lint/checks.test.ts -u)', async () => {
  const text = [
    '# Checks',
    '',
    'What `rehearse` tells of beyond the errors of Puppet and httpd themselves. Errors of theirs have codes such as',
    '`puppet/…` and `httpd/…`, and messages in their words; the codes below are those of things that they accept.',
    '',
    '## Silencing',
    '',
    'A comment in the file (or in its template) speaks of the line below it, or of the whole file:',
    '',
    '```apache',
    '# rehearse: ignore lint/unescaped-dot',
    'RewriteCond %{HTTP_HOST} ^www.example.com$',
    '# rehearse: ignore-file lint/header-not-always lint/listed-uploads',
    '```',
    '',
    'In a control repo, rules of `rehearse.yaml` do the same; `*` and `?` stand for any text, `path` and `line` (a regular',
    'expression) are optional. Reports say how many findings each rule hid.',
    '',
    '```yaml',
    'ignore:',
    '  - { code: lint/unescaped-dot, reason: our names have no twins }',
    "  - { code: 'data/*', path: data/legacy/*, line: '^old_', reason: goes away with the old servers }",
    '```',
    '',
    ...parts.flatMap(([title, about, rows]) => [`## ${title}`, '', about, '', ...rows.flatMap(section)]),
  ].join('\n')
  await expect(text).toMatchFileSnapshot('../../docs/checks.md')
})

it('have a row for every code that the sources know', () => {
  const known = new Set(parts.flatMap(([, , rows]) => rows.map(({ code }) => code)))
  const source = join(import.meta.dirname, '../../src')
  const used = ['lint', 'project', 'apache'].flatMap((layer) =>
    readdirSync(join(source, layer), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const text = readFileSync(join(source, layer, name), 'utf8')
        return Array.from(text.matchAll(/'((?:lint|request|data)\/[a-z]+(?:-[a-z]+)*)'/g), ([, code]) => code as string)
      }),
  )
  expect(used.length).toBeGreaterThan(5)
  expect(used.filter((code) => !known.has(code))).toEqual([])
})
