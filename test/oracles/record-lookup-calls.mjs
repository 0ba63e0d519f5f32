#!/usr/bin/env node
// Asks the real Puppet for every line of test/hiera/lookup-calls.txt over the environment test/hiera/calls, and writes its
// answers to test/hiera/recorded/lookup-calls.json, or to standard output with --print.
//
//   node test/oracles/record-lookup-calls.mjs [--print]
//
// Needs Ruby and Puppet 7 (see test/oracles/puppet-catalogs.rb).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const here = import.meta.dirname
const calls = readFileSync(join(here, '..', 'hiera', 'lookup-calls.txt'), 'utf8')
  .trim()
  .split('\n')
/** A statement stands for itself; a value goes into a resource, within a hash so that the catalog keeps it as it is. */
const code = (call) =>
  /^(hiera_include|include)\b|\.include$/.test(call) ? call : `notify { 'it': message => { 'value' => ${call} } }`

const directory = mkdtempSync(join(tmpdir(), 'record-calls-'))
symlinkSync(join(here, '..', 'hiera', 'calls'), join(directory, 'production'))
const run = spawnSync(
  'ruby',
  [join(here, 'puppet-catalogs.rb'), '--environmentpath', directory, '--environment', 'production'],
  {
    input: `${calls.map((call) => JSON.stringify({ node: 'a.example.com', code: code(call) })).join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  },
)
rmSync(directory, { recursive: true })
const given = run.stdout.trim().split('\n')
if (given.length !== calls.length) throw new Error(`${given.length} answers, ${run.stderr}`)

const answers = given.map((line, index) => {
  const { error, catalog } = JSON.parse(line)
  const asked = { call: calls[index], code: code(calls[index]) }
  if (error) {
    // Ruby's own errors end with the line of Puppet's source, and hold the addresses of objects.
    const [first] = error.split('\n')
    const message = (first.includes('undefined method') ? first : error)
      .replaceAll(/ on node a\.example\.com$| \((?:file|line): [^)]*\)/g, '')
      .replace(/#<#?.*/, '#<')
      .replace(/^(?:Evaluation Error: )?(?:Error while evaluating a [^,]*, )?/, '')
    return { ...asked, error: message }
  }
  const notifies = catalog.resources
    .filter(({ type }) => type === 'Notify')
    .map(({ title, parameters }) => [title, parameters?.message?.value ?? null])
  return { ...asked, classes: catalog.classes, notifies }
})
const rows = answers.map((row) => `    ${JSON.stringify(row)}`).join(',\n')
const text = `{\n  "command": "node test/oracles/record-lookup-calls.mjs",\n  "puppet": "7.23.0",\n  "answers": [\n${rows}\n  ]\n}\n`
if (process.argv.includes('--print')) process.stdout.write(text)
else writeFileSync(join(here, '..', 'hiera', 'recorded', 'lookup-calls.json'), text)
