import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openControlRepo } from '../../src/project/control-repo.ts'
import { openRevisions } from '../../src/project/revision-state.ts'
import { run } from '../../src/project/run.ts'
import { renderJson } from '../../src/report/json.ts'
import { copyOf } from '../cli/rehearse.ts'
import { changedLines, committed, edit } from './control-repo.ts'

/** What the fleet has nothing of: Ruby that asks for other Ruby, types, functions, nodes that read single facts. */
const toolbox = {
  'site/toolbox/functions/greeting.pp':
    'function toolbox::greeting(String $name) >> String {\n  "Hello, ${name}!"\n}\n',
  'site/toolbox/functions/unused.pp': 'function toolbox::unused() {\n  1\n}\n',
  'site/toolbox/types/level.pp': "type Toolbox::Level = Enum['low', 'high']\n",
  'site/toolbox/lib/puppet_x/toolbox/words.rb': "module ToolboxWords\n  def self.loud(text) = text.upcase + '!'\nend\n",
  'site/toolbox/lib/puppet_x/toolbox/unused.rb': 'module ToolboxUnused\nend\n',
  'site/toolbox/lib/puppet/functions/toolbox/loud.rb': `require 'puppet_x/toolbox/words'
Puppet::Functions.create_function(:'toolbox::loud') do
  dispatch(:loud) { param 'String', :text }
  def loud(text) = ToolboxWords.loud(text)
end
`,
  'site/toolbox/lib/puppet/type/note.rb': `Puppet::Type.newtype(:note) do
  newparam(:name, namevar: true) { munge { |value| value.downcase } }
  newparam(:text)
end
`,
  'site/toolbox/manifests/init.pp': `class toolbox(Toolbox::Level $level = 'low', Boolean $loud = false) {
  file { '/etc/toolbox': content => toolbox::greeting($facts['networking']['hostname']) }
  if $facts['role'] == 'mail' {
    note { 'Mail': text => toolbox::loud("on \${facts['os']['name']} \${level}") }
    file { '/etc/toolbox.facts': content => "\${facts['kernel']} \${facts['timezone']}\\n" }
  }
}
`,
}

