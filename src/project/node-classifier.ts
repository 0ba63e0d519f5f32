import { spawnSync } from 'node:child_process'
import { isAbsolute, join } from 'node:path'
import { parseYaml } from '../hiera/yaml.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import type { Files } from '../source/files.ts'
import { type SourceFile, type Span, sourceFile, span } from '../source/source-file.ts'
import { type HashValue, hashGet, type Value } from '../value/value.ts'

/**
 * What an external node classifier says of a node (Puppet's documentation, "Writing external node classifiers"): classes,
 * each with its parameters or none, and variables of the top scope.
 */
export interface Classification {
  readonly classes: ReadonlyMap<string, Value | undefined>
  readonly parameters?: HashValue
  readonly environment?: string
}

/** Where classifications come from: a file a node, or a program that prints it; `{node}` stands for the certname. */
export type ClassifierSetting =
  | { readonly kind: 'files'; readonly pattern: string }
  | { readonly kind: 'command'; readonly command: readonly string[]; readonly span?: Span }

/** A node's classification, or what is wrong with it. */
export interface Classified {
  readonly classification?: Classification
  readonly diagnostics: readonly Diagnostic[]
  /** The file that it was read from, or that is missing. */
  readonly path?: string
}

export interface ClassifierOptions {
  readonly setting: ClassifierSetting
  /** The environment's. */
  readonly files: Files
  /** The environment's directory: where commands run. */
  readonly directory: string
  readonly allowExec: boolean
  readonly seconds: number
}

const missing = define(
  'warning',
  'project/not-classified',
  (node: string, path: string) => `${node} is not classified: there is no ${path}`,
)
const wrongShape = define(
  'error',
  'project/classifier-shape',
  (what: string, wanted: string) => `${what} should be ${wanted}`,
)
const notRun = define(
  'error',
  'project/classifier-not-run',
  (command: string) =>
    `the classifier '${command}' is a program and was not run, so the classes that it gives are missing`,
)
const failed = define(
  'error',
  'project/classifier-failed',
  (command: string, reason: string) => `the classifier '${command}' failed: ${reason}`,
)

/** Asks the classifier once for each node that somebody wants to know about. */
export function openClassifier(options: ClassifierOptions): (node: string) => Classified {
  const known = new Map<string, Classified>()
  return (node) => {
    let classified = known.get(node)
    if (!classified) {
      classified = classify(options, node)
      known.set(node, classified)
    }
    return classified
  }
}

