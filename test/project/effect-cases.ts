import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repoWith } from '../cli/rehearse.ts'
import { compare } from './control-repo.ts'
import { writeTree } from './file-cases.ts'

/** What the node has before a run. */
const before = { same: 'same\n', 't/stray': 'x\n', 't/keep': 'k\n', m: '0644 m\n', chain_end: '' }

/** Relationships through which changes of files reach services and execs; `ROOT` is the directory of the files. */
const code = `
class a { file { 'ROOT/a': content => "new\\n" } }
class b {
  service { 'b': provider => base, start => '/bin/true', stop => '/bin/true', status => '/bin/true', hasstatus => true }
  exec { 'b_refreshonly': command => '/bin/true', refreshonly => true }
  exec { 'b_guarded': command => '/bin/true', unless => '/bin/true' }
}
define d { file { "ROOT/d_\${title}": content => "new\\n" } exec { "d_\${title}": command => '/bin/true', refreshonly => true } }
define inner { file { "ROOT/inner_\${title}": content => "new\\n" } }
define outer { inner { "o_\${title}": } }
class c { contain inside }
class inside { file { 'ROOT/inside': content => "new\\n" } }
class e { include notcontained }
class notcontained { file { 'ROOT/notcontained': content => "new\\n" } }
include a, b, c, e
Class['a'] ~> Class['b']
d { 'one': } ~> exec { 'after_define': command => '/bin/true', refreshonly => true }
d { 'two': notify => D['three'] }
d { 'three': }
outer { 'deep': } ~> exec { 'after_deep': command => '/bin/true', refreshonly => true }
exec { 'after_contained': command => '/bin/true', refreshonly => true, subscribe => Class['c'] }
exec { 'after_included': command => '/bin/true', refreshonly => true, subscribe => Class['e'] }
file { 'ROOT/chain': content => "new\\n" }
~> exec { 'chain1': command => '/bin/true', refreshonly => true }
~> exec { 'chain2': command => '/bin/true', refreshonly => true }
~> file { 'ROOT/chain_end': ensure => file }
~> exec { 'chain3': command => '/bin/true', refreshonly => true }
file { 'ROOT/order': content => "new\\n" } -> exec { 'order_only': command => '/bin/true', refreshonly => true }
file { 'ROOT/g': content => "new\\n" }
~> exec { 'guard_unless': command => '/bin/true', refreshonly => true, unless => '/bin/true' }
File['ROOT/g'] ~> exec { 'refresh_command': command => '/bin/true', refresh => '/bin/echo hi', unless => '/bin/true' }
File['ROOT/g'] ~> service { 'no_ensure': provider => base, start => '/bin/true', stop => '/bin/true', status => '/bin/true', hasstatus => true }
file { 'ROOT/t': ensure => directory, recurse => true, purge => true } ~> exec { 'after_purge': command => '/bin/true', refreshonly => true }
file { 'ROOT/t/keep': ensure => file } ~> exec { 'after_keep': command => '/bin/true', refreshonly => true }
File<| title == 'ROOT/a' |> ~> exec { 'after_collected': command => '/bin/true', refreshonly => true }
file { 'ROOT/same': content => "same\\n" } ~> exec { 'after_same': command => '/bin/true', refreshonly => true }
file { 'ROOT/m': ensure => file, mode => '0600' } ~> exec { 'after_mode': command => '/bin/true', refreshonly => true }
[File['ROOT/m'], File['ROOT/same']] ~> exec { 'after_list': command => '/bin/true', refreshonly => true }
stage { 'late': require => Stage['main'] }
class late { exec { 'late': command => '/bin/true', refreshonly => true } }
class { 'late': stage => 'late', subscribe => File['ROOT/g'] }
`

export function effectManifest(root: string): string {
  return code.replaceAll('ROOT', root)
}

export function writeBefore(root: string): void {
  writeTree(root, before)
  chmodSync(join(root, 't'), 0o755)
}

/** The services and execs that the product says are refreshed, sorted. */
export function rehearseEffects(): string[] {
  const repo = repoWith(effectManifest('/srv'))
  const tree = join(repo, 'deployed')
  writeTree(tree, { 'srv/': '' })
  writeFileSync(join(tree, '.rehearse-attributes'), '0644 root root srv/m\n')
  writeBefore(join(tree, 'srv'))
  return compare(repo, '--deployed', tree)
    .effects.map(({ resource }) => resource)
    .sort()
}
