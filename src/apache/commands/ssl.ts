import { GLOBAL_ONLY } from '../bits.ts'
import type { Call, Handler, Handlers } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { forbidden } from '../invoke.ts'
import { leadingInteger } from '../numbers.ts'
import { readWords } from '../words.ts'
import { missingContent, missingDirectory, missingFile } from './files.ts'
import { hasSocache, socacheFault, socacheNames } from './socache.ts'
import { expressionFault, inOrder, integer, oneOf, outside } from './values.ts'

const inMain = outside(GLOBAL_ONLY)
const NOT_PER_DIRECTORY = 'Your SSL library does not have support for per-directory CA'

/** mod_ssl. */
export const SSL: Handlers = {
  SSLPassPhraseDialog: inOrder(inMain, (call) => {
    const [text = ''] = call.args
    if (text.toLowerCase() === 'builtin' || (text.startsWith('|') && text.length > 1)) return undefined
    if (!/^exec:./is.test(text)) return fault('value', 'SSLPassPhraseDialog: Invalid argument', 0)
    const missing = missingFile(text.slice(5), call)
    return missing === undefined ? undefined : fault('file', `SSLPassPhraseDialog: file '${missing}' does not exist`, 0)
  }),
  SSLCryptoDevice: inOrder(inMain, (call) => {
    if (['builtin', 'dynamic'].includes((call.args[0] ?? '').toLowerCase())) return undefined
    const known = "'builtin' (none), 'dynamic' (Dynamic engine loading support)"
    return fault('keyword', `SSLCryptoDevice: Invalid argument; must be one of: ${known}`, 0)
  }),
  SSLRandomSeed: randomSeed,
  SSLEngine: (call) =>
    ['on', 'off', 'optional'].includes((call.args[0] ?? '').toLowerCase())
      ? undefined
      : fault('keyword', 'Argument must be On or Off', 0),
  SSLFIPS: inMain,
  SSLCipherSuite: (call) => cipherSuite(call, true),
  SSLProxyCipherSuite: (call) => cipherSuite(call, false),
  SSLCompression: inOrder((call) =>
    call.flag
      ? fault(
          'value',
          'This version of OpenSSL does not have any compression methods available, cannot enable SSLCompression.',
          0,
        )
      : undefined,
  ),
  SSLCertificateFile: (call) => (/^pkcs11:/i.test(call.args[0] ?? '') ? undefined : file(call)),
  SSLCertificateKeyFile: (call) => (/^pkcs11:/i.test(call.args[0] ?? '') ? undefined : file(call)),
  SSLCertificateChainFile: file,
  SSLSessionTicketKeyFile: file,
  SSLCACertificatePath: inOrder(directory, perServer),
  SSLCACertificateFile: inOrder(file, perServer),
  SSLCADNRequestPath: directory,
  SSLCADNRequestFile: file,
  SSLCARevocationPath: directory,
  SSLCARevocationFile: file,
  SSLCARevocationCheck: words(['none', 'leaf', 'chain'], 'no_crl_for_cert_ok'),
  SSLProxyCARevocationCheck: words(['none', 'leaf', 'chain'], 'no_crl_for_cert_ok'),
  SSLOCSPEnable: words(['off', 'leaf', 'on'], 'no_ocsp_for_cert_ok'),
  SSLVerifyClient: verify,
  SSLProxyVerify: verify,
  SSLVerifyDepth: depth,
  SSLProxyVerifyDepth: depth,
  SSLSessionCache: inOrder(inMain, (call) => {
    const [text = ''] = call.args
    return /^none(?:notnull)?$/i.test(text) ? undefined : cache(call, 'SSLSessionCache')
  }),
  SSLStaplingCache: inOrder(inMain, (call) => cache(call, 'SSLStaplingCache')),
  SSLSessionCacheTimeout: notNegative('SSLSessionCacheTimeout: Invalid argument'),
  SSLOptions: (call) => {
    const known = [
      'stdenvvars',
      'exportcertdata',
      'fakebasicauth',
      'strictrequire',
      'optrenegotiate',
      'legacydnstringformat',
      'exportbothcertdata',
    ]
    for (const word of readWords(call.raw)) {
      const name = word.value.replace(/^[+-]/, '')
      if (!known.includes(name.toLowerCase()))
        return fault('option', `SSLOptions: Illegal option '${name}'`, [word.start, word.end])
    }
    return undefined
  },
  SSLRequire: (call) => expressionFault(call.raw, call, 'SSLRequire: ', [0, call.raw.length]),
  SSLRenegBufferSize: integer(
    (value) => value >= 0,
    (value) => `Invalid size for SSLRenegBufferSize: ${value}`,
  ),
  SSLProtocol: protocol,
  SSLProxyProtocol: protocol,
  SSLProxyCACertificateFile: file,
  SSLProxyCACertificatePath: directory,
  SSLProxyCARevocationPath: directory,
  SSLProxyCARevocationFile: file,
  SSLProxyMachineCertificateFile: file,
  SSLProxyMachineCertificatePath: directory,
  SSLProxyMachineCertificateChainFile: file,
  SSLOCSPResponseTimeSkew: notNegative('SSLOCSPResponseTimeSkew: invalid argument'),
  SSLOCSPResponseMaxAge: notNegative('SSLOCSPResponseMaxAge: invalid argument'),
  SSLOCSPResponderTimeout: notNegative('SSLOCSPResponderTimeout: invalid argument'),
  SSLOCSPResponderCertificateFile: file,
  SSLStaplingResponseTimeSkew: notNegative('SSLStaplingResponseTimeSkew: invalid argument'),
  SSLStaplingResponseMaxAge: notNegative('SSLStaplingResponseMaxAge: invalid argument'),
  SSLStaplingStandardCacheTimeout: notNegative('SSLStaplingStandardCacheTimeout: invalid argument'),
  SSLStaplingErrorCacheTimeout: notNegative('SSLStaplingErrorCacheTimeout: invalid argument'),
  SSLStaplingResponderTimeout: notNegative('SSLStaplingResponderTimeout: invalid argument'),
  SSLVHostSNIPolicy: inOrder(
    inMain,
    oneOf(['strict', 'secure', 'authonly', 'insecure'], (value) => `Invalid SSLVhostSNIPolicy argument '${value}'`),
  ),
  SSLSRPVerifierFile: file,
  SSLOpenSSLConfCmd: (call) => {
    const [name = ''] = call.args
    return CONF_COMMANDS.has(name.toLowerCase())
      ? undefined
      : fault('keyword', `'${name}': invalid OpenSSL configuration command`, 0)
  },
  SSLLog: () => fault('deprecated', 'SSLLog directive is no longer supported - use ErrorLog.', 'name'),
  SSLLogLevel: () => fault('deprecated', 'SSLLogLevel directive is no longer supported - use LogLevel.', 'name'),
}

