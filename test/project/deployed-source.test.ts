import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tarFiles } from '../../src/project/tar-files.ts'
import { directoryWith, rehearse, repoWith } from '../cli/rehearse.ts'
import { changedLines, type ReportJson } from './control-repo.ts'

const site = `file { '/etc/app': ensure => directory, recurse => true, purge => true }
file { '/etc/app/note': content => "two\\n", mode => '0640' }
file { '/etc/app/new': content => "x\\n" }
file { '/etc/link': ensure => link, target => '/b' }\n`

function node(): string {
  const tree = directoryWith({
    'etc/app/note': 'one\n',
    'etc/app/stray': 'x\n',
    'etc/app/sub/old': 'x\n',
    'etc/shadow': 'never read\n',
  })
  chmodSync(join(tree, 'etc/app/note'), 0o644)
  symlinkSync('/a', join(tree, 'etc/link'))
  return tree
}

function report(args: readonly string[], env: Readonly<Record<string, string>> = {}): ReportJson {
  const { out, err } = rehearse([...args, '--format', 'json'], { env })
  if (out === '') throw new Error(err)
  return JSON.parse(out) as ReportJson
}

const expected = [
  ['/etc/app/new', 'added', ['+x']],
  ['/etc/app/note', 'changed', ['-one', '+two']],
  ['/etc/app/stray', 'removed', ['-x']],
  ['/etc/app/sub/old', 'removed', ['-x']],
  ['/etc/link', 'changed', []],
]

const shown = ({ changes }: ReportJson) => changes.map((change) => [change.path, change.kind, changedLines(change)])

describe('a directory', () => {
  test('with one for each node inside', () => {
    const all = directoryWith({})
    renameSync(node(), join(all, 'a.example.com'))
    const [, ...changes] = shown(report(['--environment', repoWith(site), '--deployed', all]))
    expect(changes).toEqual(expected.slice(1))
    execFileSync('tar', ['-czf', join(all, 'all.tgz'), '-C', all, 'a.example.com'])
    expect(shown(report(['--environment', repoWith(site), '--deployed', join(all, 'all.tgz')]))).toEqual(expected)
  })

  test('that is a copy of /etc alone', () => {
    const repo = repoWith(`${site}file { '/srv/page': content => "elsewhere\\n" }\n`)
    const found = report(['--environment', repo, '--deployed', join(node(), 'etc')])
    expect(shown(found)).toEqual(expected)
    expect(found.findings.map(({ code }) => code)).toEqual(['deployed/etc-only'])
    expect(rehearse(['--environment', repo, '--deployed', join(node(), 'etc')]).out).toContain(', 1 as deployed')
  })
})

describe('nodes without deployed files', () => {
  const missing = ['b.example.com', 'c.example.com']
  const repo = repoWith(site, {}, ['a.example.com', ...missing])
  const all = directoryWith({})
  renameSync(node(), join(all, 'a.example.com'))
  execFileSync('tar', ['-czf', join(all, 'all.tgz'), '-C', all, 'a.example.com'])

  test.each([join(all, '{node}'), all, join(all, 'all.tgz')])('in %s are named once and not compared', (place) => {
    const found = report(['--environment', repo, '--deployed', place])
    expect(found.findings.map(({ code, message, nodes }) => [code, message, nodes])).toEqual([
      ['deployed/missing-node', `no deployed files in '${place}': there is nothing to compare with`, missing],
    ])
    expect(found.changes.flatMap(({ nodes }) => nodes).filter((name) => missing.includes(name))).toEqual([])
    expect(found.nodes.map(({ notCompared }) => notCompared)).toEqual([undefined, true, true])
    const { out } = rehearse(['--environment', repo, '--deployed', place])
    expect(out).toMatch(/b\.example\.com .*, not compared/)
    expect(out).toContain('  purged by File[/etc/app], manifests/site.pp:1:1\n')
  })

  test('where nothing is at the place that was named, that is an error, once', () => {
    const found = report(['--environment', repo, '--deployed', join(all, 'other/{node}/now')])
    expect(found.findings.map(({ code, nodes }) => [code, nodes.length])).toEqual([['deployed/missing-tree', 3]])
    expect(found.changes).toEqual([])
    const catalogs = ['--from-catalogs', join(all, '{node}.json')]
    const { out } = rehearse(['--environment', repo, ...catalogs])
    expect(out).toContain('Nothing could be compared; 1 warning.')
    expect(out).toContain(`no catalog at ${catalogs[1]} to compare with: there is no such file`)
  })
})

