#!/usr/bin/env node
// What Apache httpd says about .htaccess texts: asks a real server for a file beside each.
//
// Usage:  node htaccess.mjs [options] < texts.jsonl > verdicts.jsonl
//   --modules all|debian-default   modules that are loaded             (default all)
//   --override VALUE               AllowOverride: All, AuthConfig, ... (default All)
//   --concurrency N                requests at the same time           (default 16)
// Input:  {"id", "text" | "b64"}, one a line.
// Output: {"id", "verdict", "status", "message", "warnings"}, in the order of the input.
//   verdict   ok          httpd accepts the text (the status may still be 301, 403, 404, ...)
//             reject      httpd logged a syntax error for it; message is the text of that
//             runtime500  httpd accepts the text, but the request fails with status 500
//             crash       the server process died
//             timeout     no answer within 8 seconds
//   status    HTTP status of the answer, null without one
//   message   only with reject
//   warnings  what else httpd logged for this request, only if there was something
// A text that fails to get an answer, or that could influence the verdicts of others, is
// judged on a server of its own, at some 0.15 seconds each; the rest share one server.
//   $DIR in messages is the directory of the .htaccess file, $ROOT the ServerRoot.
//
// As a module:
//   import { judgeHtaccess, startHtaccessOracle } from './htaccess.mjs'
//   const verdicts = await judgeHtaccess(items, { modules, override, concurrency })
//   or, for several calls with one server:
//   const oracle = await startHtaccessOracle(options)
//   const verdicts = await oracle.judge(items)
//   await oracle.stop()
import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { parseArgs } from 'node:util'
import { createSite, requestStatus, startHtaccessServer } from './lib/htaccess-server.mjs'
import { bytesOf, isMain, positiveInteger, readJsonLines, runTool, writeJsonLines } from './lib/tool.mjs'

const USAGE = 'htaccess.mjs [--modules all|debian-default] [--override All] [--concurrency 16] < texts.jsonl'
const REQUEST_TIMEOUT = 8000
const BATCH = 4000

// These change the server process for the requests that come later or at the same time:
// macros are stored per process, and LuaRoot writes into the configuration of the server.
const LEAVES_TRACES = /^\s*"?(<macro|luaroot)\b/im

function leavesTraces(item) {
  const withoutContinuations = bytesOf(item)
    .toString('latin1')
    .replaceAll(/\\\r?\n/g, '')
  return LEAVES_TRACES.test(withoutContinuations)
}

// Returns a function that reads the whole lines which were added since its last call.
function followLog(path) {
  let offset = 0
  return () => {
    const file = openSync(path, 'r')
    try {
      const added = Buffer.alloc(fstatSync(file).size - offset)
      readSync(file, added, 0, added.length, offset)
      const complete = added.lastIndexOf(0x0a) + 1
      offset += complete
      return added.toString('latin1', 0, complete).split('\n').slice(0, -1)
    } finally {
      closeSync(file)
    }
  }
}

// Groups log lines by the request that caused them; lines of no request are left out.
function linesByRequest(lines) {
  const groups = new Map()
  for (const line of lines) {
    const match = /^\[request-(\d+)\] \[(\w+:\w+)\] (.*)$/.exec(line)
    if (match) {
      const [, number, source, text] = match
      const request = Number(number)
      if (!groups.has(request)) {
        groups.set(request, [])
      }
      groups.get(request).push({ source, text })
    }
  }
  return groups
}

function failureVerdict(error) {
  return error.code === 'TIMEOUT' ? 'timeout' : 'crash'
}

