#!/usr/bin/env node
// Compares two files of verdicts about the same texts.
//
// Usage:  node compare-verdicts.mjs REFERENCE.jsonl CANDIDATE.jsonl [options]
//   --show N       print the first N differences           (default 0)
//   --min PERCENT  the least percentage of same verdicts    (default 100)
//   --messages     also compare message and line of the texts that both reject
//   --runtime      let runtime500 count in the percentage
// Input:  {"id", "verdict", "message", "line"}, one a line: what htaccess.mjs and config.mjs
//         print. Joined by id; the order does not matter.
// Output: the counts on standard output. Exit status 0 if the percentage is at least
//         --min, 1 if not, 2 for a wrong call or unusable files.
//
//   same         both have the same verdict
//   false alarm  the reference says ok, the candidate reject
//   miss         the reference says reject, the candidate ok
//   other        any other two verdicts, such as crash and ok
//   unanswered   the candidate has no such id: counts as not the same
// Texts that are runtime500 in the reference are counted apart and left out of all of
// these unless --runtime is given: httpd accepts them, but a request for them fails.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isMain, parseJsonLines, runTool } from './lib/tool.mjs'

const VERDICTS = ['ok', 'reject', 'runtime500', 'crash', 'timeout']
const USAGE = 'compare-verdicts.mjs REFERENCE.jsonl CANDIDATE.jsonl [--show N] [--min PERCENT] [--messages] [--runtime]'

function readVerdicts(path) {
  const verdicts = new Map()
  for (const entry of parseJsonLines(readFileSync(path), path)) {
    const id = JSON.stringify(entry.id)
    if (id === undefined || !VERDICTS.includes(entry.verdict)) {
      throw new Error(`${path}: an entry lacks an id or a known verdict: ${JSON.stringify(entry)}`)
    }
    if (verdicts.has(id)) {
      throw new Error(`${path}: id ${id} occurs twice`)
    }
    verdicts.set(id, entry)
  }
  return verdicts
}

// The file itself is $DIR/.htaccess in one oracle and $F in the other. What httpd appends to
// a message about the number of arguments is its description of the directive: not compared.
function normalizeMessage(message) {
  return (message ?? '')
    .replaceAll('$DIR/.htaccess', () => '$F')
    .replaceAll(/\s+/g, ' ')
    .replace(/^(\S+ (?:takes|requires at least) .*?arguments?),.*$/, '$1')
    .trim()
}

function classify(reference, candidate) {
  if (candidate === undefined) {
    return 'unanswered'
  }
  if (reference.verdict === candidate.verdict) {
    return 'same'
  }
  if (reference.verdict === 'ok' && candidate.verdict === 'reject') {
    return 'false alarm'
  }
  if (reference.verdict === 'reject' && candidate.verdict === 'ok') {
    return 'miss'
  }
  return 'other'
}

// Compares two maps from id to verdict; every pair ends up in exactly one list.
export function compareVerdicts(references, candidates, { runtime = false } = {}) {
  const pairs = { same: [], 'false alarm': [], miss: [], other: [], unanswered: [] }
  const runtimePairs = { same: [], 'false alarm': [], miss: [], other: [], unanswered: [] }
  for (const [id, reference] of references) {
    const candidate = candidates.get(id)
    const isApart = reference.verdict === 'runtime500' && !runtime
    const lists = isApart ? runtimePairs : pairs
    lists[classify(reference, candidate)].push({ reference, candidate })
  }
  return { pairs, runtimePairs }
}

function countOf(lists) {
  return Object.values(lists).reduce((sum, list) => sum + list.length, 0)
}

// Rounds down, so that 100.00 means all of them.
function percent(part, whole) {
  return `${(Math.floor((part / whole) * 10000) / 100).toFixed(2)} %`
}

function hasLine(entry) {
  return entry.line !== undefined && entry.line !== null
}

function printMessages(samePairs) {
  const rejected = samePairs.filter(({ reference }) => reference.verdict === 'reject')
  const sameMessage = rejected.filter(
    ({ reference, candidate }) => normalizeMessage(reference.message) === normalizeMessage(candidate.message),
  )
  const withLine = rejected.filter(({ reference }) => hasLine(reference))
  const sameLine = withLine.filter(({ reference, candidate }) => reference.line === candidate.line)
  console.log(`rejected by both  ${rejected.length}`)
  console.log(`  same message    ${sameMessage.length}`)
  console.log(`  same line       ${sameLine.length} of ${withLine.length} where the reference has a line`)
}

function describe(entry) {
  if (entry === undefined) {
    return 'nothing'
  }
  const line = hasLine(entry) ? ` line ${entry.line}` : ''
  return `${entry.verdict}${line}${entry.message ? `: ${entry.message}` : ''}`
}

function printDifferences(pairs, limit) {
  const differences = Object.entries(pairs).flatMap(([kind, list]) =>
    kind === 'same' ? [] : list.map((pair) => ({ kind, ...pair })),
  )
  for (const { kind, reference, candidate } of differences.slice(0, limit)) {
    console.log(`\n${kind}: ${JSON.stringify(reference.id)}`)
    console.log(`  reference  ${describe(reference)}`)
    console.log(`  candidate  ${describe(candidate)}`)
  }
}

function numberOption(name, value) {
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number) || number < 0) {
    throw new Error(`--${name} needs a number, not ${JSON.stringify(value)}`)
  }
  return number
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      show: { type: 'string', default: '0' },
      min: { type: 'string', default: '100' },
      messages: { type: 'boolean', default: false },
      runtime: { type: 'boolean', default: false },
    },
  })
  if (positionals.length !== 2) {
    throw new Error(`usage: ${USAGE}`)
  }
  const show = numberOption('show', values.show)
  const minimum = numberOption('min', values.min)

  const [references, candidates] = positionals.map(readVerdicts)
  const { runtime } = values
  const { pairs, runtimePairs } = compareVerdicts(references, candidates, { runtime })
  const total = countOf(pairs)
  if (total === 0) {
    throw new Error(`${positionals[0]}: nothing to compare`)
  }
  const extra = [...candidates.keys()].filter((id) => !references.has(id)).length

  for (const [kind, list] of Object.entries(pairs)) {
    console.log(`${kind.padEnd(16)}  ${list.length}`)
  }
  const share = percent(pairs.same.length, total)
  console.log(`same verdict      ${share} of ${total}, at least ${minimum} % asked`)
  if (!runtime) {
    const apart = countOf(runtimePairs)
    console.log(`runtime500 apart  ${apart}, of these ${runtimePairs.same.length} the same`)
  }
  console.log(`unknown ids       ${extra} in the candidate, ignored`)
  if (values.messages) {
    printMessages(pairs.same)
  }
  printDifferences(pairs, show)

  process.exitCode = pairs.same.length * 100 >= minimum * total ? 0 : 1
}

if (isMain(import.meta.url)) {
  await runTool(USAGE, main)
}
