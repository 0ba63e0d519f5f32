import { noMethod } from '../types/ruby-value.ts'
import type { Value } from '../value/value.ts'
import { type Call, refuse, toText } from './definition.ts'
import { flattened } from './flatten.ts'
import { atLeast, legacy } from './legacy.ts'

/** Words for a Bourne shell, each quoted as little as it needs. */
export const shellquote = legacy('shellquote', atLeast(0), (call) =>
  toText(
    call,
    flattened(call.args)
      .map((word) => quoted(wordOf(call, word)))
      .join(' '),
  ),
)

function wordOf(call: Call, value: Value): string {
  if (value.kind === 'string') return value.value
  return refuse(call, value.kind === 'hash' ? 'no implicit conversion of Hash into String' : noMethod('length', value))
}

function quoted(word: string): string {
  if (/^[a-zA-Z0-9@%_+=:,./-]+$/.test(word)) return word
  if (!/[!"`$\\]/.test(word)) return `"${word}"`
  if (!word.includes("'")) return `'${word}'`
  return `"${word.replace(/[!"`$\\]/g, '\\$&')}"`
}
