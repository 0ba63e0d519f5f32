import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { rehearse, rehearseInEveryFormat } from '../cli/rehearse.ts'
import { changedLines, commit, compare, edit, git, type ReportJson, repositoryOf } from './control-repo.ts'

const nodesOf = (role: string, directory: string): string[] =>
  readdirSync(join(directory, 'facts'))
    .map((name) => name.replace(/\.yaml$/, ''))
    .filter((name) => name.startsWith(role))

describe('one port of one role', () => {
  let directory: string
  let report: ReportJson
  beforeAll(() => {
    directory = repositoryOf('fleet')
    edit(directory, 'data/role/web.yaml', 'profile::web::port: 8080', 'profile::web::port: 8081')
    commit(directory, 'Move the shop to another port')
    // What is not committed does not count between two revisions.
    edit(directory, 'data/role/web.yaml', 'profile::web::port: 8081', 'profile::web::port: 1')
    report = compare(directory, '--from', 'HEAD~1', '--to', 'HEAD')
  })

  test('says first how far it goes', () => {
    expect(report.summary.verdict).toBe('3 files change on 48 of 120 nodes.')
    expect(report.summary.nodes).toEqual({ total: 120, failed: 0, changing: 48, notReached: 72 })
  })

  test('shows exactly the real files, each once', () => {
    const web = nodesOf('web', directory)
    expect(report.changes.map(({ path, nodes }) => ({ path, nodes }))).toEqual([
      { path: '/etc/apache2/ports.conf', nodes: web },
      { path: '/etc/apache2/sites-available/25-shop.conf', nodes: web },
      { path: '/etc/checks.d/http-shop.example.com.json', nodes: web },
    ])
    expect(report.changes.map(changedLines)).toEqual([
      ['-Listen 8080', '+Listen 8081'],
      ['-<VirtualHost *:8080>', '+<VirtualHost *:8081>'],
      ['-  "port": 8080', '+  "port": 8081'],
    ])
    expect(report.resources).toEqual([])
  })

  test("puts the nodes' own values aside", () => {
    expect(report.changes.map(({ perNode }) => perNode)).toEqual([undefined, ['certname'], ['networking.ip']])
    expect(JSON.stringify(report.changes)).toContain('The shop on ‹certname›.')
  })

  test('names the changed line behind each hunk', () => {
    for (const { causes } of report.changes)
      expect(causes).toEqual([
        {
          causes: [
            { path: 'data/role/web.yaml', side: 'after', line: 2, text: 'profile::web::port: 8081', how: 'flows' },
          ],
          unexplained: false,
        },
      ])
  })

  test('tells what changes in the terms of each file', () => {
    expect(
      report.changes.map(({ structure }) => structure?.items.map(({ kind, place, name }) => [kind, place, name])),
    ).toEqual([[['changed', [], 'Listen']], [['changed', [], 'VirtualHost']], [['changed', [], 'port']]])
  })

  test('tells the service that follows', () => {
    expect(report.effects).toEqual([
      {
        kind: 'reload',
        resource: 'Service[apache2]',
        because: ['/etc/apache2/ports.conf', '/etc/apache2/sites-available/25-shop.conf'],
        guards: [],
        nodes: nodesOf('web', directory),
        section: 'change',
      },
    ])
  })

  test('gives the same answer where nodes are compiled that it cannot reach', () => {
    const all = compare(directory, '--from', 'HEAD~1', '--to', 'HEAD', '--all')
    expect(all.changes).toEqual(report.changes)
    expect(all.effects).toEqual(report.effects)
    expect(all.findings).toEqual(report.findings)
  })

  test('stays small however many nodes share a difference', () => {
    const { texts } = rehearseInEveryFormat(['--environment', directory, '--from', 'HEAD~1', '--to', 'HEAD'])
    for (const [format, text] of texts) {
      // SARIF holds findings alone.
      if (format !== 'sarif') expect(text).toContain('/etc/apache2/ports.conf')
      expect(text.length).toBeLessThan(200_000)
    }
  })

  test('leaves the work tree, the index and the repository alone', () => {
    expect(git(directory, 'status', '--porcelain')).toBe(' M data/role/web.yaml\n')
    expect(git(directory, 'worktree', 'list').trim().split('\n')).toHaveLength(1)
  })
})

