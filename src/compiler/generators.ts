import { Failure } from '../source/diagnostic.ts'
import { ControlFlow, controlFlowMessage } from '../value/control.ts'
import { evaluateResource } from './classes.ts'
import { failWith } from './issues.ts'
import { isDefinition, type Resource, type State } from './state.ts'

const maximumRounds = 1000

/** Evaluates collectors and defined types by turns, until neither has anything left to do. */
export function evaluateGenerators(state: State): void {
  for (let round = 0; ; round++) {
    if (round > maximumRounds) failWith('Somehow looped more than 1000 times while evaluating host catalog')
    const collected = evaluateCollectors(state)
    const evaluated = evaluateDefinitions(state)
    if (!collected && !evaluated) return
  }
}

function evaluateCollectors(state: State): boolean {
  let found = false
  for (const collector of [...state.collectors]) if (collector.evaluate()) found = true
  return found
}

function evaluateDefinitions(state: State): boolean {
  const waiting = state.resources.filter(
    (resource) => !resource.evaluated && !resource.virtual && (!resource.of || isDefinition(resource.of)),
  )
  for (const resource of waiting) evaluateWaiting(resource)
  return waiting.length > 0
}

function evaluateWaiting(resource: Resource): void {
  const detail = resource.span ? { span: resource.span } : {}
  try {
    evaluateResource(resource)
  } catch (error) {
    if (error instanceof Failure && !error.diagnostic.span && resource.span)
      throw new Failure({ ...error.diagnostic, ...detail })
    if (error instanceof ControlFlow) failWith(controlFlowMessage(error.kind), detail)
    throw error
  }
}
