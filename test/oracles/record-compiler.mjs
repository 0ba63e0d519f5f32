#!/usr/bin/env node
// Asks the real Puppet about the snippets in test/compiler/snippets, which `---` keeps apart, and writes its answers to
// test/compiler/recorded.
//
//   node test/oracles/record-compiler.mjs [FAMILY…]
//
// Needs Ruby and Puppet 7 (see test/oracles/puppet-catalogs.rb). `strict` holds what differs with the defaults of
// Puppet 8, `strict=error` and `strict_variables=true`.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const here = import.meta.dirname
const compiler = join(here, '..', 'compiler')
const families = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(join(compiler, 'snippets'))
const facts = JSON.parse(readFileSync(join(compiler, 'facts.json'), 'utf8'))

for (const family of families.map((name) => basename(name, '.pp'))) {
  const snippets = readFileSync(join(compiler, 'snippets', `${family}.pp`), 'utf8')
    .replace(/\n$/, '')
    .split('\n---\n')
  const answers = ask(snippets, [])
  const strict = ask(snippets, ['--set', 'strict=error', '--set', 'strict_variables=true'])
  const cases = snippets.map((code, i) => ({
    code,
    answer: answers[i],
    ...(same(answers[i], strict[i]) ? {} : { strict: strict[i] }),
  }))
  const command = `node test/oracles/record-compiler.mjs ${family}`
  const rows = cases.map((row) => `    ${JSON.stringify(row)}`).join(',\n')
  writeFileSync(
    join(compiler, 'recorded', `${family}.json`),
    `{\n  "command": "${command}",\n  "puppet": "7.23.0",\n  "cases": [\n${rows}\n  ]\n}\n`,
  )
  console.log(`${family}: ${cases.length} answers, ${cases.filter((row) => row.answer.error).length} of them errors`)
}

// Writing types and the like as texts is an error in the strict mode; the catalog itself is the same.
function same(answer, strict) {
  return (
    /It will be converted to the String/.test(strict.error ?? '') || JSON.stringify(answer) === JSON.stringify(strict)
  )
}

function ask(snippets, settings) {
  const requests = snippets.map((code) => JSON.stringify({ node: 'a.example.com', facts, code }))
  const run = spawnSync(
    'ruby',
    [join(here, 'puppet-catalogs.rb'), '--environmentpath', compiler, '--environment', 'environment', ...settings],
    { input: `${requests.join('\n')}\n`, encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  const given = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  if (given.length !== snippets.length) throw new Error(`${given.length} answers, ${run.stderr}`)
  return given.map(answerOf)
}

// What identifies a run goes, and what names an object by its address. Paths are kept from the environment on.
function answerOf({ catalog, error }) {
  if (error !== undefined)
    return {
      error: inside(error)
        .replace(/#<(\S+?)[: ].*/s, '#<$1')
        .replace(/ on node a\.example\.com$/, ''),
    }
  return {
    resources: catalog.resources.map(
      ({ type, title, tags, file, line, exported, parameters, sensitive_parameters }) => ({
        type,
        title,
        tags: [...tags].sort(),
        ...(file === undefined ? {} : { file: inside(file), line }),
        ...(exported ? { exported } : {}),
        ...(parameters ? { parameters } : {}),
        ...(sensitive_parameters ? { sensitive: sensitive_parameters } : {}),
      }),
    ),
    edges: catalog.edges.map(({ source, target }) => `${source} -> ${target}`).sort(),
    classes: [...catalog.classes].sort(),
  }
}

function inside(text) {
  return text.replaceAll(`${join(compiler, 'environment')}/`, '')
}
