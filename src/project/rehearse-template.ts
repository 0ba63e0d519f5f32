import { type ConfigPlace, checkConfig } from '../apache/check.ts'
import { configPlace } from '../apache/place.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { segmentsOf } from '../catalog/segments.ts'
import { traceRange } from '../catalog/trace.ts'
import { compileNode } from '../compiler/compile-node.ts'
import { type Environment, openEnvironment } from '../compiler/environment.ts'
import { parseTemplate } from '../puppet/parse.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { type Files, memoryFiles } from '../source/files.ts'
import { type SourceFile, sourceFile } from '../source/source-file.ts'
import { type HashValue, hash, hashGet, type StringValue, string, type Value, withOrigin } from '../value/value.ts'
import { impactOf, modulesOption, overrideOption } from './apache-check.ts'
import type { Finding } from './run-report.ts'
import { puppetSettings } from './settings.ts'

/** A template on its own, with the values that stand for what a manifest would give it. */
export interface TemplateInput {
  readonly template: SourceFile
  readonly kind: 'erb' | 'epp'
  /** Variables by name; of a key such as `profile::web::rules` the last part counts too. */
  readonly data: HashValue
  readonly facts: HashValue
  readonly puppet: 7 | 8
  /** Modules whose functions and templates it may call; none where left out. */
  readonly modules?: { readonly path: readonly string[]; readonly files: (directory: string) => Files }
}

export interface RenderedTemplate {
  readonly text?: StringValue
  readonly diagnostics: readonly Diagnostic[]
}

const root = '/rehearsal'

/** Renders a template by compiling a catalog that holds nothing else, so that it sees exactly what a manifest's would. */
export function renderTemplate(input: TemplateInput): RenderedTemplate {
  const path = input.template.path
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')
  const environment = templateEnvironment(input, path)
  const reference = `${root}/${path}`.replace(/[\\']/g, '\\$&')
  const call = input.kind === 'erb' ? `template('${reference}')` : `epp('${reference}', $rehearsal_parameters)`
  const { catalog, diagnostics } = compileNode(environment, {
    name: 'template',
    facts: hash(
      [...input.facts.entries.values(), ...variables(input)].map((e) => [e.key, e.value] as const),
      input.facts.origin,
    ),
    code: sourceFile('', `notify { 'template': message => ${call} }`),
  })
  const message = catalog?.resources.find((r) => r.type === 'Notify')?.parameters.get('message')?.value
  const text = message?.kind === 'sensitive' ? message.value : message
  return text?.kind === 'string' ? { text, diagnostics } : { diagnostics }
}

function templateEnvironment(input: TemplateInput, path: string): Environment {
  return openEnvironment({
    name: 'template',
    files: memoryFiles(root, new Map([[path, input.template.text]])),
    modulePath: input.modules?.path ?? [],
    moduleFiles: input.modules?.files ?? (() => memoryFiles(root, new Map())),
    settings: puppetSettings(input.puppet, 'template'),
  })
}

function variables({ data, kind, template }: TemplateInput): { key: Value; value: Value }[] {
  const found: { key: Value; value: Value }[] = []
  for (const { key, value } of data.entries.values()) {
    if (key.kind !== 'string') continue
    found.push({ key: string(key.value.split('::').at(-1) as string, key.origin), value })
  }
  if (kind === 'erb') return found
  const { body } = parseTemplate(template).program
  const declared =
    body.kind === 'EppExpression' && body.parametersSpecified ? body.parameters.map((p) => p.name) : undefined
  const given = found.filter((entry) => entry.key.kind === 'string' && (declared?.includes(entry.key.value) ?? true))
  const parameters = hash(
    given.map((entry) => [entry.key, entry.value] as const),
    data.origin,
  )
  return [...found, { key: string('rehearsal_parameters', data.origin), value: parameters }]
}

/** Values of a data file, each knowing its key and its own place. */
export function withDataOrigins(data: HashValue, level: string): HashValue {
  const mark = (value: Value, key: string): Value => {
    const origin =
      value.origin.kind === 'literal' ? ({ kind: 'hiera', key, level, span: value.origin.span } as const) : value.origin
    if (value.kind === 'array') return { ...value, origin, values: value.values.map((element) => mark(element, key)) }
    if (value.kind !== 'hash') return withOrigin(value, origin)
    return {
      ...hash(
        [...value.entries.values()].map((e) => [e.key, mark(e.value, key)] as const),
        origin,
      ),
    }
  }
  return hash(
    [...data.entries.values()].map((e) => [e.key, mark(e.value, e.key.kind === 'string' ? e.key.value : '')] as const),
    data.origin,
  )
}

/** A template's result as a file on a node would hold it. */
export function templateFile(name: string, text: StringValue): RenderedFile {
  const path = `/${name
    .split('/')
    .at(-1)
    ?.replace(/\.(erb|epp)$/, '')}`
  return {
    path,
    kind: 'file',
    resource: { type: 'File', title: path },
    source: sourceFile(path.slice(1), text.value),
    segments: segmentsOf(text),
    sensitive: false,
  }
}

/** What httpd says of a template's result. */
export function checkTemplateFile(
  file: RenderedFile,
  options: { readonly as?: ConfigPlace | 'none'; readonly modules?: string; readonly override?: string },
): Finding[] {
  const place = options.as ?? configPlace(file.path)
  if (!file.source || place === undefined || place === 'none') return []
  const check = { as: place, modules: modulesOption(options.modules ?? 'all'), ...overrideOption(options.override) }
  return checkConfig(file.source, check).diagnostics.map((diagnostic) => ({
    diagnostic,
    nodes: [],
    renderedPath: file.path,
    rendered: file,
    trace: diagnostic.span ? traceRange(file, diagnostic.span.start, diagnostic.span.end) : [],
    ...(diagnostic.severity === 'error' ? { impact: impactOf(place) } : {}),
  }))
}

/** The facts that Hiera-style data carries under `facts`, if any. */
export function factsWithin(data: HashValue): HashValue | undefined {
  const facts = hashGet(data, 'facts')
  return facts?.kind === 'hash' ? facts : undefined
}
