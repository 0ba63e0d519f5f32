import { readClass } from './classes.ts'
import { readEscape } from './escapes.ts'
import { closeGroup, readGroup } from './groups.ts'
import { type Group, type Item, NONE, ONE, type Pattern, VARIABLE } from './pattern.ts'

/** One item of a pattern: a character, an escape, a class, a group or what repeats the item before. */
export function readItem(pattern: Pattern) {
  const { text } = pattern
  const char = text[pattern.at] as string
  if (pattern.flags.extended) {
    if (/[\t\n\v\f\r \x85]/.test(char)) {
      pattern.at++
      return
    }
    if (char === '#') {
      const feed = text.indexOf('\n', pattern.at)
      pattern.at = feed < 0 ? text.length : feed + 1
      return
    }
  }
  if (text.startsWith('(?#', pattern.at)) {
    const close = text.indexOf(')', pattern.at)
    if (close < 0) pattern.fail('missing ) after (?# comment', text.length)
    pattern.at = close + 1
    return
  }
  if (pattern.expectCondition) {
    pattern.expectCondition = false
    if (
      !/^\((?:\?(?:[=!*]|<[=!*]|C)|\*(?:non_atomic_)?(?:positive|negative)_look(?:ahead|behind):|\*(?:p|n|nap)l[ab]:)/.test(
        text.slice(pattern.at, pattern.at + 40),
      )
    )
      pattern.fail('assertion expected after (?( or (?(?C)', pattern.at)
    if (text.startsWith('(?C', pattern.at)) pattern.expectCondition = true
  }
  const count = char === '{' ? pattern.counted() : undefined
  if (char === '*' || char === '+' || char === '?' || count) {
    quantify(pattern, count)
    return
  }
  switch (char) {
    case '\\':
      return readEscape(pattern)
    case '[':
      return readClass(pattern)
    case '(':
      return readGroup(pattern)
    case ')':
      return closeGroup(pattern)
    case '|': {
      pattern.at++
      const group = pattern.groups.at(-1) as Group
      group.branches.push([])
      if (group.kind === 'reset') {
        group.resetMost = Math.max(group.resetMost ?? 0, pattern.captures)
        pattern.captures = group.resetFrom ?? 0
      }
      pattern.repeatable = false
      return
    }
    case '^':
    case '$':
      pattern.at++
      return pattern.add(NONE, false)
    default:
      pattern.at++
      pattern.add(ONE)
  }
}

function quantify(pattern: Pattern, count: { min: number; max: number; length: number } | undefined) {
  const place = pattern.at
  pattern.at += count ? count.length : 1
  while (pattern.text.startsWith('\\E', pattern.at)) pattern.at += 2
  const next = pattern.text[pattern.at]
  if (next === '+' || next === '?') pattern.at++
  if (!pattern.repeatable) pattern.fail('quantifier does not follow a repeatable item', place + 1)
  const item = pattern.branch.pop() ?? NONE
  const fixed = count && count.min === count.max
  const repeated: Item = item.kind === 'none' ? NONE : fixed ? { kind: 'repeat', item, times: count.min } : VARIABLE
  pattern.branch.push(repeated)
  pattern.repeatable = false
}