function toolboxFleet(): string {
  const directory = copyOf('fleet')
  for (const [path, text] of Object.entries(toolbox)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  edit(directory, 'manifests/site.pp', 'include role::monitor', 'include role::monitor\n  include toolbox')
  edit(directory, 'manifests/site.pp', "['role']}\"", "['role']}\"\n  if $facts['role'] == 'mail' { include toolbox }")
  for (const name of readdirSync(join(directory, 'facts')))
    if (!/^(web0[37]|api03|db02|mail0[12]|monitor01)\./.test(name)) rmSync(join(directory, 'facts', name))
  return committed(directory)
}

const directory = toolboxFleet()
const files = (readdirSync(directory, { recursive: true, encoding: 'utf8' }) as string[])
  .filter((path) => !path.startsWith('.git') && statSync(join(directory, path)).isFile())
  .filter((path) => !/README|generate/.test(path))
  .sort()

const { ruby, nodes } = openControlRepo({ directory })

interface Answer {
  readonly told: string
  /** The nodes that the change can reach. */
  readonly reached: readonly string[]
}

/** Both answers to a change of one file, which is undone afterwards. */
function answersTo(path: string, text: string | undefined): { chosen: Answer; all: Answer } {
  const place = join(directory, path)
  const before = existsSync(place) ? readFileSync(place) : undefined
  if (text === undefined) rmSync(place)
  else writeFileSync(place, text)
  try {
    // Without changed Ruby, one interpreter does for all.
    const pair = openRevisions({ directory, stalls: [], ...(/\/lib\//.test(path) ? {} : { ruby }) }, { from: 'HEAD' })
    const answer = (all: boolean): Answer => {
      const report = run(pair.repo, { nodes: pair.repo.nodes, earlier: pair.earlier, all, stalls: [] })
      const { changes, effects, resources, findings } = JSON.parse(renderJson(report))
      return {
        told: JSON.stringify({ changes, effects, resources, findings }, undefined, 1),
        reached: report.nodes.flatMap((node) => (node.reachedBy?.length ? [node.name] : [])),
      }
    }
    return { chosen: answer(false), all: answer(true) }
  } finally {
    if (before === undefined) rmSync(place)
    else writeFileSync(place, before)
  }
}

const textOf = (path: string): string => readFileSync(join(directory, path), 'utf8')

/** A change of a file: a line that goes, comes twice, or gets another word or number; or the file goes. */
const edits: readonly ((lines: readonly string[], at: number) => readonly string[] | undefined)[] = [
  (lines, at) => lines.toSpliced(at, 1),
  (lines, at) => lines.toSpliced(at, 0, lines[at] as string),
  (lines, at) =>
    lines.toSpliced(
      at,
      1,
      (lines[at] as string).replace(/\d+/, (n) => String(Number(n) + 1)),
    ),
  (lines, at) => lines.toSpliced(at, 1, (lines[at] as string).replace(/[a-z]{3,}(?=\W*$)/, 'other')),
  () => undefined,
]

test('random changes: leaving out the nodes that a change cannot reach gives the same answer', () => {
  let left = 0
  const changes = fc.record({
    path: fc.constantFrom(...files),
    line: fc.nat(60),
    edit: fc.constantFrom(...edits),
  })
  fc.assert(
    fc.property(changes, ({ path, line, edit }) => {
      const lines = textOf(path).split('\n')
      const { chosen, all } = answersTo(path, edit(lines, line % lines.length)?.join('\n'))
      left += nodes.length - chosen.reached.length
      expect(chosen.told).toBe(all.told)
    }),
    { numRuns: Number(process.env.SELECTION_RUNS ?? 20) },
  )
  expect(left).toBeGreaterThan(0)
})

test.each([
  ['a fact', 'facts/mail02.fra.example.com.yaml', 'kernel: Linux', 'kernel: GNU', ['mail02.fra.example.com']],
  ['a fact that nobody reads', 'facts/mail02.fra.example.com.yaml', '{count: 6}', '{count: 8}', []],
  [
    'a fact that was looked for',
    'facts/mail02.fra.example.com.yaml',
    'kernel:',
    'timezone: CET\nkernel:',
    ['mail02.fra.example.com'],
  ],
  ['a helper file of a function', 'site/toolbox/lib/puppet_x/toolbox/words.rb', "'!'", "'?'", 'mail'],
  ['Ruby that nobody asks for', 'site/toolbox/lib/puppet_x/toolbox/unused.rb', 'module', '# A\nmodule', []],
  ['a function in Ruby', 'site/toolbox/lib/puppet/functions/toolbox/loud.rb', '(text) =', '(text) = text +', 'mail'],
  ['a type in Ruby', 'site/toolbox/lib/puppet/type/note.rb', 'downcase', 'upcase', 'mail'],
  ['a function that nobody calls', 'site/toolbox/functions/unused.pp', '1', '2', []],
] as const)('%s reaches the nodes that read it', (_, path, from, to, expected) => {
  expect(textOf(path)).toContain(from)
  const { chosen, all } = answersTo(path, textOf(path).replace(from, to))
  expect(chosen.told).toBe(all.told)
  const wanted = expected === 'mail' ? ['mail01.ber.example.com', 'mail02.fra.example.com'] : expected
  // Of Ruby that Ruby asks for, nobody knows whose code did: nodes that come later count as well.
  expect(chosen.reached).toEqual(path.includes('puppet_x') ? expect.arrayContaining([...wanted]) : wanted)
})

test('facts and settings count as each side has them', () => {
  const facts = 'facts/mail01.ber.example.com.yaml'
  const { chosen } = answersTo(facts, textOf(facts).replace('kernel: Linux', 'kernel: GNU'))
  const [change] = JSON.parse(chosen.told).changes
  expect(changedLines(change)).toEqual(['-Linux ', '+GNU '])
  expect(change.causes[0].causes).toEqual([{ path: facts, side: 'after', line: 3, text: 'kernel: GNU', how: 'flows' }])
  const settings = answersTo('rehearse.yaml', 'facts: facts\npuppet: 7\n')
  expect(settings.chosen.reached).toHaveLength(nodes.length)
})
