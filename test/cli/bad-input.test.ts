import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bin, copyOf, directoryWith, fixtures, rehearse, repoWith } from './rehearse.ts'

const hiera = 'version: 5\nhierarchy:\n  - {name: common, path: common.yaml, datadir: data, data_hash: yaml_data}\n'

/** Runs a repo in which `a.example.com` is broken and gives what people see. */
function broken(site: string, files: Record<string, string> = {}): string {
  const { code, out } = rehearse(['--environment', repoWith(site, files)])
  expect(code).toBe(1)
  return out
}

describe('could not run', () => {
  it.each([
    [[], 'no control repo here'],
    [['--environment', '/no/such/directory'], 'no such directory: /no/such/directory'],
    [['frobnicate'], 'Unknown argument: frobnicate'],
    [['run', '--nod', 'x'], 'Unknown argument: nod'],
    [['run', '--format', 'xml'], "unknown format 'xml'"],
    [
      ['run', '--environment', join(fixtures, 'ticket-shop'), '--node', 'wbe01.example.com'],
      "Did you mean 'web01.example.com'",
    ],
    [['explain'], 'Not enough non-option arguments'],
    [
      ['explain', 'web01.example.com', '/no/file', '--environment', join(fixtures, 'ticket-shop')],
      "has no file '/no/file'",
    ],
    [['validate', '/no/such/file'], 'no such file: /no/such/file'],
    [['template', '/no/such/file.erb'], 'no such file: /no/such/file.erb'],
  ])('%j', (args, message) => {
    const { code, out, err } = rehearse(args, { cwd: directoryWith({ empty: '' }) })
    expect(err).toContain(message)
    expect(out).toBe('')
    expect(code).toBe(2)
  })

  it('a repo without facts says where they go', () => {
    const { code, out } = rehearse(['--environment', directoryWith({ 'manifests/site.pp': '' })])
    expect(code).toBe(2)
    expect(out).toContain('no node is known')
    expect(out).toContain('facts/CERTNAME.json')
  })
})

describe('manifests', () => {
  it('reports three syntax errors at once, each with carets', () => {
    const out = broken(
      "class a {\n  file { '/x' content => 'y' }\n}\nclass b {\n  $x = [1, 2\n}\nclass c {\n  if $a { notice('x')\n  else { }\n}\n",
    )
    expect(out).toMatch(/error: Syntax error at 'content'.*\n.*site\.pp:2:15.*\n.*\n +│ {15}\^{7}/)
    expect(out).toMatch(/error: Syntax error at '}'.*\n.*site\.pp:6:1/)
    expect(out).toMatch(/error: Syntax error at 'else'.*\n.*site\.pp:9:3/)
    expect(out).toContain('✗ 3 errors.')
  })

  it.each([
    ['notice(upcas("x"))', "Unknown function: 'upcas'.", "Did you mean 'upcase'?"],
    ['define foo(Strng $x) { }\nfoo { "a": x => 1 }', 'Resource type not found: Strng', "Did you mean 'String'?"],
    [
      'class profile::web { }\ninclude profile::wb',
      'Could not find class ::profile::wb for a.example.com',
      "Did you mean 'profile::web'?",
    ],
    ['fil { "/x": }', "Unknown resource type: 'fil'", "Did you mean 'file'?"],
    ['file { "/x": contnt => 1 }', "no parameter named 'contnt'", "Did you mean 'content'?"],
    ['$x = lookup("nope::key")', "Function lookup() did not find a value for the name 'nope::key'", ''],
    ['notice($undefined_one)', "Unknown variable: 'undefined_one'.", ''],
  ])('%s', (site, message, remedy) => {
    const out = broken(
      `node 'a.example.com' {\n${site.includes('\n') ? '' : site}\n}\n${site.includes('\n') ? site : ''}`,
    )
    expect(out).toContain(message)
    expect(out).toContain(remedy)
    expect(out).toMatch(/site\.pp:\d+:\d+/)
  })

  it('names the classes of a dependency cycle', () => {
    const out = broken('include a', {
      'modules/a/manifests/init.pp': 'class a { require b }\n',
      'modules/b/manifests/init.pp': 'class b { require a }\n',
    })
    expect(out).toMatch(
      /Found 1 dependency cycle: \(Class\[A\] => Class\[B\] => Class\[A\]\)|\(Class\[B\] => Class\[A\] => Class\[B\]\)/,
    )
  })

  it('keeps the results of the nodes that compile', () => {
    const site = "node 'a.example.com' { fail('not here') }\nnode default { file { '/tmp/ok': content => 'ok' } }\n"
    const { code, out } = rehearse(['--environment', repoWith(site, {}, ['a.example.com', 'b.example.com'])])
    expect(code).toBe(1)
    expect(out).toContain('not here')
    expect(out).toMatch(/✓ b\.example\.com +\d+ resources, 1 file/)
  })
})

