import { basename, resolve } from 'node:path'
import type { CheckOptions, ConfigPlace } from '../../apache/check.ts'
import { modulesForFile } from '../../apache/loaded-modules.ts'
import { configPlace } from '../../apache/place.ts'
import { machineView, outsideView } from '../../project/apache/machine-view.ts'
import { impactOf, judgeAlone, modulesOption, overrideOption } from '../../project/apache-check.ts'
import { reportOf } from '../../project/problems.ts'
import type { Finding } from '../../project/run-report.ts'
import { diskFiles } from '../../source/files.ts'
import { positionAt, type SourceFile, sourceFile } from '../../source/source-file.ts'
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
    const options = { ...checkOptions(args), ...viewOf(args.root, false) }
    if (args.fix === true && paths.includes(standardInput))
      throw new CannotRun('--fix cannot change standard input', 'Name the file.')
    let findings = await findingsIn(paths, args.as as ConfigPlace | undefined, options)
    // What one fix mends may show what is wrong behind it.
    for (let round = 0; args.fix === true && round < mostRounds && applyFixes(findings, undefined, io); round++)
      findings = await findingsIn(paths, args.as as ConfigPlace | undefined, options)
    return publish(reportOf('validate', '', findings, performance.now() - started), args, io)
  },
  batch: ({ args }) => {
    const options = { ...checkOptions(args), ...viewOf(args.root, true) }
    return (line) => JSON.stringify(answer(line, options, args.as as ConfigPlace | undefined))
  },
}

const mostRounds = 10

async function findingsIn(
  paths: readonly string[],
  as: ConfigPlace | undefined,
  options: Omit<CheckOptions, 'as'>,
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const path of paths)
    for (const { file, place } of await filesOf(path, as)) {
      const modules = modulesForFile(file.path, options.modules)
      for (const diagnostic of judgeAlone(file, { ...options, as: place, modules }).diagnostics) {
        const impact = diagnostic.severity === 'error' ? { impact: impactOf(place, diagnostic.code) } : {}
        findings.push({ diagnostic, nodes: [], trace: [], ...impact })
      }
    }
  return findings
}

function checkOptions(args: Args): Omit<CheckOptions, 'as'> {
  const defines = ((args.define ?? []) as readonly string[]).map((text): [string, string | undefined] => {
    const [name, ...value] = text.split('=')
    return [name as string, value.length > 0 ? value.join('=') : undefined]
  })
  return {
    modules: modulesOption(typeof args.modules === 'string' ? args.modules : 'all'),
    ...overrideOption(typeof args.override === 'string' ? args.override : undefined),
    defines: new Map(defines),
  }
}

/** What is known of the machine. A batch asks what httpd would say of texts here. */
function viewOf(root: unknown, batch: boolean): Partial<CheckOptions> {
  if (root === 'none' || (root === undefined && !batch)) return {}
  if (root === undefined) return outsideView('/')
  const directory = resolve(String(root))
  if (diskFiles(directory).kind('') !== 'directory') throw new CannotRun(`no such directory: ${root}`)
  return machineView(directory)
}

async function filesOf(path: string, as: ConfigPlace | undefined): Promise<{ file: SourceFile; place: ConfigPlace }[]> {
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
  const found: { file: SourceFile; place: ConfigPlace }[] = []
  const visit = (inside: string): void => {
    for (const name of directory.list(inside) ?? []) {
      const at = inside === '' ? name : `${inside}/${name}`
      if (directory.entry(at)?.kind === 'link') continue
      if (directory.kind(at) === 'directory') visit(at)
      const place = configPlace(resolve(path, at))
      const text = place ? directory.text(at) : undefined
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
