import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { canonicalAddress } from '../../apache/addresses.ts'
import type { ConfigNode } from '../../apache/context.ts'
import { rootRelative } from '../../apache/paths.ts'
import type { Word } from '../../apache/words.ts'
import type { Found, LintContext, ServerLint } from './rule.ts'
import { type Host, lastArgument, named, nameSpan, wordSpan, wordsOf } from './server.ts'

/** What mod_ssl looks at when httpd starts, and not in a syntax test: certificates, keys and what goes with them. */
export const CERTIFICATE_LINTS: readonly ServerLint[] = [
  {
    code: 'no-certificate',
    why: 'httpd does not start with TLS switched on and no certificate.',
    severity: 'error',
    scope: 'server',
    find: noCertificate,
  },
  {
    code: 'bad-certificate',
    why: 'httpd does not start with a certificate file that holds no certificate, or a damaged one.',
    severity: 'error',
    scope: 'server',
    find: badCertificate,
  },
  {
    code: 'certificate-without-key',
    why: 'httpd does not start with a certificate whose private key it cannot find or read.',
    severity: 'error',
    scope: 'server',
    find: noKey,
  },
  {
    code: 'wrong-key',
    why: 'httpd does not start with a private key that was made for another certificate.',
    severity: 'error',
    scope: 'server',
    find: wrongKey,
  },
  {
    code: 'encrypted-key',
    why: 'httpd asks for the pass phrase on a terminal; started by a service manager it has none, and stops.',
    severity: 'warning',
    scope: 'server',
    find: encryptedKey,
  },
  {
    code: 'bad-authority-file',
    why: 'httpd does not start where the file of authorities, or of revoked certificates, holds none.',
    severity: 'error',
    scope: 'server',
    find: badAuthority,
  },
  {
    code: 'no-protocol',
    why: 'httpd does not start where `SSLProtocol` takes away all protocols.',
    severity: 'error',
    scope: 'server',
    find: noProtocol,
  },
  {
    code: 'stapling-without-cache',
    why: 'httpd does not start with `SSLUseStapling on` and no `SSLStaplingCache`.',
    severity: 'error',
    scope: 'server',
    find: noStaplingCache,
  },
  {
    code: 'expired-certificate',
    why: 'httpd serves a certificate that has expired, and browsers refuse it.',
    severity: 'warning',
    scope: 'server',
    find: expired,
  },
  {
    code: 'certificate-name',
    why: 'Browsers refuse a certificate that is for other names; httpd only logs a warning.',
    severity: 'warning',
    scope: 'server',
    find: otherName,
  },
]

/** The hosts that speak TLS; mod_md and mod_gnutls get their certificates elsewhere. */
function hostsWithTls({ model: { main, hosts, environment } }: LintContext): Host[] {
  if (environment.modules.has('md_module') || environment.foreign.length > 0) return []
  return [main, ...hosts].filter((host) => effective({ main }, host, 'sslengine')?.word.value.toLowerCase() === 'on')
}

/** What counts for a host of a directive that is given once: its own, or else the main server's. */
function effective({ main }: { readonly main: Host }, host: Host, name: string) {
  return lastArgument(host.nodes, name) ?? lastArgument(main.nodes, name)
}

/** The same for one that is given several times. */
function effectiveList({ model: { main } }: LintContext, host: Host, name: string): Argument[] {
  const own = named(host.nodes, name)
  return (own.length > 0 ? own : named(main.nodes, name)).flatMap((node) => {
    const [word] = wordsOf(node)
    return word ? [{ node, word }] : []
  })
}

interface Argument {
  readonly node: ConfigNode
  readonly word: Word
}

interface Pair {
  /** As httpd names it in its log. */
  readonly id: string
  readonly host: Host
  readonly certificate: Argument
  /** The certificate's own file where no key belongs to it. */
  readonly key: Argument
}

/** Certificates with their keys, the first with the first; what several hosts share comes once. */
function* pairs(context: LintContext): Generator<Pair> {
  const seen = new Map<ConfigNode, ConfigNode>()
  for (const host of hostsWithTls(context)) {
    const keys = effectiveList(context, host, 'sslcertificatekeyfile')
    for (const [i, certificate] of effectiveList(context, host, 'sslcertificatefile').entries()) {
      const key = keys[i] ?? certificate
      if (seen.get(certificate.node) === key.node) continue
      seen.set(certificate.node, key.node)
      yield { id: `${hostId(context, host)}:443:${i}`, host, certificate, key }
    }
  }
}

