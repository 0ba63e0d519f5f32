import { type CheckOptions, type ConfigPlace, checkConfig } from '../../src/apache/check.ts'
import { moduleSet } from '../../src/apache/modules.ts'
import type { Verdict } from '../../src/apache/verdict.ts'
import { memoryFiles } from '../../src/source/files.ts'
import { sourceFile } from '../../src/source/source-file.ts'

/** The machine that the recorded answers come from, as far as they depend on it. */
const serverRoot = '/srv/root'
export const machine: Omit<CheckOptions, 'as'> = {
  modules: moduleSet('all'),
  serverRoot,
  files: memoryFiles(
    '/',
    new Map([
      ['tmp/file', 'x'],
      ['etc/passwd', 'x'],
      ['srv/root/htdocs/file', ''],
      ['srv/root/logs/file', ''],
      ['srv/root/run/file', ''],
    ]),
  ),
  machine: {
    users: new Set(['root', 'www-data']),
    groups: new Set(['root', 'www-data']),
    resolves: (host) => host === 'localhost',
  },
  environment: new Map([
    ['PATH', '/usr/sbin:/usr/bin:/sbin:/bin'],
    ['LANG', 'C'],
    ['APACHE_RUN_USER', 'www-data'],
    ['APACHE_RUN_GROUP', 'www-data'],
    ['APACHE_RUN_DIR', '/srv/root/run'],
    ['APACHE_LOG_DIR', '/srv/root/logs'],
  ]),
}

/** What the product says of a text, as if it were the file that the recorded answers call `$F`. */
export function judge(text: string, as: ConfigPlace, options: Partial<CheckOptions> = {}): Verdict {
  return checkConfig(sourceFile('$F', text), { ...machine, as, ...options })
}

/** httpd's message of a rejection in the form in which its log shows it. */
export function loggedMessage(verdict: Verdict): string {
  const bytes = Buffer.from(verdict.first?.diagnostic.message ?? '', 'utf8').toString('latin1')
  return comparable(
    bytes
      .replaceAll(serverRoot, '$ROOT')
      .replaceAll('\\', '\\\\')
      .replaceAll('\t', '\\t')
      .replaceAll('\v', '\\v')
      .replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`),
  )
}

/** A message without what differs between the two ways of asking httpd, and without its usage texts. */
export function comparable(message: string): string {
  return message
    .replaceAll('$DIR/.htaccess', '$F')
    .replaceAll('\\n', ' ')
    .replaceAll(' | ', ' ')
    .replace(/\s+/g, ' ')
    .replace(/^(\S+ (?:takes|requires at least) .*?arguments?),.*$/, '$1')
    .trim()
}
