import { expect, it } from 'vitest'
import type { RubyModule } from '../../src/ruby/module-tree.ts'
import { startRuby } from '../../src/ruby/ruby.ts'
import { memoryFiles } from '../../src/source/files.ts'
import { lineOf, sourceFile } from '../../src/source/source-file.ts'
import { dispatch } from '../../src/types/dispatch.ts'
import { ControlFlow } from '../../src/value/control.ts'
import type { Block, FunctionDefinition } from '../../src/value/function.ts'
import { array, integer, string, type Value } from '../../src/value/value.ts'
import { contextOf, failure, plain, value } from './context.ts'

const module_ = (files: Record<string, string>): RubyModule => {
  const tree = memoryFiles('demo', new Map(Object.entries(files)))
  return { name: 'demo', directory: 'modules/demo', bytes: tree.bytes, kind: tree.kind, list: tree.list }
}
const ruby = startRuby({
  modules: [
    module_({
      'lib/puppet_x/demo/shout.rb': "module PuppetX; module Demo; def self.shout(s) = s.upcase + '!'; end; end",
      'lib/puppet/parser/functions/older.rb':
        'Puppet::Parser::Functions.newfunction(:older, type: :rvalue) { |a| "older #{a[0]}" }',
      'data/x.json': '{"from": "module"}',
    }),
  ],
  now: 0n,
  version: '8.10.0',
})
const current = (name: string, body: string): FunctionDefinition =>
  ruby.loadFunction(
    sourceFile(
      `modules/demo/lib/puppet/functions/${name}.rb`,
      `Puppet::Functions.create_function(:${name}) do\n${body}\nend\n`,
    ),
    name,
  )
const legacy = (name: string, options: string, body: string): FunctionDefinition =>
  ruby.loadFunction(
    sourceFile(
      `modules/demo/lib/puppet/parser/functions/${name}.rb`,
      `module Puppet::Parser::Functions\n  newfunction(:${name}, ${options}) do |args|\n${body}\n  end\nend\n`,
    ),
    name,
  )
const call = (definition: FunctionDefinition, ...args: unknown[]): unknown =>
  plain(
    dispatch(
      definition,
      contextOf({ os: { family: 'Debian' } }, { older: undefinedFunction }),
      args.map(value),
      undefined,
    ),
  )
const undefinedFunction = (): Value => string('built in', value('').origin)

it('reads dispatches', () => {
  const made = current(
    'pairs',
    `local_types do
       type 'Pair = Tuple[String, Integer]'
     end
     dispatch :strings do
       param 'String[1]', :first
       optional_param 'Integer', :second
       repeated_param 'Pair', :rest
       optional_block_param 'Callable[1,1]', :block
       return_type 'String'
     end
     argument_mismatch :wrong do
       param 'Integer', :first
     end
     def strings(first, second = 7, *rest) = "#{first} #{second} #{rest.inspect}"
     def wrong(first) = "takes no #{first}"`,
  )
  expect(made.name).toBe('pairs')
  expect(made.dispatches[0]).toMatchObject({
    parameters: [
      { type: 'String[1]', name: 'first' },
      { type: 'Integer', name: 'second', optional: true },
      { type: 'Pair', name: 'rest', repeated: true },
    ],
    block: { type: 'Callable[1,1]', name: 'block', optional: true },
    returns: 'String',
    method: 'strings',
    localTypes: new Map([['Pair', 'Tuple[String, Integer]']]),
  })
  expect(call(made, 'a')).toBe('a 7 []')
  expect(call(made, 'a', 1n, ['x', 2n])).toBe('a 1 [["x", 2]]')
  expect(failure(() => call(made, 5n)).message).toBe("'pairs' takes no 5")
  expect(failure(() => call(made, '')).message).toContain("'pairs' parameter 'first' expects a String[1] value")
})

it('derives a dispatch from the method where there is none', () => {
  const made = current('plain', 'def plain(a, b = 2, *c) = [a, b, c]')
  expect(call(made, 1n)).toEqual([1n, 2n, []])
  expect(failure(() => call(made)).message).toContain('expects at least 1 argument, got none')
})

