import { expect, it } from 'vitest'
import { openControlRepo } from '../../src/project/control-repo.ts'
import { run } from '../../src/project/run.ts'
import { diskFiles, type Files } from '../../src/source/files.ts'
import { directoryWith } from '../cli/rehearse.ts'

const keys = Array.from(
  { length: 20_000 },
  (_, i) => `bench::application_${i}::setting: [alpha-${i}, "a text of some length, number ${i}, as data have them"]`,
)

/** Runs over a data file of 2 MB; the milliseconds of processor it takes, and how often the file is read. */
function cost(nodes: number) {
  const directory = directoryWith({
    'environment.conf': 'modulepath = modules\n',
    'hiera.yaml':
      'version: 5\nhierarchy:\n  - {name: node, path: "%{trusted.certname}.yaml"}\n  - {name: big, path: big.yaml}\n',
    'data/big.yaml': `${keys.join('\n')}\n`,
    'manifests/site.pp': "$x = lookup('bench::application_7::setting')\n",
    ...Object.fromEntries(Array.from({ length: nodes }, (_, i) => [`facts/n${i}.yaml`, 'os: {family: Debian}\n'])),
  })
  const disk = diskFiles(directory)
  let reads = 0
  const files: Files = {
    ...disk,
    bytes: (path) => {
      if (path === 'data/big.yaml') reads++
      return disk.bytes(path)
    },
  }
  const repo = openControlRepo({ directory, files })
  const before = process.cpuUsage()
  const report = run(repo, { nodes: repo.nodes, stalls: [] })
  const { user, system } = process.cpuUsage(before)
  expect(report.nodes.filter(({ status }) => status === 'compiled')).toHaveLength(nodes)
  expect(report.findings.map(({ diagnostic }) => diagnostic.code)).toEqual(['data/unused-key'])
  return { reads, milliseconds: (user + system) / 1000 }
}

it('reads a large data file once, and pays for it once, whatever the number of nodes', () => {
  const [one, many] = [cost(1), cost(30)]
  expect([one.reads, many.reads]).toEqual([1, 1])
  expect(many.milliseconds).toBeLessThan(one.milliseconds * 4)
})
