import type { ConfigNode } from '../../apache/context.ts'
import type { Word } from '../../apache/words.ts'
import { redirectOf } from './redirect.ts'
import { matches } from './regex-match.ts'
import type { Found, LintContext, ServerLint } from './rule.ts'
import { everywhere, type Host, lastArgument, levelsWith, nameOf, nameSpan, wordSpan, wordsOf } from './server.ts'

/** Rewriting and redirecting. */
export const REWRITE_LINTS: readonly ServerLint[] = [
  {
    code: 'dangling-condition',
    why: 'A `RewriteCond` belongs to the `RewriteRule` behind it; without one it decides nothing.',
    severity: 'warning',
    scope: 'part',
    find: dangling,
  },
  {
    code: 'unreachable-rule',
    why: 'A rule that takes every request and ends the round leaves nothing to the rules behind it.',
    severity: 'warning',
    scope: 'part',
    find: unreachable,
  },
  {
    code: 'redirect-loop',
    why: 'A redirect that leads to where it applies again makes browsers give up.',
    severity: 'warning',
    scope: 'part',
    find: loops,
  },
  {
    code: 'unescaped-dot',
    why: 'In a regular expression a dot stands for any character, so that other names match as well.',
    severity: 'warning',
    scope: 'part',
    find: unescapedDots,
  },
]

interface Rule {
  readonly node: ConfigNode
  readonly conditions: readonly ConfigNode[]
  readonly pattern: Word
  readonly target: Word
  readonly flags: ReadonlySet<string>
}

/** The rules of a level with the conditions in front of each, and conditions without a rule. */
function rulesOf(nodes: readonly ConfigNode[]): { rules: Rule[]; rest: ConfigNode[] } {
  const rules: Rule[] = []
  let conditions: ConfigNode[] = []
  for (const node of nodes) {
    const name = nameOf(node)
    if (name === 'rewritecond') conditions.push(node)
    if (name !== 'rewriterule') continue
    const [pattern, target, flags] = wordsOf(node)
    if (pattern && target) rules.push({ node, conditions, pattern, target, flags: flagsOf(flags?.value ?? '') })
    conditions = []
  }
  return { rules, rest: conditions }
}

const LONG: Readonly<Record<string, string>> = {
  last: 'L',
  forbidden: 'F',
  gone: 'G',
  redirect: 'R',
  chain: 'C',
  skip: 'S',
  proxy: 'P',
  next: 'N',
}

/** The names of flags, long ones shortened, without their values; `R=404` also gives `R=404`. */
function flagsOf(text: string): Set<string> {
  const flags = new Set<string>()
  for (const flag of text.replace(/^\[|\]$/g, '').split(',')) {
    const [name = '', value] = flag.trim().split('=')
    const short = LONG[name.toLowerCase()] ?? name.toUpperCase()
    flags.add(short)
    if (value !== undefined) flags.add(`${short}=${value}`)
  }
  return flags
}

function* dangling({ model, whole, htaccess }: LintContext): Generator<Found> {
  for (const { nodes, section } of levelsWith(model, 'rewritecond')) {
    const { rules, rest } = rulesOf(nodes)
    // A file of conditions alone is included in front of the rule that they are for.
    if (!whole && !htaccess && !section && rules.length === 0) continue
    const [first] = rest
    if (first)
      yield {
        span: nameSpan(first),
        message: 'no RewriteRule follows this RewriteCond, so it decides nothing',
        remedy: 'Put it in front of the RewriteRule that it is meant for.',
      }
  }
}

const EVERYTHING = new Set(['^', '.*', '^.*', '.*$', '^.*$', '(.*)', '^(.*)', '(.*)$', '^(.*)$', '.?', '^/?(.*)$'])

/** A rule that takes every request and ends the round leaves nothing to those behind it. */
function* unreachable({ model }: LintContext): Generator<Found> {
  for (const { nodes } of levelsWith(model, 'rewriterule')) {
    const { rules } = rulesOf(nodes)
    // Rules that jump, or that depend on the one before, may pass by the rule in question.
    if (rules.some(({ flags }) => flags.has('S') || flags.has('C'))) continue
    const at = rules.findIndex(
      ({ conditions, pattern, flags }) =>
        conditions.length === 0 &&
        EVERYTHING.has(pattern.value) &&
        ['L', 'F', 'G', 'END', 'P'].some((flag) => flags.has(flag)),
    )
    const [taker, next] = [rules[at], rules[at + 1]]
    if (at < 0 || !taker || !next) continue
    yield {
      span: nameSpan(next.conditions[0] ?? next.node),
      message: 'an earlier RewriteRule takes every request, so this one never applies',
      related: [{ message: 'this rule takes them', span: nameSpan(taker.node) }],
      remedy: 'Put it in front of that rule, or give that rule a condition.',
    }
  }
}