/** What OpenSSL's `SSL_CONF_cmd` takes in configuration files. */
const CONF_COMMANDS = new Set(
  'bugs no_ssl3 no_tls1 no_tls1_1 no_tls1_2 no_tls1_3 ecdh_single anti_replay allow_no_dhe_kex prioritize_chacha no_renegotiation strict legacy_renegotiation legacy_server_connect no_legacy_server_connect ciphersuites cipherstring curves groups dhparameters ecdhparameters signaturealgorithms clientsignaturealgorithms minprotocol maxprotocol options protocol verifymode certificate privatekey chaincafile chaincapath verifycafile verifycapath clientcafile clientcapath requestcafile requestcapath chaincastore verifycastore requestcastore recordpadding numtickets serverinfofile'.split(
    ' ',
  ),
)

function file(call: Call): Fault | undefined {
  const missing = missingContent(call.args[0] ?? '', call)
  return missing === undefined
    ? undefined
    : fault('file', `${call.spec.name}: file '${missing}' does not exist or is empty`, 0)
}

function directory(call: Call): Fault | undefined {
  const missing = missingDirectory(call.args[0] ?? '', call)
  return missing === undefined
    ? undefined
    : fault('file', `${call.spec.name}: directory '${missing}' does not exist`, 0)
}

function perServer(call: Call): Fault | undefined {
  return call.scope.path === undefined ? undefined : fault('context', NOT_PER_DIRECTORY, 'name')
}

