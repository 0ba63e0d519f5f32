import { describe, expect, it } from 'vitest'
import { dataRules } from '../../src/lint/data/lint-data.ts'
import { openControlRepo } from '../../src/project/control-repo.ts'
import { run } from '../../src/project/run.ts'
import { positionAt } from '../../src/source/source-file.ts'
import { directoryWith } from '../cli/rehearse.ts'

const base = {
  'environment.conf': 'modulepath = site\n',
  'manifests/site.pp': 'include profile::web\n',
  'site/profile/manifests/web.pp': 'class profile::web (Integer $port = 80, Array $cache_rules = []) { }\n',
  'site/profile/manifests/db.pp': 'class profile::db (String $name_of_it, String $owner = lookup("site::owner")) { }\n',
  'hiera.yaml':
    'version: 5\nhierarchy:\n  - {name: node, path: "%{trusted.certname}.yaml"}\n  - {name: os, path: "%{facts.os.family}.yaml"}\n  - {name: common, path: common.yaml}\n',
  'facts/a.example.com.yaml': 'os: {family: Debian, release: {major: "12"}}\nlist: [1, 2]\n',
  'facts/b.example.com.yaml': 'os: {family: RedHat, release: {major: "9"}}\nrole: db\n',
}

/** What the checks say: `code path:line:column remedy`. */
function findings(files: Record<string, string>, nodes?: readonly string[]): string[] {
  const repo = openControlRepo({ directory: directoryWith({ ...base, ...files }) })
  const chosen = nodes ? repo.nodes.filter(({ name }) => nodes.includes(name)) : repo.nodes
  return run(repo, { nodes: chosen, stalls: [] }).findings.map(({ diagnostic: { code, span, message, remedy } }) => {
    const { line, column } = span ? positionAt(span.file, span.start) : { line: 0, column: 0 }
    return `${code} ${span?.file.path}:${line}:${column} ${message}${remedy === undefined ? '' : ` | ${remedy}`}`
  })
}

interface Example {
  readonly files: Record<string, string>
  /** What each finding holds, in order; none: silent. */
  readonly found?: readonly string[]
}

const examples: Readonly<Record<string, Readonly<Record<string, Example>>>> = {
  'misspelt-parameter': {
    'err: a slip in the parameter': {
      files: { 'data/common.yaml': 'profile::web::port: 8080\nprofile::web::cahce_rules: []\n' },
      found: [
        "data/misspelt-parameter data/common.yaml:2:1 the class profile::web has no parameter 'cahce_rules', and nothing looks profile::web::cahce_rules up | Did you mean 'profile::web::cache_rules'?",
      ],
    },
    'err: a slip in the class': {
      files: { 'data/common.yaml': 'profile::wbe::port: 8080\n' },
      found: [
        "data/misspelt-parameter data/common.yaml:1:1 there is no class profile::wbe, and nothing looks profile::wbe::port up | Did you mean 'profile::web::port'?",
      ],
    },
    'ok: a parameter': { files: { 'data/common.yaml': 'profile::web::port: 8080\n' } },
    'ok: a parameter of a class that no node has': { files: { 'data/common.yaml': 'profile::db::name_of_it: x\n' } },
    'ok: looked up in spite of its looks': {
      files: {
        'manifests/site.pp': "include profile::web\n$x = lookup('profile::web::ports', default_value => 1)\n",
        'data/common.yaml': 'profile::web::ports: 1\n',
      },
    },
    'ok: in the data of a module': {
      files: {
        'site/profile/hiera.yaml': 'version: 5\nhierarchy: [{name: c, path: common.yaml}]\n',
        'site/profile/data/common.yaml': 'profile::web::prot: 1\n',
      },
    },
  },
  'unused-key': {
    'err: nothing asks for it': {
      files: { 'data/common.yaml': '# old\nsite::forgotten: 1\nplain: 2\n' },
      found: [
        'data/unused-key data/common.yaml:2:1 nothing looks site::forgotten up',
        'data/unused-key data/common.yaml:3:1 nothing looks plain up',
      ],
    },
    'ok: other data interpolates it': {
      files: { 'data/common.yaml': 'profile::web::port: "%{alias(\'site::port\')}"\nsite::port: 8080\n' },
    },
    'ok: a class that no node has looks it up': { files: { 'data/common.yaml': 'site::owner: www\n' } },
    'ok: a part of it is looked up': {
      files: {
        'manifests/site.pp': "$x = lookup('site.name')\n",
        'data/common.yaml': 'site: {name: x}\n',
      },
    },
    'ok: code puts it together': {
      files: {
        'site/profile/manifests/db.pp':
          'class profile::db (String $x) { $a = lookup("secrets::${x}") $b = lookup("${module_name}::more::owner") }\n',
        'data/common.yaml': 'secrets::root: x\nprofile::more::owner: y\n',
      },
    },
    'ok: of a module that the Puppetfile names and nobody installed': {
      files: { Puppetfile: "mod 'puppet/nginx', '3.3.0'\n", 'data/common.yaml': 'nginx::server_purge: true\n' },
      found: ["project/missing-module Puppetfile:1:6 the Puppetfile names the module 'puppet/nginx'"],
    },
    'err: of a module that nobody knows': {
      files: { 'data/common.yaml': 'nginx::server_purge: true\n' },
      found: ['data/unused-key data/common.yaml:1:1 nothing looks nginx::server_purge up'],
    },
    'ok: lookup_options': { files: { 'data/common.yaml': 'lookup_options: {}\n' } },
  },
  'repeated-value': {
    'err: the next level has the same': {
      files: { 'data/a.example.com.yaml': 'profile::web::port: 81\n', 'data/common.yaml': 'profile::web::port: 81\n' },
      found: [
        'data/repeated-value data/a.example.com.yaml:1:1 profile::web::port has the same value at a lower level, data/common.yaml:1',
      ],
    },
    'ok: a level between them has another': {
      files: {
        'data/a.example.com.yaml': 'profile::web::port: 81\n',
        'data/Debian.yaml': 'profile::web::port: 82\n',
        'data/common.yaml': 'profile::web::port: 81\n',
      },
    },
    'ok: values are merged': {
      files: {
        'data/a.example.com.yaml': 'profile::web::cache_rules: [1]\n',
        'data/common.yaml':
          'profile::web::cache_rules: [1]\nlookup_options: {profile::web::cache_rules: {merge: unique}}\n',
      },
    },
    'ok: another value': {
      files: { 'data/a.example.com.yaml': 'profile::web::port: 81\n', 'data/common.yaml': 'profile::web::port: 80\n' },
    },
  },
  'unknown-fact': {
    'err: in data': {
      files: { 'data/common.yaml': 'profile::web::cache_rules: ["%{facts.os.familiy}", "%{facts.nope}"]\n' },
      found: [
        "data/unknown-fact data/common.yaml:1:30 no node has the fact os.familiy, so %{facts.os.familiy} is empty | Did you mean 'os.family'?",
        'data/unknown-fact data/common.yaml:1:53 no node has the fact nope',
      ],
    },
    'err: in hiera.yaml': {
      files: { 'hiera.yaml': 'version: 5\nhierarchy:\n  - {name: stage, path: "%{facts.stage}.yaml"}\n' },
      found: ['data/unknown-fact hiera.yaml:3:26 no node has the fact stage'],
    },
    'ok: a node has it': {
      files: {
        'data/common.yaml':
          'profile::web::cache_rules: ["%{facts.role}", "%{facts.list.1}", "%{::facts.os.release.major}"]\n',
      },
    },
    'ok: in a comment': {
      files: { 'data/common.yaml': 'profile::web::port: 1 # not %{facts.nope}\n# %{facts.nope}\n' },
    },
  },
}

