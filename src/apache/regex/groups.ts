import { readCondition } from './conditions.ts'
import { type Group, type Item, NONE, type Pattern, REPEAT_LIMIT } from './pattern.ts'

const LOOKAROUNDS: ReadonlyMap<string, 'ahead' | 'behind' | 'atomic' | 'plain'> = new Map([
  ['pla', 'ahead'],
  ['nla', 'ahead'],
  ['napla', 'ahead'],
  ['plb', 'behind'],
  ['nlb', 'behind'],
  ['naplb', 'behind'],
  ['positive_lookahead', 'ahead'],
  ['negative_lookahead', 'ahead'],
  ['non_atomic_positive_lookahead', 'ahead'],
  ['positive_lookbehind', 'behind'],
  ['negative_lookbehind', 'behind'],
  ['non_atomic_positive_lookbehind', 'behind'],
  ['atomic', 'atomic'],
  ['sr', 'plain'],
  ['script_run', 'plain'],
  ['asr', 'plain'],
  ['atomic_script_run', 'plain'],
])
const VERBS = ['ACCEPT', 'COMMIT', 'F', 'FAIL', 'MARK', 'PRUNE', 'SKIP', 'THEN', '']
const BEHIND: Item = { kind: 'behind' }

/** What an opening parenthesis begins: a group, an assertion, a call, options, a callout, a condition or a verb. */
export function readGroup(pattern: Pattern) {
  const { text } = pattern
  const rest = text.slice(pattern.at, pattern.at + 80)
  if (rest.startsWith('(*')) {
    const assertion = /^\(\*([a-z_]*)(:?)/.exec(rest)
    if (assertion && assertion[1] !== '') {
      pattern.at += assertion[0].length
      const kind = LOOKAROUNDS.get(assertion[1] as string)
      if (assertion[2] === '') pattern.fail('(*alpha_assertion) not recognized')
      if (!kind) pattern.fail('(*alpha_assertion) not recognized')
      return kind === 'behind'
        ? pattern.open('look', { behind: pattern.at })
        : pattern.open(kind === 'ahead' ? 'look' : 'plain', {})
    }
    return readVerb(pattern)
  }
  if (!rest.startsWith('(?')) {
    pattern.at++
    return pattern.flags.noCapture ? pattern.open('plain', {}) : pattern.openCapture()
  }
  if (text[pattern.at + 2] === undefined) pattern.fail('unrecognized character after (? or (?-', text.length)
  const simple = /^\(\?(?:(:)|(>)|(\|)|([=!*])|(<[=!*])|(R\)|&|P>)|(P=))/.exec(rest)
  if (simple) {
    pattern.at += simple[0].length
    if (simple[3]) return pattern.open('reset', { resetFrom: pattern.captures })
    if (simple[4]) {
      if (simple[4] === '!' && text[pattern.at] === ')') {
        pattern.at++
        return pattern.add({ kind: 'end' })
      }
      return pattern.open('look', {})
    }
    if (simple[5]) return pattern.open('look', { behind: pattern.at })
    if (simple[6] === 'R)') return pattern.add({ kind: 'reference', group: 0, open: pattern.openCaptures() })
    if (simple[6]) {
      const name = pattern.readName(')')
      pattern.references.push({ group: name, at: pattern.at })
      return pattern.add({ kind: 'reference', group: name, open: pattern.openCaptures() })
    }
    if (simple[7]) {
      const name = pattern.readName(')')
      pattern.references.push({ group: name, at: pattern.at })
      return pattern.add({ kind: 'reference', group: name, open: pattern.openCaptures() })
    }
    return pattern.open('plain', {})
  }
  const named = /^\(\?P?([<'])/.exec(rest)
  if (named && !(named[0] === "(?P'")) {
    pattern.at += named[0].length
    const name = pattern.readName(named[1] === '<' ? '>' : "'")
    return pattern.openCapture(name)
  }
  if (rest.startsWith('(?P')) pattern.fail('unrecognized character after (?P', pattern.at + 3)
  if (rest.startsWith('(?R'))
    pattern.fail('(?R (recursive pattern call) must be followed by a closing parenthesis', pattern.at + 3)
  const call = /^\(\?([+-]?)(\d+)/.exec(rest)
  if (call) {
    pattern.at += call[0].length
    if (Number(call[2]) > REPEAT_LIMIT) pattern.fail('number is too big')
    const group = call[1] === '' ? Number(call[2]) : pattern.relative(call[1] as string, Number(call[2]))
    if (text[pattern.at] !== ')') pattern.fail('(?R (recursive pattern call) must be followed by a closing parenthesis')
    pattern.at++
    pattern.references.push({ group, at: pattern.at })
    return pattern.add({ kind: 'reference', group, open: pattern.openCaptures() })
  }
  if (rest.startsWith('(?+')) pattern.fail('digit expected after (?+ or (?-', pattern.at + 3)
  if (rest.startsWith('(?C')) return readCallout(pattern)
  if (rest.startsWith('(?(')) return readCondition(pattern)
  readOptions(pattern)
}

/** Ends the innermost group, whose options end with it. */
export function closeGroup(pattern: Pattern) {
  if (pattern.groups.length === 1) pattern.fail('unmatched closing parenthesis')
  const group = pattern.groups.pop() as Group
  pattern.at++
  pattern.flags = group.flags
  if (group.kind === 'condition' && group.branches.length > 2)
    pattern.fail('conditional subpattern contains more than two branches')
  if (group.kind === 'define' && group.branches.length > 1)
    pattern.fail('DEFINE subpattern contains more than one branch')
  if (group.kind === 'reset') pattern.captures = Math.max(pattern.captures, group.resetMost ?? 0)
  if (group.behind !== undefined) pattern.behinds.push({ group, at: group.behind })
  const item: Item =
    group.kind === 'look'
      ? group.behind === undefined
        ? NONE
        : BEHIND
      : group.kind === 'define'
        ? NONE
        : {
            kind: 'group',
            branches:
              group.kind === 'condition' && group.branches.length === 1 ? [...group.branches, []] : group.branches,
          }
  pattern.add(item)
}

function readOptions(pattern: Pattern) {
  const { text } = pattern
  let at = pattern.at + 2
  let { extended, extendedMore, noCapture } = pattern.flags
  let on = true
  let hyphen = false
  let caret = false
  if (text[at] === '^') {
    caret = true
    extended = false
    extendedMore = false
    noCapture = false
    at++
  }
  for (; at < text.length && text[at] !== ')' && text[at] !== ':'; at++) {
    switch (text[at]) {
      case '-':
        if (hyphen) pattern.fail('invalid hyphen in option setting', at + 1)
        if (caret) pattern.fail('invalid hyphen in option setting', at + 1)
        hyphen = true
        on = false
        break
      case 'J':
      case 'U':
      case 'i':
      case 'm':
      case 's':
        break
      case 'n':
        noCapture = on
        break
      case 'x':
        extended = on
        extendedMore = false
        if (text[at + 1] === 'x') {
          extendedMore = on
          at++
        }
        break
      default:
        pattern.fail('unrecognized character after (? or (?-', at + 1)
    }
  }
  if (at >= text.length) pattern.fail('missing closing parenthesis', text.length)
  const flags = { extended, extendedMore, noCapture }
  if (text[at] === ':') {
    pattern.at = at + 1
    pattern.open('plain', {})
    pattern.flags = flags
    return
  }
  pattern.at = at + 1
  pattern.flags = flags
  pattern.repeatable = false
}

function readCallout(pattern: Pattern) {
  const { text } = pattern
  pattern.at += 3
  const number = /^\d*/.exec(text.slice(pattern.at)) as RegExpExecArray
  const open = text[pattern.at]
  if (number[0] === '' && open !== ')') {
    const close = open === '{' ? '}' : '`\'"^%#$'.includes(open ?? ' ') ? open : undefined
    if (!close) pattern.fail('missing terminating delimiter for callout with string argument')
    let at = pattern.at + 1
    for (;;) {
      const end = text.indexOf(close as string, at)
      if (end < 0) pattern.fail('missing terminating delimiter for callout with string argument', text.length)
      if (text[end + 1] === close) at = end + 2
      else {
        pattern.at = end + 1
        break
      }
    }
  } else {
    pattern.at += number[0].length
    if (Number(number[0]) > 255) pattern.fail('number after (?C is greater than 255')
  }
  if (text[pattern.at] !== ')') pattern.fail('closing parenthesis for (?C expected')
  pattern.at++
  pattern.repeatable = false
}

function readVerb(pattern: Pattern) {
  const { text } = pattern
  const verb = /^\(\*([A-Z]*)/.exec(text.slice(pattern.at, pattern.at + 40)) as RegExpExecArray
  const name = verb[1] as string
  pattern.at += verb[0].length
  const next = text[pattern.at]
  if (next !== ')' && next !== ':') pattern.fail('(*VERB) not recognized or malformed')
  if (!VERBS.includes(name)) pattern.fail('(*VERB) not recognized or malformed')
  if ((name === 'MARK' || name === '') && (next !== ':' || text[pattern.at + 1] === ')'))
    pattern.fail('(*MARK) must have an argument')
  if (next === ':') {
    const close = text.indexOf(')', pattern.at)
    if (close < 0) pattern.fail('missing closing parenthesis', text.length)
    if (close - pattern.at - 1 > 255) pattern.fail('name is too long in (*MARK), (*PRUNE), (*SKIP), or (*THEN)')
    pattern.at = close
  }
  pattern.at++
  pattern.add(name === 'ACCEPT' || name === 'F' || name === 'FAIL' ? { kind: 'end' } : NONE, name === 'ACCEPT')
}
