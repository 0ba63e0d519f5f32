import { type Catalog, type CatalogResource, idText } from '../catalog/catalog.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import type { DeployedTree } from './deployed-tree.ts'

const editsFile = define(
  'info',
  'deployed/edited-in-place',
  (path: string, resources: string, verb: string) =>
    `${resources} ${verb} ${path}: this run cannot tell what Puppet will write there`,
)

/** How many resources of one file are named. */
const mostNamed = 3

/**
 * Which of the node's files are edited where they are by resources that do not set them whole (`file_line`,
 * `ini_setting`, `augeas`, `host`, commands that write to a file …): those are not compared, so it has to be said.
 */
export function editedInPlace(catalog: Catalog, deployed: DeployedTree): Diagnostic[] {
  const byPath = new Map<string, CatalogResource[]>()
  for (const resource of catalog.resources) {
    if (resource.virtual || resource.category !== 'resource') continue
    for (const path of new Set(editedPaths(resource))) {
      if (deployed.kind(path) !== 'file') continue
      const known = byPath.get(path)
      if (known) known.push(resource)
      else byPath.set(path, [resource])
    }
  }
  return [...byPath].map(([path, resources]) => {
    const names = resources.slice(0, mostNamed).map(idText)
    const left = resources.length - names.length
    const all = left > 0 ? [...names, `${left} more`] : names
    const list = all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
    const [first] = resources
    const verb = first?.type === 'Exec' ? 'change' : 'edit'
    return editsFile([path, list, resources.length === 1 ? `${verb}s` : verb], first?.span ? { span: first.span } : {})
  })
}

/** Where types of Puppet keep their entries unless `target` says otherwise (Puppet documentation, resource types). */
const defaultTargets: Readonly<Record<string, string>> = {
  host: '/etc/hosts',
  mailalias: '/etc/aliases',
  mount: '/etc/fstab',
  sshkey: '/etc/ssh/ssh_known_hosts',
}

function editedPaths(resource: CatalogResource): readonly string[] {
  const text = (name: string): string | undefined => {
    const value = resource.parameters.get(name)?.value
    return value?.kind === 'string' && value.value.startsWith('/') ? value.value : undefined
  }
  const type = resource.type.toLowerCase()
  const given = (...paths: (string | undefined)[]): string[] => paths.flatMap((path) => path ?? [])
  switch (type) {
    case 'file_line':
    case 'ini_setting':
    case 'ini_subsetting':
      return given(text('path'))
    case 'augeas':
      return given(text('incl') ?? text('context')?.match(/^\/files(\/.+?)\/*$/)?.[1])
    case 'shellvar':
    case 'ssh_authorized_key':
      return given(text('target'))
    case 'cron':
      return given(text('target'), crontabOf(resource))
    case 'exec':
      return writtenBy(resource)
    default:
      return given(defaultTargets[type] && (text('target') ?? defaultTargets[type]))
  }
}

function crontabOf({ parameters }: CatalogResource): string {
  const user = parameters.get('user')?.value
  return `/var/spool/cron/crontabs/${user?.kind === 'string' ? user.value : 'root'}`
}

/** The files to which a command writes with `>`, `>>` or `tee`, as far as its text tells. */
function writtenBy({ title, parameters }: CatalogResource): readonly string[] {
  const value = parameters.get('command')?.value
  const command = value === undefined ? title : value.kind === 'string' ? value.value : ''
  return [...command.matchAll(/(?:>>?|\btee(?:\s+-\w+)*)\s*["']?(\/[\w./+@-]+)/g)].map(([, path]) => path as string)
}
