import type { ConfigNode } from '../../apache/context.ts'
import type { Severity } from '../../source/diagnostic.ts'
import { hostsServing } from './directory-walk.ts'
import { effectiveFor, layersFor } from './effective.ts'
import { type Effective, optionsOf } from './merge.ts'
import { matches } from './regex-match.ts'
import { type Host, isWithin, nameOf, type ServerModel, wordsOf } from './server.ts'

/** Something on the node that the web server may hand out. */
export interface ServedFile {
  /** Absolute on the node. */
  readonly path: string
  readonly kind: 'file' | 'directory'
  readonly text?: string
  /** Its content is a secret for Puppet. */
  readonly secret: boolean
}

export interface ContentFinding {
  /** With `lint/`. */
  readonly code: string
  readonly severity: Severity
  readonly path: string
  readonly message: string
  readonly remedy: string
}

/** What a directory's `.htaccess` file says under a host, where httpd reads it. */
export type HtaccessReader = (host: Host, directory: string) => readonly ConfigNode[] | undefined

/** What is told of files rather than of lines of the configuration. */
export const CONTENT_LINTS = [
  {
    code: 'exposed-repository',
    severity: 'warning',
    why: 'Whoever fetches a repository out of a document root has its history, with all that was ever in it.',
  },
  {
    code: 'exposed-secret',
    severity: 'warning',
    why: 'Keys, files of passwords, dumps of databases and what Puppet keeps secret can be fetched from a document root, unless the configuration denies it.',
  },
] as const

const REPOSITORY = /\/\.(?:git|svn|hg|bzr)(?:\/|$)/
const SECRET_NAME = /^(?:\.env(?:\..+)?|\.htpasswd|id_(?:rsa|dsa|ecdsa|ed25519)|.+\.(?:key|p12|pfx|kdbx|sql|sql\.gz))$/i
const PRIVATE_KEY = /^-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/m
const UPLOADS = /\/(?:uploads?|incoming|attachments|backups?)$/i

/** Files below a document root that nobody should get, and folders that should not be listed. */
export function lintContent(
  model: ServerModel,
  files: Iterable<ServedFile>,
  htaccess: HtaccessReader = () => undefined,
): ContentFinding[] {
  const findings: ContentFinding[] = []
  const repositories = new Set<string>()
  for (const file of files) {
    const what = suspicion(file)
    if (!what) continue
    // One finding a repository.
    const path = what === 'repository' ? file.path.replace(/(\/\.(?:git|svn|hg|bzr))\/.*$/, '$1') : file.path
    if (repositories.has(path)) continue
    const directory = path.slice(0, path.lastIndexOf('/')) || '/'
    const host = hostsServing(model, directory).find(
      ({ documentRoot }) => documentRoot && isWithin(path, documentRoot.path),
    )
    if (!host) continue
    const effective = effectiveOf(model, host, file, htaccess)
    if (what === 'uploads') {
      if (optionsOf(effective)?.has('indexes') && !isDenied(model, host, file, effective))
        findings.push({
          code: 'lint/listed-uploads',
          severity: 'warning',
          path,
          message: `Options Indexes lists to everybody what is put into ${path}`,
          remedy: 'Use -Indexes for this directory.',
        })
      continue
    }
    if (isDenied(model, host, file, effective)) continue
    if (what === 'repository') {
      repositories.add(path)
      findings.push({
        code: 'lint/exposed-repository',
        severity: 'warning',
        path,
        message: `${path} lies in a document root, so everybody can fetch the repository's history`,
        remedy: 'Keep it outside, or deny it: <DirectoryMatch "/\\.git"> with Require all denied.',
      })
    } else
      findings.push({
        code: 'lint/exposed-secret',
        severity: 'warning',
        path,
        message: `${path} lies in a document root, so everybody can fetch it`,
        remedy: 'Put it outside of the document root, or deny it with Require all denied.',
      })
  }
  return findings
}

function suspicion({ path, kind, text, secret }: ServedFile): 'repository' | 'secret' | 'uploads' | undefined {
  if (REPOSITORY.test(path)) return 'repository'
  if (kind === 'directory') return UPLOADS.test(path) ? 'uploads' : undefined
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (SECRET_NAME.test(name) || (text !== undefined && PRIVATE_KEY.test(text))) return 'secret'
  // Programs are run, not handed out; .htaccess files are judged as such.
  return secret && !/\.(?:php\d?|phtml|cgi|pl|py|rb)$|^\.ht/i.test(name) ? 'secret' : undefined
}

function effectiveOf(
  model: ServerModel,
  host: Host,
  { path, kind }: ServedFile,
  htaccess: HtaccessReader,
): Effective[] {
  const file = kind === 'directory' ? `${path}/index.html` : path
  const target = { file, url: urlOf(host, file) }
  return effectiveFor(layersFor(model, host, target, (directory) => htaccess(host, directory)))
}

function urlOf(host: Host, path: string): string {
  const root = host.documentRoot?.path ?? ''
  return path.slice(root === '/' ? 0 : root.length)
}

function isDenied(model: ServerModel, host: Host, file: ServedFile, effective: readonly Effective[]): boolean {
  const required = effective.filter(({ group }) => group === 'require').map(({ node }) => node.args.trim())
  // Whoever has to be known or to come from somewhere is not everybody.
  if (required.length > 0 && !required.some((args) => /^all\s+granted$/i.test(args))) return true
  const allowed = effective.filter(({ group }) => group === 'allow')
  if (allowed.some(({ node }) => nameOf(node) === 'deny' && /^from\s+all$/i.test(node.args.trim()))) {
    if (!allowed.some(({ node }) => nameOf(node) === 'allow')) return true
  }
  const url = urlOf(host, file.path)
  return [...model.main.nodes, ...host.nodes].some((node) => {
    const [first, second, third] = wordsOf(node).map((word) => word.value)
    if (nameOf(node) === 'redirectmatch') return /^(?:4\d\d|gone)$/.test(first ?? '') && matches(second ?? '', url)
    return (
      nameOf(node) === 'rewriterule' &&
      /[[,](?:F|G|forbidden|gone|R=4\d\d)[\],]/i.test(third ?? '') &&
      matches(first ?? '', url)
    )
  })
}