it('carries every kind of value there and back', () => {
  const same = current('same', 'def same(x) = x')
  const kinds = current('kinds', 'def kinds(x) = x.class.to_s')
  const origin = value('').origin
  const samples: [Value, string][] = [
    [value(null), 'NilClass'],
    [value(true), 'TrueClass'],
    [value(2n ** 62n), 'Integer'],
    [value(-5n), 'Integer'],
    [value(1.5), 'Float'],
    [value(3), 'Float'],
    [value('ä\u0000"\\\n'), 'String'],
    [value([1n, ['x', null]]), 'Array'],
    [value({ a: { b: [] }, '': 1n }), 'Hash'],
    [{ kind: 'default', origin }, 'Symbol'],
    [{ kind: 'regexp', pattern: 'a.b', origin }, 'Regexp'],
    [{ kind: 'sensitive', value: value('x'), origin }, 'Puppet::Pops::Types::PSensitiveType::Sensitive'],
    [{ kind: 'type', type: { kind: 'Integer', from: 1n }, origin }, 'Puppet::Pops::Types::PIntegerType'],
    [
      { kind: 'type', type: { kind: 'Resource', typeName: 'File', title: '/x' }, origin },
      'Puppet::Pops::Types::PResourceType',
    ],
    [{ kind: 'binary', bytes: new Uint8Array([0, 255]), origin }, 'Puppet::Pops::Types::PBinaryType::Binary'],
    [{ kind: 'timestamp', nanoseconds: 1_500_000_000n, origin }, 'Puppet::Pops::Time::Timestamp'],
    [{ kind: 'timespan', nanoseconds: -1n, origin }, 'Puppet::Pops::Time::Timespan'],
    [{ kind: 'semver', text: '1.2.3-rc1', origin }, 'SemanticPuppet::Version'],
    [{ kind: 'semver-range', text: '>=1.0.0', origin }, 'SemanticPuppet::VersionRange'],
  ]
  for (const [sample, className] of samples) {
    const { origin: before, ...data } = sample
    const { origin: after, ...back } = dispatch(same, contextOf(), [sample], undefined)
    expect(plain(back as Value)).toEqual(plain(data as Value))
    expect(back.kind).toBe(data.kind)
    expect(call(kinds, sample)).toBe(className)
    void before
    void after
  }
  const mixed = dispatch(
    current('mixed', "def mixed = { 1 => 'a', nil => :sym, 2.5 => [1.0, 10**20 / 10**10] }"),
    contextOf(),
    [],
    undefined,
  )
  expect(plain(mixed)).toEqual({ '1': 'a', null: 'sym', '2.5': [1, 10n ** 10n] })
})

it('gives back the values that it was given, with their origins', () => {
  const origin = { kind: 'fact', name: 'x' } as const
  const [a, b] = [string('a', origin), string('b', origin)]
  const run = (body: string, ...args: Value[]) => dispatch(current('f', body), contextOf(), args, undefined)
  const list = array([a, b], origin)
  expect(run('def f(x) = x', list)).toBe(list)
  const reversed = run('def f(x) = x.reverse', list)
  expect(reversed.kind === 'array' && reversed.values).toEqual([b, a])
  expect(reversed.kind === 'array' && reversed.values[0]).toBe(b)
  expect(reversed.origin.kind).toBe('call')
  const changed = run("def f(x) = x.map { |s| s << '!' }", list)
  expect(changed.kind === 'array' && changed.values[0]?.origin.kind).toBe('call')
})

it('calls lambdas, other functions and itself', () => {
  const context = contextOf({}, { double: ([x]) => integer((x?.kind === 'integer' ? x.value : 0n) * 2n, x!.origin) })
  const block: Block = {
    span: context.span,
    parameters: [{ name: 'x', optional: false, capturesRest: false }],
    type: { kind: 'Callable', parameters: [{ kind: 'Any' }] },
    call: ([x]) => context.call('double', [x!]),
  }
  const made = current(
    'each_twice',
    `dispatch(:run) { param 'Array', :list; block_param }
     def run(list)
       [block_given?, list.map { |x| yield(x) }, call_function('double', list.size), list.map { |x| begin; yield(x); ensure; 1; end }]
     end`,
  )
  expect(plain(dispatch(made, context, [value([1n, 2n])], block))).toEqual([true, [2n, 4n], 4n, [2n, 4n]])
})

