import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { CheckOptions, ConfigPlace } from '../../apache/check.ts'
import { modulesForFile } from '../../apache/loaded-modules.ts'
import { configPlace } from '../../apache/place.ts'
import { machineView, outsideView } from '../../project/apache/machine-view.ts'
import {
  harmless,
  impactOf,
  judgeAlone,
  judgeServer,
  modulesOption,
  overrideOption,
  type VerdictAlone,
} from '../../project/apache-check.ts'
import { reportOf } from '../../project/problems.ts'
import type { Finding } from '../../project/run-report.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import { diskFiles } from '../../source/files.ts'
import { positionAt, type SourceFile, type Span, sourceFile } from '../../source/source-file.ts'
import { applyFixes } from '../apply-fixes.ts'
import { publish, readFormats } from '../formats.ts'
import { CannotRun } from '../io.ts'
import type { Runner } from '../session.ts'
import { readStandardInput, standardInput } from '../standard-input.ts'

type Args = Readonly<Record<string, unknown>>

/** `rehearse validate`: files, the Apache files of directories, `-` for standard input. */
export const runner: Runner = {
  run: async ({ args, io }) => {
    readFormats(args.format)
    const started = performance.now()
    const paths = (args.files ?? []) as readonly string[]
    if (paths.length === 0)
      throw new CannotRun('no file is named', 'Name files or directories, or - for standard input.')
    if (args.fix === true && paths.includes(standardInput))
      throw new CannotRun('--fix cannot change standard input', 'Name the file.')
    if (args.fix === true && args.root !== undefined)
      throw new CannotRun('--fix does not go with --root', 'Fix the files by themselves.')
    let findings = await findingsIn(paths, args)
    // What one fix mends may show what is wrong behind it.
    for (let round = 0; args.fix === true && round < mostRounds && applyFixes(findings, undefined, io); round++)
      findings = await findingsIn(paths, args)
    return publish(reportOf('validate', '', findings, performance.now() - started), args, io)
  },
  batch: ({ args }) => {
    const root = rootOf(args.root)
    const options = checkOptions(
      args,
      args.root === undefined ? outsideView('/') : root === undefined ? {} : machineView(root),
    )
    return (line) => JSON.stringify(answer(line, options, args.as as ConfigPlace | undefined))
  },
}

const mostRounds = 10

async function findingsIn(paths: readonly string[], args: Args): Promise<Finding[]> {
  const root = rootOf(args.root)
  const view = root === undefined ? undefined : machineView(root)
  const options = checkOptions(args, view)
  const found: Named[] = []
  for (const path of paths) found.push(...(await filesOf(path, args.as as ConfigPlace | undefined)))
  const findings: Finding[] = []
  const tell = ({ file, place }: Named, { diagnostics }: VerdictAlone) => {
    for (const diagnostic of diagnostics) {
      const impact = diagnostic.severity === 'error' ? { impact: impactOf(place, diagnostic.code) } : {}
      findings.push({ diagnostic: rehomed(diagnostic, file, root ?? '/'), nodes: [], trace: [], ...impact })
    }
  }
  const main = found.find(
    ({ file }) => view?.main !== undefined && real(file.path) === real(join(root ?? '/', view.main)),
  )
  const whole = main && judgeServer(main.file, options, args.modules === undefined)
  if (main && whole) tell(main, whole)
  const read = new Set(whole?.included.map((path) => real(join(root ?? '/', path))))
  for (const each of found) {
    const { file, place } = each
    if (each === main || read.has(real(file.path))) continue
    // Enabling a site is often what enables its modules.
    const loaded = whole && (place === 'htaccess' ? whole.modules : new Set([...whole.modules, ...options.modules]))
    const modules = modulesForFile(file.path, loaded ?? options.modules)
    const judged = judgeAlone(file, { ...options, as: place, modules })
    const unread = main && place !== 'htaccess' && real(file.path).startsWith(`${dirname(real(main.file.path))}/`)
    tell(each, unread ? { ...judged, diagnostics: judged.diagnostics.map(harmless) } : judged)
  }
  return findings
}

interface Named {
  readonly file: SourceFile
  readonly place: ConfigPlace
}

function real(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path)
}

/** What stands in a file that Include has read is told of that file below the root. */
function rehomed(diagnostic: Diagnostic, main: SourceFile, root: string): Diagnostic {
  const home = (span: Span): Span =>
    span.file.path === main.path ? span : { ...span, file: sourceFile(join(root, span.file.path), span.file.text) }
  return {
    ...diagnostic,
    ...(diagnostic.span ? { span: home(diagnostic.span) } : {}),
    ...(diagnostic.related ? { related: diagnostic.related.map((each) => ({ ...each, span: home(each.span) })) } : {}),
  }
}

