/** How a configuration file changes as what it says rather than as lines. */
export interface Structure {
  readonly format: 'apache' | 'json' | 'yaml' | 'ini'
  /**
   * What kind of change it is: in what the file says (`effect`), only in the order of things that mean the same in any
   * order (`order`), only in comments, or only in white space and the way of writing.
   */
  readonly verdict: 'effect' | 'order' | 'comments' | 'layout'
  readonly items: readonly StructureItem[]
}

export interface StructureItem {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved'
  /** From the outside in: `VirtualHost shop.example.com:443`, `Directory /var/www/shop`; empty at the top of a file. */
  readonly place: readonly string[]
  /** The directive with what it is about (`ExpiresByType text/css`), or the key. */
  readonly name: string
  /** Its text on either side; masked. */
  readonly before?: string
  readonly after?: string
  /** Line on either side, counted from 1. */
  readonly beforeLine?: number
  readonly afterLine?: number
  /** Moved: where it was, if in another place. */
  readonly from?: readonly string[]
  /** Moved: the order of such directives decides. */
  readonly orderMatters?: boolean
}

/** A thing that a configuration file says, comparable with those of the other version. */
export interface Statement {
  readonly place: readonly string[]
  readonly name: string
  /** What tells statements of one name apart: the first argument, the key's own path. */
  readonly subject: string
  /** What it says, without the way it is written. */
  readonly meaning: string
  /** First and last line, counted from 1. */
  readonly line: number
  readonly lastLine: number
  readonly orderMatters: boolean
}

interface Pair {
  readonly old: Statement
  readonly fresh: Statement
}

/** The text of lines as it may be shown; secrets are masked. */
export type ShownText = (statement: Statement) => string

/**
 * The older statements with the places of the newer ones: a section whose head changed (`<VirtualHost *:80>` to
 * `<VirtualHost *:81>`) is the same place for what stands inside.
 */
function alignPlaces(before: readonly Statement[], after: readonly Statement[]): Statement[] {
  let aligned = [...before]
  const depth = Math.max(0, ...after.map(({ place }) => place.length))
  for (let level = 0; level < depth; level++) {
    const fresh = labelsAt(after, level)
    const renamed = new Map<string, string>()
    for (const [parent, labels] of labelsAt(aligned, level)) {
      const other = fresh.get(parent) ?? []
      const came = other.filter((label) => !labels.includes(label))
      for (const label of labels) {
        if (other.includes(label)) continue
        const at = came.findIndex((candidate) => candidate.split(' ')[0] === label.split(' ')[0])
        if (at >= 0) renamed.set(JSON.stringify([parent, label]), came.splice(at, 1)[0] as string)
      }
    }
    if (renamed.size === 0) continue
    aligned = aligned.map((statement) => {
      const { place } = statement
      const label = place[level]
      const name = label === undefined ? undefined : renamed.get(JSON.stringify([parentKey(place, level), label]))
      return name === undefined ? statement : { ...statement, place: place.with(level, name) }
    })
  }
  return aligned
}

function parentKey(place: readonly string[], level: number): string {
  return JSON.stringify(place.slice(0, level))
}

/** The labels of sections at a level, by what they stand in, in order. */
function labelsAt(statements: readonly Statement[], level: number): Map<string, string[]> {
  const labels = new Map<string, string[]>()
  for (const { place } of statements) {
    const label = place[level]
    if (label === undefined) continue
    const parent = parentKey(place, level)
    const known = labels.get(parent)
    if (!known) labels.set(parent, [label])
    else if (!known.includes(label)) known.push(label)
  }
  return labels
}

