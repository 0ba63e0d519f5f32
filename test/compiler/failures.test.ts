import { beforeAll, describe, expect, it } from 'vitest'
import { compileNode } from '../../src/compiler/compile-node.ts'
import { type Environment, openEnvironment } from '../../src/compiler/environment.ts'
import type { Diagnostic } from '../../src/source/diagnostic.ts'
import { memoryFiles } from '../../src/source/files.ts'
import { lineOf, sourceFile } from '../../src/source/source-file.ts'
import type { Settings } from '../../src/value/function.ts'
import { unknownOrigin } from '../../src/value/origin.ts'
import { hash, integer, string } from '../../src/value/value.ts'
import { compileSnippet, openCompilerEnvironment } from './answer.ts'

let environment: Environment
beforeAll(() => {
  environment = openCompilerEnvironment(8)
})

const settings: Settings = {
  puppet: 8,
  strict: 'error',
  strictVariables: true,
  environment: 'test',
  values: new Map(),
}

function inMemory(contents: Record<string, string>): Environment {
  const files = memoryFiles('/environment', new Map(Object.entries(contents)))
  return openEnvironment({
    name: 'test',
    files,
    modulePath: ['modules'],
    moduleFiles: (directory) =>
      memoryFiles(
        directory,
        new Map(
          Object.entries(contents).flatMap(([path, text]) =>
            path.startsWith(`${directory}/`) ? [[path.slice(directory.length + 1), text]] : [],
          ),
        ),
      ),
    settings,
  })
}

const noFacts = hash([], unknownOrigin)

function errors(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter((d) => d.severity === 'error')
    .map((d) => `${d.span?.file.path}:${d.span ? lineOf(d.span) : '?'} ${d.message}`)
}

describe('a failure', () => {
  it.each([
    ['include shp', "Did you mean 'shop'?"],
    ['include shop::cach', "Did you mean 'shop::cache'?"],
    ["fil { '/x': }", "Did you mean 'file'?"],
    ["cron { 'x': }", 'module cron_core'],
    ["$x = upcas('a')", "Did you mean 'upcase'?"],
    ["file { '/x': contents => 'a' }", "Did you mean 'content'?"],
    ['$x = Optionl[String]', "Did you mean 'Optional'?"],
    ['$x = Shop::Prt', "Did you mean 'Shop::Port'?"],
  ])('suggests what was meant: %s', (code, remedy) => {
    const { diagnostics, catalog } = compileSnippet(environment, code)
    expect(catalog).toBeUndefined()
    expect(diagnostics.map((d) => d.remedy)).toEqual([expect.stringContaining(remedy)])
  })

  it('tells the declarations that led to it, innermost first', () => {
    const code = 'class a {\n  include shop::cache::deep\n}\nnode default {\n  include a\n}'
    const { diagnostics } = compileSnippet(environment, code, 'site.pp')
    const [diagnostic] = diagnostics
    expect(errors(diagnostics)).toEqual(['modules/shop/manifests/cache/deep.pp:2 deep in shop, called from '])
    expect(diagnostic?.related?.map((r) => `${r.message} ${r.span.file.path}:${lineOf(r.span)}`)).toEqual([
      'while evaluating Class[Shop::Cache::Deep], declared here site.pp:2',
      'while evaluating Class[A], declared here site.pp:5',
    ])
  })

  it('names the earlier place of a variable that is set twice', () => {
    const { diagnostics } = compileSnippet(environment, '$a = 1\n$a = 2', 'site.pp')
    expect(errors(diagnostics)).toEqual(["site.pp:2 Cannot reassign variable '$a'"])
    expect(diagnostics[0]?.related?.map((r) => lineOf(r.span))).toEqual([1])
  })

  it('comes with all the syntax errors of its file', () => {
    const broken = "file { '/a'\n}\n$x = \n}\nnotify { 'b' message => 1 }\n"
    const { diagnostics } = compileSnippet(environment, broken, 'site.pp')
    expect(errors(diagnostics).length).toBeGreaterThan(1)
    expect(errors(diagnostics)[0]).toMatch(/^site.pp:2 Syntax error/)
  })

  it('leaves the other nodes alone', () => {
    const site = inMemory({
      'manifests/a.pp': "node 'bad' { include nope }\nnode 'good' { notify { 'fine': } }",
      'manifests/b.pp': "notify { 'everywhere': }",
    })
    const bad = compileNode(site, { name: 'bad', facts: noFacts })
    const good = compileNode(site, { name: 'good', facts: noFacts })
    expect(errors(bad.diagnostics)).toEqual(['manifests/a.pp:1 Could not find class ::nope for bad'])
    expect(good.catalog?.resources.map((r) => r.title)).toEqual([
      'main',
      'Settings',
      'main',
      'everywhere',
      'good',
      'fine',
    ])
  })

  it('of rehearse itself is told as one, with what is behind it', () => {
    const sound = inMemory({ 'manifests/site.pp': 'include broken' })
    const cause = new TypeError('no such thing')
    const broken = {
      ...sound,
      siteManifests: () => {
        throw cause
      },
    }
    const { catalog, diagnostics } = compileNode(broken, { name: 'a', facts: hash([], unknownOrigin) })
    expect(catalog).toBeUndefined()
    expect(diagnostics).toMatchObject([
      { code: 'rehearse/fault', message: 'a fault in rehearse itself: no such thing', cause },
    ])
  })

  it('ends an endless recursion', () => {
    const { diagnostics } = compileSnippet(environment, 'function r($n) { r($n + 1) }\nr(0)')
    expect(diagnostics.map((d) => d.message)).toEqual(['stack level too deep'])
  })
})