function checkOptions(args: Args, view: Partial<CheckOptions> = {}): Omit<CheckOptions, 'as'> {
  const defines = ((args.define ?? []) as readonly string[]).map((text): [string, string | undefined] => {
    const [name, ...value] = text.split('=')
    return [name as string, value.length > 0 ? value.join('=') : undefined]
  })
  return {
    modules: modulesOption(typeof args.modules === 'string' ? args.modules : 'all'),
    ...overrideOption(typeof args.override === 'string' ? args.override : undefined),
    ...view,
    defines: new Map([...(view.defines ?? []), ...defines]),
  }
}

/** The directory of `--root`; undefined for `none` and where nothing is said. */
function rootOf(root: unknown): string | undefined {
  if (root === undefined || root === 'none') return undefined
  const directory = resolve(String(root))
  if (diskFiles(directory).kind('') !== 'directory') throw new CannotRun(`no such directory: ${root}`)
  return directory
}

async function filesOf(path: string, as: ConfigPlace | undefined): Promise<Named[]> {
  if (path === standardInput)
    return [{ file: sourceFile('<stdin>', await readStandardInput()), place: as ?? 'htaccess' }]
  const directory = diskFiles(resolve(path))
  const kind = directory.kind('')
  if (kind === undefined) throw new CannotRun(`no such file: ${path}`)
  if (kind === 'file') {
    const text = diskFiles(resolve(path, '..')).text(basename(resolve(path)))
    if (text === undefined) throw new CannotRun(`cannot read ${path}`)
    return [{ file: sourceFile(path, text), place: as ?? configPlace(resolve(path)) ?? 'server' }]
  }
  const found: Named[] = []
  const visit = (inside: string): void => {
    for (const name of directory.list(inside) ?? []) {
      const at = inside === '' ? name : `${inside}/${name}`
      if (directory.entry(at)?.kind === 'link') continue
      if (directory.kind(at) === 'directory') visit(at)
      const named = configPlace(resolve(path, at))
      const text = named || at.endsWith('.conf') ? directory.text(at) : undefined
      const place = named ?? (text !== undefined && hasSections(text) ? 'server' : undefined)
      if (place && text !== undefined)
        found.push({ file: sourceFile(`${path.replace(/\/$/, '')}/${at}`, text), place: as ?? place })
    }
  }
  visit('')
  if (found.length === 0)
    throw new CannotRun(
      `no Apache configuration in ${path}`,
      'Name its files, with --as where their names do not tell.',
    )
  return found
}

/** Whether a file that only its ending speaks for holds sections of Apache's. */
function hasSections(text: string): boolean {
  return /^[ \t]*<(?:VirtualHost|Directory|DirectoryMatch|Location|LocationMatch|Files|FilesMatch|IfModule|Proxy)[ \t][^>]*>[ \t]*$/im.test(
    text,
  )
}

const wraps: Readonly<Record<string, ConfigPlace>> = {
  none: 'server',
  vhost: 'vhost',
  dir: 'directory',
  location: 'location',
  files: 'files',
  proxy: 'proxy',
}

interface Request {
  readonly id?: unknown
  readonly text?: string
  readonly b64?: string
  readonly as?: ConfigPlace
  readonly wrap?: string
}

/** What stands for the text in messages, which have no name for it: as in what test/oracles/httpd answers. */
function nameOf(place: ConfigPlace): string {
  return place === 'htaccess' ? '$DIR/.htaccess' : '$F'
}

function answer(line: string, options: Omit<CheckOptions, 'as'>, as: ConfigPlace | undefined): object {
  let request: Request
  try {
    request = JSON.parse(line) as Request
  } catch (error) {
    return { error: `not JSON: ${(error as Error).message}` }
  }
  const text =
    request.text ?? (request.b64 === undefined ? undefined : Buffer.from(request.b64, 'base64').toString('latin1'))
  if (text === undefined) return { id: request.id, error: 'a request should have a "text" or a "b64"' }
  const place = (request.wrap === undefined ? undefined : wraps[request.wrap]) ?? request.as ?? as ?? 'htaccess'
  const { verdict, diagnostics, first } = judgeAlone(sourceFile(nameOf(place), text), { ...options, as: place })
  const findings = diagnostics.map(({ severity, code, message, span }) => ({
    severity,
    code,
    message,
    ...(span ? positionAt(span.file, span.start) : {}),
  }))
  if (verdict === 'ok' || !first) return { id: request.id, verdict, findings }
  const { code, message, span } = first.diagnostic
  const position = span ? positionAt(span.file, span.start) : undefined
  return {
    id: request.id,
    verdict,
    code,
    message,
    line: first.line ?? position?.line,
    column: position?.column,
    findings,
  }
}
