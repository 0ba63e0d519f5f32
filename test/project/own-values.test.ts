import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openControlRepo } from '../../src/project/control-repo.ts'
import { openRevisions } from '../../src/project/revision-state.ts'
import { run } from '../../src/project/run.ts'
import { renderHtml } from '../../src/report/html.ts'
import { renderJson } from '../../src/report/json.ts'
import { directoryWith } from '../cli/rehearse.ts'
import { changedLines, committed, edit, type ReportJson } from './control-repo.ts'

const count = 120
const names = Array.from({ length: count }, (_, i) => `web${i + 1}.example.com`)

/** Every file of every node holds its own name and address, as they are and made into something else. */
const site = `
$host = $facts['networking']['hostname']
$address = $facts['networking']['ip']
$port = lookup('port')
file { '/etc/app.conf': content => "name \${trusted['certname']}\\nUPPER \${upcase($host)}\\nport \${port} on \${address}\\nsum \${md5($host)}\\n" }
file { "/etc/\${host}.conf": content => "\${regsubst($trusted['certname'], '[.]', '_', 'G')} \${port}\\n" }
file { '/etc/own': content => "\${lookup('own')}\\nrest\\n" }
file { '/etc/size': content => "\${facts['size']} at \${port}\\n" }
file { '/etc/apache2/sites-enabled/a.conf': content => "ServerName \${trusted['certname']}\\nBogus\${capitalize($host)} \${port}\\n" }
if $port == 81 { file { '/etc/fresh': content => "of \${upcase($host)}\\n" } }
service { 'app': ensure => running, subscribe => File["/etc/\${host}.conf"] }
notify { "\${upcase($host)} listens at \${port}": }
`

let directory: string
let report: ReportJson
let texts: string[]

beforeAll(() => {
  directory = committed(
    directoryWith({
      'manifests/site.pp': site,
      'hiera.yaml':
        'version: 5\nhierarchy:\n  - {name: node, path: "%{trusted.certname}.yaml"}\n  - {name: common, path: common.yaml}\n',
      'data/common.yaml': 'port: 80\nown: of all\n',
      ...Object.fromEntries(
        names.flatMap((name, i) => [
          [
            `facts/${name}.yaml`,
            `networking: {hostname: ${name.split('.')[0]}, ip: 10.0.0.${i}}\nsize: ${i % 3}\nos: {family: Debian}\n`,
          ],
          // Some have a setting of their own, and change it each in its own way.
          ...(i < 30 ? [[`data/${name}.yaml`, `own: ${7000 + i}\n`]] : []),
        ]),
      ),
    }),
  )
  edit(directory, 'data/common.yaml', 'port: 80', 'port: 81')
  for (const name of names.slice(0, 30)) {
    const path = join(directory, 'data', `${name}.yaml`)
    writeFileSync(path, readFileSync(path, 'utf8').replace('7', '8'))
  }
  const { ruby } = openControlRepo({ directory })
  const { repo, earlier } = openRevisions({ directory, stalls: [], ruby }, { from: 'HEAD' })
  const found = run(repo, { nodes: repo.nodes, earlier, stalls: [] })
  texts = [renderJson(found), renderHtml(found)]
  report = JSON.parse(texts[0] as string)
})

const changesOf = (path: string) => report.changes.filter((change) => change.path === path)

test('what nodes make of their facts gives way as the facts themselves do', () => {
  const [change, ...others] = changesOf('/etc/app.conf')
  expect(others).toEqual([])
  expect(change?.nodes).toHaveLength(count)
  expect(change?.perNode).toEqual(['certname', 'networking.ip', 'other values'])
  expect(change?.hunks.map(({ lines }) => lines.map(({ text }) => text))).toEqual([
    ['name ‹certname›', 'UPPER ‹…›', 'port 80 on ‹networking.ip›', 'port 81 on ‹networking.ip›', 'sum ‹…›'],
  ])
  expect(changesOf('/etc/fresh').map((change) => [changedLines(change), change.nodes.length])).toEqual([
    [['+of ‹…›'], count],
  ])
  const own = report.changes.filter(({ path }) => path.includes('‹'))
  expect(own.map((change) => [change.path, change.nodes.length, changedLines(change).length])).toEqual([
    ['/etc/‹networking.hostname›.conf', count, 2],
  ])
})

test('a few values are told one by one, and so are those that the change itself changes', () => {
  expect(changesOf('/etc/size').map((change) => [changedLines(change), change.nodes.length])).toEqual([
    [['-0 at 80', '+0 at 81'], 40],
    [['-1 at 80', '+1 at 81'], 40],
    [['-2 at 80', '+2 at 81'], 40],
  ])
  expect(changesOf('/etc/own').map(changedLines)).toContainEqual(['-7003', '+8003'])
  expect(changesOf('/etc/own')).toHaveLength(30)
})

test('findings, resources and effects of all nodes are told once', () => {
  const apache = report.findings.filter(({ code }) => code.startsWith('httpd/'))
  expect(apache.map(({ message, nodes }) => [message.split(',')[0], nodes.length])).toEqual([
    ["Invalid command '‹…›'", count],
  ])
  expect(report.resources.map(({ resource, kind, nodes }) => [resource, kind, nodes.length])).toEqual([
    ['Notify[‹…› listens at 80]', 'removed', count],
    ['Notify[‹…› listens at 81]', 'added', count],
  ])
  expect(report.effects.map(({ because, nodes }) => [because, nodes.length])).toEqual([
    [['/etc/‹networking.hostname›.conf'], count],
  ])
  for (const text of texts) expect(text.length).toBeLessThan(200_000)
})
