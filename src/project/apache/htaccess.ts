import { checkConfig } from '../../apache/check.ts'
import type { Override } from '../../apache/override.ts'
import { directoryOverride, hostsServing } from '../../lint/apache/directory-walk.ts'
import { type Host, lastArgument, type ServerModel, wordsOf } from '../../lint/apache/server.ts'
import { type Diagnostic, define, type Related } from '../../source/diagnostic.ts'
import type { SourceFile, Span } from '../../source/source-file.ts'

/** What is told of `.htaccess` files, with what comes of it. */
export const HTACCESS_LINTS = [
  {
    code: 'dead-htaccess',
    severity: 'warning',
    why: 'httpd does not look for `.htaccess` files where `AllowOverride None` holds, or where no host serves the directory.',
  },
] as const

const dead = define(
  'warning',
  'lint/dead-htaccess',
  (directory: string, why: string) => `httpd does not read this file: ${why} ${directory}`,
)

/** The names that httpd looks for besides the documents, such as `.htaccess`. */
export function accessFileNames(model: ServerModel): ReadonlySet<string> {
  const names = [model.main, ...model.hosts].flatMap((host) => namesOf(host) ?? [])
  return new Set(namesOf(model.main) ? names : ['.htaccess', ...names])
}

function namesOf(host: Host): string[] | undefined {
  const given = lastArgument(host.nodes, 'accessfilename')
  return given && wordsOf(given.node).map((word) => word.value)
}

/**
 * Judges an `.htaccess` file under what the server allows its directory; `undefined` where no host is known to serve
 * it. Hosts may differ in what they allow: what one of them refuses is told. `shown` gives a place in the server's
 * configuration as people may see it.
 */
export function judgeHtaccess(
  path: string,
  source: SourceFile,
  model: ServerModel,
  shown: (span: Span) => Span | undefined,
): Diagnostic[] | undefined {
  const cut = path.lastIndexOf('/')
  const directory = path.slice(0, cut) || '/'
  const name = path.slice(cut + 1)
  const hosts = hostsServing(model, directory)
  if (hosts.length === 0) return undefined
  const related = (message: string, span: Span | undefined): Related[] => {
    const place = span && shown(span)
    return place ? [{ message, span: place }] : []
  }
  const judged = new Map<string, Diagnostic[]>()
  const unread: Related[] = []
  let reading = 0
  for (const host of hosts) {
    const { override, from } = directoryOverride(model, host, directory)
    const names = namesOf(host) ?? namesOf(model.main) ?? ['.htaccess']
    if (!names.includes(name)) {
      const given = lastArgument(host.nodes, 'accessfilename') ?? lastArgument(model.main.nodes, 'accessfilename')
      unread.push(...related(`AccessFileName is ${names.join(' ')}`, given?.span))
      continue
    }
    if (!override) {
      for (const { node, span } of from) unread.push(...related(`${node.name} ${node.args}`, span))
      continue
    }
    reading++
    const key = overrideKey(override)
    if (judged.has(key)) continue
    const { diagnostics } = checkConfig(source, { as: 'htaccess', modules: model.environment.modules, override })
    const why = from.flatMap(({ node, span }) => related(`${node.name} ${node.args}`, span))
    judged.set(
      key,
      diagnostics.map((found) => (found.code === 'httpd/not-allowed' ? refused(found, why, from.length) : found)),
    )
  }
  if (reading > 0) return distinct([...judged.values()].flat())
  const { diagnostics } = checkConfig(source, { as: 'htaccess', modules: model.environment.modules })
  const why = hosts.some((host) => directoryOverride(model, host, directory).override === undefined)
    ? 'AllowOverride is None for'
    : 'AccessFileName gives other names for'
  return [
    dead([directory, why], {
      span: { file: source, start: 0, end: firstLine(source.text) },
      related: distinctRelated(unread),
      remedy: 'Put what it says into the server configuration, or allow it there with AllowOverride.',
    }),
    // They would count as soon as the server reads the file.
    ...diagnostics.map((found): Diagnostic => (found.severity === 'error' ? { ...found, severity: 'warning' } : found)),
  ]
}

function refused(found: Diagnostic, related: readonly Related[], given: number): Diagnostic {
  const remedy =
    given > 0
      ? 'Allow it with AllowOverride or AllowOverrideList, or put it into the server configuration.'
      : 'No AllowOverride is set for this directory, and then httpd allows nothing: set one in the server configuration.'
  return { ...found, remedy, related: distinctRelated([...(found.related ?? []), ...related]) }
}

function overrideKey({ bits, options, list }: Override): string {
  return `${bits} ${options} ${[...(list ?? [])].sort().join(' ')}`
}

function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>()
  return diagnostics.filter(({ code, message, span }) => {
    const key = JSON.stringify([code, message, span?.start, span?.end])
    return seen.has(key) ? false : seen.add(key)
  })
}

function distinctRelated(related: readonly Related[]): Related[] {
  const seen = new Set<string>()
  return related.filter(({ span: { file, start } }) => {
    const key = `${file.path} ${start}`
    return seen.has(key) ? false : seen.add(key)
  })
}

function firstLine(text: string): number {
  const end = text.indexOf('\n')
  return end < 0 ? text.length : end
}
