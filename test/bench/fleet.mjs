// How a rehearsal grows with the fleet: the fleet of templates-fixtures as it is (120 nodes), and with nine times the
// nodes, as it stands and between two revisions. Prints processor time, time and the most memory.
//   node test/bench/fleet.mjs
// Fails where a run holds more than 600 MB, or where a node of the large fleet takes more than one of the small fleet.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { bin, fleetRepo } from './fleet-repo.mjs'

function measure(repo, args) {
  const report =
    "process.on('exit', () => process.stderr.write('usage ' + JSON.stringify(process.resourceUsage()) + '\\n'))"
  const watch = ['--import', `data:text/javascript,${encodeURIComponent(report)}`]
  const started = performance.now()
  const run = spawnSync(process.execPath, [...watch, bin, '--environment', repo, '--format', 'json', ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const seconds = (performance.now() - started) / 1000
  const usages = [...run.stderr.matchAll(/^usage (.*)$/gm)].map(([, text]) => JSON.parse(text))
  const most = (name) => Math.max(...usages.map((usage) => usage[name]))
  const nodes = JSON.parse(run.stdout).nodes.length
  return {
    nodes,
    seconds,
    processor: (most('userCPUTime') + most('systemCPUTime')) / 1e6,
    megabytes: most('maxRSS') / 1024,
  }
}

let failed = false
const [small, large] = [fleetRepo(), fleetRepo({ copies: 9 })]
for (const [what, args] of [
  ['as it stands', []],
  ['two revisions', ['--from', 'HEAD~1', '--to', 'HEAD']],
]) {
  const [few, many] = [measure(small, args), measure(large, args)]
  for (const { nodes, seconds, processor, megabytes } of [few, many])
    console.log(
      `${what}: ${nodes} nodes: ${processor.toFixed(1)} s of processor time, ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`,
    )
  failed ||= many.megabytes > 600 || many.processor / many.nodes > few.processor / few.nodes
}
for (const repo of [small, large]) rmSync(dirname(repo), { recursive: true })
if (failed) {
  console.log('too much')
  process.exitCode = 1
}
