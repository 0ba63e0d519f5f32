import type { Value } from '../value/value.ts'
import type { NodeFacts } from './read-facts.ts'

/** A text in which a node's own values gave way to the names of its facts: `ServerName ‹certname›`. */
export interface CommonText {
  readonly text: string
  /** The place of an offset of the original. */
  readonly place: (offset: number, side?: 'start' | 'end') => number
  /** The facts that it names. */
  readonly facts: readonly string[]
}

/** Replaces the values that belong to one node alone, so that what nodes have in common compares equal. */
export type NodeValues = (node: string, text: string) => CommonText

/** Shorter values are ordinary words as often as a node's own. */
const shortest = 4

/** Of the facts that differ between these nodes: certname, names, addresses and whatever else tells them apart. */
export function nodeValues(nodes: readonly NodeFacts[]): NodeValues {
  const facts = new Map(nodes.map((node) => [node.name, scalarFacts(node)]))
  const distinct = new Map<string, Set<string>>()
  for (const own of facts.values())
    for (const [name, value] of own) distinct.set(name, (distinct.get(name) ?? new Set()).add(value))
  const searches = new Map<string, Search | undefined>()
  const searchFor = (node: string, alphabet: Alphabet) => {
    const known = `${alphabet} ${node}`
    if (searches.has(known)) return searches.get(known)
    const names = new Map<string, string>()
    for (const [name, value] of facts.get(node) ?? [])
      if (value.length >= shortest && !names.has(value) && (distinct.get(name)?.size ?? 0) > 1) names.set(value, name)
    const values = [...names.keys()].sort((a, b) => b.length - a.length)
    const search = values.length === 0 ? undefined : { pattern: wholeWords(values, alphabet), names }
    searches.set(known, search)
    return search
  }
  return (node, text) => {
    const search = searchFor(node, /[^\0-\x7f]/.test(text) ? 'unicode' : 'ascii')
    const named = new Set<string>()
    const own = [...(search ? text.matchAll(search.pattern) : [])].map(({ index, 0: value }) => {
      const name = search?.names.get(value) as string
      named.add(name)
      return { start: index, end: index + value.length, replacement: `‹${name}›` }
    })
    return { ...replaceRanges(text, own), facts: [...named] }
  }
}

/** A text with other texts in place of stretches (sorted, none touching another), and where its offsets went. */
export function replaceRanges(
  text: string,
  ranges: readonly { readonly start: number; readonly end: number; readonly replacement: string }[],
): Pick<CommonText, 'text' | 'place'> {
  const moves: { start: number; end: number; to: number; length: number }[] = []
  let replaced = ''
  let at = 0
  for (const { start, end, replacement } of ranges) {
    replaced += text.slice(at, start)
    moves.push({ start, end, to: replaced.length, length: replacement.length })
    replaced += replacement
    at = end
  }
  return { text: replaced + text.slice(at), place: placeIn(moves) }
}

interface Search {
  readonly pattern: RegExp
  readonly names: ReadonlyMap<string, string>
}

/** What letters and digits a text may hold: an expression over all of Unicode's takes twenty times as long to compile. */
type Alphabet = 'ascii' | 'unicode'

function wholeWords(values: readonly string[], alphabet: Alphabet): RegExp {
  const [word, flags] = alphabet === 'ascii' ? ['[A-Za-z0-9]', 'g'] : ['[\\p{L}\\p{N}]', 'gu']
  return new RegExp(`(?<!${word})(?:${values.map(quoted).join('|')})(?!${word})`, flags)
}

function placeIn(moves: readonly { start: number; end: number; to: number; length: number }[]): CommonText['place'] {
  return (offset, side = 'start') => {
    let shift = 0
    for (const move of moves) {
      if (offset <= move.start) break
      if (offset < move.end) return side === 'start' ? move.to : move.to + move.length
      shift = move.to + move.length - move.end
    }
    return offset + shift
  }
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** Legacy names of facts come after the structured ones that say the same. */
const order = [
  'certname',
  'networking.fqdn',
  'networking.hostname',
  'networking.ip',
  'networking.ip6',
  'networking.mac',
]

function scalarFacts(node: NodeFacts): Map<string, string> {
  const found = new Map<string, string>()
  const visit = (value: Value, name: string): void => {
    if (value.kind === 'string') found.set(name, value.value)
    else if (value.kind === 'hash')
      for (const { key, value: inner } of value.entries.values())
        if (key.kind === 'string') visit(inner, name === '' ? key.value : `${name}.${key.value}`)
  }
  visit(node.facts, '')
  const sorted = [...found].sort(([a], [b]) => rank(a) - rank(b) || Number(!a.includes('.')) - Number(!b.includes('.')))
  return new Map([['certname', node.name], ...sorted])
}

function rank(name: string): number {
  const place = order.indexOf(name)
  return place < 0 ? order.length : place
}
