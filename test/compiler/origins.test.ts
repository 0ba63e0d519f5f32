import { beforeAll, describe, expect, it } from 'vitest'
import type { Compilation } from '../../src/compiler/compile-node.ts'
import type { Environment } from '../../src/compiler/environment.ts'
import { lineOf, type Span, spanText } from '../../src/source/source-file.ts'
import type { Origin, Piece } from '../../src/value/origin.ts'
import type { Value } from '../../src/value/value.ts'
import { compileSnippet, openCompilerEnvironment } from './answer.ts'

let environment: Environment
beforeAll(() => {
  environment = openCompilerEnvironment(8)
})

function parameter(compiled: Compilation, id: string, name: string): Value {
  const resource = compiled.catalog?.resources.find((r) => `${r.type}[${r.title}]` === id)
  const value = resource?.parameters.get(name)?.value
  if (!value) throw new Error(`${id} has no ${name}: ${JSON.stringify(compiled.diagnostics.map((d) => d.message))}`)
  return value
}

function message(code: string): Value {
  return parameter(compileSnippet(environment, code), 'Notify[x]', 'message')
}

/** The links of an origin, outermost first: `variable $a`, `fact os.family`. */
function chain(origin: Origin): string[] {
  switch (origin.kind) {
    case 'variable':
    case 'parameter':
      return [`${origin.kind} $${origin.name}`, ...chain(origin.from)]
    case 'chosen':
      return chain(origin.from)
    case 'fact':
      return [`fact ${origin.name}`]
    case 'hiera':
      return [`hiera ${origin.key} at ${place(origin.span)}, level ${origin.level}`]
    case 'literal':
      return [`literal ${spanText(origin.span)}`]
    case 'call':
      return [`call ${origin.name}`]
    default:
      return [origin.kind]
  }
}

function place(span: Span): string {
  return `${span.file.path}:${lineOf(span)}`
}

function pieces(value: Value): readonly Piece[] {
  let { origin } = value
  while (origin.kind === 'variable' || origin.kind === 'parameter') origin = origin.from
  return origin.kind === 'text' ? origin.pieces : []
}

describe('the origin of a value', () => {
  it.each([
    ["notify { 'x': message => 'lit' }", ["literal 'lit'"]],
    ["$a = 'lit' notify { 'x': message => $a }", ['variable $a', "literal 'lit'"]],
    ["notify { 'x': message => $facts['os']['family'] }", ['fact os.family']],
    ["notify { 'x': message => $kernel }", ['fact kernel']],
    ["$l = ['p', 'q'] notify { 'x': message => $l[1] }", ["literal 'q'"]],
    ["$h = { k => { j => 'deep' } } notify { 'x': message => $h['k']['j'] }", ["literal 'deep'"]],
    ["notify { 'x': message => lookup('shop::port') }", ['hiera shop::port at data/common.yaml:1, level common']],
    ["define d($p) { notify { 'x': message => $p } } d { 't': p => 'v' }", ['parameter $p', "literal 'v'"]],
    ["notify { 'x': message => upcase('a') }", ['call upcase']],
    ["notify { 'x': message => ['a'].map |$v| { $v }[0] }", ['parameter $v', "literal 'a'"]],
  ])('%s', (code, expected) => {
    expect(chain(message(code).origin)).toEqual(expected)
  })

  it('is that of the YAML node for an element of an array out of Hiera', () => {
    const value = message("$o = lookup('shop::owners') notify { 'x': message => $o[1] }")
    expect(chain(value.origin)).toEqual(['hiera shop::owners at data/common.yaml:3, level common'])
  })
})

describe('the pieces of an interpolated string', () => {
  it('touch each other, cover the text, and know the variables that were read', () => {
    const value = message("$r = [{ e => '1 month' }] notify { 'x': message => \"a ${r[0]['e']} b\" }")
    expect(value).toMatchObject({ kind: 'string', value: 'a 1 month b' })
    const found = pieces(value)
    expect(found.map((piece) => [piece.start, piece.end])).toEqual([
      [0, 2],
      [2, 9],
      [9, 11],
    ])
    expect(found[1]?.reads.map((read) => [read.name, read.path])).toEqual([['r', [0n, 'e']]])
    expect(chain(found[1]?.reads[0]?.value.origin as Origin)).toEqual(["literal '1 month'"])
  })
})

describe('the pieces of a template', () => {
  const compiled = () => compileSnippet(environment, "include shop\nnotify { 'x': message => 'y' }")

  it('lead from EPP to the YAML node', () => {
    const found = pieces(parameter(compiled(), 'File[/etc/shop.conf]', 'content'))
    const tag = found.find((piece) => piece.template && spanText(piece.template) === '<%= $expires %>')
    expect(tag && chain(tag.origin)).toEqual([
      'parameter $expires',
      'hiera shop::cache::rules at data/common.yaml:6, level common',
    ])
    expect(tag?.template && place(tag.template)).toBe('modules/shop/templates/shop.conf.epp:4')
  })

  it('lead through what one template hands to another one within it', () => {
    const value = message(
      `$rules = [{ 'a' => 'deep' }]
      $inner = '<%= scope.lookupvar("_box")[:item]["a"] %>'
      $outer = '<% scope.setvar("_box", {}); scope.lookupvar("_box")[:item] = @rules[0] %><%= scope.function_inline_template([@inner]) %>'
      notify { 'x': message => inline_template($outer) }`,
    )
    const [piece] = pieces(value)
    const inner = piece?.origin.kind === 'text' ? piece.origin.pieces : []
    expect(inner.flatMap(({ reads }) => reads).map(({ name, path }) => [name, ...path])).toEqual([['rules', 0n, 'a']])
  })

  it('lead from ERB to the YAML node', () => {
    const found = pieces(parameter(compiled(), 'File[/etc/shop.old]', 'content'))
    const tag = found.find((piece) => piece.template && spanText(piece.template) === '<%= expires %>')
    expect(tag && chain(tag.origin)).toEqual(['hiera shop::cache::rules at data/common.yaml:6, level common'])
  })
})
