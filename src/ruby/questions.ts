import { positionAt } from '../source/source-file.ts'
import { isAssignable } from '../types/assignable.ts'
import { dispatch } from '../types/dispatch.ts'
import { generalize } from '../types/generalize.ts'
import { infer, inferSet } from '../types/infer.ts'
import { isInstance } from '../types/instance.ts'
import { describeMismatch } from '../types/mismatch/describe.ts'
import { initialAttributes } from '../types/object-members.ts'
import { parseType } from '../types/parse.ts'
import { parseVersion } from '../types/semver.ts'
import { parseVersionRange, rangeIncludes } from '../types/semver-range.ts'
import { valueToText } from '../types/text.ts'
import type { Block, CallContext, FunctionDefinition, LogLevel } from '../value/function.ts'
import { unknownOrigin } from '../value/origin.ts'
import type { PuppetType } from '../value/type.ts'
import { array, hash, hashGet, string, undef, type Value } from '../value/value.ts'
import type { Answer, Answerer, Bridge } from './bridge.ts'
import { isList, type WireData } from './decode.ts'
import type { ModuleTree } from './module-tree.ts'

/** What the answers need beyond the context of the call. */
export interface QuestionOptions {
  readonly modules: ModuleTree
  readonly version: string
  /** The functions of files that Ruby has loaded, by Ruby's number for them. */
  readonly definition: (id: number) => FunctionDefinition | undefined
  /** A Ruby block that Ruby hands to one of our functions. */
  readonly rubyBlock: (data: WireData, context: CallContext) => Block | undefined
  readonly lineReached: (path: string, line: number) => void
}

type Question = (args: readonly WireData[], context: CallContext, bridge: Bridge) => Answer

/** Answers what Ruby asks. Outside of a call (files being loaded) only the library and the settings can be asked for. */
export function answerer(options: QuestionOptions): Answerer {
  const questions = new Map<string, Question>(Object.entries(contextQuestions(options)))
  return (bridge, operation, args) => {
    switch (operation) {
      case 'resolve':
        return { data: options.modules.resolveFeature(text(args[0])) }
      case 'providers?':
        return { data: options.modules.hasProviders(text(args[0])) }
      case 'module-directories':
        return { data: options.modules.directories() }
      case 'line':
        options.lineReached(text(args[0]), Number(args[1]))
        return { data: null }
    }
    const context = bridge.frame?.context
    if (!context) return { data: operation === 'setting' && args[0] === 'version' ? options.version : null }
    const question = questions.get(operation)
    if (!question) throw new Error(`Ruby asks ${operation}`)
    return question(args, context, bridge)
  }
}

