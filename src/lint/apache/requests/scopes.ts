import type { ConfigNode } from '../../../apache/context.ts'
import { hasWildcards } from '../../../apache/paths.ts'
import { allNodes, directoryPath, everywhere, isWithin, nameOf, wordsOf } from '../server.ts'
import type { RequestContext } from './rule.ts'

/** Sections that limit a place to a part of what it is for, and not to other requests. */
const INNER = /^<(?:limit|limitexcept|require(?:any|all|none))$/

/** The sections around a directive that choose requests, the innermost first. */
function chooses(node: ConfigNode): ConfigNode[] {
  const found: ConfigNode[] = []
  for (let at = node.parent; at; at = at.parent) if (!INNER.test(nameOf(at))) found.push(at)
  return found
}

const LOGIN = /^(?:auth|satisfy)/

/** The virtual host that a directive stands in. */
export function hostAround(node: ConfigNode): ConfigNode | undefined {
  return chooses(node).find((section) => nameOf(section) === '<virtualhost')
}

interface Index {
  /** By the section that they stand in. */
  readonly here: ReadonlyMap<ConfigNode | undefined, readonly ConfigNode[]>
  /** By the virtual host that they stand in. */
  readonly host: ReadonlyMap<ConfigNode | undefined, readonly ConfigNode[]>
}

const indexes = new WeakMap<RequestContext, ReadonlyMap<string, Index>>()

/** The directives about logging in, by their names. */
function indexOf(context: RequestContext, name: string): Index | undefined {
  let index = indexes.get(context)
  if (!index) {
    index = makeIndex(context)
    indexes.set(context, index)
  }
  return index.get(name)
}

function makeIndex({ model, around = [] }: RequestContext): ReadonlyMap<string, Index> {
  const index = new Map<
    string,
    { here: Map<ConfigNode | undefined, ConfigNode[]>; host: Map<ConfigNode | undefined, ConfigNode[]> }
  >()
  const add = (nodes: Iterable<ConfigNode>, hostOf: (node: ConfigNode) => ConfigNode | undefined) => {
    for (const node of nodes) {
      const name = nameOf(node)
      if (!LOGIN.test(name)) continue
      let found = index.get(name)
      if (!found) {
        found = { here: new Map(), host: new Map() }
        index.set(name, found)
      }
      put(found.here, node.parent, node)
      put(found.host, hostOf(node), node)
    }
  }
  const about = [...model.index.nodes.keys()].filter((name) => LOGIN.test(name))
  add(everywhere(model, ...about), hostAround)
  for (const nodes of around) add(allNodes(nodes), () => undefined)
  return index
}

function put(map: Map<ConfigNode | undefined, ConfigNode[]>, key: ConfigNode | undefined, node: ConfigNode): void {
  const list = map.get(key)
  if (list) list.push(node)
  else map.set(key, [node])
}

/** The last directive of a name in the same place as another one, or in the nearest section around it that has any. */
export function saidHere(context: RequestContext, at: ConfigNode, name: string): ConfigNode | undefined {
  const here = indexOf(context, name)?.here
  for (let section = at.parent; ; section = section.parent) {
    const found = here?.get(section)?.at(-1)
    if (found || !section) return found
  }
}

/** The directives of a name that apply, or that may apply, where another one does. */
export function said(context: RequestContext, at: ConfigNode, name: string): ConfigNode[] {
  const hosts = indexOf(context, name)?.host
  if (!hosts) return []
  const own = hostAround(at)
  const candidates = [...(hosts.get(undefined) ?? []), ...((own && hosts.get(own)) ?? [])]
  return candidates.filter((node) => mayApply(node, at))
}

/** Whether a directive of that name applies, or may apply, where another one does. */
export function isSaid(context: RequestContext, at: ConfigNode, name: string): boolean {
  return saidHere(context, at, name) !== undefined || said(context, at, name).length > 0
}

function mayApply(node: ConfigNode, at: ConfigNode): boolean {
  const here = chooses(at)
  return chooses(node).every((section) => {
    if (here.includes(section)) return true
    const path = plainPath(section)
    return (
      path === undefined ||
      here.every((each) => {
        const other = nameOf(each) === nameOf(section) ? plainPath(each) : undefined
        return other === undefined || isWithin(other, path)
      })
    )
  })
}

/** The path of a `<Directory>` or `<Location>` without wildcards. */
function plainPath(section: ConfigNode): string | undefined {
  if (!/^<(?:directory|location)$/.test(nameOf(section))) return undefined
  const path = wordsOf(section)[0]?.value
  return path === undefined || path === '~' || hasWildcards(path) ? undefined : directoryPath(path)
}
