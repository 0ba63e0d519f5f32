import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixtures, rehearse } from './rehearse.ts'

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
