#!/usr/bin/env node
// Asks the real Puppet about every line of test/functions/snippets and writes its answers to test/functions/recorded.
//
//   node test/oracles/record-functions.mjs [--to DIRECTORY] [FAMILY…]
//
// Needs Ruby and Puppet 7 (see test/oracles/puppet-catalogs.rb). Every line is asked twice: with Puppet 7's defaults, and with
// those of Puppet 8, `strict=error` and `strict_variables=true`, whose answer is written as `strict` where it is another one.
// With PUPPET_8_LIB set to the lib folder of a Puppet 8 checkout, what that answers otherwise than `strict` goes to
// recorded/puppet-8.json, with the reason (all families have to be asked then).
// stdlib.txt is asked with the modules of test/oracles/install.sh on the modulepath (environment `packaged`).
// A line is an expression, whose value is noticed as `String([…], '%p')`, or, in programs.txt and strictness.txt and where
// it starts with `$`, `if`, `class` or a resource, a program of its own.
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

const strictSettings = ['--set', 'strict=error', '--set', 'strict_variables=true']

/** Why Puppet 8 answers otherwise than Puppet 7 under its settings; the first that holds for a line. */
const reasons = [
  [/parsepson\(/, 'Puppet 8 comes without PSON'],
  [/loadjson\(|load_module_metadata\(/, 'Puppet 8 comes without PSON'],
  [/tree_each\(/, 'the iterator of tree_each has no each_with_index, which each, map and filter ask for since then'],
  [/\b(?:max|min)\(/, 'max and min compare SemVer, Timespan and Timestamp as what they are, no more as texts'],
  [/\bsplit\(/, 'split takes a Sensitive text too'],
  [/\bregsubst\(/, 'regsubst takes Sensitive texts too'],
]

for (const family of families.map((name) => basename(name, '.txt'))) {
  const lines = readFileSync(join(functions, 'snippets', `${family}.txt`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  const lenient = answers(family, lines, [], [])
  const strict = answers(family, lines, [], strictSettings)
  const cases = lenient.map((row, i) => (same(row, strict[i]) ? row : { ...row, strict: answerOnly(strict[i]) }))
  record(family, '7.23.0', cases)
  const count = (kept) => cases.filter(kept).length
  console.log(
    `${family}: ${cases.length} answers, ${count((c) => c.error !== undefined)} of them errors, ${count((c) => c.strict)} others under strict settings`,
  )
  if (!puppet8) continue
  const later = answers(family, lines, [`-I${puppet8}`], [])
  for (const [i, row] of later.entries()) if (!same(row, strict[i])) changes.push({ ...row, reason: reasonOf(row) })
}
if (puppet8) {
  record('puppet-8', '8.11.0', changes)
  console.log(`Puppet 8 answers ${changes.length} of them differently`)
}

function reasonOf(row) {
  const found = reasons.find(([pattern]) => pattern.test(row.line))
  if (!found) throw new Error(`Puppet 8 answers differently, and nothing here says why: ${JSON.stringify(row)}`)
  return found[1]
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other)
}

function answerOnly({ line: _, code: __, ...answer }) {
  return answer
}

function answers(family, lines, rubyOptions, settings) {
  const snippets = lines.map((line) => ({ line, code: programOf(family, line) }))
  const requests = snippets.map(({ code }) => JSON.stringify({ node: 'web01.example.com', facts, code }))
  const oracle = join(here, 'puppet-catalogs.rb')
  const run = spawnSync(
    'ruby',
    [...rubyOptions, oracle, '--environmentpath', functions, '--environment', environmentOf(family), ...settings],
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

function environmentOf(family) {
  return family === 'stdlib' ? 'packaged' : 'environment'
}

function programOf(family, line) {
  return ['programs', 'strictness'].includes(family) || /^(?:\$|if |class |[a-z]+ \{)/.test(line)
    ? line
    : `notice(String([${line}], '%p'))`
}

/**
 * What is compared: the error, the messages with the line where Puppet tells one, and the resources that the snippet declared.
 * An error that is logged as well is left out; so are addresses of objects, with all that Ruby prints behind them.
 */
function answerOf(answer) {
  const logs = answer.logs
    .filter(({ level, message }) => !(level === 'err' && answer.error?.includes(message)))
    .filter(({ message }) => !/autoloader#load\(/.test(message)) // hangs on what the process has loaded before
    .map(({ level, message, line }) => [level, inside(message), ...(line ? [line] : [])])
  const resources = (answer.catalog?.resources ?? [])
    .filter((r) => !['Stage', 'Class'].includes(r.type) || !['main', 'Main', 'Settings'].includes(r.title))
    .map((r) => ({
      type: r.type,
      title: r.title,
      ...(r.exported ? { exported: true } : {}),
      parameters: r.parameters ?? {},
    }))
  const error = answer.error && inside(answer.error).replace(/#<([\w:]+):0x[0-9a-f]{16}.*/s, '#<$1')
  return { ...(error === undefined ? { resources } : { error }), logs }
}

function inside(text) {
  return text.replaceAll(functions, '$FUNCTIONS').replace(/(docs\/puppet)\/\d+\.\d+\//g, '$1/$$VERSION/')
}