function hostId({ model }: LintContext, host: Host): string {
  return host.serverName?.name ?? model.main.serverName?.name ?? 'this server'
}

/** The text of a PEM file; `undefined` where it is not known, or stands for what could not be decrypted. */
function pem({ model, text }: LintContext, { word }: Argument): string | undefined {
  const found = text(rootRelative(word.value, model.environment))
  return found === undefined || /<encrypted: |PKCS7/.test(found) ? undefined : found
}

const CERTIFICATE = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----[\s\S]*?-----END \1-----/
const KEY = /-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----[\s\S]*?-----END \1-----/

/** The first certificate of a file; `bad` where OpenSSL cannot read one. */
function certificateIn(text: string): X509Certificate | 'bad' {
  const block = CERTIFICATE.exec(text)?.[0]
  if (block === undefined) return 'bad'
  try {
    return new X509Certificate(block)
  } catch {
    return 'bad'
  }
}

/** The first key of a file; `none` where OpenSSL finds none that it can read. */
function keyIn(text: string): KeyObject | 'none' | 'encrypted' {
  const block = KEY.exec(text)?.[0]
  if (block === undefined) return 'none'
  if (/-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(block)) return 'encrypted'
  try {
    return createPrivateKey(block)
  } catch {
    return 'none'
  }
}

function* noCertificate(context: LintContext): Generator<Found> {
  for (const host of hostsWithTls(context)) {
    if (effectiveList(context, host, 'sslcertificatefile').length > 0) continue
    const engine = lastArgument(host.nodes, 'sslengine')
    if (!engine) continue
    yield {
      span: nameSpan(engine.node),
      message: `AH02572: Failed to configure at least one certificate and key for ${hostId(context, host)}: no SSLCertificateFile is set`,
      remedy: 'Add SSLCertificateFile and SSLCertificateKeyFile.',
    }
  }
}

function* badCertificate(context: LintContext): Generator<Found> {
  for (const { id, certificate } of pairs(context)) {
    const text = pem(context, certificate)
    if (text === undefined || certificateIn(text) !== 'bad') continue
    const path = certificate.word.value
    yield {
      span: wordSpan(certificate.node, certificate.word),
      message: `AH02562: Failed to configure certificate ${id} (with chain), check ${path}: ${CERTIFICATE.test(text) ? 'its certificate is damaged' : 'it holds no certificate'}`,
      remedy: KEY.test(text)
        ? 'It holds a private key: name the certificate here, and the key with SSLCertificateKeyFile.'
        : 'Put the certificate into the file, in PEM form.',
    }
  }
}

function* noKey(context: LintContext): Generator<Found> {
  for (const { certificate, key } of pairs(context)) {
    const text = pem(context, key)
    if (text === undefined || keyIn(text) !== 'none') continue
    // That the certificate is none is told already.
    if (key === certificate && certificateIn(text) === 'bad') continue
    const what = KEY.test(text) ? 'the key in it is damaged' : `${key.word.value} holds no key`
    yield {
      span: wordSpan(key.node, key.word),
      message: `AH02579: Init: Private key not found: ${what}${key === certificate ? ', and no SSLCertificateKeyFile is set' : ''}`,
      remedy:
        key === certificate
          ? 'Name the key with SSLCertificateKeyFile.'
          : 'Put the private key into the file, in PEM form.',
    }
  }
}

function* wrongKey(context: LintContext): Generator<Found> {
  for (const { id, certificate, key } of pairs(context)) {
    const [one, other] = [pem(context, certificate), pem(context, key)]
    if (one === undefined || other === undefined) continue
    const [read, secret] = [certificateIn(one), keyIn(other)]
    if (typeof read === 'string' || typeof secret === 'string' || read.checkPrivateKey(secret)) continue
    yield {
      span: wordSpan(key.node, key.word),
      message: `AH02565: Certificate and private key ${id} from ${certificate.word.value} and ${key.word.value} do not match`,
      remedy: 'The first certificate of the file has to be the one that the key was made for.',
      related: [{ message: 'the certificate stands here', span: wordSpan(certificate.node, certificate.word) }],
    }
  }
}

function* encryptedKey(context: LintContext): Generator<Found> {
  const { model, complete } = context
  const dialog = lastArgument(model.main.nodes, 'sslpassphrasedialog')?.word.value ?? 'builtin'
  if (!complete || dialog.toLowerCase() !== 'builtin') return
  for (const { key } of pairs(context)) {
    const text = pem(context, key)
    if (text === undefined || keyIn(text) !== 'encrypted') continue
    yield {
      span: wordSpan(key.node, key.word),
      message: `httpd asks on a terminal for the pass phrase of ${key.word.value}, and does not start where there is none`,
      remedy: 'Name a program that tells the pass phrase with SSLPassPhraseDialog, or keep the key without one.',
    }
  }
}

