#!/usr/bin/env node
// Asks the real Puppet for every case of test/cli/lookup-cases.json on every node of the fixture hiera-levels, and writes
// its answers to test/cli/recorded/lookups.json, or to standard output with --print.
//
//   node test/oracles/record-lookups.mjs [--print]
//
// Needs Ruby and Puppet 7 (see test/oracles/puppet-catalogs.rb).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'

const here = import.meta.dirname
const fixture = join(here, '..', '..', 'templates-fixtures', 'hiera-levels')
const cases = JSON.parse(readFileSync(join(here, '..', 'cli', 'lookup-cases.json'), 'utf8'))
const nodes = readdirSync(join(fixture, 'facts')).map((file) => {
  const { trusted, ...facts } = parse(readFileSync(join(fixture, 'facts', file), 'utf8'))
  return { node: file.replace(/\.yaml$/, ''), facts, trusted }
})

const literal = (data) =>
  typeof data === 'object'
    ? `{ ${Object.entries(data)
        .map(([key, value]) => `'${key}' => ${literal(value)}`)
        .join(', ')} }`
    : typeof data === 'string'
      ? `'${data}'`
      : String(data)

// Within a hash, so that the catalog changes nothing about the value.
const code = ({ key, merge, default: fallback, type }) => {
  const options = [
    ...(merge ? [`'merge' => ${literal(merge)}`] : []),
    ...(fallback ? [`'default_value' => ${literal(fallback)}`] : []),
    ...(type ? [`'value_type' => ${type}`] : []),
  ]
  return `notify { 'it': message => { 'value' => lookup("${key}", { ${options.join(', ')} }) } }`
}

const directory = mkdtempSync(join(tmpdir(), 'record-lookups-'))
symlinkSync(fixture, join(directory, 'hiera_levels'))
const requests = nodes.flatMap((node) => cases.map((one) => ({ ...node, code: code(one) })))
const run = spawnSync(
  'ruby',
  [join(here, 'puppet-catalogs.rb'), '--environmentpath', directory, '--environment', 'hiera_levels'],
  { input: `${requests.map((request) => JSON.stringify(request)).join('\n')}\n`, encoding: 'utf8', maxBuffer: 1 << 28 },
)
rmSync(directory, { recursive: true })
const given = run.stdout.trim().split('\n')
if (given.length !== requests.length) throw new Error(`${given.length} answers, ${run.stderr}`)

// Taken as text: a JavaScript number would not keep every digit.
const answerOf = (line) => {
  const { error, catalog } = JSON.parse(line)
  if (error)
    return {
      error: error
        .replaceAll(/ on node \S+$| \(line: \d+, column: \d+\)/g, '')
        .replace(/^(?:Evaluation Error: )?Error while evaluating a Function Call, /, ''),
    }
  const message = line.slice(line.indexOf('"message":{"value":') + '"message":{"value":'.length)
  const resource = catalog.resources.find(({ type }) => type === 'Notify')
  for (let end = message.indexOf('}'); ; end = message.indexOf('}', end + 1)) {
    const text = message.slice(0, end)
    try {
      if (JSON.stringify(JSON.parse(text)) === JSON.stringify(resource.parameters.message.value)) return { value: text }
    } catch {
      // A bracket within the value.
    }
  }
}
const answers = nodes.flatMap(({ node }, n) =>
  cases.map((one, c) => ({ node, ...one, ...answerOf(given[n * cases.length + c]) })),
)
const rows = answers.map((row) => `    ${JSON.stringify(row)}`).join(',\n')
const text = `{\n  "command": "node test/oracles/record-lookups.mjs",\n  "puppet": "7.23.0",\n  "answers": [\n${rows}\n  ]\n}\n`
if (process.argv.includes('--print')) process.stdout.write(text)
else writeFileSync(join(here, '..', 'cli', 'recorded', 'lookups.json'), text)
