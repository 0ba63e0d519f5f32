import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { directoryWith, rehearse, rehearseInEveryFormat, repoWith } from '../cli/rehearse.ts'
import { changedLines, commit, committed, compare, edit, git, repositoryOf } from './control-repo.ts'

const site = (text: string): string => `file { '/etc/note': content => "${text}\\n" }\n`

describe('what stands before a change', () => {
  test('a revision that git does not know, with the nearest name', () => {
    const directory = committed(repoWith(site('a')))
    const { code, err } = rehearse(['--environment', directory, '--from', 'mian'])
    expect([code, err]).toEqual([2, "rehearse: git knows no revision 'mian'\nDid you mean 'main'?\n"])
  })

  test.each(['--output=x', '', 'main^{tree}'])('the revision %j', (revision) => {
    const directory = committed(repoWith(site('a')))
    const { code, err } = rehearse(['--environment', directory, `--from=${revision}`])
    expect(code).toBe(2)
    expect(err).toContain('git knows no revision')
  })

  test('a directory without repository', () => {
    const { code, err } = rehearse(['--environment', repoWith(site('a')), '--from', 'HEAD'], {
      env: { GIT_CEILING_DIRECTORIES: '/' },
    })
    expect(code).toBe(2)
    expect(err).toContain('is not in a git repository')
  })

  test('--to without --from', () => {
    expect(rehearse(['--environment', repoWith(site('a')), '--to', 'HEAD']).err).toContain('--to needs --from')
  })

  test('an environment below the top of its repository, and a hook that binds git elsewhere', () => {
    const top = directoryWith({ 'README.md': 'Environments.\n' })
    const directory = join(top, 'environments/production')
    mkdirSync(join(directory, 'manifests'), { recursive: true })
    mkdirSync(join(directory, 'facts'))
    writeFileSync(join(directory, 'manifests/site.pp'), site('one'))
    writeFileSync(join(directory, 'facts/a.example.com.yaml'), 'os: {family: Debian}\n')
    committed(top)
    edit(directory, 'manifests/site.pp', 'one', 'two')
    const { out } = rehearse(['--environment', directory, '--from', 'HEAD', '--format', 'json'], {
      env: { GIT_DIR: '/nowhere', GIT_INDEX_FILE: '/nowhere/index' },
    })
    const report = JSON.parse(out)
    expect(report.comparison).toEqual({ before: 'HEAD', after: 'the work tree', paths: ['manifests/site.pp'] })
    expect(report.changes.map(changedLines)).toEqual([['-one', '+two']])
  })

  test('uncommitted, staged and new files count as the work tree', () => {
    const directory = committed(
      repoWith('include note\n', {
        'modules/note/manifests/init.pp': `class note { file { '/etc/note': content => template('note/a.erb') } }\n`,
        'modules/note/templates/a.erb': 'one\n',
      }),
    )
    edit(directory, 'modules/note/templates/a.erb', 'one', 'two')
    git(directory, 'add', '-A')
    writeFileSync(
      join(directory, 'modules/note/manifests/more.pp'),
      "class note::more { file { '/etc/more': ensure => directory } }\n",
    )
    edit(directory, 'manifests/site.pp', 'include note', 'include note, note::more')
    const report = compare(directory, '--from', 'HEAD')
    expect(report.comparison.paths).toEqual([
      'manifests/site.pp',
      'modules/note/manifests/more.pp',
      'modules/note/templates/a.erb',
    ])
    expect(report.changes.map(({ path, kind }) => [path, kind])).toEqual([
      ['/etc/more', 'added'],
      ['/etc/note', 'changed'],
    ])
  })

  test('modules that git ignores are taken from disk on both sides', () => {
    const directory = repoWith(`include note\n`, { '.gitignore': '/modules/\n' })
    committed(directory)
    mkdirSync(join(directory, 'modules/note/manifests'), { recursive: true })
    writeFileSync(join(directory, 'modules/note/manifests/init.pp'), `class note { ${site('x')} }\n`)
    edit(directory, 'manifests/site.pp', 'include note', "include note\nfile { '/etc/other': ensure => directory }")
    const report = compare(directory, '--from', 'HEAD')
    expect(report.changes.map(({ path, kind }) => [path, kind])).toEqual([['/etc/other', 'added']])
    expect(report.findings).toEqual([])
  })

  test('submodules: another commit, and one that is not here', () => {
    const module = committed(directoryWith({ 'manifests/init.pp': `class note { ${site('one')} }\n` }))
    const directory = committed(repoWith('include note\n'))
    git(directory, 'submodule', '--quiet', 'add', module, 'modules/note')
    commit(directory, 'Add a module')
    edit(join(directory, 'modules/note'), 'manifests/init.pp', 'one', 'two')
    expect(compare(directory, '--from', 'HEAD').changes.map(changedLines)).toEqual([['-one', '+two']])
    commit(join(directory, 'modules/note'), 'Two')
    commit(directory, 'Take the newer module')
    expect(compare(directory, '--from', 'HEAD~1', '--to', 'HEAD').changes.map(changedLines)).toEqual([['-one', '+two']])
    rmSync(join(directory, 'modules/note'), { recursive: true })
    rmSync(join(directory, '.git/modules'), { recursive: true })
    mkdirSync(join(directory, 'modules/note'))
    const report = compare(directory, '--from', 'HEAD~1', '--to', 'HEAD')
    expect(report.findings.map(({ code }) => code)).toContain('git/submodule-missing')
  })

  test('links within the tree are followed, others are not', () => {
    const directory = repoWith('include note\n', { 'shared/note/manifests/init.pp': `class note { ${site('one')} }\n` })
    mkdirSync(join(directory, 'modules'))
    symlinkSync('../shared/note', join(directory, 'modules/note'))
    symlinkSync('/etc', join(directory, 'modules/outside'))
    committed(directory)
    edit(directory, 'shared/note/manifests/init.pp', 'one', 'two')
    expect(compare(directory, '--from', 'HEAD', '--all').changes.map(changedLines)).toEqual([['-one', '+two']])
  })

  test('a node that compiles on one side only', () => {
    const directory = committed(repoWith("fail('not yet')\n"))
    writeFileSync(join(directory, 'manifests/site.pp'), site('one'))
    const mended = compare(directory, '--from', 'HEAD')
    expect(mended.findings.map(({ code, standing }) => [code, standing])).toEqual([
      ['compare/no-earlier-catalog', undefined],
    ])
    commit(directory, 'Mend')
    writeFileSync(join(directory, 'manifests/site.pp'), "fail('again')\n")
    const broken = compare(directory, '--from', 'HEAD')
    expect(broken.changes).toEqual([])
    expect(broken.summary.verdict).toBe('No file changes; 1 error. The node does not compile.')
  })

  test('errors that were there before are told apart', () => {
    const directory = repositoryOf('ticket-shop')
    edit(directory, 'data/common.yaml', '1 year', '2 years')
    const report = compare(directory, '--from', 'HEAD', '--node', 'web01*')
    expect(report.findings.map(({ code, standing }) => [code, standing])).toEqual([['httpd/expires-code', true]])
    expect(report.summary.verdict).toContain('1 error that was there before')
  })
})