/** Pairs the statements of two versions of a file and tells how they differ. */
export function compareStatements(
  older: readonly Statement[],
  after: readonly Statement[],
  shownBefore: ShownText,
  shownAfter: ShownText,
): StructureItem[] {
  const before = alignPlaces(older, after)
  const pairs: Pair[] = []
  const leftBefore = new Set(before)
  const leftAfter = new Set(after)
  const pairBy = (keyOf: (statement: Statement) => string): Pair[] => {
    const waiting = new Map<string, Statement[]>()
    for (const statement of leftBefore) {
      const key = keyOf(statement)
      const list = waiting.get(key)
      if (list) list.push(statement)
      else waiting.set(key, [statement])
    }
    const made: Pair[] = []
    for (const fresh of [...leftAfter]) {
      const old = waiting.get(keyOf(fresh))?.shift()
      if (!old) continue
      made.push({ old, fresh })
      leftBefore.delete(old)
      leftAfter.delete(fresh)
    }
    return made
  }
  const placeKey = ({ place, name }: Statement) => JSON.stringify([place, name.toLowerCase()])
  pairs.push(...pairBy((s) => `${placeKey(s)} ${s.meaning}`))
  const elsewhere = pairBy((s) => `${s.name.toLowerCase()} ${s.meaning}`)
  const changed = [...pairBy((s) => `${placeKey(s)} ${s.subject}`), ...pairBy(placeKey)]
  const items: { at: number; item: StructureItem }[] = []
  const add = (at: number, item: StructureItem): void => {
    items.push({ at, item })
  }
  for (const { old, fresh } of outOfOrder(pairs, before, after))
    add(fresh.line, {
      kind: 'moved',
      ...common(fresh, shownAfter),
      before: shownBefore(old),
      after: shownAfter(fresh),
      beforeLine: old.line,
      afterLine: fresh.line,
      ...(fresh.orderMatters ? { orderMatters: true } : {}),
    })
  for (const { old, fresh } of elsewhere)
    add(fresh.line, {
      kind: 'moved',
      ...common(fresh, shownAfter),
      before: shownBefore(old),
      after: shownAfter(fresh),
      beforeLine: old.line,
      afterLine: fresh.line,
      from: old.place,
    })
  for (const { old, fresh } of changed)
    add(fresh.line, {
      kind: 'changed',
      ...(old.subject === fresh.subject ? common(fresh, shownAfter) : { place: fresh.place, name: fresh.name }),
      before: shownBefore(old),
      after: shownAfter(fresh),
      beforeLine: old.line,
      afterLine: fresh.line,
    })
  for (const fresh of leftAfter)
    add(fresh.line, { kind: 'added', ...common(fresh, shownAfter), after: shownAfter(fresh), afterLine: fresh.line })
  for (const old of leftBefore)
    add(old.line, { kind: 'removed', ...common(old, shownBefore), before: shownBefore(old), beforeLine: old.line })
  return items.sort((a, b) => a.at - b.at).map(({ item }) => item)
}

const longestSubject = 60

/** What a statement is about belongs to its name, unless it is hidden in its text. */
function common(statement: Statement, shown: ShownText): Pick<StructureItem, 'place' | 'name'> {
  const { place, name, subject } = statement
  const told = subject !== '' && subject.length <= longestSubject && shown(statement).includes(subject)
  return { place, name: told ? `${name} ${subject}` : name }
}

/** The pairs that do not keep the order of the others of their place. */
function outOfOrder(pairs: readonly Pair[], before: readonly Statement[], after: readonly Statement[]): Pair[] {
  const oldPlace = new Map(before.map((statement, i) => [statement, i]))
  const freshPlace = new Map(after.map((statement, i) => [statement, i]))
  const places = new Map<string, Pair[]>()
  for (const pair of pairs) {
    const key = JSON.stringify(pair.fresh.place)
    const list = places.get(key)
    if (list) list.push(pair)
    else places.set(key, [pair])
  }
  return [...places.values()].flatMap((siblings) => outsideRise(siblings, oldPlace, freshPlace))
}

/** Those outside the longest list that rises on both sides (patience sorting). */
function outsideRise(
  pairs: readonly Pair[],
  oldPlace: ReadonlyMap<Statement, number>,
  freshPlace: ReadonlyMap<Statement, number>,
): Pair[] {
  const sorted = [...pairs].sort((a, b) => (oldPlace.get(a.old) as number) - (oldPlace.get(b.old) as number))
  const tops: number[] = []
  const previous: number[] = []
  const at = (i: number): number => freshPlace.get((sorted[i] as Pair).fresh) as number
  for (let i = 0; i < sorted.length; i++) {
    let low = 0
    let high = tops.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (at(tops[middle] as number) < at(i)) low = middle + 1
      else high = middle
    }
    previous.push(low > 0 ? (tops[low - 1] as number) : -1)
    tops[low] = i
  }
  const kept = new Set<number>()
  for (let i = tops.at(-1) ?? -1; i >= 0; i = previous[i] as number) kept.add(i)
  return sorted.filter((_, i) => !kept.has(i))
}
