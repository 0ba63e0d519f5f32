import { define, Failure, fail } from '../../src/source/diagnostic.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { dispatch } from '../../src/types/dispatch.ts'
import { typeToString } from '../../src/types/print.ts'
import type { CallContext, FunctionDefinition, LogLevel, TemplateRequest } from '../../src/value/function.ts'
import type { Origin } from '../../src/value/origin.ts'
import { array, boolean, float, hash, integer, string, undef, type Value } from '../../src/value/value.ts'

const manifest = sourceFile('manifests/site.pp', '$x = template("x.erb")\n')
const literal: Origin = { kind: 'literal', span: { file: manifest, start: 0, end: 2 } }
const unknownFunction = define('error', 'test/unknown-function', (name: string) => `Unknown function '${name}'`)

/** Plain JavaScript data as a value; bigints are integers, numbers floats. */
export function value(data: unknown): Value {
  if (data === null || data === undefined) return undef(literal)
  if (typeof data === 'string') return string(data, literal)
  if (typeof data === 'bigint') return integer(data, literal)
  if (typeof data === 'number') return float(data, literal)
  if (typeof data === 'boolean') return boolean(data, literal)
  if (Array.isArray(data)) return array(data.map(value), literal)
  if ('kind' in (data as object)) return data as Value
  return hash(
    Object.entries(data as object).map(([k, v]) => [string(k, literal), value(v)]),
    literal,
  )
}

/** The text that Puppet's `inspect` of the data would show; types and the like by kind. */
export function plain(v: Value): unknown {
  switch (v.kind) {
    case 'undef':
      return null
    case 'boolean':
    case 'string':
    case 'integer':
    case 'float':
      return v.value
    case 'array':
      return v.values.map(plain)
    case 'hash':
      return Object.fromEntries(
        [...v.entries.values()].map((e) => [
          e.key.kind === 'string' ? e.key.value : String(plain(e.key)),
          plain(e.value),
        ]),
      )
    case 'type':
      return typeToString(v.type)
    case 'sensitive':
      return { sensitive: plain(v.value) }
    default:
      return v
  }
}

export interface TestContext extends CallContext {
  readonly logs: { level: LogLevel; message: string }[]
}

/** A context over plain variables and functions. */
export function contextOf(
  variables: Record<string, unknown> = {},
  functions: Record<string, FunctionDefinition | ((args: readonly Value[], context: CallContext) => Value)> = {},
  options: {
    strict?: 'off' | 'warning' | 'error'
    find?: CallContext['modules']['find']
    render?: (request: TemplateRequest, context: CallContext) => Value
    now?: bigint
    scope?: Partial<CallContext['scope']>
    catalog?: Partial<CallContext['catalog']>
  } = {},
): TestContext {
  const values = new Map(Object.entries(variables).map(([name, data]) => [name, value(data)]))
  const logs: TestContext['logs'] = []
  const context: TestContext = {
    logs,
    span: { file: manifest, start: 5, end: 22 },
    settings: {
      puppet: 8,
      strict: options.strict ?? 'warning',
      strictVariables: false,
      environment: 'production',
      values: new Map(),
    },
    types: { load: () => undefined },
    scope: {
      lookup: (name) => values.get(name),
      names: () => [...values.keys()],
      set: (name, v) => values.set(name, v),
      moduleName: 'demo',
      tags: ['demo', 'class'],
      classes: ['settings', 'demo'],
      facts: value({ os: { family: 'Debian' }, networking: { ip: '10.0.0.1' } }),
      resource: { type: 'Class', title: 'Demo' },
      environment: 'production',
      nodeName: 'web01.example.com',
      ...options.scope,
    },
    modules: {
      names: ['demo'],
      directory: (name) => (name === 'demo' ? '/etc/modules/demo' : undefined),
      find: options.find ?? (() => undefined),
      list: () => undefined,
      linkTarget: () => undefined,
      metadata: () => undefined,
    },
    now: options.now ?? 0n,
    call: (name, args) => {
      const found = functions[name]
      if (!found) return fail(unknownFunction([name], { span: context.span }))
      return typeof found === 'function' ? found(args, context) : dispatch(found, context, args, undefined)
    },
    hasFunction: (name) => name in functions,
    lookup: () => undefined,
    render: (request) => options.render?.(request, context) ?? fail(unknownFunction(['render'])),
    catalog: {
      include: (names) => names,
      hasResource: () => false,
      hasClass: (name) => name === 'demo',
      hasResourceType: (name) => ['file', 'package', 'service'].includes(name),
      resources: () => [],
      defaults: () => new Map(),
      parameter: () => undefined,
      parameters: () => undefined,
      createResources: () => {},
      tag: () => {},
      contain: () => {},
      require: () => {},
      realize: () => {},
      tagged: () => false,
      ...options.catalog,
    },
    warnOnce: (_, message) => logs.push({ level: 'warning', message }) > 0,
    stack: () => [],
    parseHocon: () => ({ problem: 'the test has no HOCON' }),
    log: (level, message) => logs.push({ level, message }),
    report: () => {},
  }
  return context
}

/** The failure that `run` ends in. */
export function failure(run: () => unknown): Failure['diagnostic'] {
  try {
    run()
  } catch (error) {
    if (error instanceof Failure) return error.diagnostic
    throw error
  }
  throw new Error('it did not fail')
}
