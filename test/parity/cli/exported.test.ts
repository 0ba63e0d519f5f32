import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryWith, rehearse } from '../../cli/rehearse.ts'
import { available, puppet } from '../reference.ts'

const nodes = [
  'web01.example.com',
  'web02.example.com',
  'monitor.example.com',
  'proxy.example.com',
  'clash.example.com',
]

const site = `
define check (String $command, Integer $port = 80) {
  file { "/etc/checks/\${name}": content => "\${command} \${port}", tag => ['made', 'here'] }
}
node /^web/ {
  @@file { "/srv/\${trusted['hostname']}": ensure => file, content => 'x', require => File['/srv'], tag => ['host', 'Web'] }
  @@check { $trusted['certname']: command => 'http', tag => $trusted['hostname'] }
  @@notify { ["a-\${trusted['hostname']}", "b-\${trusted['hostname']}"]: }
  @@notify { "clash": }
  file { '/srv': ensure => directory }
}
node 'monitor.example.com' {
  file { '/srv': ensure => directory }
  @@notify { 'own': message => 'of the monitor itself' }
  File <<| tag == 'web' |>> { mode => '0600' }
  Check <<| tag == 'web01' or command == 'nope' |>>
  Notify <<| title != 'clash' and message != 'nothing' |>>
  Notify <<| title == 'own' |>> -> Check <<| |>>
}
node 'proxy.example.com' {
  class { 'proxy': }
}
class proxy {
  File { owner => 'proxy' }
  file { '/srv': ensure => directory }
  File <<| title == '/srv/web02' |>>
}
node 'clash.example.com' {
  Notify <<| title == 'clash' |>>
}
`

interface Resource {
  readonly type: string
  readonly title: string
  readonly exported: boolean
  readonly tags: readonly string[]
  readonly parameters?: Readonly<Record<string, unknown>>
}

const essence = (resources: readonly Resource[]) =>
  resources.map(({ type, title, exported, tags, parameters = {} }) => ({ type, title, exported, tags, parameters }))

describe.runIf(available('exported resources', puppet))('exported resources', () => {
  const directory = directoryWith({
    'repo/environment.conf': '',
    'repo/manifests/site.pp': site,
    ...Object.fromEntries(nodes.map((node) => [`repo/facts/${node}.yaml`, '{}\n'])),
  })
  const script = resolve(import.meta.dirname, '../../oracles/exported-catalogs.rb')
  const real = spawnSync('ruby', [script, directory, 'repo', ...nodes], { encoding: 'utf8', maxBuffer: 1 << 28 })
  const answers = JSON.parse(real.stdout) as Record<string, { resources: Resource[] } | { error: string }>

  it.each(nodes)('%s has what real Puppet gives it', (node) => {
    const answer = answers[node] as { resources: Resource[] } | { error: string }
    const own = rehearse(['catalog', '--node', node, '--puppet', '7', '--environment', `${directory}/repo`])
    if ('error' in answer) expect(own.err).toContain(answer.error.replace(/ on node \S+$/, ''))
    else
      expect(essence((JSON.parse(own.out) as { resources: Resource[] }).resources)).toEqual(essence(answer.resources))
  })
})
