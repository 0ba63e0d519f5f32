import type { ConfigNode } from '../../apache/context.ts'
import { directiveTable } from '../../apache/directive-table.ts'
import { nameOf, wordsOf } from './server.ts'

/**
 * How directives of one name that apply together come to one meaning: the last counts (`last`), the last of each subject
 * counts (`subject`), all count in their order (`all`), or the innermost place that has any counts (`block`).
 */
export interface Merging {
  readonly kind: 'last' | 'subject' | 'all' | 'block' | 'options'
  /** Directives of one group are merged together; of two groups, order decides nothing. */
  readonly group: string
}

/** Directives about things that they name first: a status, a variable, a type. */
const BY_SUBJECT =
  /^(?:errordocument|setenv|expiresbytype|php_(?:admin_)?(?:value|flag)|define|rewritemap|addoutputfilterbytype|authnprovideralias|balancermember)$/
const IN_ORDER: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:alias|aliasmatch|scriptalias|scriptaliasmatch|redirect|redirectmatch|redirectpermanent|redirecttemp)$/,
    'alias',
  ],
  [/^(?:proxypass|proxypassmatch)$/, 'proxypass'],
  [/^(?:setenvif|setenvifnocase|setenvifexpr|browsermatch|browsermatchnocase)$/, 'setenvif'],
  [/^(?:unsetenv|passenv)$/, 'environment'],
]
const BLOCKS: readonly (readonly [RegExp, string])[] = [
  [/^rewrite(?:cond|rule)$/, 'rewrite'],
  [/^require$/, 'require'],
  [/^(?:order|allow|deny)$/, 'allow'],
  [/^(?:customlog|transferlog)$/, 'log'],
]
/** Those of which each one adds a thing, whatever the order. */
const ADDITIVE =
  /^(?:listen|loadmodule|serveralias|add(?:type|handler|encoding|charset|language|icon\w*|alt\w*|description|outputfilter|inputfilter)|sslcertificate(?:key)?file|indexignore|proxypassreverse\w*|directoryindex|extfilterdefine|filter\w+)$/

/** Directives with more than one word that a later one replaces nevertheless. */
const REPLACED =
  /^(?:allowoverride(?:list)?|ssl(?:proxy)?(?:protocol|ciphersuite|options)|auth\w+(?:file|provider)|acceptpathinfo)$/

/** A directive with one argument sets one value; of others it is not known that a later one replaces them. */
function takesOne(name: string): boolean {
  const kind = directiveTable().directives.get(name)?.[0]?.args
  return kind === 'TAKE1' || kind === 'FLAG'
}

function mergingOf(node: ConfigNode): Merging {
  const name = nameOf(node)
  if (name === 'options') return { kind: 'options', group: 'options' }
  const block = BLOCKS.find(([pattern]) => pattern.test(name))
  if (block) return { kind: 'block', group: block[1] }
  const list = IN_ORDER.find(([pattern]) => pattern.test(name))
  if (list) return { kind: 'all', group: list[1] }
  if (name === 'header' || name === 'requestheader') return { kind: 'all', group: `${name} ${headerOf(node)}` }
  if (ADDITIVE.test(name)) return { kind: 'all', group: `${name} ${node.args}` }
  const words = wordsOf(node)
  if (name === 'logformat') return { kind: 'subject', group: `${name} ${words[1]?.value ?? ''}` }
  if (BY_SUBJECT.test(name)) return { kind: 'subject', group: `${name} ${words[0]?.value ?? ''}` }
  return { kind: REPLACED.test(name) || takesOne(name) ? 'last' : 'all', group: name }
}

/** Which header a Header directive is about. */
function headerOf(node: ConfigNode): string {
  const words = wordsOf(node).map((word) => word.value.toLowerCase())
  const at = words[0] === 'always' || words[0] === 'onsuccess' || words[0] === 'early' ? 2 : 1
  return words[at] ?? ''
}

/** A directive that counts, with those that it replaces. */
export interface Effective {
  readonly node: ConfigNode
  readonly group: string
  readonly replaces: readonly ConfigNode[]
}

/** What several places that apply one after the other come to. */
export function mergeNodes(places: readonly (readonly ConfigNode[])[]): Effective[] {
  const groups = new Map<string, Effective[]>()
  for (const nodes of places) {
    const own = new Map<string, Effective[]>()
    for (const node of nodes) {
      if (node.name.startsWith('<')) continue
      const { kind, group } = mergingOf(node)
      const inPlace = own.get(group)
      const before = groups.get(group) ?? []
      const replaced = (list: readonly Effective[]) => list.flatMap((each) => [each.node, ...each.replaces])
      if (kind === 'block') {
        if (inPlace) inPlace.push({ node, group, replaces: [] })
        else own.set(group, [{ node, group, replaces: replaced(before) }])
      } else if (kind === 'all' || (kind === 'options' && isRelative(node))) {
        if (inPlace) inPlace.push({ node, group, replaces: [] })
        else own.set(group, [...before, { node, group, replaces: [] }])
      } else own.set(group, [{ node, group, replaces: replaced(inPlace ?? before) }])
    }
    for (const [group, list] of own) {
      // Groups come in the order of what was said last.
      groups.delete(group)
      groups.set(group, list)
    }
  }
  return [...groups.values()].flat()
}

/** `Options +X -Y` changes what was said before; without signs it replaces that. */
function isRelative(node: ConfigNode): boolean {
  return /^\s*[+-]/.test(node.args)
}

/** The options that are on after all of these, in lower case; undefined where nothing is said. */
export function optionsOf(effective: readonly Effective[]): ReadonlySet<string> | undefined {
  let options: Set<string> | undefined
  for (const { node, group } of effective) {
    if (group !== 'options') continue
    if (!isRelative(node)) options = new Set()
    options ??= new Set(['followsymlinks'])
    for (const { value } of wordsOf(node)) {
      const name = value.replace(/^[+-]/, '').toLowerCase()
      if (name === 'none') options.clear()
      else if (name === 'all')
        for (const each of ['indexes', 'includes', 'followsymlinks', 'execcgi']) options.add(each)
      else if (value.startsWith('-')) options.delete(name)
      else options.add(name)
    }
  }
  return options
}
