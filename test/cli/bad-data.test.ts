import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryWith, rehearse } from './rehearse.ts'

const hiera =
  'version: 5\nhierarchy:\n  - {name: node, path: "nodes/%{trusted.certname}.yaml"}\n  - {name: common, path: common.yaml}\n'
const site = "$value = lookup('key')\nfile { '/tmp/value': content => \"${value}\" }\n"

const bomb = ['x0: &x0 [a, a, a, a, a, a, a, a, a, a]']
for (let i = 1; i <= 12; i++)
  bomb.push(
    `x${i}: &x${i} [${Array(10)
      .fill(`*x${i - 1}`)
      .join(', ')}]`,
  )

interface BadFile {
  readonly content: string | Uint8Array
  /** What the finding says, and where it stands in the node's data file. */
  readonly message: string
  readonly at: string
}

const badFiles: Readonly<Record<string, BadFile>> = {
  broken: {
    content: 'key: [1, 2\nb: 3\n',
    message: "did not find expected ',' or ']' while parsing a flow sequence at line 1 column 6",
    at: '2:2',
  },
  cycle: { content: 'key: &a\n  b: *a\n', message: 'The alias *a stands inside the node that it names', at: '2:6' },
  bomb: { content: `${bomb.join('\n')}\nkey: *x12\n`, message: 'stand for more than 1,000,000 values', at: '6:45' },
  alias: { content: 'a: 1\nkey: *nowhere\n', message: 'Unknown alias: nowhere', at: '2:6' },
  large: {
    content: Buffer.alloc(100 * 1_048_576, 'key: 1\n'),
    message: 'the file has 100 MB; data files of more than 32 MB are not read',
    at: '1:1',
  },
  list: { content: '- a\n- b\n', message: 'file does not contain a valid yaml hash', at: '1:1' },
  text: { content: 'just a text\n', message: 'file does not contain a valid yaml hash', at: '1:1' },
  latin: { content: Buffer.from('key: 1\nb: caf\xe9\n', 'latin1'), message: 'the file is not UTF-8 text', at: '2:7' },
  tabs: {
    content: 'key: 1\nhash:\n\ta: 1\n',
    message: 'found character that cannot start any token while scanning for the next token at line 3 column 1',
    at: '3:1',
  },
  control: { content: 'key: 1\nb: "a\x07"\n', message: 'control characters are not allowed', at: '2:6' },
  deep: { content: `key: ${'['.repeat(100_000)}\n`, message: 'nested deeper than 500 levels', at: '1:505' },
  date: { content: 'key: 2024-01-01\n', message: 'Tried to load unspecified class: Date', at: '1:6' },
  endless: { content: 'key: "%{lookup(\'key\')}"\n', message: 'Recursive lookup detected in [key]', at: '1:7' },
}
const names = Object.keys(badFiles)

const bin = resolve(import.meta.dirname, '../../bin/rehearse.js')