describe('types that Puppet packages bring along', () => {
  it('are there where the environment says so', () => {
    const files = memoryFiles('/environment', new Map())
    const made = (vendoredTypes: boolean) =>
      openEnvironment({ name: 'test', files, modulePath: [], moduleFiles: () => files, settings, vendoredTypes })
    const code = sourceFile('site.pp', "cron { 'x': command => '/bin/true', hour => 2 }")
    const request = { name: 'a', facts: noFacts, code }
    expect(compileNode(made(true), request).catalog?.resources.at(-1)?.type).toBe('Cron')
    expect(errors(compileNode(made(false), request).diagnostics)).toEqual(["site.pp:1 Unknown resource type: 'cron'"])
  })
})

describe('an external node classifier', () => {
  it('declares classes, those with parameters first', () => {
    const site = inMemory({
      'modules/m/manifests/init.pp': 'class m($p) { notify { "m $p": } }',
      'modules/n/manifests/init.pp': "class n { notify { 'n': } }",
    })
    const origin = unknownOrigin
    const { catalog, diagnostics } = compileNode(site, {
      name: 'a',
      facts: noFacts,
      classes: new Map([
        ['n', undefined],
        ['m', hash([[string('p', origin), integer(5, origin)]], origin)],
      ]),
    })
    expect(errors(diagnostics)).toEqual([])
    expect(catalog?.resources.map((r) => `${r.type}[${r.title}]`).slice(3)).toEqual([
      'Class[M]',
      'Class[N]',
      'Notify[m 5]',
      'Notify[n]',
    ])
  })
})

describe('what a compilation has read', () => {
  it('names files, facts by their first name, and keys', () => {
    const { reads } = compileSnippet(environment, "include shop\n$k = $facts['kernel']\nshop_setting { 'a': }")
    expect([...reads.files]).toEqual(
      expect.arrayContaining([
        'modules/shop/manifests/init.pp',
        'modules/shop/templates/shop.conf.epp',
        'modules/shop/templates/shop.old.erb',
        'modules/shop/functions/home.pp',
        'modules/shop/types/port.pp',
        'modules/shop/lib/puppet/type/shop_setting.rb',
        'data/common.yaml',
      ]),
    )
    expect([...reads.facts]).toEqual(expect.arrayContaining(['os', 'kernel']))
    expect([...reads.hieraKeys]).toEqual(expect.arrayContaining(['shop::port', 'shop::owners']))
  })
})
