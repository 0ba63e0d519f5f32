// Times the difference of one node between two revisions, side by side with octocatalog-diff (Debian's package), each
// from a cold start: `node test/bench/two-refs.mjs [ROUNDS]`. Exits 1 where the program is less than 8 times as fast.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { bin, fleetRepo } from './fleet-repo.mjs'

const rounds = Number(process.argv[2] ?? 5)
const bar = 8
const node = 'web01.ber.example.com'

if (spawnSync('octocatalog-diff', ['--help'], { stdio: 'ignore' }).status !== 0) {
  console.error('skipped: this machine cannot run octocatalog-diff (apt-get install octocatalog-diff)')
  process.exit(process.env.CI === 'true' ? 1 : 0)
}

// octocatalog-diff looks for modules in `modules` alone.
const repo = fleetRepo({ modules: 'modules' })
const facts = join(repo, 'facts', `${node}.yaml`)
const octoFacts = join(repo, '..', 'facts.yaml')
writeFileSync(
  octoFacts,
  `--- \nname: ${node}\nvalues:\n${readFileSync(facts, 'utf8').replace(/^/gm, '  ').trimEnd()}\n`,
)

const competitors = {
  'octocatalog-diff': [
    'octocatalog-diff',
    ['-n', node, '--basedir', repo, '-f', 'HEAD~1', '-t', 'HEAD', '--fact-file', octoFacts]
      .concat(['--hiera-config', 'hiera.yaml', '--puppet-binary', '/usr/bin/puppet', '--no-hiera-path'])
      .concat(['--no-hiera-path-strip', '--no-enc']),
    2,
  ],
  rehearse: [
    process.execPath,
    [bin, '--environment', repo, '--node', node, '--from', 'HEAD~1', '--to', 'HEAD', '--puppet', '7'],
    0,
  ],
}

const times = Object.fromEntries(Object.keys(competitors).map((name) => [name, []]))
for (let round = 0; round < rounds; round++)
  for (const [name, [program, args, status]] of Object.entries(competitors)) {
    const started = performance.now()
    const result = spawnSync(program, args, { encoding: 'utf8' })
    times[name].push(performance.now() - started)
    if (result.status !== status || !result.stdout.includes('8081')) {
      console.error(`${name} ended with code ${result.status}:\n${result.stdout}${result.stderr}`)
      process.exit(2)
    }
  }
rmSync(resolve(repo, '..'), { recursive: true, force: true })

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
for (const [name, list] of Object.entries(times))
  console.log(
    `${name.padEnd(17)} median ${(median(list) / 1000).toFixed(2)} s  (${list.map((t) => (t / 1000).toFixed(2)).join(', ')})`,
  )
const factor = median(times['octocatalog-diff']) / median(times.rehearse)
console.log(`${factor.toFixed(1)} times as fast; the bar is ${bar}`)
if (factor < bar) process.exit(1)
