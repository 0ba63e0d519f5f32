import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { define, fail } from '../../source/diagnostic.ts'
import { didYouMean } from '../../source/suggest.ts'

/** A git repository on this machine, as seen from a directory inside it. */
export interface GitRepository {
  /** The directory that git is asked in. */
  readonly directory: string
  /** The top of the work tree, absolute. */
  readonly top: string
  /** The directory's path below the top: `''`, or `environments/production/`. */
  readonly prefix: string
  /** Where git keeps the repository's own data, absolute. */
  readonly gitDirectory: string
  /** The commits of revisions that are known already. */
  readonly commits: ReadonlyMap<string, string>
}

const noGit = define('error', 'git/not-installed', () => 'git is needed to compare revisions, and it is not installed')
const noRepository = define(
  'error',
  'git/no-repository',
  (directory: string) => `${directory} is not in a git repository, so there is no earlier state to compare with`,
)
const unknownRevision = define(
  'error',
  'git/unknown-revision',
  (revision: string) => `git knows no revision '${revision}'`,
)
const failed = define('error', 'git/failed', (what: string, reason: string) => `git cannot ${what}: ${reason}`)

/** Variables by which a hook or an alias binds git to its own repository; what is asked here is asked elsewhere. */
const bindings = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR', 'GIT_OBJECT_DIRECTORY']

function environment(): NodeJS.ProcessEnv {
  const variables = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' }
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !bindings.includes(name)))
}

function run(directory: string, args: readonly string[], input?: string): SpawnSyncReturns<Buffer> {
  const options = ['--no-pager', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false']
  const result = spawnSync('git', ['-C', directory, ...options, ...args], {
    env: environment(),
    maxBuffer: 1 << 30,
    ...(input === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input }),
  })
  if (result.error && (result.error as NodeJS.ErrnoException).code === 'ENOENT')
    fail(noGit([], { remedy: 'Install git, or compare with deployed files: --deployed DIR.' }))
  return result
}

/** What a git command prints; fails with git's own words. Nothing is written: neither index nor work tree. */
export function git(directory: string, what: string, args: readonly string[], input?: string): Buffer {
  const result = run(directory, args, input)
  if (result.status !== 0) fail(failed([what, reasonOf(result)]))
  return result.stdout
}

/** The answer of a git command that may say no with its exit code. */
export function askGit(directory: string, args: readonly string[], input?: string): Buffer | undefined {
  const result = run(directory, args, input)
  return result.status === 0 ? result.stdout : undefined
}

function reasonOf(result: SpawnSyncReturns<Buffer>): string {
  const text = (result.stderr ?? Buffer.alloc(0)).toString('utf8').trim()
  const [first = ''] = text.split('\n')
  return first.replace(/^(fatal|error): /, '') || result.error?.message || `it ended with code ${result.status}`
}

/**
 * The repository that a directory lies in, and the commits of `revisions` where git knows all of them: one question
 * instead of several. Fails where there is no repository, or git refuses to read it.
 */
export function openRepository(directory: string, revisions: readonly string[]): GitRepository {
  const places = ['rev-parse', '--show-toplevel', '--show-prefix', '--absolute-git-dir']
  const plain = revisions.every((revision) => revision !== '' && !revision.startsWith('-'))
  const wanted = plain ? revisions.map((revision) => `${revision}^{commit}`) : []
  const answer = wanted.length > 0 ? askGit(directory, [...places, ...wanted]) : undefined
  const [top = '', prefix = '', gitDirectory = '', ...ids] = (answer ?? askPlaces(directory, places))
    .toString('utf8')
    .trimEnd()
    .split('\n')
  // A range stands for several commits, or for none that it begins with: those are asked for one by one, and refused.
  const known = ids.length === revisions.length && ids.every((id) => /^[0-9a-f]+$/.test(id))
  const commits = new Map(known ? revisions.map((revision, i) => [revision, ids[i] as string] as const) : [])
  return { directory, top, prefix, gitDirectory, commits }
}

function askPlaces(directory: string, places: readonly string[]): Buffer {
  const result = run(directory, places)
  if (result.status === 0) return result.stdout
  const reason = reasonOf(result)
  if (/not a git repository|must be run in a work tree/.test(reason))
    fail(noRepository([directory], { remedy: 'Compare with deployed files instead: --deployed DIR.' }))
  return fail(failed([`read the repository of ${directory}`, reason]))
}

/** The commit that a revision stands for: a branch, a tag, `HEAD~2`, an abbreviated id. */
export function commitOf(repository: GitRepository, revision: string): string {
  const known = repository.commits.get(revision)
  if (known !== undefined) return known
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
  const found = revision === '' ? undefined : askGit(repository.directory, asked)
  if (found) return found.toString('utf8').trim()
  return fail(unknownRevision([revision], { remedy: remedyFor(repository.directory, revision) }))
}

/** What to do about a revision that git does not know: the nearest name, or what gets it. */
function remedyFor(directory: string, revision: string): string {
  const lines = (args: readonly string[]): string[] =>
    (askGit(directory, args)?.toString('utf8') ?? '').split('\n').filter((line) => line !== '')
  const [before, after] = revision.split(/\.{2,3}/)
  if (before && after !== undefined) return `Name both ends: --from ${before} --to ${after || 'HEAD'}`
  if (lines(['rev-list', '--all', '--max-count=1']).length === 0) return 'This repository has no commit yet.'
  const remotes = lines(['remote'])
  const shallow = lines(['rev-parse', '--is-shallow-repository'])[0] === 'true'
  const base = /^(.+?)[~^][\d~^]*$/.exec(revision)?.[1]
  if (
    base !== undefined &&
    askGit(directory, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`])
  )
    return shallow
      ? 'This clone holds a part of the history only: `git fetch --unshallow` gets the rest.'
      : `The history of ${base} does not reach back that far.`
  const remote = remotes.find((name) => revision.startsWith(`${name}/`))
  const nearest = didYouMean(revision, lines(['for-each-ref', '--format=%(refname:short)']))
  if (nearest !== undefined) return nearest
  if (remote !== undefined) {
    const branch = revision.slice(remote.length + 1)
    return `\`git fetch ${remote} +refs/heads/${branch}:refs/remotes/${revision}\` gets it.`
  }
  return shallow
    ? 'This clone holds a part of the history only: `git fetch --unshallow --tags` gets the rest.'
    : 'Name a branch, a tag or a commit; `git fetch` gets those of the remote.'
}
