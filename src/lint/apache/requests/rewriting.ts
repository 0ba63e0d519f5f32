import type { ConfigNode } from '../../../apache/context.ts'
import type { Word } from '../../../apache/words.ts'
import { mergeNodes, optionsOf } from '../merge.ts'
import { levelsWith, named, nameOf, nameSpan, wordSpan, wordsOf } from '../server.ts'
import type { RequestContext, RequestFound, RequestLint } from './rule.ts'

/** Rewriting that httpd gives up. */
export const REWRITING_LINTS: readonly RequestLint[] = [
  {
    code: 'rewriting-forbidden',
    why: 'In `.htaccess` files and directories, rewriting needs `FollowSymLinks` or `SymLinksIfOwnerMatch`; without, httpd answers with 403.',
    scope: 'part',
    find: forbidden,
  },
  {
    code: 'rewrite-loop',
    why: 'In `.htaccess` files and directories httpd starts again with the result of a rule; one that takes its own result ends in 500.',
    scope: 'part',
    find: loops,
  },
  {
    code: 'rewrite-rounds',
    why: 'The flag `N` starts again with the first rule; a rule that always applies ends in 500.',
    scope: 'part',
    find: rounds,
  },
]

interface Rule {
  readonly node: ConfigNode
  readonly conditional: boolean
  readonly pattern: RegExp
  readonly negated: boolean
  readonly target: Word
  readonly flags: ReadonlySet<string>
}

/** Places whose rules httpd applies to files, with their directives. */
function* directories({ model, htaccess }: RequestContext) {
  for (const { nodes, section } of levelsWith(model, 'rewriterule'))
    if (section ? /^<directory(?:match)?$/.test(nameOf(section)) : htaccess) yield { nodes }
}

function isOn(nodes: readonly ConfigNode[]): ConfigNode | undefined {
  const engine = named(nodes, 'rewriteengine').at(-1)
  return engine && wordsOf(engine)[0]?.value.toLowerCase() === 'on' ? engine : undefined
}

/** In a directory httpd rewrites nothing, and refuses everything, where symbolic links are not to be followed. */
function* forbidden(context: RequestContext): Generator<RequestFound> {
  for (const { nodes, section } of levelsWith(context.model, 'rewriteengine')) {
    const isPlace = section
      ? /^<(?:directory|directorymatch|location|locationmatch)$/.test(nameOf(section))
      : context.htaccess
    const engine = isPlace ? isOn(nodes) : undefined
    if (!engine) continue
    const own = named(nodes, 'options')
    const before = section ? [] : (context.around ?? [])
    const options = optionsOf(mergeNodes([...before, nodes]))
    if (own.length === 0 && before.length === 0) continue
    if (!options || options.has('followsymlinks') || options.has('symlinksifownermatch')) continue
    const last = own.at(-1)
    yield {
      span: nameSpan(engine),
      message:
        'Options FollowSymLinks and SymLinksIfOwnerMatch are both off, so the RewriteRule directive is also forbidden (AH00670, status 403)',
      remedy: 'Say Options +FollowSymLinks or +SymLinksIfOwnerMatch.',
      ...(last ? { related: [{ message: 'these options are said here', span: nameSpan(last) }] } : {}),
    }
  }
}

/** `undefined` for an expression that JavaScript does not know. */
function rulesOf(nodes: readonly ConfigNode[]): (Rule | undefined)[] {
  const rules: (Rule | undefined)[] = []
  let conditional = false
  for (const node of nodes) {
    if (nameOf(node) === 'rewritecond') conditional = true
    if (nameOf(node) !== 'rewriterule') continue
    const [pattern, target, last] = wordsOf(node)
    const flags = flagsOf(last?.value ?? '')
    const negated = pattern?.value.startsWith('!') === true
    try {
      const regex = new RegExp(pattern?.value.replace(/^!/, '') ?? '', flags.has('NC') ? 'i' : '')
      rules.push(target && { node, conditional, pattern: regex, negated, target, flags })
    } catch {
      rules.push(undefined)
    }
    conditional = false
  }
  return rules
}

const SHORT: Readonly<Record<string, string>> = {
  LAST: 'L',
  FORBIDDEN: 'F',
  GONE: 'G',
  REDIRECT: 'R',
  CHAIN: 'C',
  SKIP: 'S',
  PROXY: 'P',
  NEXT: 'N',
  NOCASE: 'NC',
  PASSTHROUGH: 'PT',
  NOSUBREQ: 'NS',
}