it('lets break, next and failures of a lambda pass through Ruby', () => {
  const context = contextOf()
  const signal = new ControlFlow('break', value(null), context.span)
  const made = current(
    'yielding',
    `dispatch(:run) { param 'Array', :list; block_param }
     def run(list)
       list.each { |x| yield(x) }
     rescue StandardError
       'rescued'
     end`,
  )
  const block = (call: Block['call']): Block => ({
    span: context.span,
    parameters: [],
    type: { kind: 'Callable' },
    call,
  })
  let thrown: unknown
  try {
    dispatch(
      made,
      context,
      [value([1n])],
      block(() => {
        throw signal
      }),
    )
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBe(signal)
  expect(
    plain(
      dispatch(
        made,
        context,
        [value([1n])],
        block(() => context.call('nope', [])),
      ),
    ),
  ).toBe('rescued')
  const strict = current('strict', 'dispatch(:run) { block_param }\ndef run = yield(1)')
  expect(
    failure(() =>
      dispatch(
        strict,
        context,
        [],
        block(() => context.call('nope', [])),
      ),
    ).code,
  ).toBe('test/unknown-function')
})

it('hands Ruby blocks to functions of ours', () => {
  const context = contextOf({}, {})
  const withBlock = {
    ...context,
    call: (_name: string, args: readonly Value[], block?: Block) =>
      array(
        args.map((arg) => block!.call([arg])),
        value('').origin,
      ),
  }
  const made = current('blocks', "def blocks = call_function('each', 'a', 'b') { |x| x.upcase }")
  expect(plain(dispatch(made, withBlock, [], undefined))).toEqual(['A', 'B'])
})

it('runs functions of the older API', () => {
  const made = legacy(
    'old_one',
    'type: :rvalue, arity: -2',
    "    [args, lookupvar('os')['family'], self['nope'], function_older(['x']), args.frozen?]",
  )
  expect(made).toMatchObject({ name: 'old_one', legacy: true, rvalue: true })
  expect(call(made, null, [null, 'x'])).toEqual([['', [null, 'x']], 'Debian', null, 'older x', false])
  expect(failure(() => call(made)).message).toContain('Wrong number of arguments given (0 for minimum 1)')
  expect(call(legacy('statement', 'arity: 1', '    5'), 'x')).toBeNull()
  expect(legacy('statement', 'arity: 1', '    5').rvalue).toBe(false)
  const types = legacy('old_types', 'type: :rvalue', '    args.map { |a| [a.class.to_s, a.to_s] }')
  const origin = value('').origin
  expect(
    call(
      types,
      { kind: 'regexp', pattern: 'a', origin },
      { kind: 'type', type: { kind: 'Resource', typeName: 'File', title: '/x' }, origin },
      { kind: 'semver', text: '1.0.0', origin },
    ),
  ).toEqual([
    ['String', '/a/'],
    ['Puppet::Resource', 'File[/x]'],
    ['String', '1.0.0'],
  ])
})

it('finds what modules bring along', () => {
  expect(call(current('loud', "require 'puppet_x/demo/shout'\ndef loud(s) = PuppetX::Demo.shout(s)"), 'hey')).toBe(
    'HEY!',
  )
  expect(
    call(
      current('relative', "require_relative '../../puppet_x/demo/shout'\ndef relative(s) = PuppetX::Demo.shout(s)"),
      'x',
    ),
  ).toBe('X!')
  expect(
    call(current('addressed', "require 'ipaddr'\ndef addressed(s) = IPAddr.new(s).to_range.first.to_s"), '10.1.2.3/8'),
  ).toBe('10.0.0.0')
})

it('says where a function fails', () => {
  const made = current('failing', "def failing(x)\n  raise Puppet::ParseError, 'no good'\nend")
  const diagnostic = failure(() => call(made, 1n))
  expect(diagnostic.message).toBe('no good')
  expect(diagnostic.span?.file.path).toBe('manifests/site.pp')
  expect(diagnostic.related?.[0]?.span.file.path).toBe('modules/demo/lib/puppet/functions/failing.rb')
  expect(lineOf(diagnostic.related![0]!.span)).toBe(3)
  const broken = failure(() => current('broken', 'def broken(x\n  1'))
  expect(broken.code).toBe('ruby/syntax')
  expect(broken.span?.file.path).toBe('modules/demo/lib/puppet/functions/broken.rb')
  expect(
    failure(() => current('bad_order', "dispatch(:x) { optional_param 'Any', :a; param 'Any', :b }\ndef x; end"))
      .message,
  ).toBe(
    "Function Load Error for function 'bad_order': A required parameter cannot be added after an optional parameter",
  )
  const other = sourceFile(
    'modules/demo/lib/puppet/functions/expected.rb',
    'Puppet::Functions.create_function(:other) { def other = 1 }',
  )
  expect(failure(() => ruby.loadFunction(other, 'expected')).message).toContain(
    "mis-matched name, expected 'expected', got other",
  )
  expect(failure(() => ruby.loadFunction(sourceFile('modules/demo/lib/x.rb', '1'), 'x')).code).toBe('ruby/no-function')
})

it('gives scope and cache to functions that ask for them', () => {
  const made = ruby.loadFunction(
    sourceFile(
      'modules/demo/lib/puppet/functions/internal.rb',
      `Puppet::Functions.create_function(:internal, Puppet::Functions::InternalFunction) do
         dispatch :run do
           scope_param
           param 'String', :a
         end
         def run(scope, a) = [scope['os']['family'], a, closure_scope.environment.to_s]
       end`,
    ),
    'internal',
  )
  expect(call(made, 'x')).toEqual(['Debian', 'x', 'production'])
})
