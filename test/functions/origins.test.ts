import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileNode } from '../../src/compiler/compile-node.ts'
import { readFacts } from '../../src/project/read-facts.ts'
import { sourceFile, spanText } from '../../src/source/source-file.ts'
import { elementsOf, type Origin } from '../../src/value/origin.ts'
import type { ArrayValue, Value } from '../../src/value/value.ts'
import { functionsDirectory, openFunctionsEnvironment } from './answer.ts'

const environment = openFunctionsEnvironment(8)
const factsFile = sourceFile('facts.json', readFileSync(join(functionsDirectory, 'facts.json'), 'utf8'))
const [node] = readFacts(factsFile, 'web01.example.com').nodes

/** The value of an expression, as a resource gets it. */
function valueOfExpression(expression: string): Value {
  if (!node) throw new Error('no facts')
  const code = sourceFile('snippet.pp', `$value = ${expression}\nfile { '/x': content => $value }`)
  const compiled = compileNode(environment, { ...node, code })
  const resource = compiled.catalog?.resources.find((r) => r.type === 'File')
  const value = resource?.parameters.get('content')?.value
  if (!value) throw new Error(compiled.diagnostics.map((d) => d.message).join('\n'))
  return value
}

/** The way back, without the variable. */
function trail(origin: Origin): string {
  switch (origin.kind) {
    case 'variable':
    case 'parameter':
    case 'secret':
      return trail(origin.from)
    case 'literal':
      return spanText(origin.span)
    case 'collection':
      return `[${elementsOf(origin.value)
        .map((element) => trail(element.origin))
        .join(', ')}]`
    case 'call':
      return `${origin.name}(${origin.from.map(trail).join(', ')})`
    case 'fact':
      return `fact ${origin.name}`
    case 'hiera':
      return `hiera ${origin.key}`
    case 'text':
      return `text(${origin.pieces.map((piece) => trail(piece.origin)).join(', ')})`
    default:
      return origin.kind
  }
}

describe('where the results of functions come from', () => {
  it.each([
    ["upcase('a')", "upcase('a')"],
    ["join(['a', 'b'], '-')", "text('a', join('-'), 'b')"],
    ["sprintf('%s', ['a', $facts['kernel']])", "sprintf('%s', ['a', fact kernel])"],
    ["regsubst('abc', 'b', 'x')", "regsubst('abc', 'x')"],
    ["sprintf('%s', $facts['kernel'])", "sprintf('%s', fact kernel)"],
    ["md5($facts['kernel'])", 'md5(fact kernel)'],
  ])('%s', (expression, expected) => {
    expect(trail(valueOfExpression(expression).origin)).toBe(expected)
  })

  it.each([
    ["lest($facts['kernel']) || { 'none' }", 'fact kernel'],
    ["$facts.dig('networking', 'ip')", 'fact networking.ip'],
    ["getvar('facts.networking.ip')", 'fact networking.ip'],
    ["lookup('present')", 'hiera present'],
    ["unwrap(Sensitive($facts['kernel']))", 'fact kernel'],
    ["max([1, $facts['networking']['ip']].map |$x| { String($x) })", 'fact networking.ip'],
  ])('%s hands on what it was given', (expression, expected) => {
    expect(trail(valueOfExpression(expression).origin)).toBe(expected)
  })

  it.each([
    ["['a', 'b'].map |$x| { $x }", ["'a'", "'b'"]],
    ["['a', 'b'].filter |$x| { $x == 'b' }", ["'b'"]],
    ["sort(['b', 'a'])", ["'a'", "'b'"]],
    ["unique(['a', 'b', 'a'])", ["'a'", "'b'"]],
    ["flatten(['a', ['b']])", ["'a'", "'b'"]],
    ["values({'k' => 'a'})", ["'a'"]],
    ["lookup('list')", ['hiera list', 'hiera list']],
    ["downcase(['A', 'B'])", ["downcase('A')", "downcase('B')"]],
  ])('%s: elements keep theirs', (expression, expected) => {
    const { values } = valueOfExpression(expression) as ArrayValue
    expect(values.map((value) => trail(value.origin))).toEqual(expected)
  })

  it('is the file itself for file()', () => {
    const { origin } = valueOfExpression("file('sample/text.txt')")
    const text = origin.kind === 'variable' ? origin.from : origin
    expect(text.kind).toBe('text')
    if (text.kind !== 'text') return
    expect(text.pieces[0]?.template?.file.path).toBe('modules/sample/files/text.txt')
    expect(text.pieces.map((piece) => piece.template && spanText(piece.template)).join('')).toBe(
      'first line\nsecond line\n',
    )
  })

  it('are the pieces of all templates for several', () => {
    const value = valueOfExpression("template('sample/plain.erb', 'sample/hello.erb')")
    const text = value.origin.kind === 'variable' ? value.origin.from : value.origin
    expect(text.kind).toBe('text')
    if (text.kind !== 'text' || value.kind !== 'string') return
    expect(text.pieces[0]?.start).toBe(0)
    expect(text.pieces.at(-1)?.end).toBe(value.value.length)
    for (const [i, piece] of text.pieces.entries()) expect(piece.start).toBe(i === 0 ? 0 : text.pieces[i - 1]?.end)
    const files = new Set(text.pieces.map((piece) => piece.template?.file.path))
    expect(files).toEqual(new Set(['modules/sample/templates/plain.erb', 'modules/sample/templates/hello.erb']))
  })
})
