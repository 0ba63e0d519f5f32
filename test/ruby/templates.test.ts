import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { builtinFunctions } from '../../src/functions/builtin-functions.ts'
import { startRuby } from '../../src/ruby/ruby.ts'
import { Failure } from '../../src/source/diagnostic.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import type { FunctionDefinition } from '../../src/value/function.ts'
import { contextOf } from './context.ts'
// @ts-expect-error plain JavaScript, shared with the recorder
import { variables } from './template-cases.mjs'

type Answer = { output: string } | { error: string; class: string }
const { cases } = JSON.parse(readFileSync(new URL('recorded/templates.json', import.meta.url), 'utf8')) as {
  cases: { template: string; file: Answer; inline: Answer; logs: [string, string][] }[]
}
const data = JSON.parse(JSON.stringify(variables), (_, v) => (Number.isInteger(v) ? BigInt(v) : v)) as Record<
  string,
  unknown
>
const functions = Object.fromEntries(builtinFunctions) as Record<string, FunctionDefinition>
const ruby = startRuby({ modules: [], now: 1_700_000_000_000_000_000n, version: '7.23.0' })

function context() {
  return contextOf(data, functions, {
    render: (request, inner) => {
      if (request.kind !== 'inline-erb') throw new Error(`asked for ${request.kind}`)
      return ruby.renderInlineErb(request.text, { kind: 'literal', span: request.span }, inner)
    },
    scope: { classes: ['settings'], resource: { type: 'Class', title: 'main' } },
  })
}

function ours(render: () => string): { output: string } | { message: string; line: number | undefined } {
  try {
    return { output: render() }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const line = /^ {2}Line: (\d+)$/m.exec(error.message)?.[1]
    return { message: error.message, line: line === undefined ? undefined : Number(line) }
  }
}

/** What of a message does not depend on addresses, suggestions and where Puppet's own code lies. */
function core(message: string): string {
  const detail =
    /^ {2}Detail: ([\s\S]*)$/m.exec(message)?.[1] ?? message.replace(/^.*?(Failed to parse inline template: )/s, '$1')
  return detail
    .replace(/\s*\((?:file: [^)]*, )?line: \d+(?:, column: \d+)?\).*$/s, '')
    .replace(/\nDid you mean\?[\s\S]*/, '')
    .replace(/#<Puppet::Parser::TemplateWrapper:0x[\s\S]*/, '#<wrapper>')
    .replace(/ for Scope\(Class\[main\]\):Puppet::Parser::Scope/, ' for #<Puppet::Parser::Scope Class[main]>')
    .trim()
}

it.each(cases.map((c) => [c.template, c] as const))('renders %j as a file', (template, { file, logs }) => {
  const scope = context()
  const result = ours(() => ruby.renderErb(sourceFile('/env/t.erb', template), 'demo/t.erb', scope).value)
  if ('output' in file) {
    expect(result).toEqual({ output: file.output })
    expect(scope.logs.map(({ level, message }) => [level, message])).toEqual(logs)
    return
  }
  expect('message' in result).toBe(true)
  const message = 'message' in result ? result.message : ''
  if (file.class === 'SyntaxError') expect(message.split(':')[1]).toBe(file.error.split(':')[1])
  else expect(core(message)).toBe(core(file.error))
  const line = /^ {2}Line: (\d+)$/m.exec(file.error)?.[1]
  // Puppet's own lines are no one's business; before Ruby 3.2, ERB lost the line ends in comments.
  if (line && /Filepath: \/env\//.test(file.error) && !/<%#[^%]*\n/.test(template))
    expect(result).toHaveProperty('line', Number(line))
})

it.each(cases.map((c) => [c.template, c] as const))('renders %j inline', (template, { inline }) => {
  const scope = context()
  const origin = { kind: 'literal', span: scope.span } as const
  const result = ours(() => ruby.renderInlineErb(template, origin, scope).value)
  if ('output' in inline) expect(result).toEqual({ output: inline.output })
  else if (inline.class !== 'SyntaxError')
    expect(core('message' in result ? result.message : '')).toBe(core(inline.error))
  else expect('message' in result).toBe(true)
})

it('covers every rendered text with pieces', () => {
  for (const { template, file } of cases) {
    if (!('output' in file)) continue
    const { value, origin } = ruby.renderErb(sourceFile('/env/t.erb', template), 'demo/t.erb', context())
    if (origin.kind !== 'text') throw new Error('no pieces')
    let end = 0
    for (const piece of origin.pieces) {
      expect(piece.start).toBe(end)
      expect(piece.end).toBeGreaterThan(end)
      end = piece.end
    }
    expect(end).toBe(value.length)
  }
})