function contextQuestions(options: QuestionOptions): Record<string, Question> {
  const decoded = (data: WireData | undefined, context: CallContext, bridge: Bridge): Value =>
    bridge.decode(data ?? null, bridge.frame?.origin ?? { kind: 'literal', span: context.span })
  const typeOf = (data: WireData | undefined, context: CallContext, bridge: Bridge): PuppetType => {
    const value = decoded(data, context, bridge)
    return value.kind === 'type' ? value.type : { kind: 'TypeReference', text: valueToText(value) }
  }
  const typeAnswer = (type: PuppetType): Answer => ({ value: { kind: 'type', type, origin: unknownOrigin } })
  return {
    variable: ([name], context) => {
      const bare = text(name).replace(/^::/, '')
      const value = context.scope.lookup(bare)
      return value ? { value, name: bare } : { data: null }
    },
    'variable?': ([name], context) => ({ data: context.scope.lookup(text(name).replace(/^::/, '')) !== undefined }),
    variables: (_, context) => {
      const pairs: [Value, Value][] = []
      for (const name of new Set(context.scope.names())) {
        const value = context.scope.lookup(name)
        if (value) pairs.push([string(name, unknownOrigin), value])
      }
      return { value: hash(pairs, unknownOrigin) }
    },
    'missing-reason': ([name], context) => ({ data: missingReason(text(name), context) }),
    'set-variable': ([name, data], context, bridge) => {
      context.scope.set(text(name), decoded(data, context, bridge))
      return { data: null }
    },
    call: ([name, data, block], context, bridge) => {
      const args = (isList(data) ? data : []).map((arg) => decoded(arg, context, bridge))
      const value = context.call(text(name), args, options.rubyBlock(block ?? null, context))
      return { value }
    },
    method: ([handle, name, data, block], context, bridge) => {
      const object = bridge.sources.held(Number(handle))
      const method = object?.kind === 'object' ? object.methods?.get(text(name)) : undefined
      if (!method) throw new Error(`Ruby calls method ${text(name)}`)
      const args = (isList(data) ? data : []).map((arg) => decoded(arg, context, bridge))
      return { value: method(args, options.rubyBlock(block ?? null, context)) }
    },
    'object-attributes': ([name], context) => {
      const type = context.types.load(text(name))
      return { data: type?.kind === 'Object' ? initialAttributes(type).map((attribute) => attribute.name) : [] }
    },
    dispatch: ([id, data], context, bridge) => {
      const definition = options.definition(Number(id))
      if (!definition) throw new Error(`Ruby names function ${String(id)}`)
      const args = (isList(data) ? data : []).map((arg) => decoded(arg, context, bridge))
      return { value: dispatch(definition, context, args, undefined) }
    },
    block: ([handle, data], context, bridge) => {
      const args = (isList(data) ? data : []).map((arg) => decoded(arg, context, bridge))
      return { value: bridge.block(Number(handle)).call(args) }
    },
    log: ([level, message], context) => {
      context.log(level as LogLevel, text(message))
      return { data: null }
    },
    'warn-once': ([key, message], context) => {
      const shown = text(message).replace(/\/modules\/[^\s:]+/g, options.modules.shown)
      return { data: context.warnOnce(text(key), shown) ? shown : null }
    },
    hocon: ([source], context) => {
      const parsed = context.parseHocon(text(source))
      return 'value' in parsed ? { value: array([parsed.value], unknownOrigin) } : { data: parsed.problem }
    },
    stack: (_, context) => ({ data: context.stack() }),
    setting: ([name], context) => ({ data: setting(text(name), context, options.version) }),
    fact: ([name], context) => {
      const { facts } = context.scope
      if (name === '') return { value: facts }
      return { value: (facts.kind === 'hash' && hashGet(facts, text(name))) || undef(unknownOrigin) }
    },
    environment: (_, context) => ({ data: context.scope.environment }),
    node: (_, context) => ({ data: context.scope.nodeName }),
    place: (_, context) => ({
      data: [context.span.file.path, positionAt(context.span.file, context.span.start).line],
    }),
    resource: (_, context) => ({ data: [context.scope.resource.type, context.scope.resource.title] }),
    source: (_, context) => {
      const { type, title } = context.scope.resource
      const kind = type === 'Class' ? 'hostclass' : type === 'Node' ? 'node' : 'definition'
      const name = type === 'Class' ? title.toLowerCase() : type === 'Node' ? title : type.toLowerCase()
      return { data: [kind, name === 'main' ? '' : name, context.scope.moduleName ?? null] }
    },
    tags: (_, context) => ({ data: context.scope.tags }),
    classes: (_, context) => ({ data: context.scope.classes }),
    tag: ([names], context) => {
      context.catalog.tag((isList(names) ? names : []).map(text))
      return { data: null }
    },
    'resource?': ([type, title], context) => ({ data: context.catalog.hasResource(text(type), text(title)) }),
    resources: (_, context) => ({ data: context.catalog.resources().map(({ type, title }) => [type, title]) }),
    'resource-type?': ([name], context) => ({
      data: context.catalog.hasResourceType(text(name).toLowerCase()) || text(name).toLowerCase() === 'class',
    }),
    'class?': ([name], context) => ({ data: context.catalog.hasClass(text(name).toLowerCase().replace(/^::/, '')) }),
    parameter: ([type, title, name], context) => ({
      value: context.catalog.parameter(text(type), text(title), text(name)) ?? undef(unknownOrigin),
    }),
    parameters: ([type, title], context) => ({
      value: namedValues(context.catalog.parameters(text(type), text(title)) ?? new Map()),
    }),
    defaults: ([type], context) => ({ value: namedValues(context.catalog.defaults(text(type))) }),
    module: ([name], context) => ({ data: context.modules.directory(text(name)) ?? null }),
    modules: (_, context) => ({ data: context.modules.names }),
    metadata: ([name], context) => ({ data: context.modules.metadata(text(name)) ?? null }),
    'find-file': ([kind, name], context) => ({
      data: context.modules.find(kind as 'files' | 'templates', text(name))?.absolute ?? null,
    }),
    text: ([data], context, bridge) => ({ data: valueToText(decoded(data, context, bridge)) }),
    'parse-type': ([source], context) => typeAnswer(parseType(text(source), context.types)),
    'instance?': ([type, data], context, bridge) => ({
      data: isInstance(typeOf(type, context, bridge), decoded(data, context, bridge)),
    }),
    'assignable?': ([type, other], context, bridge) => ({
      data: isAssignable(typeOf(type, context, bridge), typeOf(other, context, bridge)),
    }),
    generalize: ([type], context, bridge) => typeAnswer(generalize(typeOf(type, context, bridge))),
    infer: ([data], context, bridge) => typeAnswer(infer(decoded(data, context, bridge))),
    'infer-set': ([data], context, bridge) => typeAnswer(inferSet(decoded(data, context, bridge))),
    'describe-mismatch': ([subject, expected, actual], context, bridge) => ({
      data: describeMismatch(text(subject), typeOf(expected, context, bridge), typeOf(actual, context, bridge)),
    }),
    iterate: ([data], context, bridge) => {
      const value = decoded(data, context, bridge)
      return { value: value.kind === 'type' ? array(rangeOf(value.type), unknownOrigin) : array([], unknownOrigin) }
    },
    'parameter-type': ([data], context, bridge) => {
      const type = typeOf(data, context, bridge)
      const inner = 'type' in type ? type.type : type.kind === 'Array' ? type.element : undefined
      return typeAnswer(inner ?? { kind: 'Any' })
    },
    'in-range?': ([range, version]) => ({
      data: rangeIncludes(parseVersionRange(text(range)), parseVersion(text(version))),
    }),
  }
}

