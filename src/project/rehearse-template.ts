import { resolve } from 'node:path'
import type { ConfigPlace } from '../apache/check.ts'
import { configPlace } from '../apache/place.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { segmentsOf } from '../catalog/segments.ts'
import { traceRange } from '../catalog/trace.ts'
import { compileNode } from '../compiler/compile-node.ts'
import { type Environment, openEnvironment } from '../compiler/environment.ts'
import { indexModules } from '../compiler/module-index.ts'
import { parseTemplate } from '../puppet/parse.ts'
import { type Ruby, startRuby } from '../ruby/ruby.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { type Files, memoryFiles } from '../source/files.ts'
import { type SourceFile, sourceFile } from '../source/source-file.ts'
import { type HashValue, hash, type StringValue, string, type Value, withOrigin } from '../value/value.ts'
import { fixAtOrigin } from './apache/fix-at-origin.ts'
import { impactOf, judgeAlone, modulesOption, overrideOption } from './apache-check.ts'
import type { Finding } from './run-report.ts'
import { puppetSettings, puppetVersions } from './settings.ts'

/** A template on its own, with the values that stand for what a manifest would give it. */
export interface TemplateInput {
  readonly template: SourceFile
  readonly kind: 'erb' | 'epp'
  /** Variables by name; of a key such as `profile::web::rules` the last part counts too. */
  readonly data: HashValue
  readonly facts: HashValue
}

/** What templates are rendered with; one serves many, so that Ruby boots once. */
export interface TemplateRuntime {
  readonly puppet: 7 | 8
  readonly modulePath: readonly string[]
  readonly moduleFiles: (directory: string) => Files
  readonly ruby: Ruby
  readonly now: bigint
}

export interface TemplateRuntimeOptions {
  readonly puppet: 7 | 8
  /** Modules whose functions and templates may be called; none where left out. */
  readonly modules?: { readonly path: readonly string[]; readonly files: (directory: string) => Files }
  readonly beacon?: SharedArrayBuffer | undefined
}

const root = '/rehearsal'

export function templateRuntime({ puppet, modules, beacon }: TemplateRuntimeOptions): TemplateRuntime {
  const modulePath = modules?.path ?? []
  const moduleFiles = modules?.files ?? (() => memoryFiles(root, new Map()))
  const now = BigInt(Date.now()) * 1_000_000n
  const ruby = startRuby({
    modules: indexModules(modulePath, moduleFiles).values(),
    root,
    now,
    version: puppetVersions[puppet],
    beacon,
  })
  return { puppet, modulePath, moduleFiles, ruby, now }
}

export interface RenderedTemplate {
  readonly text?: StringValue
  readonly diagnostics: readonly Diagnostic[]
  /** Texts that are secret, wherever they turn up. */
  readonly secrets: ReadonlySet<string>
}

/** Renders a template by compiling a catalog that holds nothing else, so that it sees exactly what a manifest's would. */
export function renderTemplate(input: TemplateInput, runtime: TemplateRuntime): RenderedTemplate {
  const path = input.template.path
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')
  const environment = templateEnvironment(input, path, runtime)
  const values = variables(input.data)
  const { catalog, diagnostics, secrets } = compileNode(environment, {
    name: 'template',
    facts: hash([...pairs(input.facts), [string(given, input.data.origin), values]], input.facts.origin),
    code: sourceFile('', callingCode(input, values, path)),
  })
  const message = catalog?.resources.find((r) => r.type === 'Notify')?.parameters.get('message')?.value
  const text = message?.kind === 'sensitive' ? message.value : message
  return text?.kind === 'string' ? { text, diagnostics, secrets } : { diagnostics, secrets }
}

function templateEnvironment(input: TemplateInput, path: string, runtime: TemplateRuntime): Environment {
  const { modulePath, moduleFiles, ruby, now, puppet } = runtime
  return openEnvironment({
    name: 'template',
    files: memoryFiles(root, new Map([[path, input.template.text]])),
    modulePath,
    moduleFiles,
    settings: puppetSettings(puppet, 'template', {
      environmentpath: '/',
      manifest: `${root}/manifests`,
      modulepath: modulePath.map((directory) => resolve(root, directory)).join(':'),
      config_version: '',
    }),
    ruby,
    now,
  })
}

/** The fact under which the data reach the code. */
const given = 'rehearsal_data'

/**
 * A manifest that renders the template with each value under its name. The names are a lambda's parameters, so that
 * `title` and `name` are possible, as in a defined type.
 */
function callingCode({ kind, template }: TemplateInput, values: HashValue, path: string): string {
  const names = [...values.entries.values()].flatMap(({ key }) => (key.kind === 'string' ? [key.value] : []))
  const reference = `${root}/${path}`.replace(/[\\']/g, '\\$&')
  const parameters = (chosen: readonly string[]) => chosen.map((name) => `'${name}' => $${name}`).join(', ')
  const call =
    kind === 'erb' ? `template('${reference}')` : `epp('${reference}', { ${parameters(eppNames(template, names))} })`
  const resource = `notify { 'template': message => ${call} }`
  if (names.length === 0) return resource
  const list = (text: (name: string) => string) => names.map(text).join(', ')
  return `with(${list((name) => `$${given}['${name}']`)}) |${list((name) => `$${name}`)}| { ${resource} }`
}

/** Of the names, those that the template declares; all of them where it declares none. */
function eppNames(template: SourceFile, names: readonly string[]): readonly string[] {
  const { body } = parseTemplate(template).program
  if (body.kind !== 'EppExpression' || !body.parametersSpecified) return names
  const declared = new Set(body.parameters.map((parameter) => parameter.name))
  return names.filter((name) => declared.has(name))
}

/** The data by variables' names: the last part of a qualified key. */
function variables(data: HashValue): HashValue {
  const found = pairs(data).flatMap(([key, value]): [Value, Value][] => {
    const name = key.kind === 'string' ? key.value.split('::').at(-1) : undefined
    return name !== undefined && /^[a-z_]\w*$/.test(name) ? [[string(name, key.origin), value]] : []
  })
  return hash(found, data.origin)
}

function pairs(value: HashValue): [Value, Value][] {
  return [...value.entries.values()].map((entry) => [entry.key, entry.value])
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
  return judgeAlone(file.source, check).diagnostics.map((diagnostic) => ({
    diagnostic: fixAtOrigin(diagnostic, file),
    nodes: [],
    renderedPath: file.path,
    rendered: file,
    trace: diagnostic.span ? traceRange(file, diagnostic.span.start, diagnostic.span.end) : [],
    ...(diagnostic.severity === 'error' ? { impact: impactOf(place, diagnostic.code) } : {}),
  }))
}
