import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { directoryWith, rehearseInEveryFormat, repoWith } from '../cli/rehearse.ts'
import { committed, edit, type ReportJson } from './control-repo.ts'
import { rehearseCases } from './file-cases.ts'

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded/file-resources.json'), 'utf8')) as {
  readonly told: Record<string, string>
}

let told: Record<string, string>
let report: ReportJson
beforeAll(() => {
  ;({ told, report } = rehearseCases())
}, 60_000)

test('file resources change what Puppet changes', () => {
  expect(told).toEqual(recorded.told)
})

test('where Puppet fails or refuses, a finding says so in its words', () => {
  const cannot = (name: string, kind: string, why: string) =>
    `File[/${name}/f]: change from 'directory' to '${kind}' failed: ${why}`
  const stays = (name: string) => `File[/${name}/f]: Not removing directory; use 'force' to override`
  expect(report.findings.map(({ message }) => message)).toEqual([
    cannot('file_over_directory', 'file', "Could not set 'file' on ensure: Is a directory"),
    cannot('content_over_directory', 'file', "Could not set 'file' on ensure: Is a directory"),
    cannot('link_over_directory', 'link', 'Could not remove existing file'),
    expect.stringMatching(
      /^File\[\/source_none\/f\]: Could not retrieve information from environment \S+ source\(s\) puppet:\/\/\/modules\/m\/none, puppet:\/\/\/modules\/m\/nor$/,
    ),
    stays('absent_directory'),
    stays('absent_directory_empty'),
    stays('absent_directory_recurse'),
  ])
})

const conditional = `
file { '/etc/quiet': content => "user app\npassword hush-hush-9\n", show_diff => false }
file { '/etc/dry': content => "new\n", noop => true }
file { '/etc/kept': content => "new\n", replace => false }
file { '/etc/asked': content => "new\n", validate_cmd => '/usr/bin/check %' }
exec { '/bin/after-dry': refreshonly => true, subscribe => File['/etc/dry'] }
`

test('show_diff, noop, replace and validate_cmd are honoured and told, in every format', () => {
  const repo = repoWith(conditional)
  const tree = directoryWith({
    'etc/quiet': 'user app\npassword old-hush-7\n',
    'etc/dry': 'old\n',
    'etc/kept': 'old\n',
    'etc/asked': 'old\n',
  })
  const { texts } = rehearseInEveryFormat(['--environment', repo, '--deployed', tree])
  const pretty = texts.get('pretty') ?? ''
  for (const [format, text] of texts) expect(text, format).not.toMatch(/hush/)
  expect(pretty).toContain('2 files would change on 1 node.')
  expect(pretty).toContain('changed  /etc/quiet  +1 −1')
  for (const text of [pretty, (texts.get('html') ?? '').replaceAll('&#39;', "'")]) {
    expect(text).toContain("Its lines are not shown: 'show_diff' is false.")
    expect(text).toContain("Puppet reports it and leaves the node as it is: 'noop' is set.")
    expect(text).toContain("Puppet writes it only if '/usr/bin/check %' succeeds.")
    expect(text).not.toContain('/etc/kept')
    expect(text).not.toContain('after-dry')
  }
  const json = JSON.parse(texts.get('json') ?? '') as ReportJson
  expect(json.changes.map(({ path, noop, hidden }) => [path, noop, hidden])).toEqual([
    ['/etc/asked', undefined, undefined],
    ['/etc/dry', true, undefined],
    ['/etc/quiet', undefined, { added: 1, removed: 1 }],
  ])
})

test('between two states, content that nodes keep is told as such, and show_diff is honoured', () => {
  const directory = committed(repoWith(conditional))
  edit(directory, 'manifests/site.pp', '/etc/kept\': content => "new', '/etc/kept\': content => "newer')
  edit(directory, 'manifests/site.pp', 'hush-hush-9', 'hush-hush-10')
  const { texts } = rehearseInEveryFormat(['--environment', directory, '--from', 'HEAD'])
  for (const [format, text] of texts) expect(text, format).not.toMatch(/hush-/)
  const json = JSON.parse(texts.get('json') ?? '') as ReportJson
  expect(json.changes.map(({ path, hidden }) => [path, hidden])).toEqual([['/etc/quiet', { added: 1, removed: 1 }]])
  expect(json.changes[0]?.causes?.[0]?.unexplained).toBe(false)
  expect(json.findings.map(({ message }) => message)).toEqual([
    "File[/etc/kept] has other content now, but nodes that have the file keep it: 'replace' is false",
  ])
})
