import { join, resolve } from 'node:path'
import { type ControlRepo, type ControlRepoOptions, openControlRepo } from '../project/control-repo.ts'
import { sampleNames } from '../project/facts/sample-facts.ts'
import { type FactOverride, readOverride } from '../project/facts-overrides.ts'
import { environmentsBelow, findEnvironment, isEnvironment } from '../project/find-environment.ts'
import type { NodeFacts } from '../project/read-facts.ts'
import { diskFiles } from '../source/files.ts'
import { didYouMean } from '../source/suggest.ts'
import { CannotRun } from './io.ts'
import type { Session } from './session.ts'

type Args = Readonly<Record<string, unknown>>

type OpeningSession = Pick<Session, 'beacon' | 'stalls' | 'begin'>

/** Opens the control repo that the common options name. */
export function openFromArguments(args: Args, session: OpeningSession): ControlRepo {
  return openControlRepo(controlRepoOptions(args, session))
}

/** The control repo that the common options name. */
export function controlRepoOptions(args: Args, { beacon, stalls, begin }: OpeningSession): ControlRepoOptions {
  const directory = environmentDirectory(args)
  const text = (name: string) => (typeof args[name] === 'string' ? (args[name] as string) : undefined)
  const path = (name: string) => (text(name) === undefined ? undefined : resolve(text(name) as string))
  const facts = factSources(args)
  const optional = <K extends string, V>(key: K, value: V | undefined) =>
    value === undefined ? {} : ({ [key]: value } as Record<K, V>)
  return {
    directory,
    ...optional('modulePath', text('modulepath')),
    ...optional('facts', facts.asked),
    ...optional('factOverrides', facts.overrides),
    nodeNames: [args.node].flat().filter((name): name is string => typeof name === 'string' && !/[*?]/.test(name)),
    ...optional('config', path('config')),
    ...optional('globalHiera', existing(path('globalHiera'))),
    ...optional('eyamlKeys', existing(path('eyamlKeys'))),
    environmentVariable: (name) => process.env[name],
    ...optional('puppet', args.puppet as 7 | 8 | undefined),
    ...optional('beacon', beacon),
    stalls,
    allowExec: args.allowExec === true,
    onExporter: begin,
    alone: args.batch === true,
    undecryptable: args.batch ? 'fail' : 'mask',
    // A batch is held against a bare Puppet, which has only what the modulepath gives it.
    vendoredTypes: !args.batch,
  }
}

function existing(path: string | undefined): string | undefined {
  if (path !== undefined && diskFiles(path).kind('') === undefined)
    throw new CannotRun(`no such file or directory: ${path}`)
  return path
}

/** What `--facts` and `--fact` name. */
export function factSources(args: Args): {
  readonly asked: string | undefined
  readonly overrides: readonly FactOverride[] | undefined
} {
  const asked = typeof args.facts === 'string' ? args.facts : undefined
  return { asked: factsFrom(asked), overrides: factOverrides(args) }
}

/** A path that is there, or the name of a bundled set. */
function factsFrom(asked: string | undefined): string | undefined {
  if (asked === undefined) return undefined
  const path = resolve(asked)
  return diskFiles(path).kind('') === undefined && sampleNames.includes(asked) ? asked : path
}

function factOverrides(args: Args): readonly FactOverride[] | undefined {
  if (args.fact === undefined) return undefined
  return [args.fact].flat().map((text) => {
    const override = readOverride(String(text))
    if (!override) throw new CannotRun(`'${text}' sets no fact`, 'Write it as NAME=VALUE: --fact os.family=RedHat')
    return override
  })
}

/** The environment's directory: what `--environment` names, else the nearest one upward. */
export function environmentDirectory(args: Args): string {
  const asked = typeof args.environment === 'string' ? resolve(args.environment) : undefined
  if (asked === undefined) {
    const found = findEnvironment(process.cwd())
    if (found === undefined)
      throw new CannotRun(
        'no control repo here: no folder upward has an environment.conf, a hiera.yaml or manifests/',
        environmentToName(process.cwd()),
      )
    return found
  }
  if (diskFiles(asked).kind('') !== 'directory') throw new CannotRun(`no such directory: ${args.environment}`)
  if (!isEnvironment(asked))
    throw new CannotRun(
      `no control repo in ${args.environment}: it has no environment.conf, hiera.yaml or manifests/`,
      environmentToName(asked, String(args.environment)),
    )
  return asked
}

/** What to say where no environment was named: those that lie below. */
function environmentToName(directory: string, shown = ''): string {
  const below = environmentsBelow(directory).map((path) => `--environment ${join(shown, path)}`)
  if (below.length === 0) return 'Name the directory of a Puppet environment with --environment DIR.'
  return `Name one: ${below.slice(0, 3).join(' or ')}${below.length > 3 ? ` or one of ${below.length - 3} more` : ''}`
}

/** The nodes that `--node` names; globs with `*` and `?` match certnames. All nodes where it names none. */
export function chooseNodes(repo: ControlRepo, asked: unknown): readonly NodeFacts[] {
  if (!Array.isArray(asked) || asked.length === 0) return repo.nodes
  const [problem] = repo.nodes.length === 0 ? repo.diagnostics : []
  if (problem) throw new CannotRun(problem.message, problem.remedy)
  const chosen = new Set<NodeFacts>()
  for (const glob of asked.map(String)) {
    const pattern = new RegExp(
      `^${glob
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
    )
    const found = repo.nodes.filter((node) => pattern.test(node.name))
    if (found.length === 0)
      throw new CannotRun(
        `no node matches '${glob}'`,
        didYouMean(
          glob,
          repo.nodes.map((node) => node.name),
        ) ?? `Nodes are known by their facts: ${listNames(repo)}.`,
      )
    for (const node of found) chosen.add(node)
  }
  return repo.nodes.filter((node) => chosen.has(node))
}

/** The one node of that name. */
export function chooseNode(repo: ControlRepo, name: unknown): NodeFacts {
  const nodes = chooseNodes(repo, [name])
  if (nodes.length > 1)
    throw new CannotRun(`'${name}' matches ${nodes.length} nodes`, `Name one of them: ${listNames(repo)}.`)
  return nodes[0] as NodeFacts
}

function listNames(repo: ControlRepo): string {
  const names = repo.nodes.map((node) => node.name)
  return names.length === 0
    ? 'there are none'
    : names.length > 8
      ? `${names.slice(0, 8).join(', ')} …`
      : names.join(', ')
}
