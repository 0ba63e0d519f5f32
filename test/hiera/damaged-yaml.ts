import { readFileSync } from 'node:fs'

/** A sequence of numbers that is the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const bits =
  ' |  |\n|\n  |- |: |:|? |,|[|]|{|}|&a |*a |!!str |"|\'|#| #|>\n|\t|<<: |%|---\n|...\n|a|1|~|@|\\|\n\n| - |\r\n'.split(
    '|',
  )

/** The texts that Psych's answers are recorded for. */
export function yamlCases(): string[] {
  return JSON.parse(readFileSync(new URL('yaml-cases.json', import.meta.url), 'utf8'))
}

/** Texts like the given ones, with a few characters taken out, put in, or taken from another. */
export function damaged(cases: readonly string[], count: number): string[] {
  const random = numbers(2024)
  const pick = (): string => cases[random(cases.length)] as string
  const texts: string[] = []
  while (texts.length < count) {
    let text = pick()
    for (let k = 1 + random(3); k > 0; k--) {
      const at = random(text.length + 1)
      const other = pick()
      const from = random(other.length + 1)
      const piece = ['', other.slice(from, from + 1 + random(8)), bits[random(bits.length)] as string][
        random(3)
      ] as string
      text = text.slice(0, at) + piece + text.slice(at + (piece === '' ? 1 + random(2) : 0))
    }
    if (!/\p{Surrogate}/u.test(text)) texts.push(text)
  }
  return texts
}
