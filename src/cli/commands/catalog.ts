import { absolutePath, catalogToJson, type JsonData, stringifyJson } from '../../catalog/catalog-json.ts'
import type { RenderedFile } from '../../catalog/rendered-file.ts'
import { type Compilation, compileNode } from '../../compiler/compile-node.ts'
import { conversionWarnings } from '../../compiler/conversions.ts'
import { catalogText } from '../../compiler/text.ts'
import { createMask, hideSecrets, learnSecrets, learnTexts, type Mask } from '../../diff/mask.ts'
import { maskedCatalog, maskedFileText } from '../../diff/mask-catalog.ts'
import type { ControlRepo } from '../../project/control-repo.ts'
import { factsFromJson } from '../../project/read-facts.ts'
import { renderNode } from '../../project/rendered-node.ts'
import { serverFacts } from '../../project/settings.ts'
import { stallDiagnostic } from '../../project/stalls.ts'
import { timeoutOf } from '../../project/timeout.ts'
import { endingError } from '../../puppet/ending-error.ts'
import { lineOf, positionAt, sourceFile } from '../../source/source-file.ts'
import { tellFaults } from '../faults.ts'
import { exitCodes } from '../io.ts'
import { chooseNode, openFromArguments } from '../open.ts'
import { refuse, tell } from '../refusal.ts'
import type { Runner } from '../session.ts'

/**
 * `rehearse catalog`: one node, its secrets masked unless they are asked for, or requests as the batch mode reads them,
 * whose catalogs and files are
 * Puppet's own bytes.
 */
export const runner: Runner = {
  run: (session) => {
    const { args, io, begin } = session
    const repo = openFromArguments(args, session)
    const node = chooseNode(repo, args.node ?? '*')
    begin(node.name, timeoutOf(repo.configuration))
    const { compilation, files, diagnostics } = renderNode(repo, node, session.stalls)
    const { catalog, secrets } = compilation
    if (!catalog) return refuse(repo, diagnostics, session, secrets)
    const mask = args.showSecrets ? undefined : maskFor(files, secrets)
    const json = catalogToJson(mask ? maskedCatalog(catalog, mask) : catalog, repo.environment.files.root, catalogText)
    io.out(`${stringifyJson(args.files ? { ...(json as object), files: filesJson(files, mask) } : json)}\n`)
    tell(repo, diagnostics, session, secrets)
    return exitCodes.clean
  },
  batch: (session) => {
    const repo = openFromArguments(session.args, session)
    return (line) => stringifyJson(answer(repo, line, session))
  },
}

interface Request {
  readonly node: string
  readonly facts?: object
  readonly trusted?: object
  readonly server_facts?: object
  readonly code?: string
}

function answer(repo: ControlRepo, line: string, session: Parameters<Runner['run']>[0]): JsonData {
  const request = readRequest(line)
  if (typeof request === 'string') return { error: request, code: 'batch/request', logs: [] }
  const started = performance.now()
  const seconds = () => Math.round(performance.now() - started) / 1000
  const stall = session.stalls.find((s) => s.name === line)
  if (stall)
    return {
      node: request.node,
      seconds: stall.seconds,
      error: stallDiagnostic(stall).message,
      logs: [],
    }
  session.begin(line, timeoutOf(repo.configuration))
  const node = {
    name: request.node,
    facts: factsFromJson(request.facts ?? {}, ''),
    ...(request.trusted ? { trusted: factsFromJson(request.trusted, 'trusted') } : {}),
    serverFacts: request.server_facts
      ? factsFromJson(request.server_facts, 'server_facts')
      : serverFacts(repo.environment.settings.puppet),
    ...(request.code ? { code: sourceFile('', request.code) } : {}),
  }
  if (!session.args.files) {
    const compilation = compileNode(repo.environment, node)
    tellFaults(compilation.diagnostics, session.io)
    return { node: request.node, seconds: seconds(), ...outcome(compilation, repo) }
  }
  const { compilation, files, diagnostics } = renderNode(repo, node, [])
  const safe = hiding(compilation.secrets)
  tellFaults(diagnostics, session.io)
  return {
    node: request.node,
    seconds: seconds(),
    ...(outcome(compilation, repo) as object),
    files: filesJson(files),
    findings: diagnostics.map(({ code, message }) => ({ code, message: safe(message) })),
  }
}

function readRequest(line: string): Request | string {
  try {
    const request = JSON.parse(line) as unknown
    if (typeof request !== 'object' || request === null || typeof (request as Request).node !== 'string')
      return 'a request should be an object with a "node"'
    return request as Request
  } catch (error) {
    return `not JSON: ${(error as Error).message}`
  }
}

/** The catalog, or the error at which Puppet stops, and what was logged. */
function outcome(compilation: Compilation, repo: ControlRepo): Readonly<Record<string, JsonData>> {
  const { root } = repo.environment.files
  const { catalog } = compilation
  const safe = hiding(compilation.secrets)
  const logs = [...compilation.logs, ...(catalog ? conversionWarnings(catalog) : [])].map(
    ({ level, message, span }) => ({
      level,
      message: safe(message),
      file: span ? absolutePath(span.file, root) || null : null,
      line: span ? lineOf(span) : null,
    }),
  )
  if (catalog) return { catalog: catalogToJson(catalog, root, catalogText), logs }
  const error = endingError(compilation.diagnostics)
  const span = error?.puppetSpan ?? error?.span
  const position = span && positionAt(span.file, span.start)
  return {
    error: safe(absolutePlaces(error?.message ?? '', root)),
    code: error?.code ?? '',
    ...(span && span.file.path !== '' ? { file: absolutePath(span.file, root) } : {}),
    ...(position ? { line: position.line, column: position.column } : {}),
    logs,
  }
}

/** Messages name other places as people see them; Puppet prints absolute paths. */
function absolutePlaces(message: string, root: string): string {
  return message.replace(/(\(file: |^ {2}Filepath: )(?![/\n])/gm, `$1${root}/`)
}

function maskFor(files: readonly RenderedFile[], secrets: Iterable<string>): Mask {
  const mask = createMask()
  for (const file of files) learnSecrets(mask, file)
  learnTexts(mask, secrets)
  return mask
}

/** Replaces secrets in messages: catalogs hold them, logs need not. */
function hiding(secrets: Iterable<string>): (text: string) => string {
  const mask = createMask()
  learnTexts(mask, secrets)
  return (text) => hideSecrets(mask, text)
}

function filesJson(files: readonly RenderedFile[], mask?: Mask): JsonData {
  return files.map((file) => ({
    path: mask ? hideSecrets(mask, file.path) : file.path,
    kind: file.kind,
    content: (mask ? maskedFileText(file, mask) : file.source?.text) ?? null,
    sensitive: file.sensitive || file.segments.some((segment) => segment.sensitive),
  }))
}
