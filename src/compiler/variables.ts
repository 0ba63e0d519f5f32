import { Failure } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { undef, type Value } from '../value/value.ts'
import { findClass } from './autoload.ts'
import { asWarning, failWith, reassigned, unknownVariable } from './issues.ts'
import { assignable, enclosingScope, inheritedScope } from './scope.ts'
import type { Frame, ParameterFrame, Scope } from './state.ts'

/** Thrown when the default of a parameter reads a parameter that has no value yet. */
export class UnevaluatedParameter {
  readonly name: string
  readonly frame: ParameterFrame
  constructor(name: string, frame: ParameterFrame) {
    this.name = name
    this.frame = frame
  }
}

const builtInNames = new Set(['module_name', 'caller_module_name'])
const reservedNames = new Set(['trusted', 'facts', 'server_facts'])
const matchVariable = /^\d+$/

/** The value of a variable by its name without `$`; `undefined` where nothing has set it. */
export function findVariable(scope: Scope, name: string): Value | undefined {
  const value = findAnywhere(scope, name)
  if (value?.origin.kind === 'fact') noteFact(scope, value.origin.name)
  // A fact of that name would have been found.
  else if (value === undefined) noteFact(scope, name.replace(/^::/, ''))
  return value
}

/** `$facts` itself is watched: what is taken out of it counts. */
function noteFact({ state }: Scope, name: string): void {
  if (name !== '') state.reads.facts.add(name.split('.', 1)[0] as string)
}

function findAnywhere(scope: Scope, name: string): Value | undefined {
  if (name.includes('::')) return findQualified(scope, name.startsWith('::') ? name.slice(2) : name)
  let at: Scope | undefined = scope
  while (at) {
    const found = findInFrames(at.frame, name)
    if (found) return found
    at = inheritedScope(at) ?? enclosingScope(at)
  }
  return undefined
}

function findInFrames(from: Frame | undefined, name: string): Value | undefined {
  const digits = matchVariable.test(name)
  for (let frame = from; frame; frame = frame.parent) {
    if (frame.kind === 'match') {
      if (digits && frame.groups) return frame.groups[Number(name)] ?? undef({ kind: 'builtin', name })
    } else if (frame.kind === 'local') {
      const value = frame.values.get(name)
      if (value) return value
    } else {
      const value = frame.values.get(name)
      if (value) return value
      if (frame.names.includes(name)) throw new UnevaluatedParameter(name, frame)
    }
  }
  return undefined
}

function findQualified(scope: Scope, name: string): Value | undefined {
  const { state } = scope
  const direct = state.qualified.get(name)
  if (direct) return direct
  const cut = name.lastIndexOf('::')
  if (cut < 0) return undefined
  const leaf = name.slice(cut + 2)
  let className: string | undefined = name.slice(0, cut)
  while (className !== undefined) {
    const definition = findClass(state, className)
    const classScope = definition && state.classScopes.get(definition.name)
    if (!classScope) return undefined
    const found = findInFrames(classScope.frame, leaf)
    if (found) return found
    className = inheritedScope(classScope)?.source?.name
  }
  return undefined
}

/** The value of a variable that code asks for; one that is not set is undef, and an error or a warning by strictness. */
export function readVariable(scope: Scope, name: string, place: Span): Value {
  const value = findVariable(scope, name)
  if (value) return value
  if (!builtInNames.has(name) && !matchVariable.test(name)) reportUnknown(scope, name, place)
  return undef({ kind: 'builtin', name })
}

function reportUnknown(scope: Scope, name: string, place: Span): void {
  const { settings, logs, diagnostics } = scope.state
  const diagnostic = unknownVariable([name], { span: place })
  const severity = settings.strictVariables ? 'error' : settings.strict
  if (severity === 'error') throw new Failure(diagnostic)
  if (severity === 'off') return
  logs.push({ level: 'warning', message: diagnostic.message, span: place })
  diagnostics.push(asWarning(diagnostic))
}

/** Sets a variable; in the scope of a class or the top scope it can be read by its qualified name too. */
export function setVariable(scope: Scope, name: string, value: Value, privileged = false): void {
  if (matchVariable.test(name)) failWith(`Cannot assign to a numeric match result variable '$${name}'`)
  if (reservedNames.has(name) && !privileged) failWith(`Attempt to assign to a reserved variable name: '${name}'`)
  const frame = assignable(scope)
  if (frame.kind === 'parameters') {
    if (frame.readOnly) failWith(`Attempt to assign variable ${name} when evaluating parameters`)
    frame.values.set(name, value)
    return
  }
  if (frame.values.has(name)) throw new Failure(reassigned([`Cannot reassign variable '$${name}'`]))
  frame.values.set(name, value)
  if (frame !== scope.variables) return
  if (scope === scope.state.top) scope.state.qualified.set(name, value)
  else if (scope.source?.kind === 'hostclass') scope.state.qualified.set(`${scope.source.name}::${name}`, value)
}

/** Whether the frame that an assignment would write to has the variable already. */
export function isBound(scope: Scope, name: string): boolean {
  const frame = assignable(scope)
  return frame.kind === 'parameters' ? frame.names.includes(name) || frame.values.has(name) : frame.values.has(name)
}

/** Names that an unqualified look-up can find, nearest scope first. */
export function visibleNames(scope: Scope): string[] {
  scope.state.reads.facts.add('')
  const names = new Set<string>()
  for (let at: Scope | undefined = scope; at; at = inheritedScope(at) ?? enclosingScope(at))
    for (let frame: Frame | undefined = at.frame; frame; frame = frame.parent)
      if (frame.kind !== 'match') for (const name of frame.values.keys()) names.add(name)
  return [...names]
}
