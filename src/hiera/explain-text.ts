import { rubyInspect } from '../types/ruby-value.ts'
import type { Value } from '../value/value.ts'
import type { ExplainStep } from './explain.ts'

/** The explanation of a look-up as `puppet lookup --explain` prints it, a line a step, `''` for no steps. */
export function explainText(steps: readonly ExplainStep[]): string {
  const lines: string[] = []
  for (const step of steps) write(step, '', lines)
  return lines.map((line) => `${line}\n`).join('')
}

function write(step: ExplainStep, indent: string, lines: string[]): void {
  const { subject } = step
  const inner = `${indent}  `
  const branches = (at: string): void => {
    for (const branch of step.branches) write(branch, at, lines)
  }
  switch (subject.kind) {
    case 'search':
      lines.push(`${indent}Searching for "${subject.key}"`)
      branches(inner)
      return
    case 'invalid-key':
      lines.push(`${indent}Invalid key "${subject.key}"`)
      return
    case 'merge-source':
      lines.push(`${indent}Using merge options from "${subject.source}" hash`)
      return
    case 'text':
      lines.push(`${indent}${subject.text}`)
      return
    case 'module':
      lines.push(
        step.outcome === 'module-not-found'
          ? `${indent}Module "${subject.name}" not found`
          : `${indent}Module data provider for module "${subject.name}" not found`,
      )
      return
    case 'interpolate':
      lines.push(`${indent}Interpolation on "${subject.expression}"`)
      branches(inner)
      return
    case 'merge':
      if (step.branches.length < 2) {
        branches(indent)
        return
      }
      lines.push(`${indent}Merge strategy ${subject.strategy}`)
      if (subject.options?.kind === 'hash' && subject.options.entries.size > 0)
        lines.push(`${inner}Options: ${valueText(subject.options, inner)}`)
      branches(inner)
      if (step.outcome === 'result' && step.value) lines.push(`${inner}Merged result: ${valueText(step.value, inner)}`)
      return
    case 'provider':
      lines.push(`${indent}${subject.name}`)
      if (subject.configuration !== undefined) lines.push(`${inner}Using configuration "${subject.configuration}"`)
      branches(inner)
      outcome(step, inner, lines)
      return
    case 'location': {
      const type = subject.type === 'path' ? 'Path' : 'URI'
      lines.push(`${indent}${type} "${subject.location}"`)
      lines.push(`${inner}Original ${type.toLowerCase()}: "${subject.original}"`)
      branches(inner)
      if (step.outcome === 'location-not-found') lines.push(`${inner}${type} not found`)
      outcome(step, inner, lines)
      return
    }
    case 'scope':
      lines.push(`${indent}${subject.name}`)
      branches(inner)
      outcome(step, inner, lines)
      return
    case 'sub-lookup':
      lines.push(`${indent}Sub key: "${subject.segments.join('.')}"`)
      branches(inner)
      outcome(step, inner, lines)
      return
    case 'segment':
      outcome(step, indent, lines)
      return
  }
}

function outcome(step: ExplainStep, indent: string, lines: string[]): void {
  const where = { 'found-in-overrides': ' in overrides', 'found-in-defaults': ' in defaults', found: '' }
  if (step.outcome === 'not-found') lines.push(`${indent}No such key: "${step.key}"`)
  else if (
    (step.outcome === 'found' || step.outcome === 'found-in-overrides' || step.outcome === 'found-in-defaults') &&
    step.value
  )
    lines.push(`${indent}Found key: "${step.key}" value: ${valueText(step.value, indent)}${where[step.outcome]}`)
  for (const text of step.texts) lines.push(`${indent}${text}`)
}

/** A value over several lines: hashes as `key => value`, everything in Ruby's notation. */
function valueText(value: Value, indent: string): string {
  const inner = `${indent}  `
  if (value.kind === 'hash' && value.entries.size > 0) {
    const rows = [...value.entries.values()].map(
      (e) => `${inner}${valueText(e.key, inner)} => ${valueText(e.value, inner)}`,
    )
    return `{\n${rows.join(',\n')}\n${indent}}`
  }
  if (value.kind === 'hash') return '{}'
  if (value.kind === 'array')
    return value.values.length === 0
      ? '[]'
      : `[\n${value.values.map((v) => `${inner}${valueText(v, inner)}`).join(',\n')}\n${indent}]`
  return rubyInspect(value)
}
