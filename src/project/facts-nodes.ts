import { join, resolve } from 'node:path'
import { trustedFacts } from '../compiler/top-scope.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { below, diskFiles, type Files } from '../source/files.ts'
import { type SourceFile, type Span, sourceFile } from '../source/source-file.ts'
import { suggest } from '../source/suggest.ts'
import { boolean, type HashValue, hashGet, string, type Value, withOrigin } from '../value/value.ts'
import { sampleFacts, sampleNames } from './facts/sample-facts.ts'
import { type FactOverride, overrideFacts } from './facts-overrides.ts'
import { factsFromJson, type NodeFacts, readFacts } from './read-facts.ts'

/** Where the nodes of a control repo and their facts come from. */
export interface FactSources {
  /** The environment's directory. */
  readonly directory: string
  /** A file, a directory (absolute, or relative to the environment), or the name of a sample set. */
  readonly asked: string | undefined
  /** The nodes that get sample facts; one of the sample's own name where left out. */
  readonly names?: readonly string[] | undefined
  readonly overrides?: readonly FactOverride[] | undefined
  /** The environment's files in the state that is opened; the disk where left out, or where they hold no facts. */
  readonly files?: Files | undefined
  /** Nodes of another state; one whose file says the same there is taken from here. */
  readonly known?: readonly NodeFacts[] | undefined
}

const noFacts = define('error', 'project/no-facts', (path: string) => `no facts at '${path}'`)
const noNodes = define('error', 'project/no-nodes', () => 'no node is known: there are no facts')
const sameNode = define(
  'error',
  'project/node-twice',
  (name: string, first: string) => `the node '${name}' has facts already, in ${first}`,
)

