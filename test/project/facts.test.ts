import { describe, expect, it } from 'vitest'
import { sampleFacts, sampleNames } from '../../src/project/facts/sample-facts.ts'
import { loadNodes } from '../../src/project/facts-nodes.ts'
import { overrideFacts, readOverride } from '../../src/project/facts-overrides.ts'
import { factsFromJson, type NodeFacts, readFacts } from '../../src/project/read-facts.ts'
import { valueJson } from '../../src/report/lookup-value.ts'
import type { Diagnostic } from '../../src/source/diagnostic.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import type { HashValue, Value } from '../../src/value/value.ts'
import { directoryWith, rehearse, repoWith } from '../cli/rehearse.ts'

const plain = (value: Value | undefined): unknown => value && (JSON.parse(valueJson(value)) as unknown)

function read(path: string, text: string) {
  const {
    nodes: [node],
    diagnostics,
  } = readFacts(sourceFile(path, text), 'web01.example.com')
  return {
    name: node?.name,
    facts: plain(node?.facts),
    trusted: plain(node?.trusted),
    errors: diagnostics.map((d) => d.code),
  }
}

describe('shapes of fact files', () => {
  const facts = { kernel: 'Linux', os: { family: 'Debian', release: { major: '12' } }, count: 2, fips: false }
  const expected = { name: 'web01.example.com', facts, trusted: undefined, errors: [] }

  it('facter --json', () => {
    expect(read('facts/web01.json', JSON.stringify(facts))).toEqual(expected)
  })
  it('facter --yaml', () => {
    const text = 'kernel: Linux\nos:\n  family: Debian\n  release:\n    major: "12"\ncount: 2\nfips: false\n'
    expect(read('facts/web01.yaml', text)).toEqual(expected)
  })
  it('puppet facts', () => {
    const text = JSON.stringify({ name: 'db01.example.com', values: facts, timestamp: '2026-01-01T00:00:00Z' })
    expect(read('facts/x.json', text)).toEqual({ ...expected, name: 'db01.example.com' })
  })
  it("PuppetDB's fact sets", () => {
    const data = Object.entries(facts).map(([name, value]) => ({ name, value }))
    const text = JSON.stringify({ certname: 'db01.example.com', environment: 'production', facts: { data } })
    expect(read('facts/x.json', text)).toEqual({ ...expected, name: 'db01.example.com' })
  })
  it("PuppetDB's facts, factsets and inventory, of several nodes", () => {
    const rows = (certname: string) =>
      Object.entries(facts).map(([name, value]) => ({ certname, environment: 'production', name, value }))
    const data = Object.entries(facts).map(([name, value]) => ({ name, value }))
    const trusted = { authenticated: 'remote', extensions: { pp_role: 'web' } }
    const texts = [
      [...rows('a.example.com'), ...rows('b.example.com')],
      ['a.example.com', 'b.example.com'].map((certname) => ({ certname, hash: 'x', facts: { data, href: '/x' } })),
      ['a.example.com', 'b.example.com'].map((certname) => ({ certname, timestamp: 'x', facts, trusted })),
    ]
    for (const [index, text] of texts.entries()) {
      const { nodes, diagnostics } = readFacts(sourceFile('facts/all.json', JSON.stringify(text)), 'all')
      expect(diagnostics).toEqual([])
      expect(nodes.map(({ name }) => name)).toEqual(['a.example.com', 'b.example.com'])
      for (const node of nodes) expect(plain(node.facts)).toEqual(facts)
      expect(plain(nodes[1]?.trusted)).toEqual(index === 2 ? trusted : undefined)
    }
  })
  it('`puppet facts find --render-as yaml`, and JSON as only JSON is', () => {
    const yaml = `--- !ruby/object:Puppet::Node::Facts\nname: db01.example.com\nvalues:\n  kernel: Linux\ntimestamp: "x"\n`
    expect(read('facts/x.yaml', yaml)).toMatchObject({
      name: 'db01.example.com',
      facts: { kernel: 'Linux' },
      errors: [],
    })
    const json = '\ufeff{"name": "own", "a": 1e3, "b": "\\ud83d\\ude00\\/", "clientcert": "x"}'
    expect(read('facts/x.json', json)).toEqual({
      name: 'web01.example.com',
      facts: { name: 'own', a: 1000, b: '\u{1f600}/', clientcert: 'x' },
      trusted: undefined,
      errors: [],
    })
  })
  it.each([
    ['', 'it holds nothing', 1],
    ['[]', 'the list is empty', 1],
    ['"Linux"', 'it holds a value of type string', 1],
    ['[{"certname": "a", "facts": {"data": [{"name": "os"}]}}]', 'this is no {name, value}', 39],
    ['{"certname": "a", "facts": {"href": "/x"}}', 'this is only the address of facts', 28],
    ['[{"certname": "a", "path": ["os", "name"], "name": "name", "value": "x"}]', 'this is a part of a fact', 2],
    ['[{"kernel": "Linux"}]', 'this element names no node', 2],
    ['[1]', 'this element is no hash', 2],
    ['{"kernel": "Linux", "os": oops}', "unexpected token at 'oops}'", 27],
  ])('say what is wrong with %s, and where', (text, message, column) => {
    const { nodes, diagnostics } = readFacts(sourceFile('facts/x.json', text), 'x')
    expect([nodes, diagnostics[0]?.message]).toEqual([[], expect.stringContaining(message)])
    expect((diagnostics[0]?.span?.start ?? -1) + 1).toBe(column)
  })
  it('with what is trusted of the node', () => {
    const found = read('facts/web01.yaml', 'kernel: Linux\ntrusted: {extensions: {pp_role: web}}\n')
    expect(found).toMatchObject({ facts: { kernel: 'Linux' }, trusted: { extensions: { pp_role: 'web' } } })
    expect(found.facts).not.toHaveProperty('trusted')
  })
})