describe('a data file of one node that cannot be used', () => {
  const directory = directoryWith({
    'hiera.yaml': hiera,
    'manifests/site.pp': site,
    'data/common.yaml': 'key: common\n',
    ...Object.fromEntries([...names, 'well'].map((name) => [`facts/${name}.yaml`, 'x: 1\n'])),
  })
  mkdirSync(join(directory, 'data/nodes'))
  for (const [name, { content }] of Object.entries(badFiles))
    writeFileSync(join(directory, `data/nodes/${name}.yaml`), content)
  const report = "process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS))"
  const watch = ['--import', `data:text/javascript,${encodeURIComponent(report)}`]
  const run = spawnSync(process.execPath, [...watch, bin, '--environment', directory, '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const { findings, nodes } = JSON.parse(run.stdout) as {
    readonly findings: readonly {
      severity: string
      message: string
      path: string
      line: number
      column: number
      nodes: string[]
    }[]
    readonly nodes: readonly { name: string; status: string }[]
  }

  it.each(names)('is an error of that node alone with its place: %s', (name) => {
    const own = findings.filter((finding) => finding.nodes.includes(name) && finding.severity === 'error')
    const { message, at } = badFiles[name] as BadFile
    expect(own.map(({ path, line, column }) => `${path}:${line}:${column}`)).toEqual([`data/nodes/${name}.yaml:${at}`])
    expect(own[0]?.message).toContain(message)
    expect(own[0]?.nodes).toEqual([name])
  })

  it('stops no other node', () => {
    expect(run.status).toBe(1)
    expect(nodes.filter(({ status }) => status === 'compiled').map(({ name }) => name)).toEqual(['well'])
  })

  it('takes no memory to speak of', () => {
    const peaks = [...run.stderr.matchAll(/peak (\d+)/g)].map(([, kilobytes]) => Number(kilobytes))
    expect(peaks.length).toBeGreaterThan(0)
    expect(Math.max(...peaks)).toBeLessThan(400 * 1024)
    expect(run.stderr).not.toMatch(/^\s+at .+:\d+:\d+/m)
  })
})

/** What a run says of two nodes with this hiera.yaml. */
function withHiera(config: string, prepare?: (directory: string) => void, files: Record<string, string> = {}) {
  const directory = directoryWith({
    'hiera.yaml': config,
    'manifests/site.pp': site,
    'data/common.yaml': 'key: common\n',
    'facts/a.example.com.yaml': 'x: 1\n',
    'facts/b.example.com.yaml': 'x: 1\n',
    ...files,
  })
  prepare?.(directory)
  return rehearse(['--environment', directory])
}

describe('a hierarchy that leads out of the control repo', () => {
  const level = (path: string) => `${hiera}  - {name: more, ${path}}\n`

  it.each([
    ['upward', 'path: "../../../etc/passwd"', '../../etc/passwd'],
    ['by an absolute path', 'path: /etc/passwd', '/etc/passwd'],
    ['by a pattern', 'glob: "/etc/*.yaml"', '/etc/*.yaml'],
    ['upward, for each node', 'path: "../../%{trusted.certname}.yaml"', '../../%{trusted.certname}.yaml'],
    ['by a datadir', 'path: x.yaml, datadir: /etc', '/etc/x.yaml'],
  ])('%s counts as missing and is told once', (_, path, named) => {
    const { code, out } = withHiera(level(path))
    expect(code).toBe(0)
    expect(out).toContain(`warning: The hierarchy names '${named}', which lies outside`)
    expect(out).toMatch(/hiera\.yaml:5:\d+ on a\.example\.com and b\.example\.com/)
    expect(out).toContain('! 1 warning.')
  })

  it.each([
    ['file', 'data/nodes/a.example.com.yaml', '/etc/hostname', 'on a\\.example\\.com$'],
    ['directory', 'data/nodes', '/etc', 'on a\\.example\\.com and b\\.example\\.com$'],
    ['link to nothing', 'data/nodes/a.example.com.yaml', 'nowhere', 'on a\\.example\\.com$'],
  ])('by a link counts as missing and is told: %s', (_, path, target, nodes) => {
    const { code, out } = withHiera(hiera, (directory) => {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      symlinkSync(target, join(directory, path))
    })
    expect(code).toBe(0)
    expect(out).toContain(`warning: '${path}' is a link to '${target}', which lies outside`)
    expect(out).toMatch(new RegExp(`hiera\\.yaml:3:24 ${nodes}`, 'm'))
  })

  it('by a link that stays inside is none', () => {
    const { out } = withHiera(hiera, (directory) => {
      mkdirSync(join(directory, 'data/nodes'))
      symlinkSync('../common.yaml', join(directory, 'data/nodes/a.example.com.yaml'))
    })
    expect(out).toContain('Nothing found wrong')
  })
})

describe('a datadir that is not there', () => {
  it('is told with its place', () => {
    const config = hiera.replace('hierarchy', 'defaults: {datadir: hieradata, data_hash: yaml_data}\nhierarchy')
    const { out } = withHiera(config)
    expect(out).toContain("warning: There is no directory 'hieradata', so no level below it has data")
    expect(out).toMatch(/hiera\.yaml:2:21 on a\.example\.com and b\.example\.com/)
  })

  it('is none where it depends on the node, or where it is there', () => {
    const config = hiera.replace('path: common.yaml', 'path: common.yaml, datadir: data')
    const other = `${config}  - {name: more, path: x.yaml, datadir: "d/%{trusted.certname}"}\n`
    expect(withHiera(other).out).toContain('Nothing found wrong')
  })
})

describe('a hiera.yaml that is not valid', () => {
  it.each([
    ['hierarchy:\n  - name: [x\n', "did not find expected ',' or ']'", '4:1'],
    ['hierarchy:\n  - {name: x, pth: common.yaml}\n', "index 0 unrecognized key 'pth'", '3:15'],
    ['hierarchy:\n  - {name: x, path: [common.yaml]}\n', "entry 'path' expects", '3:21'],
    ['hierarchy:\n  - {name: x, path: a, paths: [b]}\n', 'Only one of path, paths', '3:5'],
    ['hierarchy:\n  - {name: x, data_hash: nosuch}\n', "Unable to find 'data_hash' function named 'nosuch'", '3:5'],
    ['hierarchy: [{name: x}, {name: x}]\n', "Hierarchy name 'x' defined more than once", '2:31'],
  ])('%j is told with its place', (text, message, at) => {
    const { code, out } = withHiera(`version: 5\n${text}`)
    expect(code).toBe(1)
    expect(out).toContain(message)
    expect(out).toContain(`  hiera.yaml:${at} on a.example.com and b.example.com\n`)
  })
})
