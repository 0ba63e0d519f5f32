import { expect, test } from 'vitest'
import { renderSarif } from '../../src/report/sarif.ts'
import { sourceFile, span } from '../../src/source/source-file.ts'
import { fleet } from './fleet-report.ts'
import { ticketShop } from './ticket-shop-report.ts'

const sarif = (report = ticketShop(), directory = report.environment) => JSON.parse(renderSarif(report, directory))

test('a finding in a rendered file stands where its text comes from', () => {
  const { version, runs } = sarif()
  expect(version).toBe('2.1.0')
  expect(runs).toHaveLength(1)
  expect(runs[0].tool.driver.rules).toEqual([{ id: 'httpd/expires-code' }])
  const [result] = runs[0].results
  expect(result).toMatchObject({ ruleId: 'httpd/expires-code', ruleIndex: 0, level: 'error' })
  expect(result.message.text).toBe(`ExpiresByType: bad expires code, unrecognised <type>
In the rendered /var/www/shop/.htaccess:6:26 on web01.example.com and web02.example.com.
Apache answers every request below this directory with 500 while the file is like this.`)
  expect(result.locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'data/common.yaml' },
        region: { startLine: 7, startColumn: 14, endLine: 7, endColumn: 32 },
      },
    },
  ])
  expect(result.relatedLocations.map((related: { message: { text: string } }) => related.message.text)).toEqual([
    "rendered by <%= rule['expires'] %>",
    "from $cache_rules[1]['expires']",
  ])
})

test('paths start where the checkout is', () => {
  const uri = (environment: string, directory: string) =>
    sarif(ticketShop({ environment }), directory).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri
  expect(uri('/repo/environments/production', '/repo')).toBe('environments/production/data/common.yaml')
  expect(uri('/repo', '/elsewhere')).toBe('data/common.yaml')
})

test('characters that mean something in a URI are encoded', () => {
  const place = span(sourceFile('data/a b#1%.yaml', 'x: 1\n'), 0, 1)
  const diagnostic = { code: 'hiera/x', severity: 'info', message: 'm', span: place } as const
  const { runs } = sarif(ticketShop({ findings: [{ diagnostic, nodes: [], trace: [] }] }))
  expect(runs[0].results[0]).toMatchObject({ level: 'note', message: { text: 'm' } })
  expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('data/a%20b%231%25.yaml')
})

test('between two states, what was there before is told apart', () => {
  const comparison = { before: 'origin/main', after: 'the work tree' }
  const [finding] = ticketShop().findings
  if (!finding) throw new Error('no finding')
  const { runs } = sarif(ticketShop({ comparison, findings: [finding, { ...finding, standing: true }] }))
  expect(runs[0].results.map((result: { baselineState: string }) => result.baselineState)).toEqual(['new', 'unchanged'])
})

test('every finding of a fleet has its rule, and its mark stays from run to run', () => {
  const [first, second] = [sarif(fleet(47)), sarif(fleet(47))]
  const { results, tool } = first.runs[0]
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
  expect(new Set(results.map((r: { partialFingerprints: object }) => JSON.stringify(r.partialFingerprints))).size).toBe(
    results.length,
  )
  expect(second).toEqual(first)
})
