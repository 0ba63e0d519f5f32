import type { Call, Handlers } from '../context.ts'
import { type Fault, fault, type Place } from '../faults.ts'
import { readWord, type Word } from '../words.ts'
import { expressionFault, regexFault } from './values.ts'

const ACTIONS = ['set', 'setifempty', 'add', 'append', 'merge', 'unset', 'echo', 'edit', 'edit*', 'note']
const ACTION_MESSAGE =
  "first argument must be 'add', 'set', 'setifempty', 'append', 'merge', 'unset', 'echo', 'note', 'edit', or 'edit*'."

/** mod_headers. */
export const HEADERS: Handlers = {
  Header: (call) => header(call, true),
  RequestHeader: (call) => header(call, false),
}

function header(call: Call, response: boolean): Fault | undefined {
  const { raw } = call
  let action = readWord(raw, 0)
  if (response && /^(?:always|onsuccess)$/i.test(action.value)) action = readWord(raw, action.next)
  const name = readWord(raw, action.next)
  const optional = (before: Word | undefined): Word | undefined =>
    before && before.next < raw.length ? readWord(raw, before.next) : undefined
  const value = optional(name)
  const third = optional(value)
  const fourth = optional(third)
  const last = fourth ?? third ?? value ?? name
  if (last.next < raw.length && fourth)
    return fault('argument-count', `${call.spec.name} has too many arguments`, [last.next, raw.length])
  return entry(call, response, action, name, value, third, fourth)
}

function entry(
  call: Call,
  response: boolean,
  action: Word,
  name: Word,
  given: Word | undefined,
  third: Word | undefined,
  fourth: Word | undefined,
): Fault | undefined {
  const what = action.value.toLowerCase()
  if (!ACTIONS.includes(what)) return fault('header', ACTION_MESSAGE, place(action))
  if (what === 'note' && !response)
    return fault('header', "RequestHeader does not support the 'note' action", place(action))
  let value = given
  let condition = fourth
  if (what === 'edit' || what === 'edit*') {
    if (!third) return fault('header', 'Header edit requires a match and a substitution', place(action))
    const bad = value && regexFault(value.value, 'Header edit regex could not be compiled', place(value))
    if (bad) return bad
  } else {
    if (fourth) return fault('argument-count', 'Too many arguments to directive', place(fourth))
    condition = third
  }
  if (what === 'unset') {
    if (value) {
      if (condition) return fault('header', 'header unset takes two arguments', place(condition))
      condition = value
      value = undefined
    }
  } else if (what === 'echo') {
    if (value) {
      if (condition) return fault('header', 'Header echo takes two arguments', place(condition))
      condition = value
      value = undefined
    }
    if (!response) return fault('header', 'Header echo only valid on Header directives', place(action))
    const bad = regexFault(name.value, 'Header echo regex could not be compiled', place(name))
    if (bad) return bad
  } else if (!value) return fault('header', 'Header requires three arguments', place(action))
  const bad = condition && conditionFault(condition, call)
  if (bad) return bad
  if (what === 'unset' || what === 'echo') return undefined
  return formatFault(what.startsWith('edit') ? (third as Word) : (value as Word), call)
}

function conditionFault(condition: Word, call: Call): Fault | undefined {
  const text = condition.value
  const lower = text.toLowerCase()
  if (lower === 'early') return undefined
  if (lower.startsWith('env=')) {
    const name = text.slice(4)
    if (name !== '' && name !== '!') return undefined
    return fault(
      'header',
      'error: missing environment variable name. envclause should be in the form env=envar ',
      place(condition),
    )
  }
  if (lower.startsWith('expr='))
    return expressionFault(text.slice(5), call, "Can't parse envclause/expression: ", place(condition))
  return fault('header', `Unknown parameter: ${text}`, place(condition))
}

/** `%t`, `%D`, `%{NAME}e` and their kin. */
function formatFault(word: Word, call: Call): Fault | undefined {
  const text = word.value
  if (text.startsWith('expr='))
    return expressionFault(text.slice(5), call, "Can't parse value expression : ", place(word), true)
  const tags = 'Dtelbis'
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at)) {
    at++
    if (at >= text.length) return undefined
    if (text[at] === '%') {
      at++
      continue
    }
    if (text[at] === '{') {
      const close = text.indexOf('}', at)
      at = close < 0 ? text.length : close + 1
    }
    const tag = text[at] ?? ''
    if (tag === '' || !tags.includes(tag)) return fault('header', `Unrecognized header format %${tag}`, place(word))
    at++
  }
  return undefined
}

function place(word: Word): Place {
  return [word.start, word.end]
}
