import { NOT_IN_DIRECTORY, NOT_IN_LOCATION } from '../bits.ts'
import type { Call, ConfigNode, Handler, Handlers } from '../context.ts'
import { durationUnits } from '../durations.ts'
import { type Fault, fault } from '../faults.ts'
import { forbidden } from '../invoke.ts'
import { leadingInteger, parseLeading } from '../numbers.ts'
import { readWords } from '../words.ts'
import { missingFile } from './files.ts'
import { inOrder, integer, oneOf } from './values.ts'

/** Where a directive of mod_md may stand: anywhere, outside of its sections, or only inside. */
const anywhere: Handler = (call) =>
  insideSection(call.node) ? undefined : forbidden(call, NOT_IN_DIRECTORY | NOT_IN_LOCATION)
const outsideSection: Handler = (call) =>
  insideSection(call.node)
    ? fault('context', `${call.spec.name} is not allowed inside an '<MDomainSet' context`, 'name')
    : forbidden(call, NOT_IN_DIRECTORY | NOT_IN_LOCATION)
const insideOnly: Handler = (call) =>
  insideSection(call.node)
    ? undefined
    : fault('context', `${call.spec.name} is only valid inside a '<MDomainSet' context, not here`, 'name')
const onOff = oneOf(['on', 'off'], (value) => `unknown '${value}', supported parameter values are 'on' and 'off'`)
const durationOrFault: Handler = (call) =>
  durationSeconds(call.args[0] ?? '', 's') === undefined
    ? fault('number', 'unrecognized duration format', 0)
    : undefined

/** mod_md. */
export const MD: Handlers = {
  MDCertificateAuthority: inOrder(anywhere, authority),
  MDCertificateAgreement: anywhere,
  MDCAChallenges: anywhere,
  MDCertificateProtocol: anywhere,
  MDContactEmail: anywhere,
  MDDriveMode: mode,
  MDRenewMode: mode,
  MDomain: inOrder(outsideSection, (call) =>
    call.args.some((name) => !isTransitive(name))
      ? undefined
      : fault('argument-count', 'needs at least one domain name', 'name'),
  ),
  '<MDomainSet': section,
  '<MDomain': section,
  MDMember: member,
  MDMembers: member,
  MDMustStaple: inOrder(anywhere, onOff),
  MDStapling: inOrder(anywhere, onOff),
  MDStapleOthers: inOrder(anywhere, onOff),
  MDBaseServer: inOrder(outsideSection, onOff),
  MDServerStatus: inOrder(anywhere, onOff),
  MDCertificateStatus: inOrder(anywhere, onOff),
  MDPortMap: inOrder(
    outsideSection,
    (call) => portFault(call, 0) ?? (call.args[1] === undefined ? undefined : portFault(call, 1)),
  ),
  MDPrivateKeys: inOrder(anywhere, privateKeys),
  MDHttpProxy: inOrder(outsideSection, proxy),
  MDStoreDir: outsideSection,
  MDRenewWindow: inOrder(anywhere, window('MDRenewWindow ', 'a length of 100% or more is not allowed.')),
  MDWarnWindow: inOrder(anywhere, window('MDWarnWindow ', 'a length of 100% or more is not allowed.')),
  MDStaplingKeepResponse: inOrder(anywhere, window('MDStaplingKeepResponse ', undefined)),
  MDStaplingRenewWindow: inOrder(
    anywhere,
    window('MDStaplingRenewWindow ', 'with a length of 100% or more is not allowed.'),
  ),
  MDRequireHttps: inOrder(
    anywhere,
    oneOf(
      ['off', 'temporary', 'permanent'],
      (value) => `unknown '${value}', supported parameter values are 'temporary' and 'permanent'`,
    ),
  ),
  MDNotifyCmd: outsideSection,
  MDMessageCmd: outsideSection,
  MDChallengeDns01: anywhere,
  MDChallengeDns01Version: inOrder(outsideSection, (call) =>
    call.args[0] === '1' || call.args[0] === '2'
      ? undefined
      : fault('keyword', 'Only versions `1` and `2` are supported', 0),
  ),
  MDCertificateFile: insideOnly,
  MDCertificateKeyFile: insideOnly,
  MDCertificateCheck: anywhere,
  MDActivationDelay: inOrder(outsideSection, durationOrFault),
  MDExternalAccountBinding: inOrder(anywhere, (call) => {
    const [key = '', hmac] = call.args
    if (hmac !== undefined || key.toLowerCase() === 'none') return undefined
    const missing = missingFile(key, call)
    return missing === undefined ? undefined : fault('file', `MDExternalAccountBinding: file not found: ${missing}`, 0)
  }),
  MDRetryDelay: inOrder(outsideSection, durationOrFault, (call) =>
    (durationSeconds(call.args[0] ?? '', 's') ?? 0) <= 0
      ? fault('number', 'minimum delay must be greater than 0', 0)
      : undefined,
  ),
  MDInitialDelay: inOrder(outsideSection, durationOrFault, (call) =>
    (durationSeconds(call.args[0] ?? '', 's') ?? 0) < 0
      ? fault('number', 'initial delay must not be negative', 0)
      : undefined,
  ),
  MDProfileMandatory: inOrder(anywhere, onOff),
  MDRenewViaARI: inOrder(anywhere, onOff),
  MDCheckInterval: inOrder(outsideSection, durationOrFault, (call) =>
    (durationSeconds(call.args[0] ?? '', 's') ?? 0) < 1
      ? fault('number', 'check interval cannot be less than one second', 0)
      : undefined,
  ),
  MDRetryFailover: inOrder(
    outsideSection,
    integer((value) => value > 0, 'invalid argument, must be a number > 0'),
  ),
  MDStoreLocks: inOrder(outsideSection, (call) => {
    const [text = ''] = call.args
    if (/^o(?:n|ff)$/i.test(text) || durationSeconds(text, 's') !== undefined) return undefined
    return fault('keyword', "neither 'on', 'off' or a duration specified", 0)
  }),
  MDMatchNames: inOrder(
    outsideSection,
    oneOf(['all', 'servernames'], "invalid argument, must be a 'all' or 'servernames'"),
  ),
}

