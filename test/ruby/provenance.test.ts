import { expect, it } from 'vitest'
import { startRuby } from '../../src/ruby/ruby.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { isSecret } from '../../src/value/origin.ts'
import { type StringValue, sensitive, string } from '../../src/value/value.ts'
import { contextOf, value } from './context.ts'

const ruby = startRuby({ modules: [], now: 0n, version: '8.10.0' })

/** For each stretch: its text, the template's text that gave it, the variables read. */
function pieces(result: StringValue, template: string): string[] {
  if (result.origin.kind !== 'text') throw new Error('no pieces')
  return result.origin.pieces
    .filter((piece) => template.slice(piece.template?.start, piece.template?.end).startsWith('<%='))
    .map(({ start, end, template: place, reads }) => {
      const tag = template.slice(place?.start, place?.end)
      const names = reads.map(
        (r) => `$${r.name}${r.path.map((k) => (typeof k === 'bigint' ? `[${k}]` : `['${k}']`)).join('')}`,
      )
      return `${result.value.slice(start, end)} | ${tag} | ${names.join(' ')}`
    })
}

const variables = {
  rules: [
    { type: 'text/css', expires: 'access plus 1 mnth' },
    { type: 'image/png', expires: 'access plus 1 mnth' },
  ],
  ports: [80n, 443n, 8080n],
  names: ['a', 'b'],
  options: { first: 'x', second: ['y', 'z'] },
  title: 'shop',
  flag: true,
  'apache::port': 8080n,
}

function render(template: string): string[] {
  return pieces(ruby.renderErb(sourceFile('t.erb', template), 't.erb', contextOf(variables)), template)
}

it.each([
  ['<%= @title %>', ['shop | <%= @title %> | $title']],
  [
    "<% @rules.each do |rule| %><%= rule['expires'] %><% end %>",
    [
      "access plus 1 mnth | <%= rule['expires'] %> | $rules[0]['expires']",
      "access plus 1 mnth | <%= rule['expires'] %> | $rules[1]['expires']",
    ],
  ],
  ["<% r = @rules[1] %><%= r['type'] %>", ["image/png | <%= r['type'] %> | $rules[1]['type']"]],
  ["<%= @rules.first['type'] %>", ["text/css | <%= @rules.first['type'] %> | $rules[0]['type']"]],
  ["<%= @rules[1].fetch('type') %>", ["image/png | <%= @rules[1].fetch('type') %> | $rules[1]['type']"]],
  [
    '<% @ports.each do |p| %><%= p %><% end %>',
    ['80 | <%= p %> | $ports[0]', '443 | <%= p %> | $ports[1]', '8080 | <%= p %> | $ports[2]'],
  ],
  ['<%= @ports[1] %>', ['443 | <%= @ports[1] %> | $ports[1]']],
  ['<%= @names.join(",") %>', ['a,b | <%= @names.join(",") %> | $names']],
  [
    '<% @names.each do |n| %><%= "#{n}!" %><% end %>',
    ['a! | <%= "#{n}!" %> | $names[0]', 'b! | <%= "#{n}!" %> | $names[1]'],
  ],
  ['<%= "#{@title}-#{@names[0]}" %>', ['shop-a | <%= "#{@title}-#{@names[0]}" %> | $title $names[0]']],
  [
    '<% @options.each do |k, v| %><%= k %><% end %>',
    ["first | <%= k %> | $options['first']", "second | <%= k %> | $options['second']"],
  ],
  [
    '<% @options.sort.each do |k, v| %><%= [v].flatten.join %><% end %>',
    ["x | <%= [v].flatten.join %> | $options['first']", "yz | <%= [v].flatten.join %> | $options['second']"],
  ],
  ['<% list = @names.map { |n| n + n } %><%= list.join %>', ['aabb | <%= list.join %> | $names']],
  ['<% out = [] -%>\n<% out << @title -%>\n<%= out.join %>', ['shop | <%= out.join %> | $title']],
  ["<%= scope['apache::port'] %>", ["8080 | <%= scope['apache::port'] %> | $apache::port"]],
  ["<%= scope.lookupvar('title') %>", ["shop | <%= scope.lookupvar('title') %> | $title"]],
  ["<%= @flag ? 'on' : 'off' %>", ["on | <%= @flag ? 'on' : 'off' %> | $flag"]],
  ['<%= 1 + 1 %>', ['2 | <%= 1 + 1 %> | ']],
  ['<% @copy = @title -%>\n<%= @copy.upcase %>', ['SHOP | <%= @copy.upcase %> | $title']],
  ['<% @names.each_with_index do |n, i| %><%= i %><% end %>', ['0 | <%= i %> | $names', '1 | <%= i %> | $names']],
])('knows what %j reads', (template, expected) => {
  expect(render(template)).toEqual(expected)
})

it('hands the very value on, with its own origin', () => {
  const file = sourceFile('data/common.yaml', 'secret')
  const origin = { kind: 'hiera', key: 'k', level: 'common', span: { file, start: 0, end: 6 } } as const
  const given = { rule: [string('x', origin)] }
  const result = ruby.renderErb(sourceFile('t.erb', 'a <%= @rule[0] %>'), 't.erb', contextOf(given))
  const piece = result.origin.kind === 'text' ? result.origin.pieces[1] : undefined
  expect(piece?.origin).toBe(origin)
  expect(piece?.reads[0]?.value.origin).toBe(origin)
})

it('keeps what came out of Sensitive secret, also when it was changed', () => {
  const scope = contextOf({ password: sensitive(value('hunter2'), value('').origin) })
  for (const tag of [
    '<%= @password.unwrap %>',
    '<%= @password.unwrap.upcase %>',
    '<% p = @password.unwrap %><%= "#{p}x" %>',
  ]) {
    const result = ruby.renderErb(sourceFile('t.erb', `user: ${tag}`), 't.erb', scope)
    expect(isSecret(result.origin)).toBe(true)
  }
  expect(ruby.renderErb(sourceFile('t.erb', '<%= @password %>'), 't.erb', scope).value).toBe(
    'Sensitive [value redacted]',
  )
})

it('counts offsets in UTF-16 units', () => {
  const template = 'ä€😀<%= @x %>ü<%= @x %>'
  const result = ruby.renderErb(sourceFile('t.erb', template), 't.erb', contextOf({ x: '😀!' }))
  expect(pieces(result, template)).toEqual(['😀! | <%= @x %> | $x', '😀! | <%= @x %> | $x'])
})
