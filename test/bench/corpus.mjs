// How fast catalogs compile beside real Puppet: every STEP-th class of the modules under /usr/share/puppet/modules, each
// compiled by both programs by turns on the same core, the order of the two changing with each class, so that whatever
// else the machine does hits both alike. What counts is the processor time that a whole process takes for a request, all
// its threads (just-in-time compilers, collectors of garbage) and the reading and writing of JSON included; the seconds
// by the clock that each program states for the compilation alone stand beside it. Sums are over classes that compile.
// The first pass is cold; both programs run all passes, and speeds settle after two or three.
//   node test/bench/corpus.mjs [STEP] [PASSES]   default 1 and 3; needs Linux, test/oracles/install.sh and npm run build
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const step = Number(process.argv[2] ?? 1)
const passes = Number(process.argv[3] ?? 3)
const root = resolve(import.meta.dirname, '../..')
const modules = '/usr/share/puppet/modules'
const directory = mkdtempSync(join(tmpdir(), 'rehearse-bench-'))
mkdirSync(join(directory, 'corpus'))
writeFileSync(join(directory, 'corpus/environment.conf'), `modulepath = ${modules}\n`)
writeFileSync(join(directory, 'corpus/hiera.yaml'), 'version: 5\n')
const facts = JSON.parse(readFileSync(`${root}/templates-fixtures/apache-vhosts/facts/web01.example.com.json`, 'utf8'))
writeFileSync(join(directory, 'facts.json'), JSON.stringify(facts.values ? facts : { values: facts }))

const listed = spawnSync(
  process.execPath,
  [`${root}/test/oracles/class-requests.mjs`, '--modules', modules, '--facts', join(directory, 'facts.json')],
  { encoding: 'utf8', maxBuffer: 1 << 30 },
)
const requests = listed.stdout.split('\n').filter((line, i) => line !== '' && i % step === 0)

/** A program that answers a line with a line, on the first core that this process may use. */
function peer(command, args) {
  const child = spawn('taskset', ['--cpu-list', firstCore(), command, ...args], { stdio: ['pipe', 'pipe', 'ignore'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const process = `/proc/${child.pid}`
  return {
    /** Sends a request; gives the answer and the seconds of processor time it took. */
    ask: async (line) => {
      const before = processorSeconds(process)
      child.stdin.write(`${line}\n`)
      const answer = JSON.parse((await answers.next()).value)
      return { ...answer, processor: processorSeconds(process) - before }
    },
    megabytes: () => memory(process, 'VmRSS'),
    peak: () => memory(process, 'VmHWM'),
    end: () => child.stdin.end(),
  }
}

function firstCore() {
  return /Cpus_allowed_list:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]
}

/** The scheduler's own account of every thread, in nanoseconds. */
function processorSeconds(process) {
  const threads = readdirSync(`${process}/task`)
  return threads.reduce((sum, id) => sum + threadNanoseconds(`${process}/task/${id}/schedstat`), 0) / 1e9
}

function threadNanoseconds(path) {
  try {
    return Number(readFileSync(path, 'utf8').split(' ')[0])
  } catch {
    return 0
  }
}

function memory(process, name) {
  const kilobytes = new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`${process}/status`, 'utf8'))[1]
  return Math.round(Number(kilobytes) / 1024)
}

const environment = join(directory, 'corpus')
const puppet = peer('ruby', [
  `${root}/test/oracles/puppet-catalogs.rb`,
  '--environmentpath',
  directory,
  '--environment',
  'corpus',
])
const ours = peer(process.execPath, [
  `${root}/bin/rehearse.js`,
  'catalog',
  '--batch',
  '--puppet',
  '7',
  '--environment',
  environment,
])

const total = (answers, of) => answers.reduce((sum, answer) => sum + answer[of], 0)
const compare = (theirs, own, of) => {
  const [a, b] = [total(theirs, of), total(own, of)]
  return `Puppet ${a.toFixed(2)} s, rehearse ${b.toFixed(2)} s, ${(a / b).toFixed(1)} times as fast`
}

for (let pass = 1; pass <= passes; pass++) {
  const [theirs, own] = [[], []]
  for (const [at, request] of requests.entries()) {
    const first = at % 2 === 0 ? puppet : ours
    const one = await first.ask(request)
    const other = await (first === puppet ? ours : puppet).ask(request)
    const [a, b] = first === puppet ? [one, other] : [other, one]
    if (!a.catalog || !b.catalog) continue
    theirs.push({ seconds: a.seconds, processor: a.processor })
    own.push({ seconds: b.seconds, processor: b.processor })
  }
  console.log(`pass ${pass}: ${own.length} of ${requests.length} classes compile`)
  console.log(`  processor time: ${compare(theirs, own, 'processor')}`)
  console.log(`  compilation by the clock: ${compare(theirs, own, 'seconds')}`)
  console.log(`  memory: Puppet ${puppet.megabytes()} MB, rehearse ${ours.megabytes()} MB (at most ${ours.peak()} MB)`)
}
puppet.end()
ours.end()
rmSync(directory, { recursive: true })