/** Names without values, long ones shortened. */
function flagsOf(text: string): ReadonlySet<string> {
  const names = text
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((flag) => flag.trim().replace(/=.*/, '').toUpperCase())
  return new Set(names.map((name) => SHORT[name] ?? name))
}

/** One of each kind that patterns tell apart. */
const SAMPLES = ['page', 'index.html', 'a/b', 'style.css']
/** Those of httpd's LimitInternalRecursion. */
const MOST_REDIRECTS = 10

function* loops(context: RequestContext): Generator<RequestFound> {
  for (const { nodes } of directories(context)) {
    if (!isOn(nodes)) continue
    const base = named(nodes, 'rewritebase')[0]
    if (base && wordsOf(base)[0]?.value !== '/') continue
    const rules = rulesOf(nodes)
    for (const sample of SAMPLES) {
      const endless = endlessRule(rules, sample)
      if (!endless) continue
      yield {
        span: wordSpan(endless.node, endless.target),
        message: `the rule rewrites what it has written, /${sample} for one: Request exceeded the limit of ${MOST_REDIRECTS} internal redirects due to probable configuration error (AH00124, status 500)`,
        remedy: 'Use the flag END, or a RewriteCond that leaves alone what has been rewritten.',
      }
      break
    }
  }
}

/** The rule that still rewrites a path after all the internal redirects that httpd allows. */
function endlessRule(rules: readonly (Rule | undefined)[], sample: string): Rule | undefined {
  let path = sample
  let last: Rule | undefined
  for (let redirect = 0; redirect <= MOST_REDIRECTS; redirect++) {
    const round = rewrite(rules, path)
    if (!round || round.path === path) return undefined
    path = round.path
    last = round.rule
  }
  return last
}

/** One round of the rules; `undefined` where that ends the rewriting, or where more than the path decides. */
function rewrite(
  rules: readonly (Rule | undefined)[],
  start: string,
): { readonly path: string; readonly rule: Rule | undefined } | undefined {
  let path = start
  let by: Rule | undefined
  for (const rule of rules) {
    if (!rule) return undefined
    const { flags, target, negated } = rule
    if (flags.has('C') || flags.has('S') || flags.has('N')) return undefined
    const match = rule.pattern.exec(path)
    if (negated === (match !== null)) continue
    if (rule.conditional) return undefined
    if (['END', 'R', 'F', 'G', 'P'].some((flag) => flags.has(flag))) return undefined
    if (target.value !== '-') {
      const next = substituted(target.value, match)
      if (next === undefined) return undefined
      path = next
      by = rule
    }
    if (flags.has('L') || flags.has('PT')) break
  }
  return { path, rule: by }
}

/**
 * The path of the directory that a rule leads to; `undefined` where it leads elsewhere: to another server, to an absolute
 * path, or into a directory below, which may have rules of its own.
 */
function substituted(target: string, match: RegExpExecArray | null): string | undefined {
  const [path = ''] = target.split('?', 1)
  if (/[%\\]|\$\{|^\/|^[a-z][a-z0-9+.-]*:|^[^$/]+\//i.test(path)) return undefined
  return path.replace(/\$(\d)/g, (_, group: string) => match?.[Number(group)] ?? '')
}

/** The flag N starts again with the first rule, up to a limit (httpd documentation, "RewriteRule Flags: N|next"). */
function* rounds({ model }: RequestContext): Generator<RequestFound> {
  for (const { nodes } of levelsWith(model, 'rewriteengine')) {
    if (!isOn(nodes)) continue
    const [first, ...others] = rulesOf(nodes)
    if (!first?.flags.has('N') || first.conditional || first.negated) continue
    if (others.some((rule) => rule?.flags.has('N') === false)) continue
    let path: string | undefined = 'page'
    for (let round = 0; round < 40 && path !== undefined; round++) {
      const match: RegExpExecArray | null = first.pattern.exec(path)
      path = match ? (first.target.value === '-' ? path : substituted(first.target.value, match)) : undefined
    }
    if (path === undefined) continue
    yield {
      span: nameSpan(first.node),
      message:
        'the flag N starts again with this rule, which always applies: exceeded maximum number of rounds via the [N] flag (AH02596, status 500)',
      remedy: 'Use N only where each round takes something away that the pattern needs.',
    }
  }
}
