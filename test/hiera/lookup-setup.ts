import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LookupScope } from '../../src/hiera/invocation.ts'
import { lookup } from '../../src/hiera/lookup.ts'
import type { NodeHiera } from '../../src/hiera/node-hiera.ts'
import { type Hiera, type HieraSources, openHiera } from '../../src/hiera/sources.ts'
import type { Diagnostic } from '../../src/source/diagnostic.ts'
import { Failure } from '../../src/source/diagnostic.ts'
import { diskFiles } from '../../src/source/files.ts'
import { rubyText } from '../../src/types/ruby-value.ts'
import type { Block } from '../../src/value/function.ts'
import { type Origin, unknownOrigin } from '../../src/value/origin.ts'
import {
  array,
  boolean,
  float,
  hash,
  hashGet,
  integer,
  type ObjectValue,
  sensitive,
  string,
  undef,
  type Value,
} from '../../src/value/value.ts'

const here = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')
export const environments = `${here}/environments`
export const globalLayer = `${here}/global`

export interface NodeFacts {
  readonly trusted: unknown
  readonly facts: Readonly<Record<string, unknown>>
}

export const nodes = JSON.parse(readFileSync(`${here}/nodes.json`, 'utf8')) as Readonly<Record<string, NodeFacts>>

/** JSON as values; a whole number is an Integer. */
export function toValue(data: unknown, origin: Origin = unknownOrigin): Value {
  if (data === null || data === undefined) return undef(origin)
  if (typeof data === 'string') return string(data, origin)
  if (typeof data === 'boolean') return boolean(data, origin)
  if (typeof data === 'number') return Number.isInteger(data) ? integer(data, origin) : float(data, origin)
  if (Array.isArray(data))
    return array(
      data.map((d) => toValue(d, origin)),
      origin,
    )
  return hash(
    Object.entries(data).map(([key, value]) => [string(key, origin), toValue(value, origin)] as const),
    origin,
  )
}

const opened = new Map<string, Hiera>()

/** Hiera over one of the environments here; each is opened once, as a run would. */
export function openEnvironment(name: string, extra: Partial<HieraSources> = {}): Hiera {
  const known = Object.keys(extra).length === 0 ? opened.get(name) : undefined
  if (known) return known
  const root = `${environments}/${name}`
  const files = diskFiles(root)
  const modules = (files.list('modules') ?? []).map((module) => ({
    name: module,
    files: diskFiles(`${root}/modules/${module}`),
    shown: `modules/${module}`,
  }))
  const hiera = openHiera({
    files,
    environment: name,
    modules,
    global: { files: diskFiles(globalLayer), path: 'hiera.yaml' },
    ...extra,
  })
  opened.set(name, hiera)
  return hiera
}

/** The caller's side of look-ups: variables of a node, and the functions that the fixtures' hierarchies name. */
export interface TestContext extends LookupScope {
  readonly logs: string[]
  readonly reported: Diagnostic[]
}

export function contextFor(
  node: NodeFacts,
  hiera: () => NodeHiera,
  strict: 'off' | 'warning' | 'error' = 'warning',
): TestContext {
  const trusted = toValue(node.trusted, { kind: 'fact', name: 'trusted' })
  const facts = toValue(node.facts, { kind: 'fact', name: 'facts' })
  const variables = new Map<string, Value>([
    ['trusted', trusted],
    ['facts', facts],
  ])
  for (const [name, value] of Object.entries(node.facts)) variables.set(name, toValue(value, { kind: 'fact', name }))
  const logs: string[] = []
  const reported: Diagnostic[] = []
  const context: TestContext = {
    logs,
    reported,
    scope: {
      lookup: (name) => variables.get(name.replace(/^::/, '')),
      names: () => [...variables.keys()],
      set: () => {},
      moduleName: undefined,
      tags: [],
      classes: [],
      facts,
      resource: { type: 'Class', title: 'main' },
      environment: 'hiera',
      nodeName: 'web',
    },
    catalog: { hasClass: () => false } as unknown as LookupScope['catalog'],
    settings: {
      puppet: 7,
      strict,
      strictVariables: false,
      environment: 'hiera',
      values: new Map(),
    },
    types: { load: () => undefined },
    modules: {
      names: [],
      directory: () => undefined,
      find: () => undefined,
      list: () => undefined,
      linkTarget: () => undefined,
      metadata: (module) => (module === 'functional' ? { data_provider: 'function' } : undefined),
    },
    hasFunction: (name) => functions.has(name),
    call: (name, args) => {
      const found = functions.get(name)
      if (!found) throw new Error(`the test has no function ${name}`)
      return found(args, (key) => lookup(hiera(), context, { names: [key], required: true }).value as Value)
    },
    log: (level, message) => {
      logs.push(`${level}: ${message}`)
    },
    report: (diagnostic) => {
      reported.push(diagnostic)
    },
  }
  return context
}

type TestFunction = (args: readonly Value[], look: (key: string) => Value) => Value