describe('nodes', () => {
  const load = (directory: string, asked?: string, names?: string[]) => {
    const diagnostics: Diagnostic[] = []
    const nodes = loadNodes({ directory, asked, names }, diagnostics)
    return { nodes, problems: diagnostics.map(({ code, remedy }) => [code, remedy]) }
  }

  it('come from a folder by certname, or from one file', () => {
    const directory = directoryWith({ 'facts/b.yaml': 'a: 1\n', 'facts/a.json': '{"a": 2}', 'one/c.yaml': 'a: 3\n' })
    expect(load(directory).nodes.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(load(directory, 'one/c.yaml').nodes.map(({ name }) => name)).toEqual(['c'])
  })

  it('know what an agent adds to its facts', () => {
    const text = '{"kernel": "Linux", "puppetversion": "7.34.0"}'
    const { nodes } = load(directoryWith({ 'facts/a.example.com.json': text }))
    expect(plain(nodes[0]?.facts)).toMatchObject({
      clientcert: 'a.example.com',
      clientversion: '7.34.0',
      clientnoop: false,
    })
  })

  it('of one file have the name that is asked for, or that the facts tell', () => {
    const directory = directoryWith({ 'mine.json': '{"networking": {"fqdn": "web07.example.com"}}' })
    expect(load(directory, 'mine.json').nodes.map(({ name }) => name)).toEqual(['web07.example.com'])
    expect(load(directory, 'mine.json', ['web08.example.com']).nodes.map(({ name }) => name)).toEqual([
      'web08.example.com',
    ])
  })

  it('are told of where they have facts twice', () => {
    const diagnostics: Diagnostic[] = []
    const twice = 'name: a.example.com\nvalues: {}\n'
    loadNodes(
      { directory: directoryWith({ 'facts/a.yaml': twice, 'facts/b.yaml': twice }), asked: undefined },
      diagnostics,
    )
    expect(diagnostics.map(({ message, span: at }) => [message, at?.file.path])).toEqual([
      ["the node 'a.example.com' has facts already, in facts/a.yaml", 'facts/b.yaml'],
    ])
  })

  it('trust the rest where a file tells an extension alone', () => {
    const directory = directoryWith({ 'facts/web01.example.com.yaml': 'trusted: {extensions: {pp_role: web}}\n' })
    expect(plain(load(directory).nodes[0]?.trusted)).toEqual({
      authenticated: 'remote',
      certname: 'web01.example.com',
      extensions: { pp_role: 'web' },
      hostname: 'web01',
      domain: 'example.com',
    })
  })

  it('get the facts of a bundled set', () => {
    const { nodes } = load('/nowhere', 'debian-12', ['a.example.com', 'b.example.com'])
    expect(nodes.map(({ name }) => name)).toEqual(['a.example.com', 'b.example.com'])
    expect(plain(nodes[0]?.facts)).toMatchObject({ networking: { fqdn: 'a.example.com', hostname: 'a' } })
    expect(load('/nowhere', 'rocky-9').nodes.map(({ name }) => name)).toEqual(['rocky-9.example.com'])
  })

  it('are asked for, with the names of sets that are near', () => {
    const [[code, remedy] = []] = load('/nowhere', 'debian-14').problems
    expect(code).toBe('project/no-facts')
    expect(remedy).toMatch(/did you mean debian-1[123] or/)
  })
})

describe('bundled sets', () => {
  it('cover the current releases', () => {
    expect(sampleNames).toEqual(
      expect.arrayContaining(['debian-13', 'ubuntu-24.04', 'rhel-10', 'rocky-9', 'alma-8', 'sles-15', 'freebsd-14']),
    )
  })

  it.each(sampleNames)('%s says the same in structured and legacy facts', (name) => {
    const facts = sampleFacts(name, 'web01.example.com') as Record<string, unknown>
    const at = (path: string) =>
      path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], facts)
    for (const [structured, legacy] of [
      ['os.family', 'osfamily'],
      ['os.name', 'operatingsystem'],
      ['os.release.full', 'operatingsystemrelease'],
      ['os.release.major', 'operatingsystemmajrelease'],
      ['os.architecture', 'architecture'],
      ['os.hardware', 'hardwaremodel'],
      ['networking.fqdn', 'fqdn'],
      ['networking.ip', 'ipaddress'],
      ['networking.ip', `ipaddress_${at('networking.primary') as string}`],
      ['os.distro.codename', 'lsbdistcodename'],
    ] as const)
      expect([legacy, facts[legacy]]).toEqual([legacy, at(structured)])
    expect(at('os.family')).toMatch(/^(Debian|RedHat|Suse|FreeBSD)$/)
    expect(name.startsWith('ubuntu') ? name : `${at('os.release.major') as string}`).toBe(
      name.startsWith('ubuntu') ? `ubuntu-${at('os.release.full') as string}` : name.split('-')[1],
    )
    expect(at('kernelversion')).toMatch(/^\d+\.\d+(\.\d+)?$/)
    expect(JSON.stringify(facts)).not.toContain('null')
  })
})

