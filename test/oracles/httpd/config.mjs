#!/usr/bin/env node
// What `apache2 -t` says about server configuration texts, through a fork server.
//
// Usage:  node config.mjs [options] < texts.jsonl > verdicts.jsonl
//   --modules all|debian-default   modules that are loaded      (default all)
//   --mpm event|worker|prefork     multi-processing module      (default event)
//   --processes N                  checks at the same time      (default 2)
// Input:  {"id", "text" | "b64", "wrap"}, one a line; wrap puts the text into a container:
//   none (default), vhost, dir, location, files, proxy
// Output: {"id", "verdict", "line", "message", "phase", "warnings"}, in the order of the input.
//   verdict   ok | reject | crash | timeout
//   line      of the text, counted from 1, where httpd names one. Text inside a container
//             can also fail at the container's own lines: 0, or beyond the last line.
//   file      only if the line is not one of the text, such as in a macro or another file
//   message   not with ok; several lines are joined by " | "
//   phase     only with reject: read   while the text is read: sections, <IfModule>, Define, ...
//                               walk   while the directives are run, after all is read
//                               check  after all directives have run
//   warnings  what httpd printed besides, only if there was something
//   $F in messages is the file with the text, $ROOT the ServerRoot.
// Only judge texts that you trust: LoadModule and the like take effect in this process.
//
// As a module:
//   import { judgeConfig } from './config.mjs'
//   const verdicts = await judgeConfig(items, { modules, mpm, processes })
import { parseArgs } from 'node:util'
import { startForkServer } from './lib/fork-server.mjs'
import { bytesOf, isMain, positiveInteger, readJsonLines, runTool, writeJsonLines } from './lib/tool.mjs'

const USAGE = 'config.mjs [--modules all|debian-default] [--mpm event] [--processes 2] < texts.jsonl'

// Each container opens with exactly one line.
const WRAPPERS = {
  none: null,
  vhost: ['<VirtualHost *:80>', '</VirtualHost>'],
  dir: ['<Directory "/tmp">', '</Directory>'],
  location: ['<Location "/x">', '</Location>'],
  files: ['<Files "x">', '</Files>'],
  proxy: ['<Proxy "*">', '</Proxy>'],
}
const SIGALRM = 14

function wrapperOf(item) {
  const name = item.wrap ?? 'none'
  if (!Object.hasOwn(WRAPPERS, name)) {
    throw new Error(`item ${JSON.stringify(item.id)}: unknown wrap ${JSON.stringify(name)}`)
  }
  return WRAPPERS[name]
}

function wrapped(bytes, wrapper) {
  if (wrapper === null) {
    return bytes
  }
  const [open, close] = wrapper
  return Buffer.concat([Buffer.from(`${open}\n`), bytes, Buffer.from(`\n${close}\n`)])
}

// Drops the time and the process number: "[time] [core:warn] [pid 1:tid 1] x" is "core:warn x".
function withoutLogPrefix(line) {
  return line.replace(/^\[[^\]]*\d\d:\d\d:\d\d[^\]]*\] \[(\w+:\w+)\] \[pid \d+(?::tid \d+)?\] /, '$1 ')
}

function isNoise(line) {
  // AH01882: mod_ssl was compiled against another OpenSSL than it runs with.
  return line === 'Syntax OK' || line.includes('AH01882')
}

// Each phase has its own form of announcing an error.
const HEADLINE = /^AH00526: Syntax error|^apache2: Syntax error|^AH0001[34]: |^AH00532: /

function parseRejection(lines) {
  const headline = lines.findIndex((line) => HEADLINE.test(line))
  const rest = lines.slice(Math.max(headline, 0))
  const warnings = lines.slice(0, Math.max(headline, 0))

  const walk = /^AH00526: Syntax error on line (\d+) of (.+):$/.exec(rest[0] ?? '')
  if (walk) {
    const message = rest.slice(1).join(' | ')
    return { line: Number(walk[1]), file: walk[2], message, phase: 'walk', warnings }
  }

  // "Syntax error on line N of FILE: " repeats for every file that includes the next one.
  const read = /^apache2: Syntax error on line \d+ of [^:]*: (.*)$/.exec(rest.join(' | '))
  if (read) {
    const found = { message: read[1], phase: 'read', warnings }
    for (;;) {
      const nested = /^Syntax error on line (\d+) of ([^:]*): (.*)$/.exec(found.message)
      if (!nested) {
        return found
      }
      found.line = Number(nested[1])
      found.file = nested[2]
      found.message = nested[3]
    }
  }

  return { message: lines.join(' | '), phase: 'check', warnings }
}

function toVerdict(item, wrapper, status, lines) {
  const signal = status & 0x7f
  const exitCode = status >> 8
  if (signal === SIGALRM) {
    return { id: item.id, verdict: 'timeout', message: 'no end within the time limit' }
  }
  if (signal !== 0) {
    return { id: item.id, verdict: 'crash', message: `signal ${signal}` }
  }
  if (exitCode > 1) {
    return { id: item.id, verdict: 'crash', message: `exit status ${exitCode}` }
  }
  const { line, file, message, phase, warnings } = exitCode === 0 ? { warnings: lines } : parseRejection(lines)
  const result = { id: item.id, verdict: exitCode === 0 ? 'ok' : 'reject' }
  if (line !== undefined) {
    const isOwnLine = file === '$F'
    result.line = isOwnLine && wrapper !== null ? line - 1 : line
    if (!isOwnLine) {
      result.file = file
    }
  }
  if (message !== undefined) {
    result.message = message
    result.phase = phase
  }
  if (warnings.length > 0) {
    result.warnings = warnings
  }
  return result
}

async function judgeOne(item, server) {
  const wrapper = wrapperOf(item)
  const { status, lines } = await server.check(wrapped(bytesOf(item), wrapper))
  const cleanLines = lines
    .filter((line) => !isNoise(line))
    .map((line) => line.replaceAll(server.snippet, '$F').replaceAll(server.directory, '$ROOT'))
    .map(withoutLogPrefix)
  return toVerdict(item, wrapper, status, cleanLines)
}

export async function judgeConfig(items, { modules = 'all', mpm = 'event', processes = 2 } = {}) {
  // A bad item is an error before anything starts.
  for (const item of items) {
    wrapperOf(item)
    bytesOf(item)
  }
  const verdicts = new Array(items.length)
  let next = 0
  const work = async () => {
    const server = await startForkServer({ modules, mpm })
    try {
      while (next < items.length) {
        const index = next
        next += 1
        verdicts[index] = await judgeOne(items[index], server)
      }
    } finally {
      await server.stop()
    }
  }
  await Promise.all(Array.from({ length: processes }, work))
  return verdicts
}

async function main() {
  const { values } = parseArgs({
    options: {
      modules: { type: 'string', default: 'all' },
      mpm: { type: 'string', default: 'event' },
      processes: { type: 'string', default: '2' },
    },
  })
  const processes = positiveInteger('--processes', values.processes)
  const items = await readJsonLines(process.stdin)
  writeJsonLines(process.stdout, await judgeConfig(items, { ...values, processes }))
  return items.length
}

if (isMain(import.meta.url)) {
  await runTool(USAGE, main)
}