function randomSeed(call: Call): Fault | undefined {
  const refused = forbidden(call, GLOBAL_ONLY)
  if (refused) return refused
  const [when = '', source = '', bytes] = call.args
  if (!/^(?:startup|connect)$/i.test(when)) return fault('keyword', `SSLRandomSeed: invalid context: \`${when}'`, 0)
  const builtin = source.toLowerCase() === 'builtin'
  if (/^egd:./i.test(source))
    return fault(
      'value',
      `Invalid SSLRandomSeed entropy source \`${source}': This version of OpenSSL does not support the Entropy Gathering Daemon (EGD).`,
      1,
    )
  const missing = builtin ? undefined : missingFile(source.replace(/^(?:file|exec):(?=.)/i, ''), call)
  if (missing !== undefined) return fault('file', `SSLRandomSeed: source path '${missing}' does not exist`, 1)
  if (bytes === undefined) return undefined
  if (builtin) return fault('value', 'SSLRandomSeed: byte specification not allowed for builtin seed source', 2)
  return leadingInteger(bytes) >= 0 ? undefined : fault('number', 'SSLRandomSeed: invalid number of bytes specified', 2)
}

function cipherSuite(call: Call, server: boolean): Fault | undefined {
  const [first = '', second] = call.args
  if (second === undefined || first === 'SSL') return undefined
  if (first !== 'TLSv1.3') return fault('keyword', `protocol '${first}' not supported`, 0)
  return server && call.scope.path !== undefined
    ? fault('context', 'TLSv1.3 ciphers cannot be set inside a directory context', 0)
    : undefined
}

/** One of some words, then any number of one more. */
function words(first: readonly string[], rest: string): Handler {
  return (call) => {
    const all = readWords(call.raw)
    const refuse = (value: string, place: readonly [number, number] | 'name') =>
      fault('keyword', `${call.spec.name}: Invalid argument '${value}'`, place)
    const [head] = all
    if (!head) return refuse('', 'name')
    if (!first.includes(head.value.toLowerCase())) return refuse(head.value, [head.start, head.end])
    const wrong = all.slice(1).find((word) => word.value.toLowerCase() !== rest)
    return wrong ? refuse(wrong.value, [wrong.start, wrong.end]) : undefined
  }
}

function verify(call: Call): Fault | undefined {
  const [text = ''] = call.args
  if (['none', 'off', 'optional', 'require', 'on', 'optional_no_ca'].includes(text.toLowerCase())) return undefined
  return fault('keyword', `${call.spec.name}: Invalid argument '${text}'`, 0)
}

function depth(call: Call): Fault | undefined {
  const [text = ''] = call.args
  return leadingInteger(text) >= 0 ? undefined : fault('number', `${call.spec.name}: Invalid argument '${text}'`, 0)
}

function notNegative(message: string): Handler {
  return integer((value) => value >= 0, message)
}

function cache(call: Call, directive: 'SSLSessionCache' | 'SSLStaplingCache'): Fault | undefined {
  const [text = ''] = call.args
  const colon = text.indexOf(':')
  const name = colon < 0 ? text : text.slice(0, colon)
  if (hasSocache(name, call.environment)) {
    const wrong = socacheFault(text)
    return wrong === undefined ? undefined : fault('value', `${directive}: ${wrong}`, 0)
  }
  const names = socacheNames(call.environment).join(',')
  const kind = directive === 'SSLSessionCache' ? 'session' : 'stapling'
  const [dot, end] = kind === 'session' ? ['.', '.'] : ['', '']
  const message = `${directive}: '${name}' ${kind} cache not supported (known names: ${names})${dot} Maybe you need to load the appropriate socache module (mod_socache_${name}?)${end}`
  return fault('provider', message, 0)
}

function protocol(call: Call): Fault | undefined {
  for (const word of readWords(call.raw)) {
    const sign = /^[+-]/.exec(word.value)?.[0]
    const name = sign ? word.value.slice(1) : word.value
    const place = [word.start, word.end] as const
    const known = name.toLowerCase()
    if (known === 'sslv2') {
      if (sign !== '-') return fault('value', 'SSLProtocol: SSLv2 is no longer supported', place)
    } else if (known === 'sslv3') {
      if (sign !== '-') return fault('value', 'SSLv3 not supported by this version of OpenSSL', place)
    } else if (!['tlsv1', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3', 'all'].includes(known))
      return fault('keyword', `${call.spec.name}: Illegal protocol '${name}'`, place)
  }
  return undefined
}