describe('a tar archive', () => {
  test.each(['tar', 'tar.gz', 'tgz'])('%s', (extension) => {
    const tree = node()
    const archives = directoryWith({})
    const flags = extension === 'tar' ? '-cf' : '-czf'
    execFileSync('tar', [flags, join(archives, `a.example.com.${extension}`), '-C', tree, '.'])
    const found = report(['--environment', repoWith(site), '--deployed', join(archives, `{node}.${extension}`)])
    expect(shown(found)).toEqual(expected)
    expect(found.changes[1]?.attributes).toContainEqual({ name: 'mode', before: '0644', after: '0640' })
  })

  test('long names, in each of tar’s formats', () => {
    const path = `${'long/'.repeat(40)}${'name'.repeat(30)}`
    const tree = directoryWith({ [path]: 'text\n', ünïcode: 'x' })
    for (const format of ['gnu', 'pax']) {
      const bytes = execFileSync('tar', [`--format=${format}`, '-cf', '-', '-C', tree, '.'])
      const files = tarFiles('archive', bytes)
      expect([files.text(path), files.text('ünïcode')], format).toEqual(['text\n', 'x'])
    }
  })

  test.each([
    ['no archive', 'x'.repeat(2000), 'it is no tar archive'],
    ['a broken one', '\u001f\u008bxxxx', ''],
  ])('%s is a finding', (_, text, reason) => {
    const archives = directoryWith({})
    writeFileSync(join(archives, 'a.tar'), text, 'latin1')
    const found = report(['--environment', repoWith(site), '--deployed', join(archives, 'a.tar')])
    expect(found.findings.map(({ code }) => code)).toEqual(['deployed/archive'])
    expect(found.findings[0]?.message).toContain(reason)
    expect(found.changes).toEqual([])
  })

  test('one that is not there', () => {
    const found = report(['--environment', repoWith(site), '--deployed', '/nowhere/{node}.tar'])
    expect(found.findings[0]?.message).toBe("no deployed tree at '/nowhere/{node}.tar'")
    expect(found.changes).toEqual([])
  })
})

describe('ssh', () => {
  /** An `ssh` that runs the command on this machine, in a root of its own, and keeps what it was asked. */
  function fakeSsh(tree: string, script: string): Record<string, string> {
    const bin = directoryWith({})
    mkdirSync(join(bin, 'log'))
    writeFileSync(
      join(bin, 'ssh'),
      `#!/bin/sh\nprintf '%s\\n' "$@" > '${bin}/log/arguments'\nwhile [ "$1" != "--" ]; do shift; done\nhost=$2\ncommand=$3\n${script}\n`,
    )
    chmodSync(join(bin, 'ssh'), 0o755)
    return { PATH: `${bin}${delimiter}${process.env.PATH}`, TREE: tree }
  }

  test('fetches the managed files of each node in one connection', () => {
    const run = 'cd "$TREE" && sh -c "$(printf %s "$command" | sed "s|^cd / |cd . |")"'
    const found = report(['--environment', repoWith(site), '--deployed', 'ssh://root@{node}'], fakeSsh(node(), run))
    expect(found.findings).toEqual([])
    expect(shown(found)).toEqual(expected)
  })

  test.each([
    ['echo "Permission denied (publickey)." >&2; exit 255', 'Permission denied (publickey).'],
    ['echo garbage', 'it is no tar archive'],
    ['exit 0', 'ssh ended with code 0'],
  ])('%s', (script, reason) => {
    const found = report(['--environment', repoWith(site), '--deployed', 'ssh://{node}'], fakeSsh(node(), script))
    expect(found.findings.map(({ code }) => code)).toEqual(['deployed/ssh'])
    expect(found.findings[0]?.message).toContain('cannot read the files of a.example.com')
    expect(found.findings[0]?.message).toContain(reason)
    expect(found.changes).toEqual([])
  })

  test.each(['ssh://-oProxyCommand=touch', 'ssh://', 'ssh://a b'])('%s names no host', (url) => {
    const found = report(['--environment', repoWith(site), '--deployed', url], fakeSsh(node(), 'exit 1'))
    expect(found.findings.map(({ code }) => code)).toEqual(['deployed/ssh-address'])
  })
})