describe('overrides', () => {
  const node: NodeFacts = {
    name: 'web01.example.com',
    facts: factsFromJson(
      { os: { family: 'Debian', release: { major: '12' } }, osfamily: 'Debian', processors: { count: 2 }, list: [1] },
      '',
    ) as HashValue,
  }
  const apply = (...texts: string[]) => {
    const overrides = texts.map((text) => readOverride(text) ?? expect.fail(text))
    const { facts, trusted } = overrideFacts(node, overrides)
    return { facts: plain(facts) as Record<string, unknown>, trusted: plain(trusted) }
  }

  it('keep strings strings, and read other values as YAML', () => {
    expect(apply('os.release.major=9', 'processors.count=8', 'new.deep=[a, 1]', 'list=x').facts).toMatchObject({
      os: { family: 'Debian', release: { major: '9' } },
      processors: { count: 8 },
      new: { deep: ['a', 1] },
      list: 'x',
    })
  })
  it('change both names of a fact', () => {
    expect(apply('os.family=RedHat').facts).toMatchObject({ os: { family: 'RedHat' }, osfamily: 'RedHat' })
    expect(apply('osfamily=Suse').facts).toMatchObject({ os: { family: 'Suse' }, osfamily: 'Suse' })
    expect(apply('networking.ip=192.0.2.1').facts).not.toHaveProperty('ipaddress')
  })
  it('reach into arrays, names with dots, and whole structures with their legacy names', () => {
    const other: NodeFacts = {
      name: 'web01.example.com',
      facts: factsFromJson(
        {
          networking: { interfaces: { 'eth0.5': { bindings: [{ address: 'a' }, { address: 'b' }], ip: 'a' } } },
          ipaddress_eth0_5: 'a',
          os: { family: 'Debian' },
          osfamily: 'Debian',
          operatingsystem: 'Debian',
        },
        '',
      ) as HashValue,
    }
    const overrides = [
      "networking.interfaces.'eth0.5'.bindings.1.address=c=d",
      'networking.interfaces."eth0.5".ip=z',
      'os={family: Suse, name: SLES}',
      'port="80"',
      'osfamily="Red Hat"',
    ].map((text) => readOverride(text) ?? expect.fail(text))
    expect(plain(overrideFacts(other, overrides).facts)).toEqual({
      networking: { interfaces: { 'eth0.5': { bindings: [{ address: 'a' }, { address: 'c=d' }], ip: 'z' } } },
      ipaddress_eth0_5: 'z',
      os: { family: 'Red Hat', name: 'SLES' },
      osfamily: 'Red Hat',
      operatingsystem: 'SLES',
      port: '80',
    })
  })
  it('change what is trusted', () => {
    const { facts, trusted } = apply('trusted.extensions.pp_role=web')
    expect(trusted).toMatchObject({ certname: 'web01.example.com', extensions: { pp_role: 'web' } })
    expect(facts).not.toHaveProperty('trusted')
  })
  it('need a name and a value', () => {
    expect([readOverride('os.family'), readOverride('=x'), readOverride('a..b=x')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('the commands', () => {
  const site = "file { '/etc/os': content => \"${facts['os']['name']} ${trusted['extensions']['pp_role']}\\n\" }\n"

  it('need no facts of their own, and take others', () => {
    const directory = directoryWith({ 'manifests/site.pp': site })
    const facts = ['--facts', 'ubuntu-24.04', '--fact', 'trusted.extensions.pp_role=web']
    const args = ['catalog', '--node', 'web01.example.com', '--environment', directory, ...facts]
    expect(rehearse(args).out).toContain('"content":"Ubuntu web\\n"')
    expect(rehearse([...args, '--fact', 'os.name=Mint']).out).toContain('"content":"Mint web\\n"')
    const wrong = rehearse([...args, '--fact', 'os.name'])
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("'os.name' sets no fact")])
  })

  it('say what a node without facts can use', () => {
    const { code, err } = rehearse(['lookup', 'a', '--node', 'x', '--environment', directoryWith({ 'hiera.yaml': '' })])
    expect(code).toBe(2)
    expect(err).toContain('no node is known')
    expect(err).toContain('--facts debian-12')
  })

  it('explain a fact of the command line', () => {
    const directory = repoWith(site)
    const facts = ['--fact', 'os.name=Debian', '--fact', 'trusted.extensions.pp_role=db']
    const { out } = rehearse(['explain', 'a.example.com', '/etc/os', '--environment', directory, ...facts])
    expect(out).toContain('Debian db')
    expect(out).toContain('fact os.name')
  })
})
