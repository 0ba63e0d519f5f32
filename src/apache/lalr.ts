/** A rule: the symbol on its left and those on its right. */
export interface Production {
  readonly left: string
  readonly right: readonly string[]
}

/** Tables of a parser that finds errors in the same place, and expects the same tokens, as one made by Bison. */
export interface ParseTables {
  readonly productions: readonly Production[]
  readonly shifts: readonly ReadonlyMap<string, number>[]
  /** Rules to reduce by, by the token that follows. */
  readonly reductions: readonly ReadonlyMap<string, number>[]
  /** The rule that a state reduces by whatever follows; -1 for none. */
  readonly defaults: readonly number[]
  readonly gotos: readonly ReadonlyMap<string, number>[]
  /** Terminals, in the order in which messages list them. */
  readonly terminals: readonly string[]
}

export interface Grammar {
  readonly start: string
  readonly terminals: readonly string[]
  readonly productions: readonly Production[]
  /** Right-associative operators, from the weakest binding to the strongest. */
  readonly right: readonly string[]
}

/** An item: rule times 16 plus the position of the dot. */
type Kernel = readonly number[]
const WIDTH = 16

/** LALR(1) tables with default reductions. */
export function makeTables(grammar: Grammar): ParseTables {
  const productions: Production[] = [{ left: '$accept', right: [grammar.start, '$end'] }, ...grammar.productions]
  const byLeft = new Map<string, number[]>()
  for (const [i, { left }] of productions.entries()) {
    const rules = byLeft.get(left)
    if (rules) rules.push(i)
    else byLeft.set(left, [i])
  }
  const first = firstSets(productions, byLeft)

  // LR(0) states.
  const states: Kernel[] = [[0]]
  const index = new Map<string, number>([['0', 0]])
  const edges: Map<string, number>[] = []
  for (let s = 0; s < states.length; s++) {
    const moves = new Map<string, number[]>()
    for (const item of closure(states[s] as Kernel, productions, byLeft)) {
      const symbol = (productions[Math.floor(item / WIDTH)] as Production).right[item % WIDTH]
      if (symbol === undefined) continue
      const kernel = moves.get(symbol)
      if (kernel) kernel.push(item + 1)
      else moves.set(symbol, [item + 1])
    }
    const out = new Map<string, number>()
    for (const [symbol, kernel] of moves) {
      const key = kernel.toSorted((a, b) => a - b).join()
      let target = index.get(key)
      if (target === undefined) {
        target = states.length
        states.push(kernel)
        index.set(key, target)
      }
      out.set(symbol, target)
    }
    edges.push(out)
  }

  const lookaheads = propagate(states, edges, productions, byLeft, first)
  return resolve(states, edges, lookaheads, productions, byLeft, first, grammar)
}

function closure(kernel: Kernel, productions: readonly Production[], byLeft: ReadonlyMap<string, number[]>): number[] {
  const items = [...kernel]
  const seen = new Set<string>()
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as number
    const symbol = (productions[Math.floor(item / WIDTH)] as Production).right[item % WIDTH]
    if (symbol === undefined || seen.has(symbol)) continue
    seen.add(symbol)
    for (const rule of byLeft.get(symbol) ?? []) items.push(rule * WIDTH)
  }
  return items
}

/** What each symbol can begin with; the grammars here have no empty rules. */
function firstSets(
  productions: readonly Production[],
  byLeft: ReadonlyMap<string, number[]>,
): Map<string, Set<string>> {
  const first = new Map<string, Set<string>>()
  for (const { left } of productions) first.set(left, new Set())
  for (let changed = true; changed; ) {
    changed = false
    for (const { left, right } of productions) {
      const set = first.get(left) as Set<string>
      const symbol = right[0] as string
      const size = set.size
      for (const token of byLeft.has(symbol) ? (first.get(symbol) as Set<string>) : [symbol]) set.add(token)
      changed ||= set.size > size
    }
  }
  return first
}

