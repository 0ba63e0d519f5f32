import { spawnSync } from 'node:child_process'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import type { Files } from '../source/files.ts'
import { tarFiles } from './tar-files.ts'

const badAddress = define('error', 'deployed/ssh-address', (url: string) => `'${url}' names no host for ssh`)
const failed = define(
  'error',
  'deployed/ssh',
  (host: string, reason: string) => `cannot read the files of ${host}: ${reason}`,
)

/** Seconds that one node may take. */
const timeLimit = 60
const mostBytes = 512 * 1024 * 1024

/**
 * Fetches from a node, through the system's own `ssh`, the files that its catalog manages and what the
 * directories hold that it purges: one connection, nothing is written there, and no question is asked (`BatchMode`).
 * `url` is `ssh://[user@]host[:port]`.
 */
export function fetchOverSsh(url: string, managed: readonly RenderedFile[]): Files | Diagnostic {
  const address = /^ssh:\/\/((?:[\w.][\w.-]*@)?[\w.:[\]][\w.:[\]-]*?)(?::(\d+))?\/?$/.exec(url)
  if (!address) return badAddress([url], { remedy: 'Write it as ssh://user@host, with {node} for the certname.' })
  const [, host = '', port] = address
  const below = (path: string): string => `./${path.replace(/^\/+/, '')}`
  const paths = new Set<string>(['etc/passwd', 'etc/group'].map(below))
  for (const file of managed) {
    // The links on the way are needed to find a file where the node has it.
    for (let at = file.path.lastIndexOf('/'); at > 0; at = file.path.lastIndexOf('/', at - 1))
      paths.add(below(file.path.slice(0, at)))
    paths.add(below(file.path))
  }
  const lists = managed.flatMap(({ path, recursion, force }) => {
    if (!recursion?.purge) return []
    const depth = recursion.limit === undefined || force ? '' : ` -maxdepth ${recursion.limit}`
    return [`find ${quoted(below(path))} -mindepth 1${depth} -print0 2>/dev/null`]
  })
  const list = lists.length > 0 ? lists.join('; ') : 'true'
  const command = `cd / && { cat; ${list}; } | tar --null --no-recursion --ignore-failed-read -T - -cf - 2>/dev/null`
  const options = ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=15', ...(port === undefined ? [] : ['-p', port])]
  const result = spawnSync('ssh', [...options, '--', host, command], {
    input: [...paths].map((path) => `${path}\0`).join(''),
    timeout: timeLimit * 1000,
    maxBuffer: mostBytes,
  })
  const fault = (result.error as NodeJS.ErrnoException | undefined)?.code
  const refuse = (reason: string): Diagnostic => failed([host, reason], { remedy: `Try \`ssh ${host} true\` first.` })
  if (fault === 'ENOENT') return refuse('ssh is not installed here')
  if (fault === 'ETIMEDOUT') return refuse(`it took longer than ${timeLimit} seconds`)
  if (fault === 'ENOBUFS') return refuse('it has more data than fits')
  if (result.status === 255 || result.stdout.length === 0) {
    const said = result.stderr.toString('utf8').trim().split('\n').at(-1)
    return refuse(said || `ssh ended with code ${result.status}`)
  }
  try {
    return tarFiles(url, result.stdout)
  } catch (error) {
    if (error instanceof RangeError) return refuse(`what tar sent cannot be read, ${error.message}`)
    throw error
  }
}

/** A path within a shell's command. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
