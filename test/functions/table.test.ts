import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { builtinFunction, builtinFunctions } from '../../src/functions/builtin-functions.ts'
import { typeToString } from '../../src/types/print.ts'
import type { Dispatch, FunctionDefinition } from '../../src/value/function.ts'
import { functionsDirectory } from './answer.ts'

/** What real Puppet was asked for the tests of functions and of the language. */
const asked = ['functions', 'compiler'].flatMap((layer) => {
  const directory = join(functionsDirectory, '..', layer, 'recorded')
  return readdirSync(directory).flatMap((name): string[] => {
    const { cases } = JSON.parse(readFileSync(join(directory, name), 'utf8')) as { cases: { code: string }[] }
    return cases.map(({ code }) => code)
  })
})

function signature({ parameters, block, returns }: Dispatch): string {
  const shown = parameters.map(({ type, name, optional, repeated }) => {
    const text = `${typeof type === 'string' ? type : typeToString(type)} ${repeated ? '*' : ''}$${name}`
    return optional ? `[${text}]` : text
  })
  if (block) {
    const type = typeof block.type === 'string' ? block.type : typeToString(block.type)
    shown.push(block.optional ? `[${type} &block]` : `${type} &block`)
  }
  const result = returns === undefined ? '' : ` → ${typeof returns === 'string' ? returns : typeToString(returns)}`
  return `\`(${shown.join(', ')})${result}\``
}

function row(name: string, definition: FunctionDefinition): string {
  const state =
    name === 'generate'
      ? 'refused: it would run a program'
      : builtinFunction(name, 7) === definition
        ? 'complete'
        : 'complete, with another form under `--puppet 7`'
  const calls = new RegExp(`(?<![\\w:$])${name}\\b(?= *[(|{'"$\\d\\w])|\\.${name}\\b`)
  const signatures = definition.dispatches.filter((dispatch) => !dispatch.mismatch).map(signature)
  const cells = [`\`${name}\``, state, String(asked.filter((code) => calls.test(code)).length), signatures.join('<br>')]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

/** Functions of Puppet 8 that manifests cannot call here, and why. */
const others = new Map([
  ['annotate', 'missing: values carry no annotations'],
  ...['eyaml_lookup_key', 'hocon_data', 'json_data', 'yaml_data'].map(
    (name) => [name, 'in `hiera.yaml` only'] as const,
  ),
])

it('lists every built-in function in docs/functions.md (npx vitest run test/functions/table.test.ts -u)', async () => {
  const known = [...builtinFunctions].map(([name, definition]) => row(name, definition))
  const rest = [...others].map(([name, state]) => `| \`${name}\` | ${state} | 0 |  |`)
  const rows = [...known, ...rest].sort()
  expect([...others.keys()].filter((name) => builtinFunctions.has(name))).toEqual([])
  const text = [
    '# Built-in functions',
    '',
    'The functions that Puppet 8 brings along. *Asked* counts the snippets with the function whose answers were recorded',
    'from real Puppet; the tests hold every one of them. Functions of modules, in Puppet or Ruby, run as they are.',
    '',
    '| Function | State | Asked | Takes |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
  await expect(text).toMatchFileSnapshot('../../docs/functions.md')
})
