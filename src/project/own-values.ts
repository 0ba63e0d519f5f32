import { type CommonText, replaceRanges } from './node-values.ts'

/** What some nodes have in the same words: the lines of a hunk, the title and the parameters of a resource. */
export interface Alike {
  /** What has to be equal for two of them to be the same in other words. */
  readonly key: string
  readonly texts: readonly AlikeText[]
  readonly nodes: readonly string[]
}

export interface AlikeText {
  readonly text: string
  /** Left out for what is on both sides of a change. */
  readonly side?: 'before' | 'after'
}

export interface PutAside {
  readonly texts: readonly Pick<CommonText, 'text' | 'place'>[]
  /** The values that gave way to `‹…›`. */
  readonly values: ReadonlySet<string>
}

/** What stands for them among the names of facts. */
export const ownValues = 'other values'

/** Fewer values than this, or as many, are told one by one; more of those that are not the same before and after. */
const several = 20
const many = 100
const ownValue = '‹…›'

/** Names of facts and masked secrets count as one token. */
const token = /‹[^›]*›|••••[0-9a-f]{4}|[\p{L}\p{N}_]+/gu

/** Joins groups that are the same but for such values. `alike` gives a group's texts, `join` adds the nodes of another. */
export function joinAlike<T>(
  groups: readonly T[],
  alike: (group: T) => Alike,
  withoutOwn: (group: T, own: PutAside) => T,
  join: (known: T, other: T) => void,
): T[] {
  const all = groups.map(alike)
  const joined = new Map<string, T>()
  for (const [i, own] of putOwnValuesAside(all).entries()) {
    const group = groups[i] as T
    const key = own ? JSON.stringify([all[i]?.key, own.texts.map(({ text }) => text)]) : `${i}`
    const known = joined.get(key)
    if (known) join(known, group)
    else joined.set(key, own ? withoutOwn(group, own) : group)
  }
  return [...joined.values()]
}

/**
 * Finds the values that nodes make of their facts in ways that nobody can list (a name in capitals, the last part of an
 * address, a checksum): where what nodes have is the same but for words of which there are many, those words give way. What
 * a change makes of a word is worth more lines than what it leaves alone.
 * Gives an entry for each of `all`; `undefined` where nothing does.
 */
function putOwnValuesAside(all: readonly Alike[]): readonly (PutAside | undefined)[] {
  if (all.length <= several) return all.map(() => undefined)
  const buckets = new Map<string, { members: Member[]; seen: Map<string, number> }[]>()
  for (const [index, { key, texts, nodes }] of all.entries()) {
    if (nodes.length === 0) continue
    const shape = JSON.stringify([key, texts.map(({ text, side }) => [side, text.replace(token, '\0')])])
    const bucket = buckets.get(shape) ?? []
    buckets.set(shape, bucket)
    // A node's first one is compared with the first ones of others, and so on.
    const seen = bucket[0]?.seen ?? new Map<string, number>()
    const turn = Math.max(...nodes.map((node) => seen.get(node) ?? 0))
    for (const node of nodes) seen.set(node, turn + 1)
    bucket[turn] ??= { members: [], seen }
    bucket[turn].members.push({
      index,
      tokens: texts.flatMap(({ text, side }) => (text.match(token) ?? []).map((word) => ({ word, side }))),
    })
  }
  const found: (PutAside | undefined)[] = all.map(() => undefined)
  for (const { members } of [...buckets.values()].flat()) {
    if (members.length <= several) continue
    const differing = (members[0]?.tokens ?? []).map((_, at) => {
      const values = new Set(members.map(({ tokens }) => tokens[at]?.word))
      return values.size > several && (values.size > many || members.every((member) => staysTheSame(member, at)))
    })
    if (!differing.includes(true)) continue
    for (const { index } of members) found[index] = without((all[index] as Alike).texts, differing)
  }
  return found
}

interface Member {
  /** Its number among all. */
  readonly index: number
  readonly tokens: readonly { readonly word: string; readonly side: AlikeText['side'] }[]
}

/** Whether a word is there before and after. */
function staysTheSame({ tokens }: Member, at: number): boolean {
  const here = tokens[at]
  return !here?.side || tokens.some(({ word, side }) => word === here.word && side !== here.side)
}

function without(texts: readonly AlikeText[], differing: readonly boolean[]): PutAside {
  const values = new Set<string>()
  let at = 0
  return {
    values,
    texts: texts.map(({ text }) => {
      const own = [...text.matchAll(token)].filter(() => differing[at++])
      for (const [value] of own) values.add(value)
      return replaceRanges(
        text,
        own.map(({ index, 0: value }) => ({ start: index, end: index + value.length, replacement: ownValue })),
      )
    }),
  }
}

/** A text about what was put aside, without the same values. */
export function withoutValues(text: string, values: ReadonlySet<string>): string {
  return text.replace(token, (found) => (values.has(found) ? ownValue : found))
}
