import { expect, it } from 'vitest'
import { startRuby } from '../../../src/ruby/ruby.ts'
import { Failure } from '../../../src/source/diagnostic.ts'
import { plain, value } from '../../ruby/context.ts'
import { calls, facts } from './function-cases.ts'
import { moduleContext, modules, rubyFiles } from './modules.ts'
import { literal, realPuppet } from './real-puppet.ts'

const now = BigInt(Date.now()) * 1_000_000n
const ruby = startRuby({ modules, now, version: '7.23.0' })
const integers = (data: unknown): unknown =>
  JSON.parse(
    JSON.stringify(data ?? null, (_, v) => (typeof v === 'bigint' ? Number(v) : v)),
    (_, v) => (Number.isInteger(v) ? BigInt(v) : v),
  )
const context = moduleContext(ruby, integers(facts) as Record<string, unknown>, {
  now,
  scope: {
    resource: { type: 'Class', title: 'main' },
    nodeName: 'web01.example.com',
    moduleName: undefined,
    environment: 'corpus',
    facts: value(integers(facts)),
  },
})
const statements = /^(validate_(?!legacy|network|vni|tunnel|vxlan|yum)|ensure_|create_ini|inifile::create)/
const answers = realPuppet(
  calls.map(([name, ...args]) => {
    const call = `${name}(${args.map(literal).join(', ')})`
    return statements.test(name) ? call : `notify { 'result': message => [${call}] }`
  }),
  facts,
)

/** The innermost message, without the places that Puppet adds. */
function core(message: string): string {
  return message
    .replace(/^Evaluation Error: Error while evaluating a (?:Function Call|Resource Statement|Statement), /, '')
    .replace(/^Evaluation Error: /, '')
    .replace(/ \((?:file: [^)]*, )?line: [^)]*\)(?: on node .*)?$/, '')
    .replace(/ on node \S+$/, '')
    .trim()
}

const table = calls.map(([name, ...args], i) => [`${name}(${args.map(literal).join(', ')})`, name, args, i] as const)

it.each(table)('%s', (_, name, args, i) => {
  const answer = answers[i]
  let ours: { value: unknown } | { error: string }
  try {
    ours = {
      value: plain(
        context.call(
          name,
          args.map((arg) => value(integers(arg))),
        ),
      ),
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    ours = { error: core(error.message) }
  }
  const notify = answer?.catalog?.resources.find((r) => r.type === 'Notify')
  if (answer?.error !== undefined) expect(ours).toEqual({ error: core(answer.error) })
  else if (notify) {
    if ('error' in ours) throw new Error(ours.error)
    expect(integers([ours.value])).toEqual(integers(notify.parameters?.message ?? [null]))
  } else expect(ours).toEqual({ value: null })
})

it('loads every function of the modules', () => {
  const failed = [...rubyFiles('puppet/functions'), ...rubyFiles('puppet/parser/functions')].flatMap(
    ({ file, name }) => {
      try {
        ruby.loadFunction(file, name, context)
        return []
      } catch (error) {
        return [`${file.path}: ${(error as Error).message}`]
      }
    },
  )
  // The redis gem is no part of Puppet.
  expect(failed.filter((f) => !/redisget.*load such file -- redis$/.test(f))).toEqual([])
})
