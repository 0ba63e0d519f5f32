import { rootRelative } from '../../apache/paths.ts'
import type { Found, LintContext, ServerLint } from './rule.ts'
import { allNodes, type Host, lastArgument, named, nameOf, nameSpan, wordSpan, wordsOf } from './server.ts'

/** TLS that is weak, or that keeps httpd from starting. */
export const TLS_LINTS: readonly ServerLint[] = [
  { code: 'weak-protocol', severity: 'warning', scope: 'part', find: protocols },
  { code: 'weak-cipher', severity: 'warning', scope: 'part', find: ciphers },
  { code: 'no-certificate', severity: 'error', scope: 'server', find: noCertificate },
  { code: 'certificate-without-key', severity: 'error', scope: 'server', find: noKey },
]

/** `all` stays unsaid: what it means is up to OpenSSL, which has given up the old protocols itself. */
function* protocols({ model }: LintContext): Generator<Found> {
  for (const node of everyNode(model)) {
    if (!/^ssl(?:proxy)?protocol$/.test(nameOf(node))) continue
    for (const word of wordsOf(node)) {
      const name = word.value.replace(/^\+/, '')
      if (/^(?:sslv3|tlsv1(?:\.1)?)$/i.test(name))
        yield {
          span: wordSpan(node, word),
          message: `${name} is broken and was withdrawn (RFC ${/^sslv3$/i.test(name) ? '7568' : '8996'})`,
          remedy: 'Use TLSv1.2 and TLSv1.3.',
        }
    }
  }
}

/** What OpenSSL's cipher strings call ciphers that protect nothing, or no more. */
const WEAK =
  /^(?:(?:e|a)?null|adh|aecdh|anon|exp(?:ort)?(?:40|56)?|low|des|3des|rc2|rc4|idea|seed|md5|.*(?:rc4|-des-|des-cbc|null|exp-|-md5).*)$/i

function* ciphers({ model }: LintContext): Generator<Found> {
  for (const node of everyNode(model)) {
    if (!/^ssl(?:proxy)?ciphersuite$/.test(nameOf(node))) continue
    const word = wordsOf(node).at(-1)
    if (!word) continue
    const tokens = word.value.split(/[:, ]+/).filter((token) => token !== '')
    const excluded = new Set(tokens.flatMap((token) => (token.startsWith('!') ? [token.slice(1).toLowerCase()] : [])))
    const weak = tokens.filter(
      (token) => !/^[!+-]/.test(token) && !excluded.has(token.toLowerCase()) && !isExcluded(token, excluded),
    )
    const bad = weak.find((token) => WEAK.test(token))
    if (bad !== undefined)
      yield {
        span: wordSpan(node, word),
        message: `the cipher string lets in ${bad}, which is broken`,
        remedy: `Take ${bad} out, or exclude it with !${bad}.`,
      }
    else if (
      tokens.some((token) => /^(?:all|complementofdefault)$/i.test(token)) &&
      !excluded.has('anull') &&
      !excluded.has('adh')
    )
      yield {
        span: wordSpan(node, word),
        message: 'the cipher string lets in ciphers without authentication',
        remedy: 'Add !aNULL.',
      }
  }
}

/** `RC4+RSA` goes with `!RC4`. */
function isExcluded(token: string, excluded: ReadonlySet<string>): boolean {
  return token
    .toLowerCase()
    .split(/[+-]/)
    .some((part) => excluded.has(part))
}

function* everyNode(model: LintContext['model']) {
  yield* allNodes(model.main.nodes)
  for (const host of model.hosts) yield* allNodes(host.nodes)
}

function* hostsWithTls({ model }: LintContext): Generator<{ host: Host; both: readonly Host[] }> {
  const { main, hosts } = model
  // mod_md and mod_gnutls get their certificates elsewhere.
  if (model.environment.modules.has('md_module') || model.environment.foreign.length > 0) return
  for (const host of [main, ...hosts]) {
    const both = host === main ? [main] : [main, host]
    const engine = lastArgument(host.nodes, 'sslengine') ?? lastArgument(main.nodes, 'sslengine')
    if (engine?.word.value.toLowerCase() === 'on') yield { host, both }
  }
}

function* noCertificate(context: LintContext): Generator<Found> {
  for (const { host, both } of hostsWithTls(context)) {
    if (both.some(({ nodes }) => named(nodes, 'sslcertificatefile').length > 0)) continue
    const engine = lastArgument(host.nodes, 'sslengine')
    if (!engine) continue
    const name = host.serverName?.name ?? context.model.main.serverName?.name ?? 'this server'
    yield {
      span: nameSpan(engine.node),
      message: `AH02572: Failed to configure at least one certificate and key for ${name}: no SSLCertificateFile is set`,
      remedy: 'Add SSLCertificateFile and SSLCertificateKeyFile.',
    }
  }
}

function* noKey(context: LintContext): Generator<Found> {
  for (const { host, both } of hostsWithTls(context)) {
    if (both.some(({ nodes }) => named(nodes, 'sslcertificatekeyfile').length > 0)) continue
    for (const node of named(host.nodes, 'sslcertificatefile')) {
      const [word] = wordsOf(node)
      const text = word && context.text(rootRelative(word.value, context.model.environment))
      if (!word || !text?.includes('-----BEGIN CERTIFICATE-----') || text.includes('PRIVATE KEY-----')) continue
      yield {
        span: wordSpan(node, word),
        message: `AH02579: Init: Private key not found: ${word.value} holds no key, and no SSLCertificateKeyFile is set`,
        remedy: 'Name the key with SSLCertificateKeyFile.',
      }
    }
  }
}
