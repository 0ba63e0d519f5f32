// What a data file of 2 MB and 20,000 keys adds to a run: it is parsed once, whatever the number of nodes.
//   node test/bench/data-file.mjs
// Fails where it adds more than 150 ms to the run of one node, or more for ten nodes than for one. Measured in processor
// time of the thread that compiles and checks, so that what else the machine does counts little.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const bin = resolve(import.meta.dirname, '../../bin/rehearse.js')
const rounds = 7

function repo(nodes, { big, read }) {
  const directory = mkdtempSync(join(tmpdir(), 'rehearse-bench-'))
  const write = (path, text) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  // Modules that happen to be on this machine are no part of it.
  write('environment.conf', 'modulepath = modules\n')
  write(
    'hiera.yaml',
    'version: 5\nhierarchy:\n  - {name: big, path: big.yaml}\n  - {name: common, path: common.yaml}\n',
  )
  const keys = Array.from({ length: 20_000 }, (_, i) => `bench::application_${i}::setting_of_some_length`)
  const value = (i) =>
    i % 4 === 0
      ? `[alpha-${i}, beta, 17]`
      : i % 4 === 1
        ? `{ host: h${i}.example.com, port: ${i} }`
        : `"a text of some length, number ${i}, as data have them, and yet a few words"`
  if (big) write('data/big.yaml', `---\n${keys.map((key, i) => `${key}: ${value(i)}\n`).join('')}`)
  write('data/common.yaml', 'bench::answer: 42\n')
  // Keys that the code names are none to complain of, so that the checks of data have nothing to print.
  write(
    'manifests/site.pp',
    `$answer = lookup('bench::answer')\n$first = lookup('${read ? keys[7] : 'bench::answer'}')\n`,
  )
  for (let i = 0; i < nodes; i++) write(`facts/n${i}.example.com.yaml`, 'os: {family: Debian}\n')
  return directory
}

/** Milliseconds of processor that the thread with the work takes. */
function cost(directory) {
  const args = ['--import', new URL('thread-time.mjs', import.meta.url).href, bin, '--environment', directory]
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  return Number(/thread ([\d.]+)/.exec(stderr)[1])
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]

const added = {}
for (const nodes of [1, 10]) {
  const [without, withBig] = [repo(nodes, { big: false }), repo(nodes, { big: true, read: true })]
  const times = []
  for (let round = 0; round < rounds; round++) times.push([cost(without), cost(withBig)])
  for (const directory of [without, withBig]) rmSync(directory, { recursive: true })
  added[nodes] = Math.round(median(times.map(([before, after]) => after - before)))
  const [before, after] = [0, 1].map((i) => Math.round(median(times.map((time) => time[i]))))
  console.log(`${nodes} node(s): ${before} ms without, ${after} ms with the file: ${added[nodes]} ms more`)
}
if (added[1] > 150 || added[10] > added[1] * 1.3 + 30) {
  console.log('too slow')
  process.exitCode = 1
}
