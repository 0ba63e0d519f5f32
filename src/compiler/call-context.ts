import { parseHocon } from '../hiera/hocon.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { lineOf, type Span, sourceFile } from '../source/source-file.ts'
import type {
  Block,
  CallContext,
  CatalogView,
  LogLevel,
  LookupRequest,
  ScopeView,
  TemplateRequest,
} from '../value/function.ts'
import type { Origin } from '../value/origin.ts'
import { array, typeValue, type Value } from '../value/value.ts'
import { resourceParameter } from './access.ts'
import { findClass } from './autoload.ts'
import { includeClasses } from './classes.ts'
import { realize } from './collectors.ts'
import { argumentCondition, under } from './conditions.ts'
import { parametersWithTitle } from './finalise.ts'
import { findFunction } from './function-index.ts'
import { failWith } from './issues.ts'
import { addEdge, hasEdge } from './ledger.ts'
import { lookupValue } from './lookup.ts'
import { capitalizeSegments } from './names.ts'
import { toParameterValue } from './reference-values.ts'
import { declaredResource, findResourceType } from './resolve-type.ts'
import { defaultsFor, setParameter } from './resource.ts'
import { declareResources, flatten } from './resources.ts'
import { moduleOf } from './scope.ts'
import type { ResourceParameter, Scope } from './state.ts'
import { addTag } from './tags.ts'
import { renderTemplate } from './templates.ts'
import { textOf } from './text.ts'
import { findVariable, setVariable, visibleNames } from './variables.ts'

/** What a function that is called at `span` in `scope` may ask for. */
export function callContext(scope: Scope, span: Span): CallContext {
  return new Call(scope, span)
}

/** One call. Most functions ask for little of this, so its parts are made when they are asked for. */
class Call implements CallContext {
  readonly span: Span
  readonly settings: CallContext['settings']
  readonly types: CallContext['types']
  readonly modules: CallContext['modules']
  readonly now: bigint
  readonly #scope: Scope
  #view: ScopeView | undefined

  constructor(scope: Scope, span: Span) {
    const { state } = scope
    this.span = span
    this.settings = state.settings
    this.types = state.types
    this.modules = state.modules
    this.now = state.now
    this.#scope = scope
  }

  get scope(): ScopeView {
    this.#view ??= scopeView(this.#scope)
    return this.#view
  }