function* badAuthority(context: LintContext): Generator<Found> {
  const files = [
    ['sslcacertificatefile', CERTIFICATE, 'AH01895: Unable to configure verify locations for client authentication'],
    [
      'sslcarevocationfile',
      /-----BEGIN X509 CRL-----/,
      'unable to configure X.509 CRL storage for certificate revocation',
    ],
  ] as const
  const seen = new Set<ConfigNode>()
  for (const host of hostsWithTls(context))
    for (const [name, wanted, message] of files) {
      const given = effective(context.model, host, name)
      const text = given && pem(context, given)
      if (!given || text === undefined || wanted.test(text) || seen.has(given.node)) continue
      seen.add(given.node)
      const code = name === 'sslcarevocationfile' ? `AH01901: Host ${hostId(context, host)}:443: ` : ''
      yield {
        span: given.span,
        message: `${code}${message}: ${given.word.value} holds none`,
        remedy: `Put ${name === 'sslcarevocationfile' ? 'a revocation list' : 'the certificate of the authority'} into the file, in PEM form.`,
      }
    }
}

const PROTOCOLS = ['tlsv1', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3']

function* noProtocol(context: LintContext): Generator<Found> {
  const seen = new Set<ConfigNode>()
  for (const host of hostsWithTls(context)) {
    const given = effective(context.model, host, 'sslprotocol')
    if (!given || seen.has(given.node)) continue
    seen.add(given.node)
    let left = new Set<string>()
    for (const { value } of wordsOf(given.node)) {
      const name = value.toLowerCase().replace(/^[+-]/, '')
      const meant = name === 'all' ? PROTOCOLS : [name]
      if (value.startsWith('-')) for (const each of meant) left.delete(each)
      else if (value.startsWith('+')) for (const each of meant) left.add(each)
      else left = new Set(meant)
    }
    if (left.size > 0) continue
    yield {
      span: nameSpan(given.node),
      message: 'AH02231: No SSL protocols available [hint: SSLProtocol]',
      remedy: 'Add +TLSv1.2 +TLSv1.3.',
    }
  }
}

function* noStaplingCache(context: LintContext): Generator<Found> {
  const { model, complete } = context
  if (!complete || named(model.main.nodes, 'sslstaplingcache').length > 0) return
  const seen = new Set<ConfigNode>()
  for (const host of hostsWithTls(context)) {
    const given = effective(model, host, 'sslusestapling')
    if (given?.word.value.toLowerCase() !== 'on' || seen.has(given.node)) continue
    seen.add(given.node)
    yield {
      span: nameSpan(given.node),
      message: 'AH01958: SSLStapling: no stapling cache available',
      remedy: 'Add SSLStaplingCache to the main server, such as shmcb:/run/stapling(32768).',
    }
  }
}

function* readable(context: LintContext): Generator<Pair & { readonly read: X509Certificate }> {
  for (const pair of pairs(context)) {
    const text = pem(context, pair.certificate)
    const read = text === undefined ? 'bad' : certificateIn(text)
    if (typeof read !== 'string') yield { ...pair, read }
  }
}

function* expired(context: LintContext): Generator<Found> {
  const now = context.now ?? Date.now()
  for (const { certificate, read } of readable(context)) {
    if (Date.parse(read.validTo) >= now) continue
    yield {
      span: wordSpan(certificate.node, certificate.word),
      message: `the certificate in ${certificate.word.value} expired on ${new Date(read.validTo).toISOString().slice(0, 10)}: httpd serves it, and browsers refuse it`,
      remedy: 'Renew it.',
    }
  }
}

function* otherName(context: LintContext): Generator<Found> {
  for (const { id, host, certificate, read } of readable(context)) {
    const name = host.serverName?.name
    if (
      name === undefined ||
      canonicalAddress(name) !== undefined ||
      read.checkHost(name, { subject: 'always' }) !== undefined
    )
      continue
    yield {
      span: wordSpan(certificate.node, certificate.word),
      message: `AH01909: ${id} server certificate does NOT include an ID which matches the server name`,
      remedy: `Take a certificate for ${name}.`,
      related: host.serverName ? [{ message: 'the name stands here', span: host.serverName.span }] : [],
    }
  }
}
