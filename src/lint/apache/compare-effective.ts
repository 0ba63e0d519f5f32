import type { ConfigNode } from '../../apache/context.ts'
import { hasWildcards } from '../../apache/paths.ts'
import { mergeNodes } from './merge.ts'
import { type Address, type Host, nameOf, type ServerModel, wordsOf } from './server.ts'

/** A difference in what a server does, whatever files and order say it. */
export interface EffectiveChange {
  readonly kind: 'added' | 'removed' | 'changed' | 'order'
  /** From the outside in, such as `VirtualHost shop.example.com *:80`, `Directory /srv/www`; empty for the main server. */
  readonly place: readonly string[]
  /** The directive, with what it is about; for `order`, of the sections whose order decides. */
  readonly name: string
  readonly before?: string
  readonly after?: string
  /** Where the earlier and the later configuration say so; left out for what comes of several directives. */
  readonly said?: { readonly before?: ConfigNode; readonly after?: ConfigNode }
}

interface Place {
  readonly path: readonly string[]
  /** What the merged directives say, by groups within which order decides. */
  readonly groups: ReadonlyMap<string, readonly Statement[]>
  /** Left out for the main server. */
  readonly section?: ConfigNode
}

interface Statement {
  readonly text: string
  readonly node?: ConfigNode
}

interface Summary {
  readonly places: ReadonlyMap<string, Place>
  /** Sections that may apply to the same request, in their order, by the place around them. */
  readonly overlapping: ReadonlyMap<string, readonly string[]>
}

/**
 * How two configurations differ after merging. Empty where one only says in another order, in other files or with other
 * comments what the other one says.
 */
export function compareEffective(before: ServerModel, after: ServerModel): EffectiveChange[] {
  const [old, fresh] = [summarise(before), summarise(after)]
  const changes: EffectiveChange[] = [...compareModules(before.environment.modules, after.environment.modules)]
  const roots = [before, after].map(({ environment }) => environment.serverRoot) as [string, string]
  if (roots[0] !== roots[1])
    changes.push({ kind: 'changed', place: [], name: 'ServerRoot', before: roots[0], after: roots[1] })
  /** Sections that only one of the two has, with whether that is the later one. */
  const sections = new Map<string, boolean>()
  for (const key of new Set([...old.places.keys(), ...fresh.places.keys()])) {
    const [was, is] = [old.places.get(key), fresh.places.get(key)]
    const path = (is ?? was)?.path ?? []
    const whole = wholeSection(path, was ? fresh : old)
    if (whole) {
      if ((is ?? was)?.groups.size) sections.set(JSON.stringify(whole), !was)
      continue
    }
    for (const group of new Set([...(was?.groups.keys() ?? []), ...(is?.groups.keys() ?? [])])) {
      const [theirs, ours] = [was?.groups.get(group), is?.groups.get(group)]
      const [a, b] = [theirs && textOfAll(theirs), ours && textOfAll(ours)]
      if (a === b) continue
      const kind = a === undefined ? 'added' : b === undefined ? 'removed' : 'changed'
      const sides = { ...(a === undefined ? {} : { before: a }), ...(b === undefined ? {} : { after: b }) }
      changes.push({
        kind,
        place: path,
        name: (b ?? a ?? '').split(/\s/, 1)[0] ?? '',
        ...sides,
        ...saidBy(theirs, ours),
      })
    }
  }
  for (const [key, isNew] of sections) {
    const path = JSON.parse(key) as string[]
    const section = (isNew ? fresh : old).places.get(key)?.section
    const side = isNew ? 'after' : 'before'
    changes.push({
      kind: isNew ? 'added' : 'removed',
      place: path.slice(0, -1),
      name: (path.at(-1) ?? '').split(' ', 1)[0] ?? '',
      [side]: path.at(-1) ?? '',
      ...(section ? { said: { [side]: section } } : {}),
    })
  }
  for (const [key, order] of fresh.overlapping) {
    const earlier = old.overlapping.get(key)
    if (!earlier) continue
    const kept = order.filter((label) => earlier.includes(label))
    const was = earlier.filter((label) => order.includes(label))
    if (kept.join('\n') !== was.join('\n'))
      changes.push({
        kind: 'order',
        place: JSON.parse(key) as string[],
        name: kept.find((label, i) => label !== was[i]) ?? '',
        before: was.join('\n'),
        after: kept.join('\n'),
      })
  }
  return changes
}

/** The outermost section of a place that a configuration does not have at all. */
function wholeSection(path: readonly string[], { places }: Summary): readonly string[] | undefined {
  for (let depth = 1; depth <= path.length; depth++) {
    const outer = path.slice(0, depth)
    if (!places.has(JSON.stringify(outer)) && outer[0] !== DEFAULTS) return outer
  }
  return undefined
}

