import { posix } from 'node:path'
import { type CheckOptions, type ConfigPlace, judgeConfig } from '../apache/check.ts'
import type { ConfigNode, Environment } from '../apache/context.ts'
import { type ConfigLines, configLines } from '../apache/lines.ts'
import { lintConfig } from '../apache/lints.ts'
import { modulesForFile, modulesFrom } from '../apache/loaded-modules.ts'
import { moduleSet, modulesNamed } from '../apache/modules.ts'
import { parseOverride } from '../apache/override.ts'
import { parseConfig } from '../apache/parse.ts'
import { configPlace } from '../apache/place.ts'
import type { Verdict } from '../apache/verdict.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { traceRange } from '../catalog/trace.ts'
import type { DeployedTree } from '../diff/deployed-tree.ts'
import { withFixes } from '../lint/apache/fixes.ts'
import { lintServer } from '../lint/apache/lint-server.ts'
import { lintRequests } from '../lint/apache/requests/lint-requests.ts'
import { type ServerModel, serverModel } from '../lint/apache/server.ts'
import { withoutSilenced } from '../lint/apache/silence.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { type SourceFile, type Span, sourceFile } from '../source/source-file.ts'
import { fixAtOrigin } from './apache/fix-at-origin.ts'
import { accessFileNames, judgeHtaccess } from './apache/htaccess.ts'
import { htaccessRequests } from './apache/htaccess-requests.ts'
import { missingPaths } from './apache/missing-paths.ts'
import { effectKept } from './apache/same-effect.ts'
import { contentFindings } from './apache/server-content.ts'
import { placeOnNode, type WholeServer, wholeServer } from './apache/whole-server.ts'
import type { Configuration } from './configuration.ts'
import type { Finding } from './run-report.ts'

const notIncluded = define(
  'info',
  'apache/not-included',
  (path: string, main: string) => `nothing that ${main} includes leads to ${path}, so httpd does not read it`,
)

/**
 * What httpd would say of a node's Apache files, each finding traced back to its data. Where the node is known to run
 * httpd, its configuration is judged once, from the main file on; files that it does not include, and `.htaccess`
 * files, are judged by themselves.
 */
export function checkApacheFiles(
  node: string,
  files: readonly RenderedFile[],
  deployed: DeployedTree | undefined,
  configuration: Configuration,
): Finding[] {
  if (!files.some((file) => configPlace(file.path) !== undefined)) return []
  const { whole, model, modules, atStart } = readServer(files, deployed, configuration)
  const findings = whole && model ? serverFindings(node, whole, model) : []
  if (whole && model) {
    const byPath = new Map(files.map((file) => [file.path, file]))
    for (const { path, ...rest } of contentFindings(whole, model, files)) {
      const rendered = byPath.get(path)
      const place = rendered?.span ? { span: rendered.span } : {}
      findings.push({ diagnostic: { ...rest, ...place }, nodes: [node], renderedPath: path, trace: [] })
    }
    if (deployed)
      for (const diagnostic of effectKept(whole, model, files, deployed, atStart))
        findings.push({ diagnostic, nodes: [node], renderedPath: whole.layout.main, trace: [] })
  }
  const accessFiles = model && accessFileNames(model)
  for (const file of files) {
    const place = accessFiles?.has(posix.basename(file.path)) ? 'htaccess' : configPlace(file.path)
    if (!file.source || !place || whole?.read.has(file.path)) continue
    const dead = whole !== undefined && place === 'server' && isKnownDead(file.path, whole)
    const loaded = whole?.environment.modules ?? modules
    // Enabling a site is often what enables its modules.
    const own = dead ? new Set([...loaded, ...moduleSet('all')]) : loaded
    const options = { ...overrideOption(configuration.override), modules: modulesForFile(file.path, own), as: place }
    const judged = judgeAlone(file.source, options).diagnostics
    const ofServer =
      place === 'htaccess' && whole && model ? judgedByServer(file, whole, model, configuration) : undefined
    const known = ofServer && whole && model ? htaccessRequests(file.path, whole, model) : undefined
    const lints = [
      ...judged.filter(({ code }) => code.startsWith('lint/') || (!known && code.startsWith('request/'))),
      ...withoutSilenced(known ?? []).map((found) => inFile(found, file)),
    ]
    const diagnostics = ofServer ? [...withFixes(ofServer), ...lints] : dead ? judged.map(harmless) : [...judged]
    if (dead) diagnostics.push(deadFile(file, whole))
    for (const diagnostic of diagnostics)
      findings.push(findingIn(node, file, diagnostic, impactOf(place, diagnostic.code)))
  }
  return findings
}

/** The span of the text that httpd reads, in the file that the catalog makes of it. */
function inFile({ span, ...rest }: Diagnostic, { source }: RenderedFile): Diagnostic {
  return { ...rest, ...(span && source ? { span: { ...span, file: source } } : {}) }
}

/** As long as httpd does not read the file. */
export function harmless(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.severity === 'error' ? { ...diagnostic, severity: 'warning' } : diagnostic
}

