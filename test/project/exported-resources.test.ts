import { describe, expect, it } from 'vitest'
import { directoryWith, rehearse } from '../cli/rehearse.ts'

const site = `
node /^web/ {
  @@file { "/srv/hosts/\${trusted['certname']}":
    content => lookup('address'),
    tag     => 'host',
  }
  @@check { $trusted['certname']: command => 'http' }
}
node 'monitor.example.com' {
  File <<| tag == 'host' |>> { mode => '0600' }
  Check <<| |>>
  notify { 'count': message => puppetdb_query("nodes[certname] { order by  certname }").size }
}
define check (String $command) {
  file { "/etc/checks/\${name}": content => "check \${command} on \${trusted['certname']}\\n" }
}
`
const files = {
  'manifests/site.pp': site,
  'hiera.yaml': 'version: 5\nhierarchy: [{name: node, path: "%{trusted.certname}.yaml"}]\n',
  'data/web01.example.com.yaml': 'address: 192.0.2.1\n',
  'data/web02.example.com.yaml': 'address: 192.0.2.2\n',
  'facts/monitor.example.com.yaml': 'kernel: Linux\n',
  'facts/web01.example.com.yaml': 'kernel: Linux\n',
  'facts/web02.example.com.yaml': 'kernel: Linux\n',
  'puppetdb/nodes.yaml': '- query: nodes[certname]{order by certname}\n  result: [{certname: a}, {certname: b}]\n',
}

interface Resource {
  readonly type: string
  readonly title: string
  readonly exported: boolean
  readonly parameters?: Readonly<Record<string, unknown>>
}

describe('exported resources', () => {
  const directory = directoryWith(files)
  const environment = ['--environment', directory]

  it('of all other nodes are collected, also where one node alone is asked for', () => {
    const { out, err } = rehearse(['catalog', '--node', 'monitor.example.com', ...environment])
    expect(err).toBe('')
    const { resources } = JSON.parse(out) as { resources: readonly Resource[] }
    const shown = resources
      .filter(({ type }) => /File|Check|Notify/.test(type))
      .map(({ type, title, exported, parameters }) => [`${type}[${title}]`, exported, parameters])
    expect(shown).toEqual([
      ['Notify[count]', false, { message: 2 }],
      ['File[/srv/hosts/web01.example.com]', false, { content: '192.0.2.1', tag: 'host', mode: '0600' }],
      ['File[/srv/hosts/web02.example.com]', false, { content: '192.0.2.2', tag: 'host', mode: '0600' }],
      ['Check[web01.example.com]', false, { command: 'http' }],
      ['Check[web02.example.com]', false, { command: 'http' }],
      ['File[/etc/checks/web01.example.com]', false, { content: 'check http on monitor.example.com\n' }],
      ['File[/etc/checks/web02.example.com]', false, { content: 'check http on monitor.example.com\n' }],
    ])
  })

  it('lead back to the data of the node that exports them', () => {
    const { out } = rehearse(['explain', 'monitor.example.com', '/srv/hosts/web02.example.com', ...environment])
    expect(out).toMatch(/1 │ 192\.0\.2\.2/)
    expect(out).toContain('data/web02.example.com.yaml:1:10')
  })

  it('are in a run of all nodes, whatever their order', () => {
    const { code, out } = rehearse(['--format', 'json', ...environment])
    expect(code).toBe(0)
    const { nodes } = JSON.parse(out) as { nodes: readonly { name: string; files: number }[] }
    expect(nodes.map(({ name, files: count }) => [name, count])).toEqual([
      ['monitor.example.com', 4],
      ['web01.example.com', 0],
      ['web02.example.com', 0],
    ])
  })

  it('are ignored in batches, as Puppet does without PuppetDB', () => {
    const input = '{"node":"monitor.example.com","facts":{},"code":"File <<| |>>"}\n'
    const { out } = rehearse(['catalog', '--batch', ...environment], { input })
    expect(out).not.toContain('/srv/hosts')
    expect(out).toContain('You cannot collect exported resources without storeconfigs being set')
  })

  it('with the same title from two nodes are an error that names both', () => {
    const same = site.replace("/srv/hosts/${trusted['certname']}", '/srv/hosts/all')
    const { code, out } = rehearse(['--environment', directoryWith({ ...files, 'manifests/site.pp': same })])
    expect(code).toBe(1)
    expect(out).toContain(
      'A duplicate resource was found while collecting exported resources, with the type and title File[/srv/hosts/all]',
    )
    expect(out).toContain('It is exported by web02.example.com.')
  })
})

describe("PuppetDB's answers", () => {
  it('are asked for where none is recorded', () => {
    const without = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('puppetdb/')))
    const { code, out } = rehearse(['--environment', directoryWith(without)])
    expect(code).toBe(1)
    expect(out).toContain('[puppetdb/no-answer]')
    expect(out).toContain("no recorded answer to the query 'nodes[certname] { order by  certname }'")
    expect(out).toMatch(/site\.pp:12:32/)
    expect(out).toContain("--data-urlencode 'query=nodes[certname] { order by  certname }'")
    expect(out).toContain("  - query: 'nodes[certname] { order by  certname }'\n    result: […]")
  })

  it('may be asked for by functions of modules, and with texts in either quotes', () => {
    const repo = {
      'manifests/site.pp': `notify { 'it': message => [query_nodes('a=1', 'fqdn'), puppetdb_query('nodes { a = "x\\'y" }')] }\n`,
      'environment.conf': 'modulepath = modules\n',
      'modules/asking/lib/puppet/parser/functions/query_nodes.rb':
        "Puppet::Parser::Functions.newfunction(:query_nodes, type: :rvalue, arity: -2) { |args| raise 'no network' }\n",
      'facts/a.example.com.yaml': 'a: 1\n',
    }
    const { out } = rehearse(['--environment', directoryWith(repo)])
    expect(out).toContain('no recorded answer to the query query_nodes("a=1", "fqdn")')
    expect(out).toContain('  - query: ["query_nodes","a=1","fqdn"]')
    const answers =
      "- { query: [query_nodes, a=1, fqdn], result: [b] }\n- query: \"nodes{a='x\\\\'y'}\"\n  result: [c]\n"
    const environment = ['--environment', directoryWith({ ...repo, 'puppetdb/all.yaml': answers })]
    expect(rehearse(['catalog', '--node', 'a.example.com', ...environment]).out).toContain('"message":[["b"],["c"]]')
    const { 'modules/asking/lib/puppet/parser/functions/query_nodes.rb': _, ...without } = repo
    expect(rehearse(['--environment', directoryWith(without)]).out).toContain("Unknown function: 'query_nodes'")
  })

  it('may be asked for in the AST language', () => {
    const code = 'node default { notice(puppetdb_query(["from", "nodes", ["=", "certname", "a"]])) }\n'
    const recorded = '{ "query": "[\\"from\\", \\"nodes\\", [\\"=\\", \\"certname\\", \\"a\\"]]", "result": [] }'
    const repo = { 'manifests/site.pp': code, 'facts/a.yaml': 'a: 1\n', 'puppetdb/a.json': recorded }
    expect(rehearse(['--environment', directoryWith(repo)]).code).toBe(0)
    const wrong = rehearse(['--environment', directoryWith({ ...repo, 'puppetdb/a.json': '{"answer": []}' })])
    expect(wrong.out).toContain('[puppetdb/answer-shape]')
    expect(wrong.out).toContain('puppetdb/a.json:1:1')
  })
})
