import { editDistance, suggest } from '../source/suggest.ts'

/**
 * Keys of data that a misspelt one may mean, nearest first, at most three. What two keys share of their names says
 * little: names of the same class are told apart by their last part, other keys may differ in their first parts by a
 * letter or two.
 */
export function similarKeys(key: string, known: Iterable<string>): string[] {
  const [space, name] = split(key)
  const siblings: string[] = []
  const others: { key: string; distance: number }[] = []
  for (const candidate of known) {
    if (candidate === key) continue
    const [otherSpace, otherName] = split(candidate)
    if (otherSpace === space) siblings.push(otherName)
    else if (otherName === name && space !== '' && otherSpace !== '') {
      const distance = editDistance(space, otherSpace, 2)
      if (distance <= 2) others.push({ key: candidate, distance })
    }
  }
  const near = suggest(name, siblings).map((sibling) => (space === '' ? sibling : `${space}::${sibling}`))
  return [...near, ...others.sort((a, b) => a.distance - b.distance).map((other) => other.key)].slice(0, 3)
}

function split(key: string): readonly [space: string, name: string] {
  const cut = key.lastIndexOf('::')
  return cut < 0 ? ['', key] : [key.slice(0, cut), key.slice(cut + 2)]
}
