// Records what real Puppet renders for the templates of test/ruby/template-cases.mjs, as files of a module and inline.
//   node test/oracles/record-templates.mjs
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { templates, variables } from '../ruby/template-cases.mjs'

const literal = (data) => {
  if (data === null) return 'undef'
  if (typeof data === 'string') return `'${data.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`
  if (Array.isArray(data)) return `[${data.map(literal).join(', ')}]`
  if (typeof data === 'object')
    return `{${Object.entries(data)
      .map(([k, v]) => `${literal(k)} => ${literal(v)}`)
      .join(', ')}}`
  return String(data)
}

const root = mkdtempSync(join(tmpdir(), 'templates-'))
const modules = join(root, 'production/modules/demo/templates')
mkdirSync(modules, { recursive: true })
const assignments = Object.entries(variables).map(([name, data]) => `$${name} = ${literal(data)}`)
const requests = templates.flatMap((template, i) => {
  writeFileSync(join(modules, `t${i}.erb`), template)
  return [`template('demo/t${i}.erb')`, `inline_template(${literal(template)})`].map((call) => ({
    node: 'web01.example.com',
    code: `${assignments.join('\n')}\nnotify { 'result': message => "[\${${call}}]" }`,
  }))
})
const out = execFileSync(
  'ruby',
  [
    fileURLToPath(new URL('puppet-catalogs.rb', import.meta.url)),
    '--environmentpath',
    root,
    '--environment',
    'production',
  ],
  {
    input: requests.map((r) => JSON.stringify(r)).join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'ignore'],
  },
)
const answers = out
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
const clean = (text) => text.replaceAll(join(root, 'production'), '/env')
const answerOf = ({ catalog, error, error_class: kind }) => {
  if (error !== undefined) return { error: clean(error), class: kind }
  return { output: catalog.resources.find((r) => r.type === 'Notify').parameters.message.slice(1, -1) }
}
const cases = templates.map((template, i) => ({
  template,
  file: answerOf(answers[i * 2]),
  inline: answerOf(answers[i * 2 + 1]),
  logs: answers[i * 2].logs.map(({ level, message }) => [level, clean(message)]),
}))
writeFileSync(
  new URL('../ruby/recorded/templates.json', import.meta.url),
  `{\n  "command": "node test/oracles/record-templates.mjs",\n  "cases": [\n${cases.map((c) => `    ${JSON.stringify(c)}`).join(',\n')}\n  ]\n}\n`,
)
rmSync(root, { recursive: true })