  get catalog(): CatalogView {
    return catalogView(this.#scope, this.span)
  }

  call(name: string, args: readonly Value[], block?: Block): Value {
    return this.#scope.state.callFunction(name, args, block, this.span, this.#scope)
  }

  hasFunction(name: string): boolean {
    return findFunction(this.#scope.state, name, this.#scope) !== undefined
  }

  lookup(request: LookupRequest): Value | undefined {
    return lookupValue(this.#scope, request, this)
  }

  render(request: TemplateRequest): Value {
    return renderTemplate(this.#scope, request, this)
  }

  parseHocon(text: string): { value: Value } | { problem: string } {
    const { value, diagnostics } = parseHocon(sourceFile('String', text))
    return value ? { value } : { problem: diagnostics.map(({ message }) => message).join('\n') }
  }

  log(level: LogLevel, message: string, at?: Span): void {
    this.#scope.state.logs.push({ level, message, span: at ?? this.span })
  }

  warnOnce(key: string, message: string): boolean {
    const { warned } = this.#scope.state
    const disabled = this.settings.values.get('disable_warnings')
    if ((Array.isArray(disabled) && disabled.includes('deprecations')) || warned.has(key)) return false
    warned.add(key)
    this.log('warning', message)
    return true
  }

  stack(): readonly (readonly [file: string, line: number])[] {
    const { calls, program } = this.#scope.state
    const frames = calls.map(({ span }) => [stackPlace(span).file.path, lineOf(span)] as const).reverse()
    return program ? [...frames, [program.path || 'unknown', 0]] : frames
  }

  report(diagnostic: Diagnostic): void {
    this.#scope.state.diagnostics.push(diagnostic)
  }
}

function scopeView(scope: Scope): ScopeView {
  const { state } = scope
  return {
    lookup: (name) => findVariable(scope, name),
    names: () => visibleNames(scope),
    set: (name, value) => setVariable(scope, name, value),
    moduleName: moduleOf(scope),
    get tags() {
      return [...(scope.resource?.tags ?? [])]
    },
    classes: state.ledger.classes,
    facts: state.facts,
    get resource() {
      const { resource } = scope
      return resource ? { type: resource.type, title: resource.title } : { type: 'Class', title: 'main' }
    },
    environment: state.environment.name,
    nodeName: state.node,
  }
}

function catalogView(scope: Scope, span: Span): CatalogView {
  const { state } = scope
  const include = (names: readonly string[]) =>
    under(state, argumentCondition(state), () =>
      includeClasses(
        names.map((name) => `::${name.replace(/^::/, '')}`),
        scope,
      ),
    )
  return {
    include: (names) => {
      include(names)
      return names
    },
    hasResource: (type, title) => declaredResource(state, type, title) !== undefined,
    hasClass: (name) => findClass(state, name) !== undefined,
    hasResourceType: (name) => findResourceType(state, name) !== undefined,
    parameter: (type, title, name) => {
      const resource = declaredResource(state, type, title)
      return resource && resourceParameter(resource, name)
    },
    parameters: (type, title) => {
      const resource = declaredResource(state, type, title)
      return resource && new Map([...parametersWithTitle(resource)].map(([name, { value }]) => [name, value]))
    },
    createResources: (type, resources, defaults, form) => createResources(scope, span, type, resources, defaults, form),
    tag: (names) => {
      if (scope.resource) for (const name of names) addTag(scope.resource.tags, name)
    },
    contain: (names) => {
      for (const resource of include(names))
        if (scope.resource && !hasEdge(state.ledger, scope.resource, resource))
          addEdge(state.ledger, scope.resource, resource)
    },
    require: (names) => {
      include(names)
      for (const name of names) requireClass(scope, span, name)
    },
    realize: (references) => under(state, argumentCondition(state), () => realize(scope, references)),
    tagged: (name) => {
      const tag = name.toLowerCase()
      return state.ledger.tags.has(tag) || (scope.resource?.tags.has(tag) ?? false)
    },
    resources: () => state.ledger.resources.map(({ type, title }) => ({ type, title })),
    defaults: (type) =>
      new Map([...defaultsFor(scope, capitalizeSegments(type))].map(([name, parameter]) => [name, parameter.value])),
  }
}

function requireClass(scope: Scope, span: Span, name: string): void {
  const definition = findClass(scope.state, name)
  if (!definition) failWith(`Could not find class ${name}`)
  const { resource } = scope
  if (!resource) return
  const origin = { kind: 'call', name: 'require', span, from: [] } as const
  const current = resource.parameters.get('require')?.value
  const before = current ? flatten(current).filter((value) => value.kind !== 'undef') : []
  const reference: Value = { ...typeValue({ kind: 'Class', name: definition.name }, origin), reference: true }
  setParameter(resource, {
    name: 'require',
    value: array([...before, reference], origin),
    source: resource.source,
    span,
  })
}

function createResources(
  scope: Scope,
  span: Span,
  type: string,
  resources: Value,
  defaults: Value,
  form: 'regular' | 'virtual' | 'exported',
): void {
  if (resources.kind !== 'hash') failWith('create_resources(): second argument must be a hash')
  for (const { key, value } of resources.entries.values()) {
    const looseTitles = new Set<string>()
    const titleOrigins = new Map<string, Origin>()
    const titles = flatten(key).map((title) => {
      const text = textOf(title)
      titleOrigins.set(text, title.origin)
      if (title.kind !== 'string') looseTitles.add(text)
      return text
    })
    const merged = new Map<string, ResourceParameter>()
    for (const source of [defaults, value])
      if (source.kind === 'hash')
        for (const entry of source.entries.values())
          if (entry.key.kind === 'string')
            merged.set(entry.key.value, {
              name: entry.key.value,
              value: toParameterValue(entry.value),
              source: scope.source,
            })
    declareResources(scope, {
      typeName: type,
      titles,
      looseTitles,
      titleOrigins,
      parameters: [...merged.values()],
      span: stackPlace(span),
      form,
    })
  }
}

/** The place of a call as Puppet keeps it on its stack, where code without a file has one by the name of `unknown`. */
function stackPlace(span: Span): Span {
  const { file } = span
  return file.path === '' ? { ...span, file: { ...file, path: 'unknown' } } : span
}
