import { networkFault, networkMessage } from '../addresses.ts'
import type { Call, Handlers } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { readWord } from '../words.ts'
import { missingFile } from './files.ts'
import { oneOf } from './values.ts'

/** mod_usertrack and mod_remoteip. */
export const METADATA: Handlers = {
  CookieExpires: (call) => {
    const [text = ''] = call.args
    if (/^\d(?:.*\d)?$/s.test(text)) return undefined
    const said = periodFault(text)
    return said === undefined ? undefined : fault('expires-code', said, 0)
  },
  CookieDomain: (call) => {
    const [name = ''] = call.args
    if (!name.startsWith('.')) return fault('value', 'CookieDomain values must begin with a dot', 0)
    return name.includes('.', 1)
      ? undefined
      : fault('value', 'CookieDomain values must contain at least one embedded dot', 0)
  },
  CookieStyle: oneOf(
    ['netscape', 'cookie', 'rfc2109', 'cookie2', 'rfc2965'],
    (value) => `Invalid CookieStyle keyword: '${value}'`,
  ),
  CookieSameSite: oneOf(['strict', 'lax', 'none'], "CookieSameSite accepts 'Strict', 'Lax', or 'None'"),
  RemoteIPTrustedProxy: trustedProxy,
  RemoteIPInternalProxy: trustedProxy,
  RemoteIPTrustedProxyList: proxyList,
  RemoteIPInternalProxyList: proxyList,
  RemoteIPProxyProtocolExceptions: (call) => {
    if (call.args.length === 0)
      return fault('argument-count', 'RemoteIPProxyProtocolExceptions requires an argument', 'name')
    for (const [at, text] of call.args.entries()) {
      const found = networkFault(text)
      if (!found) continue
      const plain = `ip address '${text.split('/', 1)[0]}' appears to be invalid`
      return fault('value', found === 'text' ? plain : `${plain}: ${networkMessage(found)}`, at)
    }
    return undefined
  },
}

function periodFault(text: string): string | undefined {
  let word = readWord(text, 0)
  if (/^p/i.test(word.value)) word = readWord(text, word.next)
  while (word.value !== '') {
    if (!/^\d/.test(word.value)) return 'bad expires code, numeric value expected.'
    word = readWord(text, word.next)
    if (word.value === '') return 'bad expires code, missing <type>'
    if (!/^(?:[ywdhs]|mo|mi)/i.test(word.value)) return 'bad expires code, unrecognized type'
    word = readWord(text, word.next)
  }
  return undefined
}

function trustedProxy(call: Call): Fault | undefined {
  const [text = ''] = call.args
  const slash = text.indexOf('/')
  const host = slash < 0 ? text : text.slice(0, slash)
  const refuse = (error: string) =>
    fault('value', `RemoteIP: Error parsing IP ${text} (${error} error) for ${call.spec.name}`, 0)
  // What holds a colon or only digits and dots counts as an address, an empty text too.
  if (host === '' || host.includes(':') || /^[\d.]+$/.test(host)) {
    const found = networkFault(text)
    return found ? refuse(networkMessage(found)) : undefined
  }
  if (slash >= 0)
    return fault(
      'value',
      `RemoteIP: Error parsing IP ${text} the subnet /${text.slice(slash + 1)} is invalid for ${call.spec.name}`,
      0,
    )
  return call.environment.machine.resolves?.(host) === false ? refuse('Name or service not known') : undefined
}

function proxyList(call: Call): Fault | undefined {
  const missing = missingFile(call.args[0] ?? '', call)
  if (missing === undefined) return undefined
  return fault('file', `${call.spec.name}: Could not open file ${missing}: No such file or directory`, 0)
}