function toVerdict(item, { site, status, error, log }, root) {
  const withPlaceholders = (text) =>
    text.replaceAll(site.path, '$DIR').replaceAll(root, '$ROOT').replaceAll(site.url, '/')
  const prefix = `${site.htaccess}: `
  const alert = log.find(({ source, text }) => source === 'core:alert' && text.startsWith(prefix))
  const others = log.filter((entry) => entry !== alert)

  const result = { id: item.id, verdict: 'ok', status }
  if (alert) {
    result.verdict = 'reject'
    result.message = withPlaceholders(alert.text.slice(prefix.length))
  } else if (error) {
    result.verdict = failureVerdict(error)
  } else if (status === 500) {
    result.verdict = 'runtime500'
  }
  if (others.length > 0) {
    result.warnings = others.map(({ source, text }) => withPlaceholders(`${source} ${text}`))
  }
  return result
}

// One httpd with a number of places for .htaccess files.
async function startServer({ modules, override, width }) {
  const server = await startHtaccessServer({ modules, override })
  const sites = Array.from({ length: width }, (_, slot) => createSite(server.directory, `w${slot}`))
  const newLogLines = followLog(server.errorLog)
  const agent = new http.Agent({ keepAlive: true, maxSockets: width })
  let requests = 0

  async function attempt(item, site) {
    requests += 1
    const request = requests
    writeFileSync(site.htaccess, bytesOf(item))
    const asked = {
      port: server.port,
      path: `${site.url}x.txt`,
      headers: { 'X-Id': `request-${request}` },
      agent,
      timeout: REQUEST_TIMEOUT,
    }
    try {
      return { request, site, status: await requestStatus(asked) }
    } catch (error) {
      return { request, site, status: null, error }
    }
  }

  // Resolves with one verdict per item.
  async function judgeAll(items) {
    const attempts = new Array(items.length)
    let next = 0
    const work = async (site) => {
      while (next < items.length) {
        const index = next
        next += 1
        attempts[index] = await attempt(items[index], site)
      }
    }
    await Promise.all(sites.map(work))
    const logs = linesByRequest(newLogLines())
    return items.map((item, index) => {
      const log = logs.get(attempts[index].request) ?? []
      return toVerdict(item, { ...attempts[index], log }, server.directory)
    })
  }

  async function stop() {
    agent.destroy()
    await server.stop()
  }
  return { judgeAll, stop }
}

export async function startHtaccessOracle({ modules = 'all', override = 'All', concurrency = 16 } = {}) {
  const shared = await startServer({ modules, override, width: concurrency })

  async function judgeAlone(item) {
    const own = await startServer({ modules, override, width: 1 })
    try {
      const [verdict] = await own.judgeAll([item])
      return verdict
    } finally {
      await own.stop()
    }
  }

  // A text that kills its server process takes the requests of others with it, so every
  // failure is tried again on a server of its own before it counts.
  async function judge(items) {
    const verdicts = new Array(items.length)
    const harmless = [...items.keys()].filter((index) => !leavesTraces(items[index]))
    const found = await shared.judgeAll(harmless.map((index) => items[index]))
    for (const [position, index] of harmless.entries()) {
      if (found[position].status !== null) {
        verdicts[index] = found[position]
      }
    }
    for (const index of items.keys()) {
      verdicts[index] ??= await judgeAlone(items[index])
    }
    return verdicts
  }

  return { judge, stop: shared.stop }
}

export async function judgeHtaccess(items, options = {}) {
  const oracle = await startHtaccessOracle(options)
  try {
    return await oracle.judge(items)
  } finally {
    await oracle.stop()
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      modules: { type: 'string', default: 'all' },
      override: { type: 'string', default: 'All' },
      concurrency: { type: 'string', default: '16' },
    },
  })
  const concurrency = positiveInteger('--concurrency', values.concurrency)
  const items = await readJsonLines(process.stdin)
  const oracle = await startHtaccessOracle({ ...values, concurrency })
  try {
    for (let start = 0; start < items.length; start += BATCH) {
      writeJsonLines(process.stdout, await oracle.judge(items.slice(start, start + BATCH)))
    }
  } finally {
    await oracle.stop()
  }
  return items.length
}

if (isMain(import.meta.url)) {
  await runTool(USAGE, main)
}