/** Items with the tokens that may follow them, from kernel items with theirs. */
function closureWithLookaheads(
  kernel: ReadonlyMap<number, ReadonlySet<string>>,
  productions: readonly Production[],
  byLeft: ReadonlyMap<string, number[]>,
  first: ReadonlyMap<string, Set<string>>,
): Map<number, Set<string>> {
  const items = new Map([...kernel].map(([item, tokens]) => [item, new Set(tokens)]))
  const queue = [...items.keys()]
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
    const { right } = productions[Math.floor(item / WIDTH)] as Production
    const symbol = right[item % WIDTH]
    const rules = symbol === undefined ? undefined : byLeft.get(symbol)
    if (!rules) continue
    const next = right[(item % WIDTH) + 1]
    const tokens = next === undefined ? (items.get(item) as Set<string>) : (first.get(next) ?? [next])
    for (const rule of rules) {
      const target = items.get(rule * WIDTH)
      if (!target) {
        items.set(rule * WIDTH, new Set(tokens))
        queue.push(rule * WIDTH)
        continue
      }
      const size = target.size
      for (const token of tokens) target.add(token)
      if (target.size > size) queue.push(rule * WIDTH)
    }
  }
  return items
}

function propagate(
  states: readonly Kernel[],
  edges: readonly ReadonlyMap<string, number>[],
  productions: readonly Production[],
  byLeft: ReadonlyMap<string, number[]>,
  first: ReadonlyMap<string, Set<string>>,
): Map<number, Set<string>>[] {
  const lookaheads = states.map((kernel) => new Map(kernel.map((item) => [item, new Set<string>()])))
  const queue = [0]
  const waiting = new Set(queue)
  const visited = new Set(queue)
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    waiting.delete(state)
    const items = closureWithLookaheads(lookaheads[state] as Map<number, Set<string>>, productions, byLeft, first)
    for (const [item, tokens] of items) {
      const symbol = (productions[Math.floor(item / WIDTH)] as Production).right[item % WIDTH]
      if (symbol === undefined) continue
      const target = edges[state]?.get(symbol) as number
      const set = lookaheads[target]?.get(item + 1) as Set<string>
      const size = set.size
      for (const token of tokens) set.add(token)
      if ((set.size > size || !visited.has(target)) && !waiting.has(target)) {
        waiting.add(target)
        queue.push(target)
      }
      visited.add(target)
    }
  }
  return lookaheads
}

function resolve(
  states: readonly Kernel[],
  edges: readonly ReadonlyMap<string, number>[],
  lookaheads: readonly ReadonlyMap<number, ReadonlySet<string>>[],
  productions: readonly Production[],
  byLeft: ReadonlyMap<string, number[]>,
  first: ReadonlyMap<string, Set<string>>,
  grammar: Grammar,
): ParseTables {
  const shifts: Map<string, number>[] = []
  const gotos: Map<string, number>[] = []
  const reductions: Map<string, number>[] = []
  const defaults: number[] = []
  for (const [s] of states.entries()) {
    const shift = new Map<string, number>()
    const goto = new Map<string, number>()
    for (const [symbol, target] of edges[s] ?? []) (byLeft.has(symbol) ? goto : shift).set(symbol, target)
    const reduce = new Map<string, number>()
    for (const [item, tokens] of closureWithLookaheads(
      lookaheads[s] as Map<number, Set<string>>,
      productions,
      byLeft,
      first,
    )) {
      const rule = Math.floor(item / WIDTH)
      const { right } = productions[rule] as Production
      if (item % WIDTH !== right.length) continue
      for (const token of tokens) {
        if (shift.has(token)) {
          // All operators here bind to the right: the stronger one wins, and shifting among equals.
          const own = right.findLast((symbol) => grammar.terminals.includes(symbol)) ?? ''
          const mine = grammar.right.indexOf(own)
          const other = grammar.right.indexOf(token)
          if (mine < 0 || other < 0 || other >= mine) continue
          shift.delete(token)
        }
        if (!reduce.has(token)) reduce.set(token, rule)
      }
    }
    const counts = new Map<number, number>()
    for (const rule of reduce.values()) counts.set(rule, (counts.get(rule) ?? 0) + 1)
    let best = -1
    for (const [rule, count] of counts) if (best < 0 || count > (counts.get(best) ?? 0)) best = rule
    for (const [token, rule] of reduce) if (rule === best) reduce.delete(token)
    shifts.push(shift)
    gotos.push(goto)
    reductions.push(reduce)
    defaults.push(best)
  }
  return { productions, shifts, reductions, defaults, gotos, terminals: ['$end', ...grammar.terminals] }
}
