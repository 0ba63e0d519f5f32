// What a data file of 2 MB and 20,000 keys adds to a run, of which it reads one key: the bar is 150 ms, once, whatever
// the number of nodes. The file is checked whole and its keys are indexed; values are made when they are looked up.
//   node test/bench/data-file.mjs
// Runs the program as a user does, over the same small control repo with and without the file (YAML with its collections
// on one line and in blocks, JSON; 1 node and 10), by turns, and takes the least of each, as what else the machine does
// only ever adds. Two figures for each: the processor time of the thread that compiles and checks, and the time by the
// clock from start to end of the process. Prints a verdict for each bar and fails where one is missed. What the clock
// says of a machine that has more to do than processors to do it with is printed and not judged.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const bin = resolve(import.meta.dirname, '../../bin/rehearse.js')
const rounds = 9
const bar = 150

const keys = Array.from({ length: 20_000 }, (_, i) => `bench::application_${i}::setting_of_some_length`)
const value = (i) =>
  i % 4 === 0
    ? `[alpha-${i}, beta, 17]`
    : i % 4 === 1
      ? `{ host: h${i}.example.com, port: ${i} }`
      : `"a text of some length, number ${i}, as data have them, and yet a few words"`
const blockValue = (i) =>
  i % 4 === 0
    ? `\n  - alpha-${i}\n  - beta\n  - 17`
    : i % 4 === 1
      ? `\n  host: h${i}.example.com\n  port: ${i}`
      : value(i)
const jsonValue = (i) =>
  i % 4 === 0 ? `["alpha-${i}", "beta", 17]` : i % 4 === 1 ? `{ "host": "h${i}.example.com", "port": ${i} }` : value(i)

const yaml = (written) => ({
  path: 'big.yaml',
  text: () => `---\n${keys.map((key, i) => `${key}: ${written(i)}\n`).join('')}`,
})
const formats = {
  YAML: yaml(value),
  'YAML in blocks': yaml(blockValue),
  JSON: {
    path: 'big.json',
    text: () => `{\n${keys.map((key, i) => `  "${key}": ${jsonValue(i)}`).join(',\n')}\n}\n`,
    level: ', data_hash: json_data',
  },
}

/** A control repo; `big`: the format of its large file, if it has one. */
function repo(nodes, big) {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-bench-'))
  const write = (path, text) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  // Modules that happen to be on this machine are no part of it.
  write('environment.conf', 'modulepath = modules\n')
  const { path, text, level = '' } = big ?? { path: 'big.yaml' }
  write(
    'hiera.yaml',
    `version: 5\nhierarchy:\n  - {name: big, path: ${path}${level}}\n  - {name: common, path: common.yaml}\n`,
  )
  if (text) write(`data/${path}`, text())
  write('data/common.yaml', 'bench::answer: 42\n')
  write(
    'manifests/site.pp',
    `$answer = lookup('bench::answer')\n$first = lookup('${text ? keys[7] : 'bench::answer'}')\n`,
  )
  for (let i = 0; i < nodes; i++) write(`facts/n${i}.example.com.yaml`, 'os: {family: Debian}\n')
  return directory
}

/** Milliseconds that a run takes: of processor, the thread with the work alone, and by the clock. */
function cost(directory) {
  const args = ['--import', new URL('thread-time.mjs', import.meta.url).href, bin, '--environment', directory]
  const started = performance.now()
  const { stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  const clock = performance.now() - started
  if (status !== 0) throw new Error(stderr)
  return { processor: Number(/thread ([\d.]+)/.exec(stderr)[1]), clock }
}

const least = (times, what) => Math.min(...times.map((time) => time[what]))

/** By format: what its file adds to the run of so many nodes. */
function added(nodes) {
  const repos = [repo(nodes), ...Object.values(formats).map((format) => repo(nodes, format))]
  const times = repos.map(() => [])
  for (let round = 0; round < rounds; round++)
    for (const [i, directory] of repos.entries()) times[i].push(cost(directory))
  for (const directory of repos) rmSync(directory, { recursive: true })
  return Object.keys(formats).map((_, i) =>
    Object.fromEntries(
      ['processor', 'clock'].map((what) => [
        what,
        { before: least(times[0], what), more: least(times[i + 1], what) - least(times[0], what) },
      ]),
    ),
  )
}

function judge(what, { before, more }, limit, counts = true) {
  const verdict = more <= limit ? 'held    ' : counts ? 'MISSED  ' : 'unjudged'
  console.log(
    `${verdict} ${what}: ${Math.round(more)} ms more than the ${Math.round(before)} ms without the file (bar ${Math.round(limit)})`,
  )
  if (verdict === 'MISSED  ') process.exitCode = 1
}

const [one, ten] = [added(1), added(10)]
const atRest = (loadavg()[0] ?? 0) <= availableParallelism()
if (!atRest) console.log('the machine is busy: the clock is not judged')
for (const [i, format] of Object.keys(formats).entries())
  for (const what of ['processor', 'clock']) {
    const counts = what === 'processor' || atRest
    judge(`${format}, ${what}, 1 node`, one[i][what], bar, counts)
    judge(`${format}, ${what}, 10 nodes`, ten[i][what], bar, counts)
    // Once, not for each node; two runs are never quite the same.
    judge(`${format}, ${what}, 10 nodes against 1`, ten[i][what], one[i][what].more * 1.3 + 30, counts)
  }