function insideSection(node: ConfigNode): boolean {
  for (let parent = node.parent; parent; parent = parent.parent)
    if (/^<mdomain(?:set)?$/i.test(parent.name)) return true
  return false
}

function isTransitive(text: string): boolean {
  return /^(?:auto|manual)$/i.test(text)
}

function authority(call: Call): Fault | undefined {
  for (const [at, text] of call.args.entries()) {
    const known = /^(?:letsencrypt|letsencrypt-test|buypass|buypass-test)$/i.test(text)
    const said = known ? undefined : urlFault(text)
    if (said)
      return fault(
        'url',
        said === 'missing uri scheme'
          ? `The CA name '${text}' is not known and it is not a URL either (${said}). Known CA names are: LetsEncrypt LetsEncrypt-Test Buypass Buypass-Test.`
          : said,
        at,
      )
  }
  return undefined
}

/** What is wrong with an absolute HTTP URL. */
function urlFault(text: string): string | undefined {
  const found = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?/.exec(text)
  if (!found) return 'missing uri scheme'
  if (!/^https?$/i.test(found[1] as string)) return 'uri scheme must be http or https'
  if (!found[2]) return 'missing hostname'
  return undefined
}

function proxy(call: Call): Fault | undefined {
  const said = urlFault(call.args[0] ?? '')
  return said === undefined ? undefined : fault('url', said, 0)
}

function mode(call: Call): Fault | undefined {
  const [text = ''] = call.args
  if (!['auto', 'automatic', 'always', 'manual', 'stick'].includes(text.toLowerCase()))
    return fault('keyword', `unknown MDDriveMode ${text}`, 0)
  return anywhere(call)
}