describe('a change and what is not of it', () => {
  test('drift has its own section', () => {
    const directory = repositoryOf('ticket-shop')
    edit(directory, 'data/common.yaml', 'mnth', 'month')
    const report = compare(directory, '--from', 'HEAD', '--node', 'web01*')
    expect(report.changes.map(({ section, path }) => [section, path])).toEqual([
      ['change', '/var/www/shop/.htaccess'],
      ['drift', '/var/www/shop/.htaccess'],
    ])
    expect(report.changes.map(changedLines)).toEqual([
      ['-  ExpiresByType text/css "access plus 1 mnth"', '+  ExpiresByType text/css "access plus 1 month"'],
      [
        '-  ExpiresByType text/css "access plus 1 week"',
        '-  ExpiresByType image/webp "access plus 1 month"',
        '+  ExpiresByType text/css "access plus 1 mnth"',
        '+  ExpiresByType image/webp "access plus 1 year"',
      ],
    ])
  })

  test('packages, execs, purged entries, links and files that are left alone', () => {
    const before = `
      package { 'tool': ensure => '1.0' }
      exec { '/bin/once': refreshonly => true }
      exec { '/bin/guarded': creates => '/done' }
      file { '/etc/app': ensure => directory, recurse => true, purge => true }
      file { '/etc/app/old': content => "x\\n" }
      file { '/etc/loose': content => "x\\n" }
      file { '/etc/link': ensure => link, target => '/a' }
      file { '/etc/app/kept': content => "x\\n", owner => 'root', mode => '0644', notify => Exec['/bin/once'] }`
    const directory = committed(repoWith(before))
    for (const [from, to] of [
      ["'1.0'", "'2.0'"],
      ['file { \'/etc/app/old\': content => "x\\n" }', ''],
      ['file { \'/etc/loose\': content => "x\\n" }', ''],
      ["'/a'", "'/b'"],
      ["'0644'", "'0600'"],
      ["creates => '/done'", "creates => '/done', cwd => '/'"],
    ] as const)
      edit(directory, 'manifests/site.pp', from, to)
    const report = compare(directory, '--from', 'HEAD')
    expect(report.changes.map(({ path, kind, attributes }) => [path, kind, attributes])).toEqual([
      ['/etc/app/kept', 'attributes', [{ name: 'mode', before: '0644', after: '0600' }]],
      ['/etc/app/old', 'removed', []],
      ['/etc/link', 'changed', [{ name: 'target', before: '/a', after: '/b' }]],
    ])
    expect(report.resources.map(({ resource, kind, parameters }) => [resource, kind, parameters])).toEqual([
      ['Exec[/bin/guarded]', 'changed', [{ name: 'cwd', after: '/' }]],
      ['File[/etc/loose]', 'removed', []],
      ['Package[tool]', 'changed', [{ name: 'ensure', before: '1.0', after: '2.0' }]],
    ])
    expect(report.effects.map(({ kind, resource, because }) => [kind, resource, because])).toEqual([
      ['exec', 'Exec[/bin/guarded]', ['Exec[/bin/guarded]']],
      ['exec', 'Exec[/bin/once]', ['/etc/app/kept']],
    ])
  })

  test('what a condition decides names the line that decides', () => {
    const directory = repoWith('include note\n', {
      'modules/note/manifests/init.pp':
        "class note (Boolean $verbose) { file { '/etc/note': content => template('note/a.erb') } }\n",
      'modules/note/templates/a.erb': 'level info\n<% if @verbose -%>\ntrace on\n<% end -%>\n',
      'hiera.yaml': 'version: 5\nhierarchy:\n  - {name: common, path: common.yaml}\n',
      'data/common.yaml': 'unrelated: 1\nnote::verbose: false\n',
    })
    committed(directory)
    edit(directory, 'data/common.yaml', 'verbose: false', 'verbose: true')
    const report = compare(directory, '--from', 'HEAD')
    expect(report.changes.map(changedLines)).toEqual([['+trace on']])
    expect(report.changes[0]?.causes?.[0]?.causes.map(({ path, line, how }) => [path, line, how])).toEqual([
      ['data/common.yaml', 2, 'decides'],
    ])
  })

  test('a difference that no changed line explains is flagged', () => {
    const directory = committed(
      repoWith("file { '/etc/token': content => inline_template('<%= $seen = ($seen || 0) + 1 %>') }\n"),
    )
    edit(directory, 'manifests/site.pp', 'file {', '# A comment decides nothing.\nfile {')
    const report = compare(directory, '--from', 'HEAD')
    expect(report.changes.map(({ path, causes }) => [path, causes])).toEqual([
      ['/etc/token', [{ causes: [], unexplained: true }]],
    ])
    expect(report.summary.unexplained).toBe(1)
  })

  test('chance makes no difference', () => {
    const random = '<%= rand %> <%= SecureRandom.hex %> <%= Random.new.rand %> <%= [1, 2, 3, 4, 5, 6, 7].shuffle %>'
    const directory = committed(repoWith(`file { '/etc/token': content => inline_template('${random}') }\n`))
    edit(directory, 'manifests/site.pp', 'file {', '# A comment decides nothing.\nfile {')
    expect(compare(directory, '--from', 'HEAD').changes).toEqual([])
  })

  test('rules hide differences, and say how many and why', () => {
    const directory = committed(repoWith(`${site('one')}package { 'tool': ensure => '1.0' }\n`))
    edit(directory, 'manifests/site.pp', 'one', 'two')
    edit(directory, 'manifests/site.pp', '1.0', '2.0')
    writeFileSync(
      join(directory, 'rehearse.yaml'),
      "ignore:\n  - {path: '/etc/n*', line: '^(one|two)$', reason: known}\n  - {type: package, attribute: ensure, reason: pinned elsewhere}\n  - {title: nothing, reason: unused}\n",
    )
    const report = compare(directory, '--from', 'HEAD')
    expect([report.changes, report.resources, report.effects]).toEqual([[], [], []])
    expect(report.ignored).toEqual([
      { rule: 'path /etc/n*, line ^(one|two)$', reason: 'known', what: 'difference', count: 1 },
      { rule: 'type package, attribute ensure', reason: 'pinned elsewhere', what: 'difference', count: 1 },
    ])
  })

  test('rules that cannot be used are findings', () => {
    const directory = committed(repoWith(site('one')))
    writeFileSync(
      join(directory, 'rehearse.yaml'),
      "ignore:\n  - {paht: x, reason: y}\n  - {path: x}\n  - {line: '(', reason: y}\n",
    )
    expect(compare(directory, '--from', 'HEAD').findings.map(({ code }) => code)).toEqual(
      Array(3).fill('project/ignore-rule'),
    )
  })

  test('secrets stay hidden in every format, on both sides and in the causes', () => {
    const directory = repoWith(
      `$secret = lookup('secret')
       file { '/etc/a': content => epp('note/a.epp', { 'password' => Sensitive($secret) }) }
       file { '/etc/whole': content => Sensitive("p\${secret}\\n") }
       user { 'x': password => Sensitive($secret) }\n`,
      {
        'modules/note/templates/a.epp': 'password = <%= $password.unwrap %>\n',
        'hiera.yaml': 'version: 5\nhierarchy:\n  - {name: common, path: common.yaml}\n',
        'data/common.yaml': 'secret: tango-one\n',
      },
    )
    committed(directory)
    edit(directory, 'data/common.yaml', 'tango-one', 'whisky-two')
    const { code, err, texts } = rehearseInEveryFormat(['--environment', directory, '--from', 'HEAD'])
    expect(code).toBe(0)
    for (const [format, text] of texts) {
      expect(text + err, format).not.toMatch(/tango-one|whisky-two/)
      // It holds findings alone, and there are none.
      if (format === 'sarif') continue
      expect(text, format).toContain('••••')
      expect(text, format).toContain('data/common.yaml')
    }
  })

  test('saved catalogs stand for the state before', () => {
    const directory = committed(repoWith(`${site('one')}package { 'tool': ensure => '1.0' }\n`))
    const saved = rehearse(['catalog', '--environment', directory, '--node', 'a.example.com']).out
    const files = directoryWith({
      'a.example.com.json': saved,
      'all.json': JSON.stringify([{ certname: 'a.example.com', resources: { data: JSON.parse(saved).resources } }]),
    })
    edit(directory, 'manifests/site.pp', 'one', 'two')
    edit(directory, 'manifests/site.pp', '1.0', '2.0')
    for (const pattern of ['{node}.json', 'all.json']) {
      const report = compare(directory, '--from-catalogs', join(files, pattern))
      expect(report.changes.map(changedLines)).toEqual([['-one', '+two']])
      expect(report.resources.map(({ resource }) => resource)).toEqual(['Package[tool]'])
    }
    const missing = compare(directory, '--from-catalogs', join(files, 'none.json'))
    expect(missing.findings.map(({ message }) => message)).toEqual([expect.stringContaining('there is no such file')])
    expect(readFileSync(join(directory, 'manifests/site.pp'), 'utf8')).toContain('two')
  })
})

test('modules of the Puppetfile that are not installed are named, with the command that installs them', () => {
  const directory = committed(
    repoWith(site('one'), {
      Puppetfile:
        "forge 'https://forge.example.com'\nmod 'example-nowhere', '9.0.0'\n  mod 'here', local: true\n# mod 'not'\n",
      'modules/here/manifests/init.pp': 'class here {}\n',
    }),
  )
  const { findings } = compare(directory, '--from', 'HEAD')
  expect(findings.map(({ code, message }) => [code, message])).toEqual([
    ['project/missing-module', "the Puppetfile names the module 'example-nowhere', which is nowhere on the modulepath"],
  ])
  expect(rehearse(['--environment', directory]).out).toContain('r10k puppetfile install')
})
