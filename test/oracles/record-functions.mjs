#!/usr/bin/env node
// Asks the real Puppet about every line of test/functions/snippets and writes its answers to test/functions/recorded.
//
//   node test/oracles/record-functions.mjs [FAMILY…]
//
// Needs Ruby and Puppet (see test/oracles/puppet-catalogs.rb). A line is an expression, whose value is noticed as
// `String([…], '%p')`, or, in programs.txt and where it starts with `$` or `if`, a program of its own.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const here = import.meta.dirname
const functions = join(here, '..', 'functions')
const families = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(join(functions, 'snippets'))
const facts = JSON.parse(readFileSync(join(functions, 'facts.json'), 'utf8'))

for (const family of families.map((name) => basename(name, '.txt'))) {
  const lines = readFileSync(join(functions, 'snippets', `${family}.txt`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  const snippets = lines.map((line) => ({ line, code: programOf(family, line) }))
  const requests = snippets.map(({ code }) => JSON.stringify({ node: 'web01.example.com', facts, code }))
  const run = spawnSync(
    'ruby',
    [join(here, 'puppet-catalogs.rb'), '--environmentpath', functions, '--environment', 'environment'],
    { input: `${requests.join('\n')}\n`, encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  const answers = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  if (answers.length !== snippets.length) throw new Error(`${family}: ${answers.length} answers, ${run.stderr}`)
  const cases = snippets.map(({ line, code }, i) => ({ line, code, ...answerOf(answers[i]) }))
  const command = `node test/oracles/record-functions.mjs ${family}`
  const rows = cases.map((row) => `    ${JSON.stringify(row)}`).join(',\n')
  writeFileSync(
    join(functions, 'recorded', `${family}.json`),
    `{\n  "command": ${JSON.stringify(command)},\n  "puppet": "7.23.0",\n  "cases": [\n${rows}\n  ]\n}\n`,
  )
  console.log(`${family}: ${cases.length} answers, ${cases.filter((c) => c.error !== undefined).length} of them errors`)
}

function programOf(family, line) {
  return family === 'programs' || /^(?:\$|if )/.test(line) ? line : `notice(String([${line}], '%p'))`
}

/**
 * What is compared: the error, the messages and the resources that the snippet declared. Left out: warnings that Puppet gives
 * once a process, and the error where it is logged as well. */
function answerOf(answer) {
  const logs = answer.logs
    .filter((log) => !/deprecated/.test(log.message) && !(log.level === 'err' && answer.error?.includes(log.message)))
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