describe('what a change reaches', () => {
  const reached = (report: ReportJson): string[] =>
    report.nodes.filter((node) => node.reachedBy.length > 0).map(({ name }) => name)

  /** The report of uncommitted changes, and the proof that leaving nodes out changes nothing. */
  const reportOf = (change: (directory: string) => void): { report: ReportJson; directory: string } => {
    const directory = repositoryOf('fleet')
    change(directory)
    const some = ['--node', '*07.*', '--node', '*03.*', '--from', 'HEAD']
    const report = compare(directory, ...some)
    const all = compare(directory, ...some, '--all')
    expect(all.changes).toEqual(report.changes)
    expect(all.resources).toEqual(report.resources)
    expect(all.effects).toEqual(report.effects)
    return { report, directory }
  }

  test('a value at one level reaches the nodes that read the level and no other one', () => {
    const { report } = reportOf((directory) =>
      edit(directory, 'data/common.yaml', 'profile::web::workers: 16', 'profile::web::workers: 20'),
    )
    expect(reached(report).every((name) => name.startsWith('web'))).toBe(true)
    // One node has its own value.
    const [change] = report.changes
    expect(report.summary.nodes.changing).toBe(1)
    expect(change?.nodes).not.toContain('web07.ber.example.com')
    expect(report.changes.map(({ path }) => path)).toEqual(['/etc/apache2/conf-available/workers.conf'])
    expect(report.summary.verdict).toBe('1 file changes on 1 of 10 nodes.')
  })

  test('a new file at a level that was looked for in vain reaches its node', () => {
    const { report } = reportOf((directory) =>
      writeFileSync(
        join(directory, 'data/node/mail03.fra.example.com.yaml'),
        'profile::mail::relay: mx2.example.com\n',
      ),
    )
    expect(reached(report)).toEqual(
      report.nodes.map(({ name }) => name).filter((name) => name === 'mail03.fra.example.com'),
    )
  })

  test('manifests, templates and files that nobody reads', () => {
    const { report } = reportOf((directory) => {
      edit(directory, 'site/profile/manifests/mail.pp', ':25\\n', ':587\\n')
      writeFileSync(join(directory, 'site/profile/manifests/unused.pp'), 'class profile::unused {}\n')
      writeFileSync(join(directory, 'CHANGELOG.md'), 'Mail goes to another port.\n')
    })
    expect(reached(report).every((name) => name.startsWith('mail'))).toBe(true)
    expect(report.changes.map(({ path, nodes }) => [path, nodes.length])).toEqual([['/etc/postfix/main.cf', 2]])
    expect(report.effects.map(({ kind, resource }) => [kind, resource])).toEqual([['restart', 'Service[postfix]']])
  })

  test('the inside of a node definition reaches its nodes', () => {
    const { report } = reportOf((directory) =>
      edit(
        directory,
        'manifests/site.pp',
        'include role::monitor',
        "include role::monitor\n  package { 'jq': ensure => installed }",
      ),
    )
    expect(reached(report).every((name) => name.startsWith('monitor'))).toBe(true)
    expect(report.resources.map(({ resource, kind, nodes }) => [resource, kind, nodes.length])).toEqual([
      ['Package[jq]', 'added', 2],
    ])
    expect(report.summary.verdict).toBe('1 other resource changes on 2 of 10 nodes.')
  })

  test('a pure reordering is called that, and comments are told apart', () => {
    const { report } = reportOf((directory) => {
      edit(
        directory,
        'site/profile/templates/workers.conf.epp',
        '| -%>\nMaxRequestWorkers',
        '| -%>\n# Tuned for the shop.\nMaxRequestWorkers',
      )
      edit(
        directory,
        'site/profile/templates/shop.conf.erb',
        '    Options FollowSymLinks\n    AllowOverride None\n',
        '    AllowOverride None\n    Options FollowSymLinks\n',
      )
    })
    const verdicts = new Map(report.changes.map(({ path, structure }) => [path, structure?.verdict]))
    expect(Object.fromEntries(verdicts)).toEqual({
      '/etc/apache2/conf-available/workers.conf': 'comments',
      '/etc/apache2/sites-available/25-shop.conf': 'order',
    })
    const { out } = rehearse(['--environment', repositoryOf('fleet'), '--node', 'web03*', '--from', 'HEAD'])
    expect(out).toContain('No file changes.')
  })
})
