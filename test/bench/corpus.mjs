// How fast catalogs compile beside real Puppet: every STEP-th class of the modules under /usr/share/puppet/modules, each
// compiled by both programs by turns, so that whatever else the machine does hits both alike. The last pass counts:
// everything is warm then. A sample shows the just-in-time compiler less in one pass than all classes would, so that it
// takes several until speeds have settled; both programs get the same. Prints the sums of the seconds of classes that
// compile, and their ratio.
//   node test/bench/corpus.mjs [STEP] [PASSES]   default 20 and 4; needs test/oracles/install.sh and npm run build
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const step = Number(process.argv[2] ?? 20)
const passes = Number(process.argv[3] ?? 4)
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

/** A program that answers a line with a line. */
function peer(command, args) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    ask: async (line) => {
      child.stdin.write(`${line}\n`)
      return JSON.parse((await answers.next()).value)
    },
    end: () => child.stdin.end(),
  }
}

const puppet = peer('ruby', [
  `${root}/test/oracles/puppet-catalogs.rb`,
  '--environmentpath',
  directory,
  '--environment',
  'corpus',
])
const environment = join(directory, 'corpus')
const ours = peer(process.execPath, [
  `${root}/bin/rehearse.js`,
  'catalog',
  '--batch',
  '--puppet',
  '7',
  '--environment',
  environment,
])
for (let pass = 1; pass <= passes; pass++) {
  let [theirs, own, compiled] = [0, 0, 0]
  for (const request of requests) {
    const [a, b] = [await puppet.ask(request), await ours.ask(request)]
    if (!a.catalog || !b.catalog) continue
    theirs += a.seconds
    own += b.seconds
    compiled++
  }
  const ratio = (theirs / own).toFixed(1)
  console.log(
    `pass ${pass}: ${compiled} of ${requests.length} classes compile: Puppet ${theirs.toFixed(2)} s, rehearse ${own.toFixed(2)} s, ${ratio} times as fast`,
  )
}
puppet.end()
ours.end()