function classify(options: ClassifierOptions, node: string): Classified {
  const { setting } = options
  const named = (text: string): string => text.replaceAll('{node}', node)
  if (setting.kind === 'files') {
    const path = named(setting.pattern)
    const text = options.files.text(path)
    if (text === undefined) {
      const remedy = 'Save what your classifier prints for the node there.'
      return { path, diagnostics: [missing([node, path], { remedy })] }
    }
    return { path, ...readClassification(sourceFile(path, text)) }
  }
  const command = setting.command.map(named)
  const shown = command.join(' ')
  const place = setting.span ? { span: setting.span } : {}
  if (!options.allowExec) {
    const remedy = 'Allow it with --allow-exec, or save what it prints and name the files: classifier: enc/{node}.yaml'
    return { diagnostics: [notRun([setting.command.join(' ')], { ...place, remedy })] }
  }
  const [program, ...args] = command as [string, ...string[]]
  const path = program.includes('/') && !isAbsolute(program) ? join(options.directory, program) : program
  const run = spawnSync(path, args, {
    cwd: options.directory,
    encoding: 'utf8',
    timeout: options.seconds * 1000,
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const reason = run.error
    ? `${(run.error as NodeJS.ErrnoException).code ?? run.error.message}`
    : run.status === 0
      ? undefined
      : `it ended with status ${run.status ?? run.signal}${run.stderr.trim() === '' ? '' : `: ${run.stderr.trim().split('\n')[0]}`}`
  if (reason !== undefined) return { diagnostics: [failed([shown, reason], place)] }
  return readClassification(sourceFile(`the output of ${shown}`, run.stdout))
}

/** Reads what a classifier prints. */
export function readClassification(file: SourceFile): Omit<Classified, 'path'> {
  const { value, diagnostics } = parseYaml(file)
  if (diagnostics.some(({ severity }) => severity === 'error')) return { diagnostics }
  const found: Diagnostic[] = [...diagnostics]
  const refuse = (what: string, wanted: string, part: Value | undefined): void => {
    found.push(wrongShape([what, wanted], { span: placeOf(part, file) }))
  }
  if (value?.kind === 'array' && value.values.length === 0)
    return { classification: { classes: new Map() }, diagnostics: found }
  if (value?.kind !== 'hash') {
    refuse(`the classification in ${file.path}`, 'a hash with classes, parameters and environment', value)
    return { diagnostics: found }
  }
  // Old classifiers write the names as symbols.
  const told = (name: string): Value | undefined => hashGet(value, name) ?? hashGet(value, `:${name}`)
  const environment = told('environment')
  const parameters = told('parameters')
  if (parameters && parameters.kind !== 'hash' && parameters.kind !== 'undef')
    refuse('parameters', 'a hash of variables', parameters)
  const classes = new Map<string, Value | undefined>()
  const given = told('classes')
  const entries: (readonly [name: Value, parameters: Value | undefined])[] =
    given?.kind === 'hash'
      ? [...given.entries.values()].map((entry) => [entry.key, entry.value])
      : given?.kind === 'array'
        ? given.values.map((name) => [name, undefined])
        : []
  if (given && given.kind !== 'hash' && given.kind !== 'array' && given.kind !== 'undef')
    refuse('classes', 'names of classes, or a hash of them with their parameters', given)
  for (const [name, own] of entries)
    if (name.kind !== 'string' && name.kind !== 'integer') refuse('the name of a class', 'a string', name)
    else if (own && own.kind !== 'hash' && own.kind !== 'undef')
      refuse(`what ${name.value} gets`, 'a hash of parameters', own)
    else classes.set(String(name.value), own?.kind === 'hash' ? own : undefined)
  return {
    classification: {
      classes,
      ...(parameters?.kind === 'hash' ? { parameters } : {}),
      ...(environment?.kind === 'string' ? { environment: environment.value } : {}),
    },
    diagnostics: found,
  }
}

function placeOf(value: Value | undefined, file: SourceFile): Span {
  return value?.origin.kind === 'literal' ? value.origin.span : span(file, 0, Math.min(1, file.text.length))
}

const settingShape = define(
  'error',
  'project/bad-value',
  () => "'classifier' in rehearse.yaml should be a file with {node} in its name, or { command: [PROGRAM, ARGUMENT…] }",
)

/** The key `classifier` of `rehearse.yaml`. */
export function readClassifierSetting(value: Value): {
  readonly setting?: ClassifierSetting
  readonly diagnostics: readonly Diagnostic[]
} {
  const place = value.origin.kind === 'literal' ? { span: value.origin.span } : {}
  if (value.kind === 'string' && value.value !== '')
    return { setting: { kind: 'files', pattern: value.value.replace(/^\.\//, '') }, diagnostics: [] }
  const command = value.kind === 'hash' ? hashGet(value, 'command') : undefined
  const words = command?.kind === 'array' ? command.values : command ? [command] : []
  const texts = words.flatMap((word) => (word.kind === 'string' && word.value !== '' ? [word.value] : []))
  if (texts.length === 0 || texts.length < words.length) return { diagnostics: [settingShape([], place)] }
  // Puppet gives the certname as the last argument.
  const arguments_ = texts.some((text) => text.includes('{node}')) ? texts : [...texts, '{node}']
  return { setting: { kind: 'command', command: arguments_, ...place }, diagnostics: [] }
}