/** What the settings of the control repo say counts where only the package's configuration tells of an override. */
function judgedByServer(
  { source, path }: RenderedFile,
  whole: WholeServer,
  model: ServerModel,
  configuration: Configuration,
): Diagnostic[] | undefined {
  if (!source || (!whole.certain && configuration.override !== undefined)) return undefined
  return judgeHtaccess(path, source, model, (span) => {
    const place = placeOnNode(whole.files, span)
    return place && place.entry.from !== 'package' ? place.span : undefined
  })
}

export interface ReadServer {
  /** Left out where nothing tells that the node runs httpd. */
  readonly whole?: WholeServer
  readonly model?: ServerModel
  /** The modules of the node, for files that are judged by themselves. */
  readonly modules: ReadonlySet<string>
  /** Those that are there before the configuration loads any. */
  readonly atStart: ReadonlySet<string>
}

/** Reads the configuration of a node's httpd as its files will be. `before`: the modules at the start, where known. */
export function readServer(
  files: readonly RenderedFile[],
  deployed: DeployedTree | undefined,
  configuration: Configuration,
  before?: ReadonlySet<string>,
): ReadServer {
  const evidence = configuration.modules === undefined ? modulesOfNode(files, deployed) : undefined
  const given = configuration.modules === undefined ? moduleSet('all') : modulesOption(configuration.modules)
  const atStart = before ?? (evidence ? builtIn(evidence) : given)
  const modules = evidence ?? given
  const whole = wholeServer(files, deployed, atStart)
  return whole ? { whole, model: serverModel(whole.nodes, whole.environment), modules, atStart } : { modules, atStart }
}

/** Where no MPM is loaded, it is part of the server program. */
function builtIn(loaded: ReadonlySet<string>): ReadonlySet<string> {
  return modulesNamed([...loaded].some((name) => name.startsWith('mpm_')) ? [] : ['mpm_event'])
}

function findingIn(node: string, file: RenderedFile, found: Diagnostic, impact: string): Finding {
  const diagnostic = fixAtOrigin(found, file)
  return {
    diagnostic,
    nodes: [node],
    renderedPath: file.path,
    rendered: file,
    trace: diagnostic.span ? traceRange(file, diagnostic.span.start, diagnostic.span.end) : [],
    ...(diagnostic.severity === 'error' ? { impact } : {}),
  }
}

/** What httpd says of the whole configuration, each at its place in the file that the catalog or the node has. */
function serverFindings(node: string, whole: WholeServer, model: ServerModel): Finding[] {
  const seen = new Set<string>()
  return withFixes([...whole.verdict.diagnostics, ...lintWhole(whole, model)]).flatMap((found): Finding[] => {
    const place = found.span && placeOnNode(whole.files, found.span)
    // Of what the package ships, only the gist is known; what the catalog leaves alone is only told where it breaks.
    if (!place || place.entry.from === 'package') return []
    if (place.entry.from === 'deployed' && found.severity !== 'error') return []
    const { span, entry } = place
    // A file that is included twice is judged twice.
    const key = JSON.stringify([found.code, found.message, span.file.path, span.start, span.end])
    if (seen.has(key)) return []
    seen.add(key)
    const related = found.related?.map((each) => ({
      ...each,
      span: placeOnNode(whole.files, each.span)?.span ?? each.span,
    }))
    const diagnostic = { ...found, span, ...(related ? { related } : {}) }
    const impact = impactOf('server', found.code)
    if (entry.rendered) return [findingIn(node, entry.rendered, diagnostic, impact)]
    return [{ diagnostic, nodes: [node], trace: [], ...(found.severity === 'error' ? { impact } : {}) }]
  })
}

function lintWhole(whole: WholeServer, model: ServerModel): Diagnostic[] {
  const { certain, environment, files, texts } = whole
  const isShipped = (span: Span) => placeOnNode(files, span)?.entry.from === 'package'
  const complete = certain && !model.listens.some(({ span }) => isShipped(span))
  const known = new Set([...environment.defines.keys(), ...environment.environment.keys()])
  return withoutSilenced([
    ...lintServer({ model, htaccess: false, complete, text: files.text }, true),
    ...lintRequests({ model, htaccess: false, complete, text: files.text, certain: certain && complete }, true),
    ...missingPaths(model, files),
    ...texts.flatMap((text) => lintConfig(text, { known })),
  ])
}

/**
 * What httpd says of a file where nothing is known of the server around it, and what it accepts although it is broken;
 * errors first, in httpd's order.
 */
export function judgeAlone(source: SourceFile, options: CheckOptions): VerdictAlone {
  const read = configLines(source)
  const { verdict, nodes, environment } = judgeConfig(read, options)
  return {
    ...verdict,
    diagnostics: withFixes([...verdict.diagnostics, ...lintNodes(read, nodes, environment, options.as)]),
    included: environment.included.map(({ file }) => file.path),
    modules: environment.modules,
  }
}

/**
 * The same for the main file of a server whose files are known; `ownModules`: it loads all its modules itself, but for
 * those that are part of the server program.
 */
