import { join } from 'node:path'
import { expect, test } from 'vitest'
import { directoryWith, fixtures, rehearse } from './rehearse.ts'

const environment = join(fixtures, 'hiera-levels')
const explain = (path: string, ...options: readonly string[]) =>
  rehearse(['explain', 'web01.example.com', path, '--environment', environment, ...options])

test('a range of lines, with what the levels below have and why the node reads its data files', () => {
  const { code, out } = explain('/etc/site.conf:15-16')
  expect(code).toBe(0)
  expect(out).toBe(`/etc/site.conf on web01.example.com
File[/etc/site.conf], site/profile/manifests/web.pp:19:3

15 │ # limit requests: 200  site/profile/manifests/web.pp:17
   │         ‾‾‾‾‾‾‾‾
   │     rendered by   site/profile/manifests/web.pp:17:59   name
   │     from          site/profile/manifests/web.pp:17:31   $name
   │     set in        data/common.yaml:42:25                profile::web::limits, level "common"
   │     set in        data/common.yaml:15:7                 lookup_options, level "common"
   │                   ‾‾‾
   │     rendered by   site/profile/manifests/web.pp:17:68      value
   │     from          site/profile/manifests/web.pp:17:38      $value
   │     set in        data/nodes/web01.example.com.yaml:8:13   profile::web::limits, level "node"
   │     overriding    data/common.yaml:42:35                   50, level "common"
   │     set in        data/common.yaml:15:7                    lookup_options, level "common"
16 │ # limit burst:         site/profile/manifests/web.pp:17
   │         ‾‾‾‾‾
   │     rendered by   site/profile/manifests/web.pp:17:59   name
   │     from          site/profile/manifests/web.pp:17:31   $name
   │     set in        data/common.yaml:42:39                profile::web::limits, level "common"
   │     set in        data/common.yaml:15:7                 lookup_options, level "common"
   │     because of   site/profile/manifests/web.pp:17:68      value
   │     from         site/profile/manifests/web.pp:17:38      $value
   │     set in       data/nodes/web01.example.com.yaml:9:10   profile::web::limits, level "node"
   │     overriding   data/roles/web.yaml:10:10                20, level "role"
   │     overriding   data/common.yaml:42:46                   10, level "common"
   │     set in       data/common.yaml:15:7                    lookup_options, level "common"

Data files that web01.example.com reads because of its facts:
  data/nodes/web01.example.com.yaml
    because of   hiera.yaml:8:11                      "nodes/%{trusted.certname}.yaml"
    fact         facts/web01.example.com.yaml:15:13   fact trusted.certname
`)
})

test('the same as JSON', () => {
  const { out } = explain('/etc/site.conf:2-4', '--format', 'json')
  const { lines, levels } = JSON.parse(out)
  expect(lines.map(({ line }: { line: number }) => line)).toEqual([2, 3, 4])
  const overridden = (line: number) =>
    lines[line - 2].parts
      .flatMap(({ steps }: { steps: readonly { overridden?: readonly object[] }[] }) => steps)
      .flatMap(({ overridden = [] }: { overridden?: readonly object[] }) => overridden)
  expect(overridden(2)).toEqual([
    expect.objectContaining({ level: 'module common', value: 4, path: 'site/profile/data/common.yaml', line: 5 }),
  ])
  // Lists that are merged stand beside each other.
  expect(overridden(3)).toEqual([])
  expect(overridden(4)).toEqual([
    expect.objectContaining({ level: 'common', value: 'SAMEORIGIN', path: 'data/common.yaml', line: 39 }),
    expect.objectContaining({ level: 'family', value: 'NEVER-USED', path: 'site/profile/data/Debian.yaml', line: 4 }),
  ])
  expect(levels.map(({ path }: { path: string }) => path)).toEqual([
    'data/os/Debian-12.yaml',
    'data/os/Debian.yaml',
    'data/roles/web.yaml',
    'site/profile/data/Debian.yaml',
  ])
  expect(levels[1].steps).toMatchObject([
    { kind: 'condition', text: '"os/%{facts.os.family}.yaml"', path: 'hiera.yaml', line: 14 },
    { kind: 'read', text: "$facts['os']['family']" },
    { kind: 'fact', text: 'fact os.family', path: 'facts/web01.example.com.yaml', line: 10 },
  ])
})