function section(call: Call): Fault | undefined {
  const refused = outsideSection(call)
  if (refused) return refused
  const bracket = call.raw.lastIndexOf('>')
  if (bracket < 0) return fault('missing-bracket', "<MDomainSet> directive missing closing '>'", 'name')
  const argument = call.raw.slice(0, bracket)
  if (argument === '')
    return fault('section-argument', '<MDomainSet > section must specify a unique domain name', 'name')
  const [first] = readWords(argument)
  if (!first) return fault('argument-count', 'needs at least one domain name', 'name')
  call.walk(call.node.children, call.scope)
  return undefined
}

function member(call: Call): Fault | undefined {
  const refused = insideOnly(call)
  if (!refused || call.args.length !== 1) return refused
  return isTransitive(call.args[0] ?? '') ? undefined : fault('keyword', 'unknown value, use "auto|manual"', 0)
}

function portFault(call: Call, at: number): Fault | undefined {
  const text = call.args[at] ?? ''
  const refuse = (message: string) => fault('number', message, at)
  const named = /^(https?):/.exec(text)
  const number = parseLeading(text)
  if (!named && number.overflow) return refuse('unable to parse first port number')
  const end = named ? (named[1] as string).length : number.end
  const port = named ? (named[1] === 'http' ? 80 : 443) : leadingInteger(text)
  if (text[end] !== ':') return refuse("no ':' after first port number")
  const local = text.slice(end + 1)
  if (!local.startsWith('-')) {
    const value = leadingInteger(local)
    if (value <= 0 || value > 65535) return refuse('invalid number for port map, must be in ]0,65535]')
  }
  return port === 80 || port === 443 ? undefined : refuse('mapped port number must be 80 or 443')
}

function privateKeys(call: Call): Fault | undefined {
  const { args } = call
  if (args.length === 0) return fault('argument-count', 'needs to specify the private key type', 'name')
  let rsa = false
  const curves = new Set<string>()
  for (let i = 0; i < args.length; i++) {
    const text = args[i] as string
    const lower = text.toLowerCase()
    if (lower === 'default') {
      if (args.length > 1) return fault('keyword', "'Default' allows no other parameter", i)
      continue
    }
    if (/^rsa\d|^rsa$/.test(lower)) {
      let bits = lower.length > 3 ? leadingInteger(text.slice(3)) : 2048
      if (lower === 'rsa' && /^\d/.test(args[i + 1] ?? '')) bits = leadingInteger(args[++i] as string)
      if (bits < 2048) return fault('number', 'must be 2048 or higher in order to be considered safe.', i)
      if (rsa) return fault('keyword', "two keys of type 'RSA' are not possible.", i)
      rsa = true
    } else {
      if (curves.has(lower)) return fault('keyword', `two keys of type '${text}' are not possible.`, i)
      curves.add(lower)
    }
  }
  return undefined
}

/** Seconds, as far as microseconds fit into 64 bits; undefined for what is not a duration. */
function durationSeconds(text: string, unit: string): number | undefined {
  const { value, end, overflow } = parseLeading(text)
  if (end === 0 || overflow) return undefined
  const lower = (text.slice(end) || unit).toLowerCase()
  const [, micro] = [...durationUnits, ['d', 86_400_000_000n] as const].find(([start]) => lower.startsWith(start)) ?? []
  return micro === undefined ? undefined : Number(BigInt.asIntN(64, value * micro)) / 1e6
}

/** A duration in days or a share of the life time. */
function window(prefix: string, tooLong: string | undefined): Handler {
  return (call) => {
    const [text = ''] = call.args
    if (durationSeconds(text, 'd') !== undefined) return undefined
    const percent = /^[ \t\n\v\f\r]*([+-]?\d*)%/.exec(text)
    if (!percent) return fault('format', `${prefix}has unrecognized format`, 0)
    const value = Number(percent[1])
    if (value < 0) return fault('format', `${prefix}percent must be less than 100`, 0)
    return tooLong !== undefined && value >= 100 ? fault('number', `${prefix}${tooLong}`, 0) : undefined
  }
}