describe('data and facts', () => {
  it('shows the place of a YAML error', () => {
    const out = broken('$x = lookup("a")', { 'hiera.yaml': hiera, 'data/common.yaml': 'a: 1\nb: [1, 2\nc: 3\n' })
    expect(out).toContain("did not find expected ',' or ']' while parsing a flow sequence")
    expect(out).toMatch(/data\/common\.yaml:3:2/)
  })

  it('names facts of a wrong shape and goes on', () => {
    const { code, out } = rehearse(['--environment', repoWith('notice(1)', { 'facts/c.example.com.json': '[1, 2]' })])
    expect(code).toBe(1)
    expect(out).toContain('facts/c.example.com.json should hold the facts of nodes, but this element is no hash')
    expect(out).toContain('facts/c.example.com.json:1:2')
    expect(out).toContain('✗ 1 error.')
    expect(out).toMatch(/✓ a\.example\.com/)
  })

  it('refuses names of nodes that are paths', () => {
    const { out } = rehearse([
      '--environment',
      repoWith('notice(1)', { 'facts/x.yaml': 'name: ../../etc\nvalues: {}\n' }),
    ])
    expect(out).toContain("'../../etc' cannot be the name of a node")
  })

  it('names unknown keys of rehearse.yaml', () => {
    const { code, out } = rehearse(['--environment', repoWith('notice(1)', { 'rehearse.yaml': 'deploid: x\n' })])
    expect(code).toBe(1)
    expect(out).toContain("rehearse.yaml has no key 'deploid'")
    expect(out).toContain("Did you mean 'deployed'?")
  })
})

describe('templates', () => {
  it('shows the line at which a template raises', () => {
    const out = broken('file { "/tmp/x": content => template("m/t.erb") }', {
      'modules/m/templates/t.erb': 'one\n<% raise "no such shop" %>\n',
    })
    expect(out).toContain('no such shop')
    expect(out).toMatch(/modules\/m\/templates\/t\.erb:2:1/)
  })

  it('tells a parameter that an EPP template does not know', () => {
    const out = broken('file { "/tmp/x": content => epp("m/t.epp", { "b" => 1 }) }', {
      'modules/m/templates/t.epp': '<%- | String $a | -%>\n<%= $a %>\n',
    })
    expect(out).toMatch(/has no parameter named 'b'|expects a value for parameter/)
  })
})

describe('deployed trees', () => {
  it('names a tree that is not there', () => {
    const { code, out } = rehearse(['--environment', repoWith('notice(1)'), '--deployed', '/no/such/{node}'])
    expect(code).toBe(1)
    expect(out).toContain("no deployed tree at '/no/such/{node}'")
  })

  it.skipIf(process.getuid?.() === 0)('names a file that cannot be read', () => {
    const repo = repoWith('file { "/etc/secret": content => "x" }', { 'now/etc/secret': 'y' })
    chmodSync(join(repo, 'now/etc/secret'), 0)
    const { code, out } = rehearse(['--environment', repo, '--deployed', join(repo, 'now')])
    expect(code).toBe(1)
    expect(out).toContain('permission denied')
  })

  it('compares binary files by their size', () => {
    const repo = repoWith('file { "/srv/logo.png": source => "puppet:///modules/m/logo.png" }')
    mkdirSync(join(repo, 'modules/m/files'), { recursive: true })
    mkdirSync(join(repo, 'now/srv'), { recursive: true })
    writeFileSync(join(repo, 'modules/m/files/logo.png'), Buffer.from([0x89, 0x50, 0, 0, 1, 2, 3]))
    writeFileSync(join(repo, 'now/srv/logo.png'), Buffer.from([0x89, 0x50, 0, 0, 9]))
    const { code, out } = rehearse(['--environment', repo, '--deployed', join(repo, 'now')])
    expect(code).toBe(0)
    expect(out).toMatch(/not text, 5 bytes → 7 bytes/)
    expect(out).not.toContain('\u0089')
  })
})

describe('a reader that goes away', () => {
  it.each([
    ['a report', '', 'null'],
    ['many answers', 'catalog --batch', '{"node":"a.example.com"}'],
  ])('ends the run quietly: %s', (_, command, line) => {
    const input = join(directoryWith({ lines: `${line}\n`.repeat(200) }), 'lines')
    const format = command === '' ? '--format json' : ''
    const script = `"$NODE" "$BIN" ${command} --environment "$REPO" ${format} < "$INPUT" | head -c 1`
    const { stdout, stderr } = spawnSync('sh', ['-c', script], {
      encoding: 'utf8',
      env: { ...process.env, NODE: process.execPath, BIN: bin, REPO: join(fixtures, 'ticket-shop'), INPUT: input },
    })
    expect([stdout, stderr]).toEqual(['{', ''])
  })

  it.skipIf(!existsSync('/dev/full'))('tells that there is no room for its output', () => {
    const { status, stderr } = spawnSync('sh', ['-c', '"$NODE" "$BIN" --version > /dev/full'], {
      encoding: 'utf8',
      env: { ...process.env, NODE: process.execPath, BIN: bin },
    })
    expect([status, stderr]).toEqual([2, 'rehearse: cannot write the output: ENOSPC\n'])
  })
})

it('writes nothing where a file cannot be written whole', () => {
  const repo = copyOf('ticket-shop')
  writeFileSync(join(repo, 'blocked'), '')
  const { code, err } = rehearse(['--environment', repo, '--format', `html=${join(repo, 'blocked/report.html')}`])
  expect(code).toBe(2)
  expect(err).toContain('cannot write')
  expect(existsSync(join(repo, 'report.html'))).toBe(false)
  expect(readdirSync(repo).filter((name) => name.endsWith('.tmp'))).toEqual([])
})
