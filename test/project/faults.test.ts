import { beforeEach, expect, test, vi } from 'vitest'
import { openRevisions } from '../../src/project/revision-state.ts'
import { run } from '../../src/project/run.ts'
import { renderJson } from '../../src/report/json.ts'
import { directoryWith } from '../cli/rehearse.ts'
import { committed, edit } from './control-repo.ts'

/** The function of ours that throws, once it is called in the rehearsal of `b.example.com`. */
const fault = vi.hoisted(() => ({ at: '', node: '' }))

/** A module whose functions throw where the fault is set. */
const faulty = vi.hoisted(
  () => async (original: () => Promise<object>) =>
    Object.fromEntries(
      Object.entries(await original()).map(([name, value]) => [
        name,
        typeof value !== 'function'
          ? value
          : (...args: unknown[]) => {
              if (fault.at === name && fault.node.startsWith('b')) throw new TypeError('no such thing')
              return value(...args)
            },
      ]),
    ),
)
vi.mock('../../src/compiler/rendered-files.ts', faulty)
vi.mock('../../src/lint/dependency-cycles.ts', faulty)
vi.mock('../../src/project/apache-check.ts', faulty)
vi.mock('../../src/project/apache/server-changes.ts', faulty)
vi.mock('../../src/project/causes.ts', faulty)
vi.mock('../../src/diff/compare-file.ts', faulty)
vi.mock('../../src/diff/describe-structure.ts', faulty)
vi.mock('../../src/diff/effects.ts', faulty)
vi.mock('../../src/diff/mask.ts', faulty)
vi.mock('../../src/diff/resource-changes.ts', faulty)
vi.mock('../../src/lint/data/lint-data.ts', faulty)

const directory = committed(
  directoryWith({
    'manifests/site.pp':
      "package { 'tool': ensure => '1.0' }\nfile { '/etc/apache2/ports.conf': content => \"Listen 80\\n\", notify => Service['apache2'] }\nservice { 'apache2': }\n",
    'hiera.yaml': 'version: 5\nhierarchy:\n  - {name: common, path: common.yaml}\n',
    'data/common.yaml': 'nobody: 1\n',
    'facts/a.example.com.yaml': 'os: {family: Debian}\n',
    'facts/b.example.com.yaml': 'os: {family: Debian}\n',
    'deployed/a.example.com/etc/apache2/ports.conf': 'Listen 8080\n',
    'deployed/b.example.com/etc/apache2/ports.conf': 'Listen 8080\n',
  }),
)
edit(directory, 'manifests/site.pp', 'Listen 80', 'Listen 81')
edit(directory, 'manifests/site.pp', '1.0', '2.0')
const { repo, earlier } = openRevisions({ directory, stalls: [] }, { from: 'HEAD' })

function reportOf() {
  fault.node = ''
  const onNode = (name: string): void => {
    fault.node = name
  }
  const { changes, effects, findings, nodes, resources } = JSON.parse(
    renderJson(run(repo, { nodes: repo.nodes, earlier, deployed: 'deployed/{node}', stalls: [], onNode })),
  )
  return { changes, effects, findings, nodes, resources }
}

type Report = ReturnType<typeof reportOf>

/** Where in a report a node turns up. */
const partsOf = (report: Report, node: string) =>
  Object.entries(report).flatMap(([part, entries]) =>
    entries.filter((entry: { nodes?: string[] }) => entry.nodes?.includes(node)).map(() => part),
  )

let sound: Report
beforeEach(() => {
  fault.at = ''
  sound ??= reportOf()
})

test.each([
  ['renderFiles', 'rendering files', 'failed'],
  ['dependencyCycles', 'looking for dependency cycles', 'compiled'],
  ['checkApacheFiles', 'judging Apache files', 'compiled'],
  ['serverChanges', 'comparing what httpd does', 'compiled'],
  ['causesOf', 'looking for causes', 'compiled'],
  ['compareFile', 'comparing catalogs', 'compiled'],
  ['describeStructure', 'telling what changes in a file', 'compiled'],
  ['effectsOf', 'following effects', 'compiled'],
  ['resourceChanges', 'comparing catalogs', 'compiled'],
  ['learnTexts', 'rehearsing the node', 'failed'],
] as const)('a fault in %s is a finding of its node, and everything else goes on', (at, doing, status) => {
  fault.at = at
  const report = reportOf()
  expect(report.findings).toContainEqual(
    expect.objectContaining({
      code: 'rehearse/fault',
      severity: 'error',
      message: `a fault in rehearse itself while ${doing}: no such thing`,
      nodes: ['b.example.com'],
    }),
  )
  expect(report.nodes.map((node: { status: string }) => node.status)).toEqual(['compiled', status])
  expect(partsOf(report, 'a.example.com')).toEqual(partsOf(sound, 'a.example.com'))
})

test('a fault in a check of all data', () => {
  fault.at = 'lintData'
  const { findings, ...rest } = reportOf()
  expect(findings).toContainEqual(
    expect.objectContaining({
      message: 'a fault in rehearse itself while looking for data that nobody uses: no such thing',
      nodes: [],
    }),
  )
  expect(partsOf({ findings: [], ...rest }, 'b.example.com')).toEqual(
    partsOf({ ...sound, findings: [] }, 'b.example.com'),
  )
})
