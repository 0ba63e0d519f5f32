import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineTypeAlias } from '../../src/types/define-alias.ts'
import { newInstance } from '../../src/types/new-instance.ts'
import { objectOf } from '../../src/types/parameterize/object.ts'
import { parameterize } from '../../src/types/parameterize.ts'
import { parseLiteral, parseType } from '../../src/types/parse.ts'
import type { TypeLoader } from '../../src/value/function.ts'
import type { PuppetType } from '../../src/value/type.ts'
import { array, type Value } from '../../src/value/value.ts'

const folder = fileURLToPath(new URL('modules/kinds/types/', import.meta.url))

/** The types of test/types/modules, and the resource types that the recorded answers name. */
export const kinds: TypeLoader = { load: (name) => found(name) }

const loaded = new Map<string, PuppetType>()
const texts = new Map(
  readdirSync(folder).map((file) => {
    const [, name = '', text = ''] = /^type (\S+) = (.*)\n$/s.exec(readFileSync(folder + file, 'utf8')) ?? []
    return [name.toLowerCase(), { name, text }]
  }),
)

function found(given: string): PuppetType | undefined {
  const known = loaded.get(given.toLowerCase())
  const source = texts.get(given.toLowerCase())
  if (known || !source) return known
  const { name, text } = source
  const definition = /^Object\[(.*)\]$/s.exec(text)?.[1]
  const type =
    definition === undefined
      ? defineTypeAlias(name, () => parseType(text, kinds))
      : objectOf(name, parseLiteral(definition, kinds), (message) => {
          throw new Error(message)
        })
  loaded.set(name.toLowerCase(), type)
  return type
}

export function typeOf(source: string): PuppetType {
  return parseType(source, kinds)
}

/** A literal, or `Type.new(…)` of literals and such. */
export function valueFrom(source: string): Value {
  const call = /^([\w:]+(?:\[.*?\])?)\.new\((.*)\)$/s.exec(source)
  const list = /^\[(.*\.new\(.*)\]$/s.exec(source)
  if (list) return array(argumentsOf(list[1] as string), { kind: 'builtin', name: 'test' })
  if (!call) return parseLiteral(source, kinds)
  const [, type = '', args = ''] = call
  return newInstance(typeOf(type), argumentsOf(args))
}

/** Arguments, which may be `Type.new(…)` themselves. */
export function argumentsOf(source: string): readonly Value[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < source.length; i++) {
    const character = source.charAt(i)
    if (character === "'" || character === '"') {
      for (i++; source.charAt(i) !== character; i++) if (source.charAt(i) === '\\') i++
    } else if (character === '/' && /[[(,\s]$|^$/.test(source.slice(0, i))) {
      for (i++; source.charAt(i) !== '/'; i++) if (source.charAt(i) === '\\') i++
    } else if ('[({'.includes(character)) depth++
    else if ('])}'.includes(character)) depth--
    else if (character === ',' && depth === 0) {
      parts.push(source.slice(from, i))
      from = i + 1
    }
  }
  if (source.slice(from).trim() !== '') parts.push(source.slice(from))
  return parts.map((part) => valueFrom(part.trim()))
}

/** `Type.new(…)` and `Type[…]` as the evaluator would run them. */
export function evaluate(code: string): Value {
  const access = /^([\w:]+)\[(.*)\]$/s.exec(code)
  if (!access) return valueFrom(code)
  const [, name = '', keys = ''] = access
  const origin = { kind: 'builtin', name: 'test' } as const
  return { kind: 'type', type: parameterize(kinds.load(name) ?? name, argumentsOf(keys)), origin }
}
