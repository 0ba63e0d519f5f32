import { describe, expect, it } from 'vitest'
import { answer, cause, functionsDirectory, openFunctionsEnvironment } from '../../functions/answer.ts'
import { available, puppet, puppetCatalogs } from '../reference.ts'

/** The same numbers every time, so that a failure can be had again. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

type Random = ReturnType<typeof numbers>

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random(choices.length)] as T
}

function text(random: Random, alphabet: readonly string[], longest: number): string {
  return Array.from({ length: random(longest + 1) }, () => pick(random, alphabet)).join('')
}

function quoted(value: string): string {
  return `'${value.replace(/['\\]/g, '\\$&')}'`
}

const integers = ['0', '1', '-1', '7', '255', '-256', '65536', '-123456789', '9223372036854775807']
const floats = ['0.0', '1.5', '-2.5', '3.14159', '1.0e20', '-1.0e-10', '99999.95', '0.0001', '123456789.125']
const letters = ['a', 'b', 'A', 'é', '1', '0', ' ', '-', '.', '_']

const generators: Record<string, (random: Random) => string> = {
  sprintf: (random) => {
    const flags = text(random, ['-', '+', ' ', '0', '#'], 2)
    const width = pick(random, ['', '', '5', '12'])
    const precision = pick(random, ['', '', '.0', '.3', '.10'])
    const conversion = pick(random, [...'diouxXbBeEfgGaAspc'])
    const value = /[sp]/.test(conversion)
      ? pick(random, [...integers, ...floats, quoted(text(random, letters, 6)), '[1, undef]', 'true'])
      : conversion === 'c'
        ? pick(random, ['65', "'x'", '233'])
        : pick(random, [...integers, ...(/[eEfgGaA]/.test(conversion) ? floats : ['2.7', '-2.7'])])
    return `sprintf('%${flags}${width}${precision}${conversion}|', ${value})`
  },
  strftime: (random) => {
    const format = Array.from({ length: 3 }, () => {
      const flags = text(random, ['-', '0', '^', '#', '_'], 2)
      return `%${flags}${pick(random, ['', '', '3', '10'])}${pick(random, [...'YCymBbhdejHkIlPpMSLNzZAauwGgVUWsntcDFvxXrRT%'])}`
    }).join('|')
    const seconds = random(2 ** 31) - 2 ** 30 + random(1000) / 1000
    const zone = pick(random, ['', '', ", '+05:30'", ", '-08:00'"])
    return `strftime(Timestamp(${seconds.toFixed(3)}), ${quoted(format)}${zone})`
  },
  timespan: (random) => {
    const format = Array.from({ length: 3 }, () => {
      const unit = pick(random, [...'DHMSLN'])
      return `%${pick(random, ['', '-', '_', '0'])}${pick(random, ['', '', '2', '5'])}${unit}`
    }).join(' ')
    return `strftime(Timespan(${(random(10_000_000) / 7).toFixed(6)}), ${quoted(format)})`
  },
  versioncmp: (random) => {
    const version = () => quoted(text(random, ['1', '2', '10', '0', '.', '.', '-', 'rc', 'a', 'B', '~'], 7))
    return `versioncmp(${version()}, ${version()}${pick(random, ['', ', true', ', false'])})`
  },
  split: (random) => {
    const pattern = text(random, ['a', 'b', '.', '(a)', '(b|c)?', 'x*', '[ab]', ',', '^', '$', '\\b'], 3)
    return `split(${quoted(text(random, ['a', 'b', 'c', ',', 'é', '\n'], 8))}, ${quoted(pattern)})`
  },
  regsubst: (random) => {
    const pattern = text(random, ['a', 'b', '.', '(a)', '(b|c)?', 'x*', '[^a]', '(?=b)', '^', '$', '\\w'], 3)
    const replacement = text(random, ['x', '\\0', '\\1', '\\2', '\\&', '\\\\', '-'], 3)
    const flags = text(random, ['G', 'I', 'M', 'E'], 3)
    const target = text(random, ['a', 'b', 'c', 'B', 'é', '\n', ' '], 8)
    return `regsubst(${quoted(target)}, ${quoted(pattern)}, ${quoted(replacement)}, '${flags}')`
  },
  fqdn_rand: (random) => {
    const limit = pick(random, ['2', '10', '60', '100', '1440', '65537', '4294967296', '99999999999'])
    return `fqdn_rand(${limit}, ${pick(random, [quoted(text(random, letters, 8)), String(random(1000))])})`
  },
  shellquote: (random) => {
    const word = () => quoted(text(random, ['a', ' ', '"', "'", '$', '\\', '`', '!', '*'], 4))
    return `shellquote(${word()}, [${word()}])`
  },
  sort: (random) => {
    const item = () => pick(random, ['1', '2', '2.5', "'a'", "'B'", 'undef', 'true', '[1]', '[2, 1]'])
    return `sort([${Array.from({ length: random(6) }, item).join(', ')}])`
  },
  compare: (random) => {
    const word = () => quoted(text(random, letters, 3))
    return `[compare(${word()}, ${word()}), max(${word()}, ${word()}), min(${word()}, ${word()})]`
  },
  join: (random) => {
    const item = () =>
      pick(random, ['1', '2.50', "'a'", 'undef', 'true', '[1, [2]]', '{\'k\' => "a\\n\\u{7}é"}', 'default'])
    return `join([${Array.from({ length: random(5) }, item).join(', ')}], '-')`
  },
  dig: (random) => {
    const key = () => pick(random, ["'a'", "'b'", '0', '1', '-1', 'undef'])
    return `dig({'a' => [1, {'b' => 'x'}], 'b' => undef}, ${Array.from({ length: random(4) }, key).join(', ') || "'a'"})`
  },
}

describe.runIf(available('random calls of functions', puppet))('random calls', () => {
  it.each(Object.entries(generators))('of %s give what Puppet gives', (name, generate) => {
    const random = numbers(name.length * 7919)
    const snippets = Array.from({ length: 150 }, () => generate(random))
    const codes = snippets.map((snippet) => `notice(String([${snippet}], '%p'))`)
    const facts = { networking: { fqdn: 'Web01.Example.com' } }
    const requests = codes.map((code) => JSON.stringify({ node: 'web01.example.com', facts, code })).join('\n')
    const replies = puppetCatalogs(functionsDirectory, 'environment', requests).trim().split('\n')
    const environment = openFunctionsEnvironment(7)
    const given = codes.map((code) => answer(environment, code))
    const wanted = replies.map((line) => {
      const reply = JSON.parse(line) as { error?: string; logs: { level: string; message: string }[] }
      return reply.error === undefined ? notices(reply.logs.map((l) => [l.level, l.message])) : cause(reply.error)
    })
    const shown = given.map((g) => ('error' in g ? g.error : notices(g.logs as [string, string][])))
    expect(snippets.map((s, i) => `${s}\n  ${shown[i]}`)).toEqual(snippets.map((s, i) => `${s}\n  ${wanted[i]}`))
  })
})

function notices(logs: readonly (readonly [level: string, message: string])[]): string {
  return logs
    .filter(([level]) => level === 'notice')
    .map(([, message]) => message)
    .join('\n')
}
