import { describe, expect, it } from 'vitest'
import { compileNode } from '../../src/compiler/compile-node.ts'
import { type Environment, openEnvironment } from '../../src/compiler/environment.ts'
import { memoryFiles } from '../../src/source/files.ts'
import { lineOf, sourceFile } from '../../src/source/source-file.ts'
import { unknownOrigin } from '../../src/value/origin.ts'
import { hash } from '../../src/value/value.ts'

// What real Puppet 7.23 says of these files (test/oracles/puppet-catalogs.rb; with --set strict=error for the errors).
const files = {
  'manifests/init.pp': 'class m {\n  $h = { "a" => 1, "a" => 2 }\n}',
  'manifests/sub/a.pp': 'class m::sub::a { }\nclass m::other { }',
  'manifests/top.pp': 'class m::top { }\nnotify { "outside": }',
  'manifests/wrong.pp': 'define n::x() { }',
  'functions/f1.pp': 'function m::f2() { 1 }',
  'functions/ok.pp': 'function m::ok() { { b => 1, b => 2 } }',
  'types/t.pp': 'type M::U = Integer',
}

function environmentOf(strict: 'warning' | 'error'): Environment {
  return openEnvironment({
    name: 'test',
    files: memoryFiles('/environment', new Map()),
    modulePath: ['modules'],
    moduleFiles: () =>
      memoryFiles('modules', new Map(Object.entries(files).map(([path, text]) => [`m/${path}`, text]))),
    settings: { puppet: 7, strict, strictVariables: false, environment: 'test', values: new Map() },
  })
}

function compile(strict: 'warning' | 'error', code: string) {
  const facts = hash([], unknownOrigin)
  const request = { name: 'a.example.com', facts, serverFacts: facts, code: sourceFile('', code) }
  const { catalog, diagnostics, logs } = compileNode(environmentOf(strict), request)
  const [error] = diagnostics.filter((diagnostic) => diagnostic.severity === 'error')
  return {
    error: catalog ? undefined : error?.message,
    line: error?.span && lineOf(error.span),
    warnings: logs.filter(({ level }) => level === 'warning').map(({ message }) => message),
  }
}

describe('a key that stands twice in a hash', () => {
  it.each([
    ['include m', 'a', 2],
    ['m::ok()', 'b', 1],
    ['$x = { 1 => 2, 1 => 3 }', '1', 1],
    ["$x = inline_epp('<%= { a => 1, a => 2 } %>')", 'a', 1],
  ])('is a warning or an error as `strict` says: %s', (code, key, line) => {
    const message = `The key '${key}' is declared more than once`
    expect(compile('warning', code)).toEqual({ error: undefined, line: undefined, warnings: [message] })
    expect(compile('error', code)).toEqual({ error: message, line, warnings: [] })
  })
})

describe('a definition', () => {
  it.each([
    [
      'include m::sub::a',
      "Unacceptable location. The name 'm::other' is unacceptable in file 'modules/m/manifests/sub/a.pp'",
      2,
    ],
    ['include m::top', 'This Resource Statement is unacceptable as a top level construct in this location', 2],
    [
      "m::wrong { 'a': }",
      "Unacceptable location. The name 'n::x' is unacceptable in file 'modules/m/manifests/wrong.pp'",
      1,
    ],
    ['m::f1()', "Unacceptable location. The name 'm::f2' is unacceptable in file 'modules/m/functions/f1.pp'", 1],
    [
      '$x = M::T',
      "The code loaded from modules/m/types/t.pp produced type with the wrong name, expected 'm::t', actual 'M::U'",
      1,
    ],
  ])('of a module stands in the file of its name: %s', (code, message, line) => {
    expect(compile('warning', code)).toMatchObject({ error: message, line })
  })
})
