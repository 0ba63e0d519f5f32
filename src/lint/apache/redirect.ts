import type { ConfigNode } from '../../apache/context.ts'
import type { Word } from '../../apache/words.ts'
import { nameOf, wordsOf } from './server.ts'

const STATUS = /^(?:\d{3}|permanent|temp|seeother|gone)$/i

/** What one of mod_alias's redirects leads from and to; `undefined` for other directives, and where it answers itself. */
export function redirectOf(node: ConfigNode): { readonly from: Word; readonly to: Word } | undefined {
  const name = nameOf(node)
  if (!name.startsWith('redirect')) return undefined
  const words = wordsOf(node)
  const first = words[0]?.value ?? ''
  const hasStatus = (name === 'redirect' || name === 'redirectmatch') && STATUS.test(first)
  if (hasStatus && /^(?:gone|[1245]\d\d)$/i.test(first)) return undefined
  const [from, to] = hasStatus ? words.slice(1) : words
  return from && to ? { from, to } : undefined
}
