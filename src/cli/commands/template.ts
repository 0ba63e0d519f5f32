import { basename, resolve } from 'node:path'
import type { ConfigPlace } from '../../apache/check.ts'
import { compareFile } from '../../diff/compare-file.ts'
import { openDeployedTree } from '../../diff/deployed-tree.ts'
import { learnSecrets, learnTexts } from '../../diff/mask.ts'
import { parseYaml } from '../../hiera/yaml.ts'
import { loadNodes } from '../../project/facts-nodes.ts'
import { reportOf } from '../../project/problems.ts'
import { factsFromJson } from '../../project/read-facts.ts'
import {
  checkTemplateFile,
  type RenderedTemplate,
  renderTemplate,
  type TemplateRuntime,
  templateFile,
  templateRuntime,
  withDataOrigins,
} from '../../project/rehearse-template.ts'
import type { Finding, RunReport } from '../../project/run-report.ts'
import { stallDiagnostic } from '../../project/stalls.ts'
import { timeoutOf } from '../../project/timeout.ts'
import { type Diagnostic, define } from '../../source/diagnostic.ts'
import { diskFiles } from '../../source/files.ts'
import { lineOf, type SourceFile, sourceFile, span } from '../../source/source-file.ts'
import { type HashValue, hash } from '../../value/value.ts'
import { publish, readFormats } from '../formats.ts'
import { CannotRun } from '../io.ts'
import { factSources, openFromArguments } from '../open.ts'
import type { Runner, Session } from '../session.ts'

const dataShape = define('error', 'project/data-shape', (path: string) => `${path} should hold a hash of values`)

/** `rehearse template`: one file, or requests as the batch mode reads them. */
export const runner: Runner = {
  run: (session) => {
    const { args, io } = session
    readFormats(args.format)
    if (typeof args.file !== 'string') throw new CannotRun('no template is named', 'Name an ERB or EPP file.')
    return publish(rehearse(args.file, session), args, io)
  },
  batch: (session) => {
    const runtime = runtimeOf(session)
    return (line) => JSON.stringify(answer(line, session, runtime))
  },
}

function rehearse(path: string, session: Session): RunReport {
  const { args } = session
  const started = performance.now()
  const findings: (Finding | Diagnostic)[] = []
  const empty = hash([], { kind: 'builtin', name: 'no data' })
  const data = typeof args.data === 'string' ? readData(args.data, findings) : empty
  const facts = typeof args.facts === 'string' ? readFactsFor(args, args.facts, findings) : empty
  const template = readText(path)
  const kind = path.endsWith('.epp') ? 'epp' : 'erb'
  session.begin(path, timeoutOf({}))
  const stall = session.stalls.find((s) => s.name === path)
  const rendered: RenderedTemplate = stall
    ? { diagnostics: [stallDiagnostic(stall)], secrets: new Set() }
    : renderTemplate({ template, kind, data, facts }, runtimeOf(session))
  findings.push(...rendered.diagnostics)
  const reported = (): RunReport => {
    const report = reportOf('template', '', findings, performance.now() - started)
    learnTexts(report.mask, rendered.secrets)
    return report
  }
  if (!rendered.text) return reported()
  const file = templateFile(path, rendered.text)
  const text = (name: string) => (typeof args[name] === 'string' ? { [name]: args[name] as string } : {})
  findings.push(
    ...checkTemplateFile(file, { ...text('as'), ...text('modules'), ...text('override') } as { as?: ConfigPlace }),
  )
  const report = reported()
  learnSecrets(report.mask, file)
  const before = typeof args.deployed === 'string' ? deployedFile(args.deployed, file.path) : undefined
  const change = compareFile(before, file, { mask: report.mask })
  const deployed = typeof args.deployed === 'string' ? { deployed: args.deployed } : {}
  return { ...report, ...deployed, changes: change.kind === 'unchanged' ? [] : [{ change, nodes: [] }] }
}

/** With the modules of the control repo that the command stands in, or names; without any where there is none. */
function runtimeOf(session: Session): TemplateRuntime {
  const { args, beacon } = session
  const puppet = args.puppet === 7 ? 7 : 8
  try {
    const { modules } = openFromArguments({ ...args, facts: undefined }, session)
    return templateRuntime({ puppet, modules, beacon })
  } catch (error) {
    if (error instanceof CannotRun && args.environment === undefined) return templateRuntime({ puppet, beacon })
    throw error
  }
}

function readText(path: string): SourceFile {
  const full = resolve(path)
  const text = diskFiles(resolve(full, '..')).text(basename(full))
  if (text === undefined) throw new CannotRun(`no such file: ${path}`)
  return sourceFile(path, text)
}

function readData(path: string, findings: (Finding | Diagnostic)[]): HashValue {
  const file = readText(path)
  const { value, diagnostics } = parseYaml(file)
  findings.push(...diagnostics)
  if (value?.kind === 'hash') return withDataOrigins(value, basename(path))
  if (value !== undefined && value.kind !== 'undef') findings.push(dataShape([path], { span: span(file, 0, 1) }))
  return hash([], { kind: 'builtin', name: 'no data' })
}

/** Facts of a file, or of a bundled set. */
function readFactsFor(args: Session['args'], asked: string, findings: (Finding | Diagnostic)[]): HashValue {
  const problems: Diagnostic[] = []
  const nodes = loadNodes({ ...factSources(args), directory: process.cwd() }, problems)
  findings.push(...problems)
  if (nodes.length > 1)
    throw new CannotRun(`${asked} holds the facts of ${nodes.length} nodes`, 'Name a file with the facts of one.')
  return nodes[0]?.facts ?? hash([], { kind: 'builtin', name: 'no facts' })
}

function deployedFile(path: string, as: string) {
  const full = resolve(path)
  const found = openDeployedTree(diskFiles(resolve(full, '..'))).file(`/${basename(full)}`)
  if (!found) throw new CannotRun(`no such file: ${path}`)
  return { ...found, path: as }
}

interface Request {
  readonly id?: unknown
  readonly template?: string
  readonly kind?: string
  readonly data?: object
  readonly facts?: object
}

function answer(line: string, session: Session, runtime: TemplateRuntime): object {
  let request: Request
  try {
    request = JSON.parse(line) as Request
  } catch (error) {
    return { error: `not JSON: ${(error as Error).message}` }
  }
  if (typeof request.template !== 'string') return { id: request.id, error: 'a request should have a "template"' }
  const stall = session.stalls.find((s) => s.name === line)
  if (stall) {
    const { message, span: place } = stallDiagnostic(stall)
    return { id: request.id, error: message, ...(place ? { line: lineOf(place) } : {}) }
  }
  session.begin(line, timeoutOf({}))
  const kind = request.kind === 'epp' ? 'epp' : 'erb'
  const { text, diagnostics } = renderTemplate(
    {
      template: sourceFile(`template.${kind}`, request.template),
      kind,
      data: factsFromJson(request.data ?? {}, 'data') as HashValue,
      facts: factsFromJson(request.facts ?? {}, '') as HashValue,
    },
    runtime,
  )
  if (text) return { id: request.id, output: text.value }
  const error = diagnostics.find((diagnostic) => diagnostic.severity === 'error')
  return { id: request.id, error: error?.message, ...(error?.span ? { line: lineOf(error.span) } : {}) }
}
