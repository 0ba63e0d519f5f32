// What a data file of 2 MB and 20,000 keys adds to a run: it is parsed once, whatever the number of nodes.
//   node test/bench/data-file.mjs
// Fails where it adds more than 150 ms to the run of one node, or more for twenty nodes than for one.
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

/** Milliseconds of the run itself, without the start of the program. */
function elapsed(directory) {
  const { stdout } = spawnSync(process.execPath, [bin, '--environment', directory, '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return JSON.parse(stdout).elapsed
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]

const added = {}
for (const nodes of [1, 20]) {
  const [without, withBig] = [repo(nodes, { big: false }), repo(nodes, { big: true, read: true })]
  const times = { without: [], with: [] }
  for (let round = 0; round < rounds; round++) {
    times.without.push(elapsed(without))
    times.with.push(elapsed(withBig))
  }
  for (const directory of [without, withBig]) rmSync(directory, { recursive: true })
  added[nodes] = median(times.with) - median(times.without)
  console.log(
    `${nodes} node(s): ${median(times.without)} ms without, ${median(times.with)} ms with the file: ${added[nodes]} ms more`,
  )
}
if (added[1] > 150 || added[20] > added[1] * 1.5 + 30) {
  console.log('too slow')
  process.exitCode = 1
}