test.each([
  ['/etc/site.cnf', /has no file '\/etc\/site\.cnf' in its catalog[\s\S]*\/etc\/site\.conf/],
  ['/etc/site.conf:7-3', /':7-3' names no lines/],
  ['/etc/site.conf:0', /':0' names no lines/],
])('%s cannot be explained', (path, message) => {
  const { code, out, err } = explain(path)
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(message)
})

test('data that a back end written in Ruby gives have the places of its file', () => {
  const backend = (name: string, parameter: string, code: string): string =>
    `require 'yaml'
Puppet::Functions.create_function(:'${name}') do
  dispatch(:go) { ${parameter}param 'Hash', :options; param 'Puppet::LookupContext', :context }
  ${code}
end
`
  const directory = directoryWith({
    'hiera.yaml': `version: 5
defaults: { datadir: data }
hierarchy:
  - { name: keys, lookup_key: kit::key, paths: [none.yaml, keys.yaml] }
  - { name: whole, data_hash: kit::whole, path: whole.yaml }
`,
    'data/keys.yaml': 'kit::port: 8080\nkit::names:\n  - alpha\n  - beta\nkit::text: hello\nkit::token: ENC[x]\n',
    'data/whole.yaml': 'kit::deep:\n  one: { two: three }\n',
    'facts/n1.yaml': 'kernel: Linux\n',
    'manifests/site.pp': 'include kit\n',
    'modules/kit/manifests/init.pp': `class kit (Integer $port, Array $names, String $text, String $token, Hash $deep) {
  file { '/etc/kit': content => "\${port}\\n\${names.join(' ')}\\n\${text}\\n\${token}\\n\${deep['one']['two']}\\n" }
}
`,
    'modules/kit/lib/puppet/functions/kit/key.rb': backend(
      'kit::key',
      "param 'String', :key; ",
      `def go(key, options, context)
    data = context.cached_file_data(options['path']) { |text| YAML.load(text) }
    context.not_found unless data.key?(key)
    value = data[key]
    value == 'ENC[x]' ? 'in the clear' : value.is_a?(String) ? value.upcase : value
  end`,
    ),
    'modules/kit/lib/puppet/functions/kit/whole.rb': backend(
      'kit::whole',
      '',
      "def go(options, context) = YAML.load(context.cached_file_data(options['path']))",
    ),
  })
  const { out } = rehearse(['explain', 'n1', '/etc/kit', '--environment', directory, '--format', 'json'])
  expect(out).not.toContain('in the clear')
  const { lines } = JSON.parse(out)
  type Step = { kind: string; path: string; line: number; text: string }
  const data = lines.map(({ parts }: { parts: readonly { steps: readonly Step[] }[] }) =>
    parts
      .flatMap(({ steps }) => steps)
      .filter(({ kind, path }) => kind === 'hiera' || (kind === 'call' && path === 'hiera.yaml'))
      .map(({ path, line, text }) => `${path}:${line} ${text}`),
  )
  expect(data).toEqual([
    ['data/keys.yaml:1 kit::port, level "keys"'],
    ['data/keys.yaml:3 kit::names, level "keys"', 'data/keys.yaml:4 kit::names, level "keys"'],
    ['hiera.yaml:4 kit::key()', 'data/keys.yaml:5 kit::text, level "keys"'],
    ['data/keys.yaml:6 kit::token, level "keys"'],
    ['data/whole.yaml:2 kit::deep, level "whole"'],
  ])
})
