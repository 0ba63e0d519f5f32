#!/usr/bin/env node
// Asks the real Puppet about every line of test/functions/snippets and writes its answers to test/functions/recorded.
//
//   node test/oracles/record-functions.mjs [--to DIRECTORY] [FAMILY…]
//
// Needs Ruby and Puppet 7 (see test/oracles/puppet-catalogs.rb). With PUPPET_8_LIB set to the lib folder of a Puppet 8
// checkout, what that answers differently goes to recorded/puppet-8.json (all families have to be asked then).
// A line is an expression, whose value is noticed as `String([…], '%p')`, or, in programs.txt and where it starts with `$`
// or `if`, a program of its own.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const here = import.meta.dirname
const functions = join(here, '..', 'functions')
const args = process.argv.slice(2)
const target = args[0] === '--to' ? args.splice(0, 2)[1] : join(functions, 'recorded')
const families = args.length > 0 ? args : readdirSync(join(functions, 'snippets'))
const facts = JSON.parse(readFileSync(join(functions, 'facts.json'), 'utf8'))
const puppet8 = process.env.PUPPET_8_LIB
const changes = []

for (const family of families.map((name) => basename(name, '.txt'))) {
  const lines = readFileSync(join(functions, 'snippets', `${family}.txt`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  const cases = answers(family, lines, [])
  record(family, '7.23.0', cases)
  console.log(`${family}: ${cases.length} answers, ${cases.filter((c) => c.error !== undefined).length} of them errors`)
  if (!puppet8) continue
  const later = answers(family, lines, [`-I${puppet8}`])
  // What names an object by its address cannot be compared.
  const named = (row) => !/:0x[0-9a-f]{16}/.test(row.error ?? '')
  changes.push(...later.filter((row, i) => named(row) && JSON.stringify(row) !== JSON.stringify(cases[i])))
}
if (puppet8) {
  record('puppet-8', '8.11.0', changes)
  console.log(`Puppet 8 answers ${changes.length} of them differently`)
}

function answers(family, lines, rubyOptions) {
  const snippets = lines.map((line) => ({ line, code: programOf(family, line) }))
  const requests = snippets.map(({ code }) => JSON.stringify({ node: 'web01.example.com', facts, code }))
  const oracle = join(here, 'puppet-catalogs.rb')
  const run = spawnSync(
    'ruby',
    [...rubyOptions, oracle, '--environmentpath', functions, '--environment', 'environment'],
    { input: `${requests.join('\n')}\n`, encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  const given = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  if (given.length !== snippets.length) throw new Error(`${family}: ${given.length} answers, ${run.stderr}`)
  return snippets.map(({ line, code }, i) => ({ line, code, ...answerOf(given[i]) }))
}

function record(name, puppet, cases) {
  const command = `node test/oracles/record-functions.mjs${name === 'puppet-8' ? '' : ` ${name}`}`
  const rows = cases.map((row) => `    ${JSON.stringify(row)}`).join(',\n')
  writeFileSync(
    join(target, `${name}.json`),
    `{\n  "command": ${JSON.stringify(command)},\n  "puppet": ${JSON.stringify(puppet)},\n  "cases": [\n${rows}\n  ]\n}\n`,
  )
}

function programOf(family, line) {
  return family === 'programs' || /^(?:\$|if )/.test(line) ? line : `notice(String([${line}], '%p'))`
}

/**
 * What is compared: the error, the messages and the resources that the snippet declared. Left out: warnings that Puppet gives
 * once a process, and the error where it is logged as well.
 */
function answerOf(answer) {
  const logs = answer.logs
    .filter(({ message }) => !/deprecated|removed in a future release/.test(message))
    .filter(({ level, message }) => !(level === 'err' && answer.error?.includes(message)))
    .map((log) => [log.level, log.message.replaceAll(functions, '$FUNCTIONS')])
  const resources = (answer.catalog?.resources ?? [])
    .filter((r) => !['Stage', 'Class'].includes(r.type) || !['main', 'Main', 'Settings'].includes(r.title))
    .map((r) => ({
      type: r.type,
      title: r.title,
      ...(r.exported ? { exported: true } : {}),
      parameters: r.parameters ?? {},
    }))
  const error = answer.error?.replaceAll(functions, '$FUNCTIONS')
  return { ...(error === undefined ? { resources } : { error }), logs }
}
