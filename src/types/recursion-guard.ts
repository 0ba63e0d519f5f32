import type { PuppetType } from '../value/type.ts'

/**
 * What is known of recursive aliases on the way down two types that are compared. As in Puppet, a comparison that has
 * met recursion on both sides counts as positive, since all before it was.
 */
export interface RecursionGuard {
  recursionInThis: boolean
  recursionInThat: boolean
  /** How often it was started afresh. */
  readonly depth: number
  readonly seenThis: Set<PuppetType>
  readonly seenThat: Set<PuppetType>
}

export function recursionGuard(depth = 0): RecursionGuard {
  return { recursionInThis: false, recursionInThat: false, depth, seenThis: new Set(), seenThat: new Set() }
}

/** Puppet forgets what it has met where it opens an Optional; this does so too, but not for ever. */
export function startAfresh(guard: RecursionGuard | undefined): RecursionGuard | undefined {
  return guard && recursionGuard(guard.depth + 1)
}

export function isTooDeep(guard: RecursionGuard | undefined): boolean {
  return guard !== undefined && guard.depth > 40
}

export function isRecursiveInBoth(guard: RecursionGuard): boolean {
  return guard.recursionInThis && guard.recursionInThat
}

/** Runs a check within an alias of the expected side; the first check of an alias ends what was found within it. */
export function withinThis<T>(guard: RecursionGuard, alias: PuppetType, check: () => T): T {
  if (guard.recursionInThis) return check()
  if (guard.seenThis.has(alias)) {
    guard.recursionInThis = true
    return check()
  }
  guard.seenThis.add(alias)
  const result = check()
  guard.recursionInThis = false
  guard.seenThis.delete(alias)
  return result
}

/** Notes an alias of the given side; it stays noted. */
export function meetThat(guard: RecursionGuard, alias: PuppetType): void {
  if (guard.recursionInThat) return
  if (guard.seenThat.has(alias)) guard.recursionInThat = true
  else guard.seenThat.add(alias)
}