function* loops({ model, htaccess }: LintContext): Generator<Found> {
  for (const host of [model.main, ...model.hosts])
    for (const node of host.nodes) {
      const found = redirectLoop(node, host)
      if (found) yield found
    }
  for (const host of htaccess ? [] : [model.main, ...model.hosts])
    for (const rule of rulesOf(host.nodes).rules) {
      const found = ruleLoop(rule, host)
      if (found) yield found
    }
}

function redirectLoop(node: ConfigNode, host: Host): Found | undefined {
  const redirect = redirectOf(node)
  if (!redirect) return undefined
  const { from, to } = redirect
  const path = pathOnHost(to.value, host)
  if (path === undefined) return undefined
  const again =
    nameOf(node) === 'redirectmatch' ? matches(from.value, withSamples(path)) : startsWithPath(path, from.value)
  if (!again) return undefined
  return {
    span: wordSpan(node, to),
    message: `the redirect leads to ${to.value}, which it redirects again`,
    remedy: 'Browsers give up after some rounds: lead to a path that the redirect leaves alone.',
  }
}

/** `Redirect` takes a path and all below it. */
function startsWithPath(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return false
  return path.length === prefix.length || prefix.endsWith('/') || path[prefix.length] === '/'
}

function ruleLoop({ node, conditions, pattern, target, flags }: Rule, host: Host): Found | undefined {
  const redirects = flags.has('R') || /^https?:\/\//i.test(target.value)
  if (!redirects || conditions.length > 0 || flags.has('C') || pattern.value.startsWith('!')) return undefined
  if ([...flags].some((flag) => /^R=(?!3|permanent|temp|seeother)/i.test(flag))) return undefined
  if (flags.has('P') || /%\{/.test(target.value)) return undefined
  const path = pathOnHost(target.value, host)
  if (path === undefined || !matches(pattern.value, withSamples(path), flags.has('NC') ? 'i' : '')) return undefined
  return {
    span: wordSpan(node, target),
    message: `the rule redirects to ${target.value}, which it redirects again`,
    remedy: 'Browsers give up after some rounds: add a RewriteCond that leaves the new address alone.',
  }
}

/** The path of a target that the same host answers; `undefined` where it is another's, or where that is not known. */
function pathOnHost(target: string, host: Host): string | undefined {
  if (target.startsWith('/')) return target
  const [, scheme = '', name = '', port, path = '/'] =
    /^(https?):\/\/([^/:?#]+)(?::(\d+))?([/?#].*)?$/i.exec(target) ?? []
  if (name === '') return undefined
  const names = [...(host.serverName ? [host.serverName] : []), ...host.aliases].map((each) => each.name)
  if (!names.includes(name.toLowerCase())) return undefined
  const isTls = lastArgument(host.nodes, 'sslengine')?.word.value.toLowerCase() === 'on'
  if ((scheme.toLowerCase() === 'https') !== isTls) return undefined
  const wanted = port === undefined ? (isTls ? 443 : 80) : Number(port)
  const isOurs = host.addresses.every((address) => address.port === undefined || address.port === wanted)
  return isOurs && host.addresses.length > 0 ? path : undefined
}

/** What stands for text out of the request gets a word that no pattern of single characters expects. */
function withSamples(path: string): string {
  return path.replace(/[$%]\d/g, 'x1-y').replace(/[?#].*$/, '')
}

const HOST_VARIABLE = /^%\{(?:HTTP_HOST|SERVER_NAME|HTTP:Host)\}$/i

function* unescapedDots({ model }: LintContext): Generator<Found> {
  for (const node of everywhere(model, 'rewritecond')) {
    const [subject, pattern] = wordsOf(node)
    if (!subject || !pattern || !HOST_VARIABLE.test(subject.value) || /^!?[=<>-]/.test(pattern.value)) continue
    const span = wordSpan(node, pattern)
    const escaped = escapeDots(pattern.value)
    if (escaped === pattern.value) continue
    const written = span.file.text.slice(span.start, span.end)
    const fix = { description: `Write ${escapeDots(written)}.`, span, replacement: escapeDots(written) }
    yield {
      span,
      message: `the dots of ${pattern.value} stand for any character, so other host names match as well`,
      fix,
    }
  }
}

/** Puts a backslash in front of dots that stand between the parts of a host name. */
function escapeDots(pattern: string): string {
  let result = ''
  let inClass = false
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string
    if (char === '\\') {
      result += char + (pattern[++i] ?? '')
      continue
    }
    if (char === '[') inClass = true
    else if (char === ']') inClass = false
    const between = /[a-z0-9)]/i.test(pattern[i - 1] ?? '') && /[a-z0-9]/i.test(pattern[i + 1] ?? '')
    result += char === '.' && !inClass && between ? '\\.' : char
  }
  return result
}
