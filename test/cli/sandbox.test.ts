import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryWith, rehearse } from './rehearse.ts'

interface Report {
  readonly nodes: readonly { name: string; status: string }[]
  readonly findings: readonly { code: string; message: string; nodes: string[]; path?: string; line?: number }[]
}

const site = 'file { "/tmp/x": content => template("m/${facts[\'kind\']}.erb") }\n'

/** One node a template, each after a line of plain text, so that a finding's line can be told from the first. */
function repo(templates: Readonly<Record<string, string>>, extra: Readonly<Record<string, string>> = {}): string {
  return directoryWith({
    'manifests/site.pp': site,
    ...Object.fromEntries(
      Object.entries(templates).flatMap(([kind, text]) => [
        [`modules/m/templates/${kind}.erb`, `first line\n${text}\n`],
        [`facts/${kind}.example.com.yaml`, `kind: ${kind}\n`],
      ]),
    ),
    ...extra,
  })
}

function run(directory: string): Report {
  const { code, out } = rehearse(['--environment', directory, '--format', 'json'], {
    env: { REHEARSAL_SECRET: 'host' },
  })
  expect(code).toBe(1)
  return JSON.parse(out) as Report
}

const reaching: Record<string, string> = {
  read: '<%= File.read("/etc/passwd") %>',
  backticks: '<%= `id` %>',
  system: '<% system("touch /tmp/pwned") %>',
  js: '<% require "js" %><%= JS.eval("return process.env.REHEARSAL_SECRET") %>',
  write: '<% File.write("OUTSIDE", "x") %>',
  socket: '<% require "socket"; TCPSocket.new("127.0.0.1", 80) %>',
  http: '<% require "net/http"; Net::HTTP.get(URI("http://example.com/")) %>',
  https: '<% require "open-uri"; URI.open("https://example.com/") %>',
  fork: '<% fork { } %>',
  exec: '<% exec "id" %>',
  spawn: '<% Process.spawn("id") %>',
  pipe: '<% IO.popen("id") %>',
  exit: '<% exit! %>',
  abort: '<% abort "no" %>',
  fiddle: '<% require "fiddle" %>',
  kill: '<% Process.kill(9, 1) %>',
}

it('ends every reach for the host in a finding at its line, and renders the other nodes', () => {
  const outside = join(directoryWith({ here: '' }), 'written')
  const templates = { ...reaching, write: reaching.write?.replace('OUTSIDE', outside) ?? '', good: 'fine' }
  const report = run(repo(templates))
  for (const kind of Object.keys(reaching)) {
    const found = report.findings.filter((finding) => finding.nodes.includes(`${kind}.example.com`))
    expect(found, kind).toHaveLength(1)
    expect(found[0], kind).toMatchObject({ path: `modules/m/templates/${kind}.erb`, line: 2 })
  }
  expect(report.nodes.filter((node) => node.status === 'compiled').map((node) => node.name)).toEqual([
    'good.example.com',
  ])
  expect(existsSync(outside)).toBe(false)
  expect(existsSync('/tmp/pwned')).toBe(false)
})

it('shows Ruby nothing of the host’s environment and files', () => {
  const directory = repo({ look: '<%= ENV.to_h.inspect %>\n<%= Dir.glob("/{etc,root,home,proc}/*").inspect %>' })
  const { code, out } = rehearse(
    ['explain', 'look.example.com', '/tmp/x', '--environment', directory, '--format', 'json'],
    {
      env: { REHEARSAL_SECRET: 'host' },
    },
  )
  expect(code).toBe(0)
  expect(out).not.toContain('host')
  expect(out).toContain('{}')
})

it('ends a loop and a memory bomb, names their lines, and finishes the run', () => {
  const report = run(
    repo(
      {
        loop: '<% loop {} %>',
        again: '<% loop {} %>',
        bomb: '<% a = []; loop { a << "x" * 10_000_000 } %>',
        good: 'fine',
      },
      { 'rehearse.yaml': 'timeout: 2\n' },
    ),
  )
  const place = (kind: string) => report.findings.find((finding) => finding.nodes.includes(`${kind}.example.com`))
  for (const kind of ['loop', 'again', 'bomb'])
    expect(place(kind), kind).toMatchObject({ path: `modules/m/templates/${kind}.erb`, line: 2 })
  expect(place('loop')?.message).toContain('did not finish within 2 seconds')
  expect(report.nodes.find((node) => node.name === 'good.example.com')?.status).toBe('compiled')
})

it('ends a manifest that never ends', () => {
  const directory = directoryWith({
    'manifests/site.pp': 'node "slow.example.com" { Integer[1, 1000000000000].each |$i| { $i } }\nnode default { }\n',
    'facts/fast.example.com.yaml': 'a: 1\n',
    'facts/slow.example.com.yaml': 'a: 1\n',
    'rehearse.yaml': 'timeout: 2\n',
  })
  const report = run(directory)
  expect(report.findings).toHaveLength(1)
  expect(report.findings[0]).toMatchObject({ code: 'run/stalled', nodes: ['slow.example.com'] })
  expect(report.nodes.map((node) => node.status)).toEqual(['compiled', 'failed'])
})
