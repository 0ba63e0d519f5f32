import type { CheckOptions } from '../../apache/check.ts'
import type { Machine } from '../../apache/context.ts'
import { diskFiles, type Files } from '../../source/files.ts'
import { layouts } from './layouts.ts'
import { startEnvironment, startOptions } from './start-options.ts'

interface View extends Pick<CheckOptions, 'knows' | 'machine' | 'defines' | 'environment' | 'serverRoot'> {
  readonly files: Files
  /** Where the configuration of the machine's httpd begins. */
  readonly main?: string
}

/**
 * What a check may know of the machine whose files are below a directory: the files, the accounts, what the start
 * scripts of its httpd set. Links may lead anywhere below it.
 */
export function machineView(root: string): View {
  const files = diskFiles(root)
  const layout = layouts.find(({ main }) => files.kind(main) === 'file')
  return {
    files,
    knows: (path) => !isMadeAtStart(path),
    machine: accounts(files),
    ...(layout
      ? {
          main: layout.main,
          serverRoot: layout.serverRoot,
          environment: startEnvironment(files, layout),
          defines: startOptions(files, layout).defines,
        }
      : {}),
  }
}

/**
 * The same for texts that come from anywhere. Files are only known to be there: no Include reads them, no message
 * quotes them. As such a text need not be for the machine's own server root, nothing is said about the directories
 * that every server root has by httpd's own defaults.
 */
export function outsideView(root: string): View {
  const view = machineView(root)
  const { files, serverRoot = '/etc/apache2' } = view
  const everywhere = ['logs', 'run', 'htdocs'].map((name) => `${serverRoot}/${name}/`)
  return {
    ...view,
    files: { ...files, text: () => undefined, bytes: () => undefined },
    knows: (path) => !isMadeAtStart(path) && !everywhere.some((directory) => `${path}/`.startsWith(directory)),
  }
}

/** What is gone after each boot until start scripts make it. */
function isMadeAtStart(path: string): boolean {
  return /^\/(?:run|var\/run|var\/lock)\//.test(path)
}

/** Users and groups are only known where the machine keeps them in files. */
function accounts(files: Files): Machine {
  const users = namesIn(files.text('etc/passwd'))
  const groups = namesIn(files.text('etc/group'))
  return { ...(users ? { users } : {}), ...(groups ? { groups } : {}) }
}

function namesIn(text: string | undefined): ReadonlySet<string> | undefined {
  return text === undefined ? undefined : new Set(text.split('\n').flatMap((line) => /^[^:\s]+(?=:)/.exec(line) ?? []))
}
