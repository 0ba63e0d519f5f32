import { GLOBAL_ONLY } from '../bits.ts'
import type { Call, Handlers } from '../context.ts'
import { isDuration } from '../durations.ts'
import { type Fault, fault } from '../faults.ts'
import { parseLeading } from '../numbers.ts'
import { missingFile } from './files.ts'
import { inOrder, integer, oneOf, outside, regexFault } from './values.ts'

const inMain = outside(GLOBAL_ONLY)
const MODES = ['none', 'ssl', 'tls', 'starttls']
const GLOBAL_TYPES =
  'CA_DER CA_BASE64 CA_CERT7_DB CA_SECMOD CERT_DER CERT_BASE64 CERT_KEY3_DB CERT_NICKNAME CERT_PFX KEY_DER KEY_BASE64 KEY_PFX'.split(
    ' ',
  )

/** mod_ldap and mod_authnz_ldap. */
export const LDAP: Handlers = {
  LDAPSharedCacheSize: inMain,
  LDAPSharedCacheFile: inMain,
  LDAPCacheEntries: inMain,
  LDAPCacheTTL: inMain,
  LDAPOpCacheEntries: inMain,
  LDAPOpCacheTTL: inMain,
  LDAPVerifyServerCert: inMain,
  LDAPConnectionTimeout: inMain,
  LDAPLibraryDebug: inMain,
  LDAPTrustedGlobalCert: inOrder(inMain, (call) => {
    const [type = '', file = ''] = call.args
    if (!GLOBAL_TYPES.includes(type.toUpperCase()))
      return fault(
        'keyword',
        `The certificate type ${type} is not recognised. It should be one of CA_DER, CA_BASE64, CA_CERT7_DB, CA_SECMOD, CERT_DER, CERT_BASE64, CERT_KEY3_DB, CERT_NICKNAME, KEY_DER, KEY_BASE64`,
        0,
      )
    if (type.toUpperCase() === 'CERT_NICKNAME' || missingFile(file, call) === undefined) return undefined
    return fault('file', 'Invalid global certificate file path', 1)
  }),
  LDAPTrustedClientCert: (call) => {
    const [type = '', file = ''] = call.args
    const name = type.toUpperCase()
    if (!GLOBAL_TYPES.includes(name))
      return fault(
        'keyword',
        `The certificate type "${type}" is not recognised. It should be one of CA_DER, CA_BASE64, CERT_DER, CERT_BASE64, CERT_NICKNAME, CERT_PFX, KEY_DER, KEY_BASE64, KEY_PFX`,
        0,
      )
    if (['CA_CERT7_DB', 'CA_SECMOD', 'CERT_PFX', 'CERT_KEY3_DB'].includes(name))
      return fault(
        'keyword',
        `The certificate type "${type}" is only valid within a LDAPTrustedGlobalCert directive. Only CA_DER, CA_BASE64, CERT_DER, CERT_BASE64, CERT_NICKNAME, KEY_DER, and KEY_BASE64 may be used.`,
        0,
      )
    if (name === 'CERT_NICKNAME' || missingFile(file, call) === undefined) return undefined
    return fault('file', 'Invalid client certificate file path', 1)
  },
  LDAPTrustedMode: oneOf(MODES, 'Invalid LDAPTrustedMode setting: must be one of NONE, SSL, or TLS/STARTTLS'),
  LDAPReferrals: oneOf(['on', 'off', 'default'], "LDAPReferrals must be 'on', 'off', or 'default'"),
  LDAPReferralHopLimit: integer(
    (value) => value > 0,
    "LDAPReferralHopLimit must be greater than zero (Use 'LDAPReferrals Off' to disable referral chasing)",
  ),
  LDAPTimeout: inOrder(inMain, (call) => {
    const [text = ''] = call.args
    const { value, end } = parseLeading(text)
    if (end === 0 || end < text.length) return fault('number', 'Timeout not numerical', 0)
    return value < 0 ? fault('number', 'Timeout must be non-negative', 0) : undefined
  }),
  LDAPConnectionPoolTTL: (call) => {
    const [text = ''] = call.args
    return text.startsWith('-') || isDuration(text, 's')
      ? undefined
      : fault('number', 'LDAPConnectionPoolTTL has wrong format', 0)
  },
  LDAPRetries: inOrder(
    inMain,
    integer((value) => value >= 0, 'LDAPRetries must be >= 0'),
  ),
  LDAPRetryDelay: inOrder(inMain, (call) =>
    isDuration(call.args[0] ?? '', 's') ? undefined : fault('number', 'LDAPRetryDelay has wrong format', 0),
  ),
  AuthLDAPURL: url,
  AuthLDAPDereferenceAliases: (call) => {
    const [text = ''] = call.args
    if (['never', 'searching', 'finding', 'always'].includes(text) || /^o(?:n|ff)$/i.test(text)) return undefined
    return fault('keyword', 'Unrecognized value for AuthLDAPDereferenceAliases directive', 0)
  },
  AuthLDAPInitialBindPattern: (call) =>
    regexFault(
      call.args[0] ?? '',
      `AuthLDAPInitialBindPattern: cannot compile regular expression '${call.args[0]}'`,
      0,
    ),
  AuthLDAPBindPassword: (call) => {
    const [text = ''] = call.args
    if (!/^exec:./s.test(text)) return undefined
    return missingFile(text.slice(5).trim().split(/\s+/, 1)[0] ?? '', call) === undefined
      ? undefined
      : fault('file', `Unable to get bind password from exec of ${text.slice(5)}`, 0)
  },
}

function url(call: Call): Fault | undefined {
  const [text = '', mode] = call.args
  if (!/^ldap[si]?:\/\//i.test(text.replace(/^<?(?:URL:)?/i, '')))
    return fault('url', 'The scheme was not recognised as a valid LDAP URL scheme.', 0)
  const parts = text.replace(/^[^/]*\/\//, '').split('?')
  const scope = parts[2]
  if (scope && !/^(?:one|onelevel|base|sub|subtree)$/i.test(scope))
    return fault('url', 'Bad scope encountered while parsing LDAP URL.', 0)
  if (mode !== undefined && !MODES.includes(mode.toLowerCase()))
    return fault('keyword', 'Invalid LDAP connection mode setting: must be one of NONE, SSL, or TLS/STARTTLS', 1)
  return undefined
}
