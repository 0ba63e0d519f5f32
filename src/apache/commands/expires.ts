import type { Handlers } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { readWord } from '../words.ts'

/** mod_expires. */
export const EXPIRES: Handlers = {
  ExpiresByType: (call) => {
    const [type = '', code = ''] = call.args
    if (!type.includes('/')) return fault('value', 'Invalid mimetype: should contain a slash', 0)
    return codeFault(code, `'ExpiresByType ${type} ${code}': `, 1)
  },
  ExpiresDefault: (call) => {
    const [code = ''] = call.args
    return codeFault(code, `'ExpiresDefault ${code}': `, 0)
  },
}

/** `<base> [plus] {<number> <unit>}…`; words are told by their first letters, as httpd does. */
function codeFault(code: string, prefix: string, at: number): Fault | undefined {
  const said = codeMessage(code)
  return said === undefined ? undefined : fault('expires-code', `${prefix}${said}`, at)
}

function codeMessage(code: string): string | undefined {
  if (code.startsWith('A') || code.startsWith('M')) return undefined
  const base = readWord(code, 0)
  if (!/^[nam]/i.test(base.value)) return `bad expires code, unrecognised <base> '${base.value}'`
  let word = readWord(code, base.next)
  if (/^p/i.test(word.value)) word = readWord(code, word.next)
  while (word.value !== '') {
    if (!/^\d/.test(word.value)) return `bad expires code, numeric value expected <num> '${word.value}'`
    word = readWord(code, word.next)
    if (word.value === '') return 'bad expires code, missing <type>'
    if (!/^(?:[ywdhs]|mo|mi)/i.test(word.value)) return `bad expires code, unrecognised <type>'${word.value}'`
    word = readWord(code, word.next)
  }
  return undefined
}