function namedValues(values: ReadonlyMap<string, Value>): Value {
  return hash(
    [...values].map(([name, value]) => [string(name, unknownOrigin), value]),
    unknownOrigin,
  )
}

function rangeOf(type: PuppetType): Value[] {
  if (type.kind === 'Enum') return type.values.map((value) => string(value, unknownOrigin))
  if (type.kind !== 'Integer' || type.from === undefined || type.to === undefined) return []
  const values: Value[] = []
  for (let i = type.from; i <= type.to; i++) values.push({ kind: 'integer', value: i, origin: unknownOrigin })
  return values
}

function setting(name: string, context: CallContext, version: string): unknown {
  switch (name) {
    case 'version':
      return version
    case 'strict':
      return context.settings.strict
    case 'strict_variables':
      return context.settings.strictVariables
    case 'environment':
      return context.settings.environment
    default:
      return context.settings.values.get(name) ?? null
  }
}

/** Why a variable is not there, in Puppet's words. */
function missingReason(name: string, context: CallContext): string {
  const bare = name.replace(/^::/, '')
  const cut = bare.lastIndexOf('::')
  if (cut < 0) return ''
  const owner = bare.slice(0, cut)
  if (!context.catalog.hasClass(owner)) return `class ${owner} could not be found`
  return context.scope.classes.includes(owner) ? '' : `class ${owner} has not been evaluated`
}

function text(data: WireData | undefined): string {
  return typeof data === 'string' ? data : data === null || data === undefined ? '' : String(data)
}
