import { join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryWith, fixtures, rehearse } from './rehearse.ts'

const shop = join(fixtures, 'ticket-shop')
const template = join(shop, 'site/profile/templates/htaccess.erb')

it('renders a template with Hiera-style data, judges it, and leads back to the data', () => {
  const { code, out } = rehearse(['template', template, '--data', join(shop, 'data/common.yaml')])
  expect(code).toBe(1)
  expect(out).toContain('[httpd/expires-code]')
  expect(out).toMatch(/common\.yaml:9:14 +profile::web::cache_rules, level "common\.yaml"/)
})

it('compares with a deployed file', () => {
  const files = { 'greeting.erb': 'Hello <%= @name %>!\n', 'data.yaml': 'name: you\n', 'old.txt': 'Hello me!\n' }
  const cwd = directoryWith(files)
  const { code, out } = rehearse(['template', 'greeting.erb', '--data', 'data.yaml', '--deployed', 'old.txt'], { cwd })
  expect(code).toBe(0)
  expect(out).toMatch(/- +Hello me!/)
  expect(out).toMatch(/\+ +Hello you!/)
})

it('renders EPP with declared parameters, and names a missing one', () => {
  const cwd = directoryWith({ 'a.epp': '<%- | String $x | -%>\n<%= $x %>\n', 'data.yaml': 'x: "1"\nother: 2\n' })
  expect(rehearse(['template', 'a.epp', '--data', 'data.yaml'], { cwd }).out).toMatch(/\+ 1/)
  const missing = rehearse(['template', 'a.epp'], { cwd })
  expect(missing.code).toBe(1)
  expect(missing.out).toContain("expects a value for parameter 'x'")
})

it('answers requests in order', () => {
  const requests = [
    { id: 1, template: '<%= @a %> <%= @h["k"] %>\n', kind: 'erb', data: { a: 'x', h: { k: 3 } } },
    { id: 2, template: '<%= $a %> <%= $facts[os] %>\n', kind: 'epp', data: { a: 'x' }, facts: { os: 'D' } },
    { id: 3, template: 'a\n<% raise "no" %>', kind: 'erb' },
  ]
  const { code, out } = rehearse(['template', '--batch'], { input: requests.map((r) => JSON.stringify(r)).join('\n') })
  expect(code).toBe(0)
  const answers = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: number; error?: string })
  expect(answers.slice(0, 2)).toEqual([
    { id: 1, output: 'x 3\n' },
    { id: 2, output: 'x D\n' },
  ])
  expect(answers[2]).toMatchObject({ id: 3, line: 2 })
  expect(answers[2]?.error).toContain('no')
})
