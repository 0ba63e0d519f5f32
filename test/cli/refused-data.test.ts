import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryWith, rehearse } from './rehearse.ts'

const repo = {
  'environment.conf': 'modulepath = site\n',
  'hiera.yaml':
    'version: 5\nhierarchy:\n  - {name: node, path: "%{trusted.certname}.yaml"}\n  - {name: common, path: common.yaml}\n',
  'site/profile/manifests/web.pp': `class profile::web (
  Integer $port,
  Array[Struct[{host => Integer, name => String}]] $backends,
  Hash[String, Hash[String, Integer]] $limits,
  Enum['on', 'off'] $state,
  Array[String, 2] $names,
) { }
`,
  'site/profile/manifests/vhost.pp': 'define profile::vhost (Integer $port) { }\n',
  'site/profile/functions/first.pp': 'function profile::first(Hash[String, Integer] $of) { $of.keys[0] }\n',
  'data/common.yaml': `---
profile::web::port: 80
profile::web::backends:
  - host: 1
    name: one
  - host: «two»
    name: two
profile::web::limits:
  cpu: {soft: 1, hard: «many»}
profile::web::state: «maybe»
profile::web::names: «[one]»
vhosts:
  a: {port: 1}
  b: {port: «8o»}
limits:
  cpu: «none»
lookup_options:
  profile::web::limits: {merge: deep}
`,
  'data/a.example.com.yaml': 'profile::web::limits: {memory: {soft: «"1"», hard: 2}}\nprofile::web::port: «eighty»\n',
} as const

/** The repository without the marks, and where each mark stood: `path:line:column` by the marked text. */
function unmarked(site: string) {
  const files: Record<string, string> = { 'manifests/site.pp': site, 'facts/a.example.com.yaml': 'x: 1\n' }
  const places = new Map<string, string>()
  for (const [path, text] of Object.entries(repo)) {
    files[path] = text.replaceAll(/[«»]/g, '')
    for (const [number, line] of text.split('\n').entries())
      for (const [index, mark] of [...line.matchAll(/«(.*?)»/g)].entries())
        places.set(mark[1] as string, `${path}:${number + 1}:${mark.index + 1 - 2 * index}`)
  }
  return { directory: directoryWith(files), places }
}

interface Reported {
  readonly code: string
  readonly message: string
  readonly path: string
  readonly related: readonly { readonly message: string; path: string; line: number; column: number }[]
}

/** The places in all three reports of the data that an error names. */
function reports(site: string) {
  const { directory, places } = unmarked(site)
  const html = join(directory, 'report.html')
  const json = join(directory, 'report.json')
  const { code, out } = rehearse([
    '--environment',
    directory,
    '--format',
    'pretty',
    '--format',
    `html=${html}`,
    '--format',
    `json=${json}`,
  ])
  expect(code).toBe(1)
  const { findings } = JSON.parse(readFileSync(json, 'utf8')) as { findings: readonly Reported[] }
  const errors = findings.filter((finding) => finding.related.length > 0)
  const found = errors.flatMap(({ related }) => related.map(({ path, line, column }) => `${path}:${line}:${column}`))
  const page = readFileSync(html, 'utf8')
  for (const place of found) {
    expect(out).toContain(place)
    expect(page).toContain(place)
  }
  return {
    found,
    messages: errors.map(({ message }) => message).join('\n'),
    paths: errors.map(({ path }) => path),
    places,
  }
}

