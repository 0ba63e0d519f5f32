import type { EppExpression } from '../puppet/ast.ts'
import { Failure } from '../source/diagnostic.ts'
import { type Span, sourceFile } from '../source/source-file.ts'
import { anyType } from '../types/construct.ts'
import { describeParameters } from '../types/mismatch/parameters.ts'
import { ControlFlow } from '../value/control.ts'
import type { CallContext, TemplateRequest } from '../value/function.ts'
import { undef, type Value, withOrigin } from '../value/value.ts'
import { logWarnings } from './autoload.ts'
import { evaluateType } from './closure.ts'
import type { ParsedTemplate } from './environment.ts'
import { failWith, typeMismatch } from './issues.ts'
import { evaluateDefault } from './parameter-defaults.ts'
import { evaluate, guarded, pushLocals, pushMatch, pushParameters, withGlobalScope } from './scope.ts'
import type { Scope } from './state.ts'
import { setVariable } from './variables.ts'

/** Renders a template; the text knows for each stretch where it comes from. */
export function renderTemplate(scope: Scope, request: TemplateRequest, context: CallContext): Value {
  switch (request.kind) {
    case 'epp': {
      const { environment, reads } = scope.state
      reads.files.add(request.file.path)
      const template = environment.template(request.file.path, request.file.text)
      return withGlobalScope(scope, (global) => renderEpp('epp', template, request.parameters, global, context.span))
    }
    case 'inline-epp': {
      const template = scope.state.environment.parseTemplate(sourceFile('', request.text))
      return renderEpp('inline_epp', template, request.parameters, scope, context.span)
    }
    case 'erb':
    case 'inline-erb': {
      const { ruby } = scope.state.environment
      if (request.kind === 'erb') scope.state.reads.files.add(request.file.path)
      if (!ruby) return failWith('ERB templates need Ruby, and this run has none', { span: context.span })
      return ruby.renderErb(request, context)
    }
  }
}

function renderEpp(
  name: string,
  template: ParsedTemplate,
  parameters: Value | undefined,
  scope: Scope,
  span: Span,
): Value {
  const [error] = template.errors
  if (error) {
    scope.state.diagnostics.push(...template.errors.slice(1))
    throw new Failure({ ...error, related: [{ message: `rendered by ${name}() here`, span }] })
  }
  logWarnings(scope.state, template.warnings)
  const { body } = template
  if (!body) return failWith(`${name}(): the parser did not produce an EppExpression`)
  if (template.program.definitions.length > 0)
    return failWith(`${name}(): The EPP template contains illegal expressions (definitions)`)
  const given = givenParameters(parameters, scope)
  const enforced = body.parametersSpecified || parameters === undefined
  const bindings = enforced ? bind(body, given, scope) : given
  return guarded(scope, () => {
    pushLocals(scope, new Map(bindings))
    pushMatch(scope, undefined)
    try {
      return evaluate(body, scope)
    } catch (thrown) {
      if (thrown instanceof ControlFlow && thrown.kind === 'next') return thrown.value
      throw thrown
    }
  })
}

/** The parameters by name; those with a qualified name are set as variables. */
function givenParameters(parameters: Value | undefined, scope: Scope): Map<string, Value> {
  const given = new Map<string, Value>()
  if (parameters?.kind !== 'hash') return given
  for (const { key, value } of parameters.entries.values()) {
    if (key.kind !== 'string') continue
    if (key.value.includes('::')) setVariable(scope, key.value.replace(/^::/, ''), value)
    else given.set(key.value, value)
  }
  return given
}

function bind(body: EppExpression, given: ReadonlyMap<string, Value>, scope: Scope): ReadonlyMap<string, Value> {
  const values = guarded(scope, () => {
    const names = body.parameters.map((parameter) => parameter.name)
    const frame = pushParameters(scope, 'lambda', names)
    for (const [name, value] of given) if (value.kind !== 'undef') frame.values.set(name, value)
    for (const parameter of body.parameters) {
      const value = given.get(parameter.name)
      if (value && value.kind !== 'undef') continue
      if (parameter.value) frame.values.set(parameter.name, evaluateDefault(parameter, scope, frame))
      else if (value) frame.values.set(parameter.name, undef(value.origin))
    }
    return frame.values
  })
  const message = describeParameters(
    'lambda',
    body.parameters.map((parameter) => ({
      name: parameter.name,
      type: parameter.typeExpression ? evaluateType(parameter.typeExpression, scope) : anyType,
      optional: parameter.value !== undefined,
    })),
    values,
  )
  if (message !== undefined) throw new Failure(typeMismatch([message]))
  const spans = new Map(body.parameters.map((parameter) => [parameter.name, parameter.nameSpan]))
  const named = new Map<string, Value>()
  for (const [name, value] of values) {
    const span = spans.get(name)
    named.set(name, span ? withOrigin(value, { kind: 'parameter', name, span, from: value.origin }) : value)
  }
  return named
}
