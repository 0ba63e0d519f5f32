import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repoWith } from '../cli/rehearse.ts'
import { compare } from './control-repo.ts'
import { rehearseEffects } from './effect-cases.ts'
import { writeTree } from './file-cases.ts'

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded/effects.json'), 'utf8')) as {
  readonly refreshed: readonly string[]
}

test('services and execs are refreshed where Puppet refreshes them', () => {
  expect(rehearseEffects()).toEqual(recorded.refreshed)
}, 30_000)

const editing = `
host { 'db': ip => '10.0.0.1' }
mount { '/srv': ensure => mounted, device => '/dev/sdb1', fstype => 'ext4' }
cron { 'backup': command => '/bin/backup', user => 'app' }
augeas { 'sshd': context => '/files/etc/ssh/sshd_config/', changes => 'set PermitRootLogin no' }
exec { 'echo a >> /etc/motd': path => '/bin' }
exec { 'mark': command => '/bin/date | tee -a /etc/stamp > /dev/null' }
['one', 'two', 'three', 'four'].each |$name| { exec { "/bin/echo $name > '/etc/list'": } }
exec { '/bin/touch /etc/nowhere > /etc/nowhere': }
file { '/etc/app': content => "new\\n" }
~> exec { '/bin/once': refreshonly => true, creates => ['/nothing', '/etc/motd'] }
File['/etc/app'] ~> exec { '/bin/again': refreshonly => true, creates => '/nothing' }
`

test('files that resources edit in place are named, and an exec does not run where what it creates is there', () => {
  const repo = repoWith(editing)
  const tree = join(repo, 'deployed')
  const paths = ['hosts', 'fstab', 'ssh/sshd_config', 'motd', 'stamp', 'list', 'app'].map((name) => `etc/${name}`)
  writeTree(tree, Object.fromEntries([...paths, 'var/spool/cron/crontabs/app'].map((path) => [path, 'old\n'])))
  const report = compare(repo, '--deployed', tree)
  const told = (what: string) => `${what}: this run cannot tell what Puppet will write there`
  expect(report.findings.map(({ message }) => message)).toEqual(
    [
      'Host[db] edits /etc/hosts',
      'Mount[/srv] edits /etc/fstab',
      'Cron[backup] edits /var/spool/cron/crontabs/app',
      'Augeas[sshd] edits /etc/ssh/sshd_config',
      'Exec[echo a >> /etc/motd] changes /etc/motd',
      'Exec[mark] changes /etc/stamp',
      "Exec[/bin/echo one > '/etc/list'], Exec[/bin/echo two > '/etc/list'], Exec[/bin/echo three > '/etc/list'] and 1 more change /etc/list",
    ].map(told),
  )
  expect(report.effects.map(({ resource }) => resource)).toEqual(['Exec[/bin/again]'])
})
