import { posix } from 'node:path'
import type { ConfigNode } from '../../apache/context.ts'
import { rootRelative } from '../../apache/paths.ts'
import type { Word } from '../../apache/words.ts'
import { nameOf, type ServerModel, wordSpan, wordsOf } from '../../lint/apache/server.ts'
import { type Diagnostic, define } from '../../source/diagnostic.ts'
import type { NodeFiles } from './node-files.ts'

const missingRoot = define(
  'warning',
  'lint/missing-document-root',
  (path: string) => `AH00112: Warning: DocumentRoot [${path}] does not exist`,
)
const unmanaged = define(
  'info',
  'lint/unmanaged-path',
  (path: string, directory: string) =>
    `neither the catalog nor the deployed tree has ${path}, although the catalog manages ${directory}`,
)
const missingTypes = define(
  'error',
  'lint/missing-types',
  (path: string) => `(2)No such file or directory: AH01597: could not open mime types config file ${path}.`,
)
const missingPidFolder = define(
  'error',
  'lint/missing-pid-folder',
  (path: string) => `(2)No such file or directory: AH00099: could not create ${path}`,
)
const missingLogger = define('error', 'lint/missing-log-program', (program: string, isErrorLog: boolean) =>
  isErrorLog
    ? `(2)No such file or directory: AH00089: Couldn't start ErrorLog process '${program}'.`
    : `(2)No such file or directory: AH00104: unable to start piped log program '${program}'`,
)
const logIsFolder = define('error', 'lint/log-is-directory', (path: string, isErrorLog: boolean) =>
  isErrorLog
    ? `(21)Is a directory: AH00091: could not open error log file ${path}.`
    : `(21)Is a directory: AH00649: could not open transfer log file ${path}.`,
)

/** What is told of paths, with what comes of it. */
export const PATH_LINTS = [
  {
    code: 'missing-document-root',
    severity: 'warning',
    why: 'httpd warns of a document root that is not there, and answers with 404.',
  },
  {
    code: 'unmanaged-path',
    severity: 'info',
    why: 'The catalog manages the folder and not the file in it that httpd needs: nobody is known to put it there.',
  },
  {
    code: 'missing-types',
    severity: 'error',
    why: 'httpd does not start without the file that `TypesConfig` names, although its syntax test passes.',
  },
  {
    code: 'missing-pid-folder',
    severity: 'error',
    why: 'httpd does not start where it cannot write its process number, although its syntax test passes.',
  },
  {
    code: 'missing-log-program',
    severity: 'error',
    why: 'httpd does not start without a program that it is to write its log to, although its syntax test passes.',
  },
  {
    code: 'log-is-directory',
    severity: 'error',
    why: 'httpd does not start where the file for its log is a folder, although its syntax test passes.',
  },
] as const

const FILES = /^sslcertificate(?:key|chain)?file$/
const LOGS = /^(?:errorlog|customlog|transferlog|globallog)$/
const ELSEWHERE = /^[|]|^syslog(?::|$)|\$\{|^\w+:/

/**
 * Paths that the configuration needs and that nothing is known to make. What httpd's syntax test says of paths that are
 * certainly not there is not repeated; of others it only hears when it starts.
 */
export function missingPaths(model: ServerModel, files: NodeFiles): Diagnostic[] {
  return [model.main, ...model.hosts].flatMap((host) => [
    ...host.nodes.flatMap((node) => atStart(node, model, files)),
    ...host.nodes.flatMap((node) => needed(node, host.node !== undefined, model, files)),
  ])
}

function needed(node: ConfigNode, inHost: boolean, model: ServerModel, files: NodeFiles): Diagnostic[] {
  const name = nameOf(node)
  const [word] = wordsOf(node)
  if (!word || !(name === 'documentroot' || FILES.test(name) || LOGS.test(name))) return []
  if (ELSEWHERE.test(word.value)) return []
  const full = fullPath(word, model)
  const path = LOGS.test(name) ? posix.dirname(full) : full
  if (files.kind(path) !== undefined) return []
  const span = wordSpan(node, word)
  if (files.knows(path)) return name === 'documentroot' && inHost ? [missingRoot([path], { span })] : []
  const parent = posix.dirname(path)
  return files.at(parent)?.rendered?.kind === 'directory' ? [unmanaged([path, parent], { span })] : []
}

/** What keeps httpd from starting although its syntax test passes. */
function atStart(node: ConfigNode, model: ServerModel, files: NodeFiles): Diagnostic[] {
  const name = nameOf(node)
  const [word] = wordsOf(node)
  if (!word || word.value.includes('${')) return []
  const span = wordSpan(node, word)
  const isGone = (path: string): boolean => files.knows(path) && files.kind(path) === undefined
  if (LOGS.test(name)) {
    const isErrorLog = name === 'errorlog'
    if (/^[|]/.test(word.value)) {
      // The second bar and the dollar sign say how the program is started; with a dollar sign a shell does it.
      const program = /^\|\|?(?!\$)(.*)$/.exec(word.value)?.[1]
      const path = /^\/[^\s"']+/.exec(program ?? '')?.[0]
      return program !== undefined && path !== undefined && isGone(path)
        ? [
            missingLogger([isErrorLog ? word.value.slice(1) : program, isErrorLog], {
              span,
              remedy: `Install ${path}, or log to a file.`,
            }),
          ]
        : []
    }
    const full = ELSEWHERE.test(word.value) ? undefined : fullPath(word, model)
    return full !== undefined && files.kind(full) === 'directory'
      ? [logIsFolder([full, isErrorLog], { span, remedy: 'Name a file in it.' })]
      : []
  }
  const full = fullPath(word, model)
  if (name === 'typesconfig' && isGone(full))
    return [missingTypes([full], { span, remedy: 'Name the file of MIME types, such as /etc/mime.types.' })]
  if (name === 'pidfile' && isGone(posix.dirname(full)))
    return [missingPidFolder([full], { span, remedy: `Make ${posix.dirname(full)}.` })]
  return []
}

function fullPath(word: Word, model: ServerModel): string {
  return posix.resolve(rootRelative(word.value, model.environment))
}