describe('data that a type refuses', () => {
  it('leads from the parameters of a class to each refused element', () => {
    const { found, messages, places } = reports('include profile::web\n')
    expect(messages).toContain("parameter 'port' expects an Integer value, got String")
    expect(messages).toContain("parameter 'backends' index 1 entry 'host' expects an Integer value, got String")
    expect(messages).toContain("parameter 'names' expects size to be at least 2, got 1")
    expect(found).toEqual(['eighty', 'two', 'many', '"1"', 'maybe', '[one]'].map((mark) => places.get(mark)))
  })

  it.each([
    ['$x = lookup("limits", Hash[String, Integer])', 'Found value has wrong type, entry', 'none'],
    ['$x = lookup("profile::web::backends", Array[Struct[{host => Integer, name => String}]])', 'index 1 entry', 'two'],
    ['$x = profile::first(lookup("limits"))', "'profile::first' parameter 'of' entry 'cpu' expects", 'none'],
    ['$x = assert_type(Hash[String, Integer], lookup("limits"))', "assert_type(): entry 'cpu' expects", 'none'],
    ['lookup("vhosts").each |$name, $of| { profile::vhost { $name: * => $of } }', "parameter 'port' expects", '8o'],
    ['create_resources("profile::vhost", lookup("vhosts"))', "parameter 'port' expects", '8o'],
    [
      'class { "profile::web": port => lookup("profile::web::state"), * => {backends => [], names => [a, b], limits => {}, state => on} }',
      "parameter 'port' expects",
      'maybe',
    ],
  ])('%s', (site, message, mark) => {
    const { found, messages, paths, places } = reports(`${site}\n`)
    expect(messages).toContain(message)
    expect(found).toEqual([places.get(mark)])
    // Puppet's own place for the error is the code that asked.
    expect(paths).toEqual(['manifests/site.pp'])
  })

  it('tells the nodes apart whose own data are refused', () => {
    const nodes = directoryWith({
      'environment.conf': '',
      'manifests/site.pp': 'class one (Integer $port) { }\ninclude one\n',
      'hiera.yaml': repo['hiera.yaml'],
      'data/a.example.com.yaml': 'one::port: x\n',
      'data/b.example.com.yaml': '# b\none::port: y\n',
      'facts/a.example.com.yaml': 'x: 1\n',
      'facts/b.example.com.yaml': 'x: 1\n',
    })
    const { out } = rehearse(['--environment', nodes])
    expect(out).toMatch(
      /on a\.example\.com\n(?:.*\n){2} +port is set here, level "node" +data\/a\.example\.com\.yaml:1:12/,
    )
    expect(out).toMatch(
      /on b\.example\.com\n(?:.*\n){2} +port is set here, level "node" +data\/b\.example\.com\.yaml:2:12/,
    )
  })
})

describe('a fault in what a key has', () => {
  const faults = directoryWith({
    'environment.conf': '',
    'manifests/site.pp':
      "node 'a.example.com' { $x = lookup('loop::a') }\nnode 'b.example.com' { $x = lookup('broken') }\nclass c($p) { }\nnode 'c.example.com' { include c }\n",
    'hiera.yaml': repo['hiera.yaml'],
    'data/common.yaml': `loop::a: "%{lookup('loop::b')}"\nloop::b: "x %{lookup('loop::a')}"\nbroken: [1, "%{nofunc('x')}"]\nc::p: "y %{alias('loop::a')}"\n`,
    'facts/a.example.com.yaml': 'x: 1\n',
    'facts/b.example.com.yaml': 'x: 1\n',
    'facts/c.example.com.yaml': 'x: 1\n',
  })
  const { out } = rehearse(['--environment', faults])

  it.each([
    ['Recursive lookup detected in [loop::a, loop::b]', 'data/common.yaml:2:13', 'manifests/site.pp:1:29'],
    ["Unknown interpolation method 'nofunc'", 'data/common.yaml:3:14', 'manifests/site.pp:2:29'],
    ["'alias' interpolation is only permitted", 'data/common.yaml:4:10', 'manifests/site.pp:3:9'],
  ])('%s', (message, place, asked) => {
    const at = out.indexOf(message)
    expect(at).toBeGreaterThan(0)
    const finding = out.slice(at).split('\n\n')[0]
    expect(finding).toContain(place)
    expect(finding).toContain(`looked up here   ${asked}`)
  })
})
