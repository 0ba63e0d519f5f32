import type { Call, Handlers } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { readWord } from '../words.ts'
import { expressionFault, regexFault } from './values.ts'

/** Header names that the code knows by themselves; others with unusual characters are regular expressions. */
const SPECIAL = ['remote_addr', 'remote_host', 'request_uri', 'request_method', 'request_protocol', 'server_addr']

/** mod_setenvif. */
export const ENVIRONMENT: Handlers = {
  SetEnvIf: (call) => setEnvIf(call),
  SetEnvIfNoCase: (call) => setEnvIf(call),
  BrowserMatch: (call) => match(call, 'User-Agent', 0),
  BrowserMatchNoCase: (call) => match(call, 'User-Agent', 0),
  SetEnvIfExpr: (call) => {
    const word = readWord(call.raw, 0)
    if (word.value === '') return fault('argument-count', `Missing expression for ${call.spec.name}`, 'name')
    const prefix = `Could not parse expression "${word.value}": `
    return expressionFault(word.value, call, prefix, [word.start, word.end]) ?? variables(call, word.next)
  },
}

function setEnvIf(call: Call): Fault | undefined {
  const word = readWord(call.raw, 0)
  if (word.value === '') return fault('argument-count', `Missing header-field name for ${call.spec.name}`, 'name')
  return match(call, word.value, word.next, [word.start, word.end])
}

function match(call: Call, name: string, at: number, namePlace?: readonly [number, number]): Fault | undefined {
  const { spec, raw } = call
  const word = readWord(raw, at)
  if (word.value === '') return fault('argument-count', `Missing regular expression for ${spec.name}`, 'name')
  const place = [word.start, word.end] as const
  if (!isSimple(word.value)) {
    const bad = regexFault(word.value, `${spec.name} regex could not be compiled.`, place)
    if (bad) return bad
  }
  if (namePlace && !SPECIAL.includes(name.toLowerCase()) && /[^-_A-Za-z0-9]/.test(name)) {
    const bad = regexFault(name, `${spec.name}Header name regex could not be compiled.`, namePlace)
    if (bad) return bad
  }
  return variables(call, word.next)
}

/** Text without anything special in it is matched as it is. */
function isSimple(pattern: string): boolean {
  return /^(?:[^\\^$.*+?()[\]{}|]|\\.)*$/s.test(pattern) && !/\\[a-zA-Z0-9]/.test(pattern)
}

function variables(call: Call, at: number): Fault | undefined {
  if (readWord(call.raw, at).value !== '') return undefined
  return fault('argument-count', `Missing envariable expression for ${call.spec.name}`, 'name')
}