describe('checks of data', () => {
  it('all have examples', () => {
    expect(Object.keys(examples).sort()).toEqual(dataRules.map(({ code }) => code).sort())
    for (const rows of Object.values(examples))
      expect([...new Set(Object.keys(rows).map((name) => name.slice(0, 3)))].sort()).toEqual(['err', 'ok:'])
  })

  const rows = Object.entries(examples).flatMap(([code, all]) =>
    Object.entries(all).map(([name, example]) => [`${code}, ${name}`, example] as const),
  )
  it.each(rows)('%s', (_name, { files, found = [] }) => {
    const said = findings(files)
    expect(said.map((text, i) => text.slice(0, found[i]?.length ?? text.length))).toEqual(found)
  })

  it('say nothing of what nobody uses where only some nodes are rehearsed, or one does not compile', () => {
    const files = { 'data/common.yaml': 'plain: 1\nprofile::web::prot: 1\n' }
    const misspelt = [expect.stringContaining('data/misspelt-parameter data/common.yaml:2:1')]
    expect(findings(files, ['a.example.com'])).toEqual(misspelt)
    const failing = {
      ...files,
      'manifests/site.pp': "node 'a.example.com' { fail('x') }\nnode default { include profile::web }\n",
    }
    expect(findings(failing)).toEqual([expect.stringContaining('puppet/'), ...misspelt])
  })
})

describe('data of a type that a parameter refuses', () => {
  it('is shown where it stands, to the element', () => {
    const repo = openControlRepo({
      directory: directoryWith({
        ...base,
        'site/profile/manifests/web.pp':
          'class profile::web (Array[Struct[{type => String, Optional[max] => Integer}]] $rules, String $needed) { }\n',
        'data/common.yaml': 'profile::web::rules:\n  - type: a\n    max: 1\n  - type: b\n    max: many\n',
      }),
    })
    const [finding] = run(repo, { nodes: repo.nodes, stalls: [] }).findings
    const { code, message, related = [], remedy } = finding?.diagnostic ?? expect.fail()
    expect(code).toBe('puppet/type-mismatch')
    expect(message).toContain("parameter 'rules' index 1 entry 'max' expects an Integer value, got String")
    expect(remedy).toContain('profile::web::needed')
    expect(related.map(({ message: text, span }) => [text, span.file.path, positionAt(span.file, span.start)])).toEqual(
      [['rules is set here, level "common"', 'data/common.yaml', { line: 5, column: 10 }]],
    )
  })
})

it('bundled facts say nothing of facts that a site adds', () => {
  const data = {
    'data/common.yaml': 'profile::web::cache_rules: ["%{facts.os.familiy}", "%{facts.datacentre_code}"]\n',
  }
  const { 'facts/a.example.com.yaml': _, 'facts/b.example.com.yaml': __, ...files } = { ...base, ...data }
  const repo = openControlRepo({ directory: directoryWith(files), facts: 'debian-12' })
  const found = run(repo, { nodes: repo.nodes, stalls: [] }).findings.map(({ diagnostic }) => diagnostic.message)
  expect(found).toEqual(['no node has the fact os.familiy, so %{facts.os.familiy} is empty'])
})