function contextOf(args: readonly Value[]) {
  const context = args.at(-1) as ObjectValue
  return {
    call: (name: string, ...given: Value[]): Value => context.methods?.get(name)?.(given, undefined) as Value,
    callWith: (name: string, block: (argument: Value) => Value, ...given: Value[]): Value =>
      context.methods?.get(name)?.(given, {
        parameters: [],
        call: (blockArgs: readonly Value[]) => block(blockArgs[0] as Value),
      } as unknown as Block) as Value,
    attribute: (name: string): Value => context.attributes.get(name) as Value,
  }
}

const text = (value: string): Value => string(value, unknownOrigin)
const shown = (value: Value): string => (value.kind === 'undef' ? '' : rubyText(value))

/** The functions in the fixtures' `functions` folders, in the shape that a compiler would give them. */
const functions: ReadonlyMap<string, TestFunction> = new Map<string, TestFunction>([
  [
    'environment::data',
    (args) => {
      const context = contextOf(args)
      return hash(
        [
          [text('function_key'), text('value of %{facts.role}')],
          [text('function_list'), toValue(['f1', 'f2'])],
          [text('function_env'), context.attribute('environment_name')],
          [text('function_module'), context.attribute('module_name')],
          [text('list_merge'), toValue(['function'])],
        ],
        unknownOrigin,
      )
    },
  ],
  [
    'environment::from_uri',
    (args) => {
      const options = args[0] as Value & { kind: 'hash' }
      const uri = hashGet(options, 'uri') as Value
      contextOf(args).callWith('explain', () => text(`asked ${shown(uri)}`))
      return hash(
        [
          [text('uri_key'), uri],
          [text('uri_prefix'), hashGet(options, 'prefix') ?? undef(unknownOrigin)],
          [text('uri_list'), array([uri], unknownOrigin)],
        ],
        unknownOrigin,
      )
    },
  ],
  ['environment::bad', () => toValue([1])],
  ['functional::data', () => toValue({ 'functional::x': 'from the function', 'functional::y': ['%{facts.role}'] })],
  ['site::key', siteKey],
  [
    'site::dig',
    (args) => {
      const segments = (args[0] as Value & { kind: 'array' }).values
      const options = args[1] as Value & { kind: 'hash' }
      const first = shown(segments[0] as Value)
      if (first === 'dug') return text(`${shown(hashGet(options, 'secret') as Value)} ${segments.map(shown).join('/')}`)
      if (first === 'dug_hash') return toValue({ inner: { x: 1 } })
      return contextOf(args).call('not_found')
    },
  ],
  ['new', newInstance],
])

function siteKey(args: readonly Value[], look: (key: string) => Value): Value {
  const options = args[1] as Value & { kind: 'hash' }
  const context = contextOf(args)
  const option = (name: string): Value => hashGet(options, name) ?? undef(unknownOrigin)
  switch (shown(args[0] as Value)) {
    case 'key_options':
      return option('answer')
    case 'key_nested':
      return option('nested')
    case 'key_path':
      return option('path')
    case 'key_interpolated':
      return context.call('interpolate', text("%{facts.role}/%{lookup('plain')}"))
    case 'key_raw':
      return text('%{facts.role}')
    case 'key_undef':
      return undef(unknownOrigin)
    case 'key_hash':
      return toValue({ a: { b: ['x', 'y'] } })
    case 'key_recursive':
      return look('key_recursive')
    case 'key_other':
      return look('plain')
    case 'key_cached': {
      const has = context.call('cache_has_key', text('c'))
      return has.kind === 'boolean' && has.value
        ? text(`cached ${shown(context.call('cached_value', text('c')))}`)
        : context.call('cache', text('c'), text('fresh'))
    }
    case 'key_cached_twice':
      return text(
        [
          context.call('cache', text('d'), toValue(1)),
          context.call('cached_value', text('d')),
          context.call('cache_has_key', text('e')),
        ]
          .map(shown)
          .join(' '),
      )
    case 'key_file':
      return context.callWith('cached_file_data', (content) => text(`read ${shown(content)}`), option('path'))
    case 'key_module':
      return text(`[${shown(context.attribute('module_name'))}] [${shown(context.attribute('environment_name'))}]`)
    default:
      return context.call('not_found')
  }
}

/** As much of `new` as the fixtures convert to. */
function newInstance(args: readonly Value[]): Value {
  const [type, value, base] = args as [Value & { kind: 'type' }, Value, Value | undefined]
  const failed = (message: string): never => {
    throw new Failure({ code: 'test/new', severity: 'error', message })
  }
  switch (type.type.kind) {
    case 'Integer': {
      const source = value.kind === 'string' ? value.value : shown(value)
      const digits = base?.kind === 'integer' && base.value === 16n ? source.replace(/^0x/i, '') : source
      const number = Number.parseInt(digits, base?.kind === 'integer' ? Number(base.value) : 10)
      if (Number.isNaN(number)) failed(`'new' The string '${source}' cannot be converted to Integer`)
      return integer(number, value.origin)
    }
    case 'Sensitive':
      return sensitive(value, value.origin)
    case 'Array':
      return value.kind === 'hash'
        ? array(
            [...value.entries.values()].map((e) => array([e.key, e.value], e.value.origin)),
            value.origin,
          )
        : value
    default:
      return failed(`the test's new() makes no ${type.type.kind}`)
  }
}