function textOfAll(statements: readonly Statement[]): string {
  return statements.map(({ text }) => text).join('\n')
}

/** The first statement of each side that the other one does not have. */
function saidBy(before: readonly Statement[] = [], after: readonly Statement[] = []): Pick<EffectiveChange, 'said'> {
  const own = (list: readonly Statement[], others: readonly Statement[]) =>
    (list.find(({ text }) => others.every((other) => other.text !== text)) ?? list[0])?.node
  const [was, is] = [own(before, after), own(after, before)]
  return was || is ? { said: { ...(was ? { before: was } : {}), ...(is ? { after: is } : {}) } } : {}
}

/** The name of a place that stands for all addresses with the hosts that answer what no other host does. */
const DEFAULTS = 'default virtual hosts'

function compareModules(before: ReadonlySet<string>, after: ReadonlySet<string>): EffectiveChange[] {
  const gone = [...before].filter((name) => !after.has(name))
  const come = [...after].filter((name) => !before.has(name))
  const text = (name: string) => `LoadModule ${name}`
  return [
    ...gone.map((name) => ({ kind: 'removed', place: [], name: 'LoadModule', before: text(name) }) as const),
    ...come.map((name) => ({ kind: 'added', place: [], name: 'LoadModule', after: text(name) }) as const),
  ]
}

function summarise(model: ServerModel): Summary {
  const places = new Map<string, Place>()
  const overlapping = new Map<string, string[]>()
  const visit = (path: readonly string[], lists: readonly (readonly ConfigNode[])[], section?: ConfigNode): void => {
    const groups = new Map<string, Statement[]>()
    for (const { node, group } of mergeNodes(lists)) {
      const statement = { text: textOf(node), node }
      const list = groups.get(group)
      if (list) list.push(statement)
      else groups.set(group, [statement])
    }
    places.set(JSON.stringify(path), { path, groups, ...(section ? { section } : {}) })
    // Sections of one label are one place.
    const sections = new Map<string, { first: ConfigNode; lists: ConfigNode[][] }>()
    for (const node of lists.flat()) {
      if (!node.name.startsWith('<') || nameOf(node) === '<virtualhost') continue
      const label = labelOf(node)
      const same = sections.get(label)
      if (same) same.lists.push(node.children)
      else sections.set(label, { first: node, lists: [node.children] })
      if (!overlaps(node)) continue
      const key = JSON.stringify([...path, kindOf(node)])
      const order = overlapping.get(key)
      if (!order) overlapping.set(key, [label])
      else if (!order.includes(label)) order.push(label)
    }
    for (const [label, { first, lists: contents }] of sections) visit([...path, label], contents, first)
  }
  visit([], [model.main.nodes])
  const first = new Map<string, string>()
  const seen = new Map<string, number>()
  for (const host of model.hosts) {
    const label = hostLabel(host)
    const count = (seen.get(label) ?? 0) + 1
    seen.set(label, count)
    visit([count === 1 ? label : `${label} (${count})`], [host.nodes], host.node)
    for (const address of host.addresses) if (!first.has(addressText(address))) first.set(addressText(address), label)
  }
  // The first host of an address gets the requests whose name no host has.
  const defaults = [...first].map(([address, label]): [string, Statement[]] => [
    `default ${address}`,
    [{ text: `${address} ${label}` }],
  ])
  places.set(JSON.stringify([DEFAULTS]), { path: [DEFAULTS], groups: new Map(defaults) })
  return { places, overlapping }
}

/** Whether sections of a kind may apply to one request without one being a part of the other. */
function overlaps(node: ConfigNode): boolean {
  const name = nameOf(node)
  const pattern = wordsOf(node)[0]?.value ?? ''
  if (name === '<directory') return pattern === '~' || hasWildcards(pattern)
  return !/^<(?:macro|authn|authz|proxy)/.test(name)
}

function kindOf(node: ConfigNode): string {
  return nameOf(node).replace(/^<|match$/g, '')
}

function textOf(node: ConfigNode): string {
  return [
    node.name,
    ...wordsOf(node).map((word) =>
      /[\s"]/.test(word.value) || word.value === '' ? JSON.stringify(word.value) : word.value,
    ),
  ].join(' ')
}

function labelOf(node: ConfigNode): string {
  return [node.name.slice(1), ...wordsOf(node).map((word) => word.value)].join(' ')
}

function hostLabel({ serverName, addresses }: Host): string {
  const where = addresses.map(addressText).join(' ')
  return `VirtualHost ${serverName ? `${serverName.name} ` : ''}${where}`
}

function addressText({ host, port }: Address): string {
  return port === undefined ? host : `${host}:${port}`
}