export function judgeServer(main: SourceFile, options: Omit<CheckOptions, 'as'>, ownModules: boolean): VerdictAlone {
  const judge = (modules: ReadonlySet<string>) => judgeAlone(main, { ...options, as: 'server', modules })
  if (!ownModules) return judge(options.modules)
  const loading = judge(modulesNamed([]))
  return [...loading.modules].some((name) => name.startsWith('mpm_')) ? loading : judge(builtIn(new Set()))
}

export interface VerdictAlone extends Verdict {
  /** What Include has read, by the paths that httpd goes. */
  readonly included: readonly string[]
  /** Those given and those that the file loads. */
  readonly modules: ReadonlySet<string>
}

function lintNodes(
  read: ConfigLines,
  nodes: readonly ConfigNode[],
  environment: Environment,
  place: ConfigPlace,
): Diagnostic[] {
  const model = serverModel(nodes, environment)
  const context = { model, htaccess: place === 'htaccess', complete: false, text: () => undefined }
  const known = new Set([...environment.defines.keys(), ...environment.environment.keys()])
  return withoutSilenced([
    ...lintServer(context, false),
    ...lintRequests({ ...context, certain: false }, false),
    ...[read, ...environment.included].flatMap((text) => lintConfig(text, { known })),
  ])
}

/** Whether it is certain that no Include reads the file: the main file, and the links beside it, are known. */
function isKnownDead(path: string, { certain, files, layout }: WholeServer): boolean {
  if (!certain || !path.startsWith(`${layout.directory}/`)) return false
  const enabled = /^(.*\/(?:sites|conf|mods))-available\//.exec(path)?.[1]
  if (enabled === undefined) return true
  const directory = `${enabled}-enabled`
  return files.at(directory)?.rendered !== undefined || files.list(directory)?.some(isOnNode) === true

  function isOnNode(name: string): boolean {
    return files.at(`${directory}/${name}`)?.from !== 'package'
  }
}

function deadFile(file: RenderedFile, whole: WholeServer): Diagnostic {
  const { source } = file
  const detail = source ? { span: { file: source, start: 0, end: firstLine(source.text) } } : {}
  return notIncluded([file.path, whole.layout.main], detail)
}

function firstLine(text: string): number {
  const end = text.indexOf('\n')
  return end < 0 ? text.length : end
}
/** What an error in such a file means on a node. */
export function impactOf(place: ConfigPlace, code: string): string {
  if (code.startsWith('request/')) return 'Apache starts with this, and then fails the requests that come to it.'
  if (code.startsWith('lint/')) return 'Apache passes its syntax test with this, and then does not start.'
  return place === 'htaccess'
    ? 'Apache answers every request below this directory with 500 while the file is like this.'
    : 'Apache refuses to start or to reload with this file.'
}

/** Modules as people write them: names, `all` and `debian-default` among them, with commas or spaces between. */
export function modulesOption(text: string): ReadonlySet<string> {
  const names = text.split(/[\s,]+/).filter(Boolean)
  return modulesNamed(
    names.flatMap((name) => (name === 'all' || name === 'debian-default' ? [...moduleSet(name)] : [name])),
  )
}

export function overrideOption(text: string | undefined): Pick<CheckOptions, 'override'> {
  return text === undefined ? {} : { override: parseOverride(text).override }
}

/**
 * The modules that a node's httpd loads, as its rendered or deployed files tell (LoadModule lines, links in
 * `mods-enabled`); undefined where nothing tells.
 */
function modulesOfNode(
  files: readonly RenderedFile[],
  deployed: DeployedTree | undefined,
): ReadonlySet<string> | undefined {
  const rendered = new Map(files.map((file) => [file.path, file]))
  const trees = files.flatMap((file) =>
    file.source && configPlace(file.path) === 'server' ? [parseConfig(file.source)] : [],
  )
  const paths: string[] = []
  /** A link is known by what it leads to; its name tells only where that is not here. */
  const addLink = (path: string, target: string | undefined): void => {
    const leadsTo = target === undefined ? undefined : posix.resolve(posix.dirname(path), target)
    const source =
      leadsTo === undefined ? undefined : (rendered.get(leadsTo)?.source ?? deployed?.file(leadsTo)?.source)
    if (source) trees.push(parseConfig(sourceFile(path.slice(1), source.text)))
    else paths.push(path)
  }
  for (const file of files) {
    if (file.kind === 'link') addLink(file.path, file.target)
    else if (file.kind === 'file' && !file.source) paths.push(file.path)
  }
  const absent = files.filter((file) => file.kind === 'absent').map((file) => file.path)
  for (const directory of moduleDirectories)
    for (const name of deployed?.list(directory) ?? []) {
      const path = `${directory}/${name}`
      const there = rendered.has(path) ? undefined : deployed?.file(path)
      if (there?.kind === 'link') addLink(path, there.target)
      else if (there?.source) trees.push(parseConfig(there.source))
    }
  return modulesFrom({ trees, paths, absent })
}

/** Where Debian and the RHEL family keep what loads modules. */
const moduleDirectories = ['/etc/apache2/mods-enabled', '/etc/httpd/conf.modules.d']
