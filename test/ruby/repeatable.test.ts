import { expect, it } from 'vitest'
import { functionsRepeat, templateRepeats } from '../../src/ruby/repeatable.ts'
import { startRuby } from '../../src/ruby/ruby.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { dispatch } from '../../src/types/dispatch.ts'
import { contextOf, plain, value } from './context.ts'

const ruby = startRuby({ modules: [], now: 0n, version: '8.10.0' })
const render = (template: string, variables: Record<string, unknown>) =>
  ruby.renderErb(sourceFile('t.erb', template), 't.erb', contextOf(variables))

it.each([
  ['@ports.sort.each do |port|', true],
  ["scope['apache::port']", true],
  ['$count = ($count || 0) + 1', false],
  ['@@seen', false],
  ['[1, 2].shuffle.join', false],
  ['rand(5)', false],
  ['def helper; end; eval(code)', false],
  ['scope.function_hiera(["x"])', false],
  ['@title.object_id', false],
])('tells whether the template code %j repeats', (code, repeats) => {
  expect(templateRepeats(code)).toBe(repeats)
})

it.each([
  [
    'newfunction(:f, doc: <<-DOC) do |args|\n  Give $x a value, or a random one\n  DOC\n  args[0].is_a?(Hash)\nend',
    true,
  ],
  ['newfunction(:f) do |args|\n  # uses $x\n  args.flatten\nend', true],
  ['create_function(:f) do\n  def f(x) = @cache ||= x\nend', false],
  ['create_function(:f) do\n  def f(x) = @seen == x\nend', true],
  ['newfunction(:f, doc: <<-DOC) do |args|\n  #{$x += 1}\n  DOC\nend', false],
  ['newfunction(:f) { |args| function_g(args) }', false],
])('tells whether the functions of the file %j repeat', (text, repeats) => {
  expect(functionsRepeat(text)).toBe(repeats)
})

it('gives the same text with the origins of the values at hand', () => {
  const template = 'port <%= @port %> of <%= scope["node"] %>'
  const texts = [80n, 80n, 81n].map((port, i) => render(template, { port, node: `n${i}` }).value)
  expect(texts).toEqual(['port 80 of n0', 'port 80 of n1', 'port 81 of n2'])
  const [first, second] = ['one', 'two'].map((file) => {
    const origin = { kind: 'literal', span: { file: sourceFile(file, 'x'), start: 0, end: 1 } } as const
    return render('<%= @name %>', { name: { kind: 'string', value: 'same', origin } }).origin
  })
  const fileOf = (origin: typeof first) =>
    origin?.kind === 'text' && origin.pieces[0]?.origin.kind === 'literal' && origin.pieces[0].origin.span.file.path
  expect([first, second].map(fileOf)).toEqual(['one', 'two'])
})

it('runs code that keeps something each time', () => {
  const counting = '<%= $count = ($count || 0) + 1 %>'
  expect([render(counting, {}).value, render(counting, {}).value]).toEqual(['1', '2'])
  const file = sourceFile(
    'modules/demo/lib/puppet/functions/tick.rb',
    'Puppet::Functions.create_function(:tick) do\n  def tick(x)\n    @n = (@n || 0) + x\n  end\nend\n',
  )
  const tick = ruby.loadFunction(file, 'tick')
  const call = () => plain(dispatch(tick, contextOf(), [value(1n)], undefined))
  expect([call(), call()]).toEqual([1n, 2n])
})

it('changes what a template appends to each time', () => {
  const append = '<% @list << "b" %><%= @list.join(",") %>'
  const lists = [value(['a']), value(['a'])]
  expect(lists.map((list) => render(append, { list }).value)).toEqual(['a,b', 'a,b'])
  expect(lists.map(plain)).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ])
})

it('asks for all variables once, and again after a call', () => {
  let asked = 0
  const context = contextOf({ a: 1n })
  const counted = {
    ...context,
    scope: {
      ...context.scope,
      names: () => {
        asked++
        return context.scope.names()
      },
    },
  }
  const template =
    '<% h = scope.to_hash; h["c"] = 2; scope["b"] = 3 if scope.to_hash.key?("c") %><%= scope.to_hash.keys.join(",") %>'
  expect(ruby.renderErb(sourceFile('v.erb', template), 'v.erb', counted).value).toBe('a')
  expect(asked).toBe(1)
  const changing = '<% scope.to_hash; scope["b"] = 3 %><%= scope.to_hash.keys.join(",") %>'
  expect(ruby.renderErb(sourceFile('w.erb', changing), 'w.erb', counted).value).toBe('a,b')
})
