import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diskFiles, type Files, memoryFiles } from '../../../src/source/files.ts'
import { folderOfConfigs, type RealConfig, readConfigs } from '../../oracles/real-configs.mjs'

/**
 * The configuration that test/oracles/real-configs.mjs has gathered from packages; without it, what is installed here.
 * Says which of the two.
 */
export function realFiles(): readonly RealConfig[] {
  const gathered = readConfigs()
  if (gathered.length > 0) return gathered
  const installed = debianFiles().map((path) => ({
    source: 'installed',
    path,
    as: 'server' as const,
    text: readFileSync(path, 'utf8'),
  }))
  process.stderr.write(
    `only the ${installed.length} files of /etc/apache2: ${folderOfConfigs()} is not there (test/oracles/real-configs.mjs fills it)\n`,
  )
  return installed
}

/** Every configuration file of Debian's own packages that is installed here. */
export function debianFiles(): string[] {
  const root = '/etc/apache2'
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.conf') && !path.includes('-enabled/'))
    .map((path) => join(root, path))
    .sort()
}

/** This machine's files, with the server root that the texts are judged in. */
export function machineFiles(): Files {
  const disk = diskFiles('/', ['/'])
  const root = memoryFiles('/', new Map(['htdocs', 'logs', 'run'].map((name) => [`srv/root/${name}/file`, ''])))
  const pick = (path: string) => (path.startsWith('/srv/root') ? root : disk)
  return {
    root: '/',
    bytes: (path) => pick(path).bytes(path),
    text: (path) => pick(path).text(path),
    kind: (path) => pick(path).kind(path),
    entry: (path) => pick(path).entry(path),
    list: (path) => pick(path).list(path),
  }
}
