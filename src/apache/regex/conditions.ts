import type { Pattern } from './pattern.ts'

/** `(?(…)` up to the end of the condition. */
export function readCondition(pattern: Pattern) {
  const { text } = pattern
  const rest = text.slice(pattern.at + 2, pattern.at + 120)
  pattern.at += 2
  if (/^\((?:\?|\*)/.test(rest)) {
    pattern.open('condition', {})
    pattern.expectCondition = true
    return
  }
  pattern.at++
  const number = /^([+-]?)(\d+)/.exec(rest.slice(1))
  if (number) {
    pattern.at += number[0].length
    if (number[1] === '' && Number(number[2]) === 0) pattern.fail('reference to non-existent subpattern')
    const group = number[1] === '' ? Number(number[2]) : pattern.relative(number[1] as string, Number(number[2]))
    pattern.references.push({ group, at: pattern.at })
    if (text[pattern.at] !== ')') pattern.fail('missing closing parenthesis for condition')
    pattern.at++
    return pattern.open('condition', {})
  }
  if (/^VERSION>?=/.test(rest.slice(1))) {
    const version = /^VERSION>?=\d+(?:\.\d{1,2})?\)/.exec(rest.slice(1))
    if (!version) pattern.fail('syntax error or number too big in (?(VERSION condition')
    pattern.at += version[0].length
    return pattern.open('condition', {})
  }
  const recursion = /^R(?:(\d+)\)|\)|&)/.exec(rest.slice(1))
  if (recursion) {
    pattern.at += recursion[0].length
    if (recursion[0] === 'R&') {
      const name = pattern.readName(')')
      pattern.references.push({ group: name, at: pattern.at })
    } else if (recursion[1]) pattern.references.push({ group: Number(recursion[1]), at: pattern.at })
    return pattern.open('condition', {})
  }
  if (/^DEFINE\)/.test(rest.slice(1)) && !pattern.names.has('DEFINE')) {
    pattern.at += 7
    return pattern.open('define', {})
  }
  const open = rest[1]
  const close = open === '<' ? '>' : open === "'" ? "'" : ')'
  if (close !== ')') pattern.at++
  const name = pattern.readName(close)
  if (close !== ')') {
    if (text[pattern.at] !== ')') pattern.fail('missing closing parenthesis for condition')
    pattern.at++
  }
  pattern.references.push({ group: name, at: pattern.at })
  pattern.open('condition', {})
}
