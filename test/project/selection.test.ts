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
    'function toolbox::greeting(Toolbox::Host $name) >> String {\n  "Hello, ${name}!"\n}\n',
  'site/toolbox/functions/unused.pp': 'function toolbox::unused() {\n  1\n}\n',
  'site/toolbox/types/level.pp': 'type Toolbox::Level = Variant[Toolbox::Named, Integer[0, 9]]\n',
  'site/toolbox/types/named.pp': "type Toolbox::Named = Enum['low', 'high']\n",
  'site/toolbox/types/host.pp': 'type Toolbox::Host = String[1]\n',
  'site/toolbox/types/unused.pp': 'type Toolbox::Unused = Integer[0, 9]\n',
  'site/toolbox/files/default': 'Of every host.\n',
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
  'site/toolbox/manifests/init.pp': `class toolbox(Boolean $loud = false) {
  file { '/etc/toolbox': content => toolbox::greeting($facts['networking']['hostname']) }
  if $facts['role'] == 'mail' {
    include toolbox::mail
    note { 'Mail': text => toolbox::loud("on \${facts['os']['name']}") }
    file { '/etc/toolbox.facts': content => "\${facts['kernel']} \${facts['timezone']}\\n" }
  }
  file { '/etc/toolbox.host': source => ["puppet:///modules/toolbox/\${trusted['certname']}", 'puppet:///modules/toolbox/default'] }
}
`,
  'site/toolbox/manifests/mail.pp': `class toolbox::mail(Toolbox::Level $level = 'low') {
  file { '/etc/toolbox.level': content => "\${level}\\n" }
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
  writeFileSync(join(directory, 'environment.conf'), 'modulepath = extra:site\n')
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

/** Files with new texts; those without go. */
type Change = Readonly<Record<string, string | undefined>>

/** Makes a change and gives the directories that it needed. */
function write(change: Change): string[] {
  const made: string[] = []
  for (const [path, text] of Object.entries(change)) {
    const place = join(directory, path)
    if (text === undefined) rmSync(place)
    else {
      made.push(...[mkdirSync(dirname(place), { recursive: true })].filter((first) => first !== undefined))
      writeFileSync(place, text)
    }
  }
  return made
}

/** Both answers to a change, which is undone afterwards. */
function answersTo(change: Change): { chosen: Answer; all: Answer } {
  const paths = Object.keys(change)
  const before = Object.fromEntries(
    paths.map((path) => [path, existsSync(join(directory, path)) ? textOf(path) : undefined]),
  )
  const made = write(change)
  try {
    // Without changed Ruby, one interpreter does for all.
    const own = paths.some((path) => /\/lib\/|^extra\/|environment\.conf/.test(path))
    const pair = openRevisions({ directory, stalls: [], ...(own ? {} : { ruby }) }, { from: 'HEAD' })
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
    write(before)
    for (const path of made) rmSync(path, { recursive: true })
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

const rewritten = fc
  .record({ path: fc.constantFrom(...files), line: fc.nat(60), edit: fc.constantFrom(...edits) })
  .map(({ path, line, edit }): Change => {
    const lines = textOf(path).split('\n')
    return { [path]: edit(lines, line % lines.length)?.join('\n') }
  })
/** Of the same kind and of others: data of another node, a template that nobody knows, a class where a type was. */
const renamed = fc
  .tuple(fc.constantFrom(...files), fc.constantFrom(...files))
  .filter(([from, to]) => from !== to)
  .map(([from, to]): Change => ({ [from]: undefined, [to]: textOf(from) }))
/** Files that go before others, or that were looked for in vain. */
const added = fc.constantFrom<Change>(
  { 'data/node/mail01.ber.example.com.yaml': 'profile::mail::relay: mx2.example.com\n' },
  { 'data/role/monitor.yaml': 'lookup_options: {toolbox::loud: {merge: first}}\ntoolbox::loud: true\n' },
  { 'site/profile/data/common.yaml': 'profile::mail::relay: mx3.example.com\n' },
  { 'site/profile/hiera.yaml': 'version: 5\n' },
  { 'site/toolbox/files/monitor01.vie.example.com': 'Of one host.\n' },
  { 'site/toolbox/functions/loud.pp': "function toolbox::loud($text) {\n  'in vain'\n}\n" },
  { 'site/profile/types/host.pp': 'type Profile::Host = Integer\n' },
  { 'site/profile/functions/check.pp': 'function profile::check() {\n  1\n}\n' },
  { 'functions/environment/greeting.pp': 'function environment::greeting() {\n  1\n}\n' },
  { 'site/other/manifests/init.pp': 'class other {}\n' },
  { 'extra/toolbox/manifests/init.pp': "class toolbox {\n  file { '/etc/toolbox': content => '' }\n}\n" },
  { 'environment.conf': 'modulepath = site\n' },
  { 'environment.conf': 'modulepath = extra:site\nmanifest = manifests/site.pp\n' },
  { 'manifests/more.pp': 'node /^mail02/ {\n  include role::monitor\n}\n' },
)

test('random changes: leaving out the nodes that a change cannot reach gives the same answer', () => {
  let left = 0
  fc.assert(
    fc.property(fc.oneof({ weight: 3, arbitrary: rewritten }, added, renamed), (change) => {
      const { chosen, all } = answersTo(change)
      left += nodes.length - chosen.reached.length
      expect(chosen.told).toBe(all.told)
    }),
    { numRuns: Number(process.env.SELECTION_RUNS ?? 15) },
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
  ['a type', 'site/toolbox/types/level.pp', '[0, 9]', '[0, 8]', 'mail'],
  ['a type that another one names', 'site/toolbox/types/named.pp', "'high'", "'top'", 'mail'],
  ['a type that nobody uses', 'site/toolbox/types/unused.pp', '[0, 9]', '[0, 8]', []],
  ["a type in a function's signature", 'site/toolbox/types/host.pp', '[1]', '[2]', 'toolbox'],
] as const)('%s reaches the nodes that read it', (_, path, from, to, expected) => {
  expect(textOf(path)).toContain(from)
  const { chosen, all } = answersTo({ [path]: textOf(path).replace(from, to) })
  expect(chosen.told).toBe(all.told)
  const mail = ['mail01.ber.example.com', 'mail02.fra.example.com']
  const wanted = expected === 'mail' ? mail : expected === 'toolbox' ? [...mail, 'monitor01.vie.example.com'] : expected
  // Of Ruby that Ruby asks for, nobody knows whose code did: nodes that come later count as well.
  expect(chosen.reached).toEqual(path.includes('puppet_x') ? expect.arrayContaining([...wanted]) : wanted)
})

test('facts and settings count as each side has them', () => {
  const facts = 'facts/mail01.ber.example.com.yaml'
  const { chosen } = answersTo({ [facts]: textOf(facts).replace('kernel: Linux', 'kernel: GNU') })
  const [change] = JSON.parse(chosen.told).changes
  expect(changedLines(change)).toEqual(['-Linux ', '+GNU '])
  expect(change.causes[0].causes).toEqual([{ path: facts, side: 'after', line: 3, text: 'kernel: GNU', how: 'flows' }])
  const settings = answersTo({ 'rehearse.yaml': 'facts: facts\npuppet: 7\n' })
  expect(settings.chosen.reached).toHaveLength(nodes.length)
})
