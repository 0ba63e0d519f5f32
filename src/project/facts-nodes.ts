import { join, resolve } from 'node:path'
import { trustedFacts } from '../compiler/top-scope.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { below, diskFiles, type Files } from '../source/files.ts'
import { type SourceFile, sourceFile } from '../source/source-file.ts'
import { suggest } from '../source/suggest.ts'
import type { HashValue } from '../value/value.ts'
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
  const known = new Map((sources.known ?? []).map((node) => [factsFile(node)?.path, node]))
  const nodes = new Map<string, NodeFacts>()
  const places = new Map<string, string>()
  const add = (file: string, text: string): void => {
    const same = known.get(file)
    const read =
      same && factsFile(same)?.text === text
        ? { node: same, diagnostics: [] }
        : readFacts(sourceFile(file, text), baseName(file))
    diagnostics.push(...read.diagnostics)
    if (!read.node) return
    const first = places.get(read.node.name)
    if (first !== undefined) diagnostics.push(sameNode([read.node.name, first]))
    else {
      places.set(read.node.name, file)
      nodes.set(read.node.name, read.node === same ? read.node : withWholeTrust(read.node))
    }
  }
  if (kind === 'directory') {
    for (const name of files.list('') ?? [])
      if (/\.(json|ya?ml)$/.test(name) && files.kind(name) === 'file')
        add(shown(join(path, name), directory), files.text(name) ?? '')
  } else add(inside, own?.text(inside) ?? diskFiles(join(path, '..')).text(path.split('/').at(-1) as string) ?? '')
  if (nodes.size === 0 && diagnostics.length === 0)
    diagnostics.push(noNodes([], { remedy: `Put facts into ${shown(path, directory)}.` }))
  return [...nodes.values()]
}

/** The file that a node's facts were read from. */
export function factsFile({ facts }: NodeFacts): SourceFile | undefined {
  return facts.origin.kind === 'fact' ? facts.origin.span?.file : undefined
}

function baseName(file: string): string {
  return (file.split('/').at(-1) as string).replace(/\.(json|ya?ml)$/, '')
}

function sampleNodes(sample: string, names: readonly string[] | undefined): NodeFacts[] {
  if (!sampleNames.includes(sample)) return []
  const certnames = names && names.length > 0 ? names : [`${sample}.example.com`]
  return certnames.map((name) => ({ name, facts: factsFromJson(sampleFacts(sample, name), '') as HashValue }))
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