/** The nodes, sorted by name; what cannot be read comes as diagnostics. */
export function loadNodes(sources: FactSources, diagnostics: Diagnostic[]): NodeFacts[] {
  const { known = [], overrides } = sources
  const nodes = readNodes(sources, diagnostics).map((node) =>
    overrides && !known.includes(node) ? overrideFacts(node, overrides) : node,
  )
  return nodes.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readNodes(sources: FactSources, diagnostics: Diagnostic[]): NodeFacts[] {
  const { directory, asked, names } = sources
  const path = resolve(directory, asked ?? 'facts')
  const inside = shown(path, directory)
  const own = inside !== path && sources.files?.kind(inside) !== undefined ? sources.files : undefined
  const files = own ? below(own, inside) : diskFiles(path)
  const kind = files.kind('')
  if (kind === undefined) {
    const samples = asked === undefined ? [] : sampleNodes(asked, names)
    if (samples.length === 0) diagnostics.push(missing(path, directory, asked))
    return samples
  }
  const known = new Map<string | undefined, NodeFacts[]>()
  for (const node of sources.known ?? []) {
    const path = factsFile(node)?.path
    known.set(path, [...(known.get(path) ?? []), node])
  }
  const nodes = new Map<string, NodeFacts>()
  const places = new Map<string, string>()
  const add = (file: string, text: string, fallback: Parameters<typeof readFacts>[1]): void => {
    const same = known.get(file)
    const isSame = same !== undefined && same[0] !== undefined && factsFile(same[0])?.text === text
    const read = isSame ? { nodes: same, diagnostics: [] } : readFacts(sourceFile(file, text), fallback)
    diagnostics.push(...read.diagnostics)
    for (const node of read.nodes) {
      const first = places.get(node.name)
      if (first !== undefined) diagnostics.push(sameNode([node.name, first], placeOf(node)))
      else {
        places.set(node.name, file)
        nodes.set(node.name, isSame ? node : withLocalFacts(withWholeTrust(node)))
      }
    }
  }
  if (kind === 'directory') {
    for (const name of files.list('') ?? [])
      if (/\.(json|ya?ml)$/.test(name) && files.kind(name) === 'file')
        add(shown(join(path, name), directory), files.text(name) ?? '', baseName(name))
  } else {
    const text = own?.text(inside) ?? diskFiles(join(path, '..')).text(path.split('/').at(-1) as string) ?? ''
    add(inside, text, (facts) => names?.[0] ?? nameAlone(baseName(inside), facts))
  }
  if (nodes.size === 0 && diagnostics.length === 0)
    diagnostics.push(noNodes([], { remedy: `Put facts into ${shown(path, directory)}.` }))
  return [...nodes.values()]
}

/** The file that a node's facts were read from. */
export function factsFile({ facts }: NodeFacts): SourceFile | undefined {
  return facts.origin.kind === 'fact' ? facts.origin.span?.file : undefined
}

/** A file alone is seldom named after its node: without a dot, what the facts say goes before. */
function nameAlone(base: string, facts: HashValue): string {
  if (base.includes('.')) return base
  const networking = hashGet(facts, 'networking')
  const fqdn = (networking?.kind === 'hash' ? hashGet(networking, 'fqdn') : undefined) ?? hashGet(facts, 'fqdn')
  return fqdn?.kind === 'string' && fqdn.value !== '' ? fqdn.value.toLowerCase() : base
}

function placeOf({ facts }: NodeFacts): { span?: Span } {
  return facts.origin.kind === 'fact' && facts.origin.span ? { span: facts.origin.span } : {}
}

function baseName(file: string): string {
  return (file.split('/').at(-1) as string).replace(/\.(json|ya?ml)$/, '')
}

function sampleNodes(sample: string, names: readonly string[] | undefined): NodeFacts[] {
  if (!sampleNames.includes(sample)) return []
  const certnames = names && names.length > 0 ? names : [`${sample}.example.com`]
  return certnames.map((name) => ({ name, facts: factsFromJson(sampleFacts(sample, name), '') as HashValue }))
}

/** An agent sends its certname, version and noop with its facts; Facter alone does not know them. */
function withLocalFacts(node: NodeFacts): NodeFacts {
  const local: readonly (readonly [string, Value | undefined])[] = [
    ['clientcert', string(node.name, { kind: 'fact', name: 'clientcert' })],
    ['clientversion', hashGet(node.facts, 'puppetversion')],
    ['clientnoop', boolean(false, { kind: 'fact', name: 'clientnoop' })],
  ]
  const entries = new Map(node.facts.entries)
  for (const [name, value] of local)
    if (value && !entries.has(`'${name}`))
      entries.set(`'${name}`, { key: string(name, value.origin), value: withOrigin(value, { kind: 'fact', name }) })
  return { ...node, facts: { ...node.facts, entries } }
}

/** A file that tells only an extension of a node trusts the rest as Puppet does. */
function withWholeTrust(node: NodeFacts): NodeFacts {
  const { trusted } = node
  if (!trusted) return node
  const usual = trustedFacts(node.name) as HashValue
  return { ...node, trusted: { ...trusted, entries: new Map([...usual.entries, ...trusted.entries]) } }
}

function missing(path: string, directory: string, asked: string | undefined): Diagnostic {
  if (asked === undefined)
    return noNodes([], {
      remedy:
        'Put the output of `facter --json` on each node into facts/CERTNAME.json, or name it with --facts.\n' +
        `To begin without: --node web01.example.com --facts debian-12 (also ${sampleNames.filter((name) => name !== 'debian-12').join(', ')}).`,
    })
  const near = suggest(asked.split('/').at(-1) as string, sampleNames)
  return noFacts([shown(path, directory)], {
    remedy:
      'Name a file with the facts of a node, a directory with one file a node, or one of the bundled sets' +
      (near.length > 0 ? `: did you mean ${near.join(' or ')}?` : `: ${sampleNames.join(', ')}.`),
  })
}

/** A path as people see it: relative to the environment where it lies inside. */
export function shown(path: string, directory: string): string {
  return path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : path
}
