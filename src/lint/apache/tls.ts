import type { Found, LintContext, ServerLint } from './rule.ts'
import { everywhere, wordSpan, wordsOf } from './server.ts'

/** TLS that protects less than it seems. */
export const TLS_LINTS: readonly ServerLint[] = [
  {
    code: 'weak-protocol',
    why: 'SSLv3, TLS 1.0 and TLS 1.1 are broken and withdrawn.',
    severity: 'warning',
    scope: 'part',
    find: protocols,
  },
  {
    code: 'weak-cipher',
    why: 'The cipher string lets in ciphers that protect nothing any more, or connections without authentication.',
    severity: 'warning',
    scope: 'part',
    find: ciphers,
  },
]

/** `all` stays unsaid: what it means is up to OpenSSL, which has given up the old protocols itself. */
function* protocols({ model }: LintContext): Generator<Found> {
  for (const node of everywhere(model, 'sslprotocol', 'sslproxyprotocol')) {
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
  for (const node of everywhere(model, 'sslciphersuite', 'sslproxyciphersuite')) {
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
