/** Characters that mean something to httpd, and some that do not. */
const CHARACTERS = [...'"\'<>\\ $%{}()[]#!=-+*?/.,:;|&^~azAZ09', '\n', '\t', 'é', '\\\n']

/**
 * Texts with one or two faults each: a character dropped, added or changed, a line dropped, doubled or moved.
 * The same seed gives the same texts. Macros stay out: httpd keeps them from one text to the next.
 */
export function mutants(texts: readonly string[], count: number, seed: number): string[] {
  const random = generator(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const blocks = texts.flatMap(topLevel).filter((text) => text.length < 4000 && !/macro|luaroot/i.test(text))
  const result: string[] = []
  while (result.length < count) {
    let text = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(blocks)).join('')
    for (let i = random() < 0.7 ? 1 : 2; i > 0; i--) text = mutate(text, random, pick)
    if (!/macro|luaroot/i.test(text)) result.push(text)
  }
  return result
}

/** Texts with one fault each, a character or a line dropped, added or changed, from texts that are picked evenly. */
export function singleFaults<T extends { readonly text: string }>(
  texts: readonly T[],
  count: number,
  seed: number,
): T[] {
  const random = generator(seed)
  const pick = <U>(list: readonly U[]): U => list[Math.floor(random() * list.length)] as U
  return Array.from({ length: count }, () => {
    const text = pick(texts)
    return { ...text, text: mutate(text.text, random, pick) }
  })
}

function mutate(text: string, random: () => number, pick: <T>(list: readonly T[]) => T): string {
  const at = Math.floor(random() * text.length)
  const kind = random()
  if (kind < 0.3) return text.slice(0, at) + text.slice(at + 1)
  if (kind < 0.6) return text.slice(0, at) + pick(CHARACTERS) + text.slice(at)
  if (kind < 0.8) return text.slice(0, at) + pick(CHARACTERS) + text.slice(at + 1)
  const lines = text.split('\n')
  const line = Math.floor(random() * lines.length)
  const other = Math.floor(random() * lines.length)
  if (kind < 0.87) lines.splice(line, 1)
  else if (kind < 0.94) lines.splice(line, 0, lines[other] as string)
  else [lines[line], lines[other]] = [lines[other] as string, lines[line] as string]
  return lines.join('\n')
}

/** The pieces of a file that are whole by themselves, comments left out. */
export function topLevel(text: string): string[] {
  const pieces: string[] = []
  let piece = ''
  let depth = 0
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    if (trimmed.startsWith('</')) depth = Math.max(0, depth - 1)
    else if (trimmed.startsWith('<')) depth++
    piece += `${line}\n`
    if (depth > 0) continue
    pieces.push(piece)
    piece = ''
  }
  return pieces
}

/** A small linear generator of numbers from 0 to 1. */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
