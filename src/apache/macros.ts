import type { Call, Environment } from './context.ts'
import { remember } from './context.ts'
import { type Fault, fault } from './faults.ts'
import type { LineSource } from './line-source.ts'
import { type LogicalLine, sourceOffset } from './lines.ts'
import { readWord, readWords } from './words.ts'

/** A text with parameters, defined by `<Macro>`. */
interface Macro {
  readonly name: string
  readonly location: string
  readonly parameters: readonly string[]
  readonly lines: readonly LogicalLine[]
}

export interface MacroUse {
  readonly lines: readonly LogicalLine[]
  readonly where: string
}

interface Macros {
  /** httpd has a table of macros from the first `<Macro>` on. */
  started: boolean
  readonly byName: Map<string, Macro>
}

function macrosOf(environment: Environment): Macros {
  return remember(environment.state, 'macros', () => ({ started: false, byName: new Map() }))
}

/** Reads a `<Macro>` section to its end and keeps it. */
export function readMacro(call: Call, next: () => LogicalLine | undefined): Fault | undefined {
  const { raw, node, environment } = call
  const macros = macrosOf(environment)
  macros.started = true
  const bracket = raw.lastIndexOf('>')
  if (bracket < 0) return fault('missing-bracket', "<Macro> directive missing closing '>'", 'name')
  if (bracket === 0) return fault('macro', '<Macro macro definition: empty name', 'name')
  const word = readWord(raw, 0, bracket)
  if (word.value === '') return fault('macro', '<Macro macro definition: name not found', 'name')
  const name = word.value.toLowerCase()
  const location = `defined on line ${node.line.number} of "${node.line.file.path}"`
  const where = `macro '${name}' (${location})`
  const words = readWords(raw, word.next, bracket)
  const parameters = words.map((each) => each.value)
  for (const [i, parameter] of parameters.entries()) {
    const place = [words[i]?.start ?? 0, words[i]?.end ?? 0] as const
    if (parameter === '') return fault('macro', `${where}: empty argument #${i + 1} name`, place)
    const again = parameters.indexOf(parameter, i + 1)
    if (again >= 0)
      return fault(
        'macro',
        `argument name conflict in ${where}: argument '${parameter}': #${i + 1} and #${again + 1}, change argument names!`,
        place,
      )
  }
  const lines: LogicalLine[] = []
  let depth = 1
  for (let line = next(); line; line = next()) {
    if (line.text.startsWith('#')) continue
    const first = readWord(line.text, 0).value.toLowerCase()
    if (first === '</macro>' && --depth === 0) {
      macros.byName.set(name, { name, location, parameters, lines })
      return undefined
    }
    if (first === '<macro') depth++
    lines.push(line)
  }
  return fault('macro', `${where}\n\tcontents error: expected token not found: </Macro>`, 'name')
}

/** The lines that a `Use` stands for. */
export function macroLines(call: Call, source: LineSource): MacroUse | Fault {
  const { raw, node, environment } = call
  const macros = macrosOf(environment)
  if (!macros.started) return fault('macro', 'no macro defined before Use', 'name')
  const word = readWord(raw, 0)
  const name = word.value.toLowerCase()
  if (name === '') return fault('macro', 'no macro name specified with Use', 'name')
  const place = [word.start, word.end] as const
  const macro = macros.byName.get(name)
  if (!macro) return fault('macro', `macro '${name}' undefined`, place)
  if (source.open.some((open) => open.includes(`macro '${name}'`)))
    return fault('macro', `recursive use of macro '${name}' is invalid`, place)
  const values = readWords(raw, word.next).map((each) => each.value)
  if (values.length !== macro.parameters.length)
    return fault(
      'macro',
      `macro '${name}' (${macro.location}) used with ${values.length} arguments instead of ${macro.parameters.length}`,
      place,
    )
  const where = `macro '${name}' (${macro.location}) used on line ${node.line.number} of "${node.line.file.path}"`
  return { lines: macro.lines.map((line) => substitute(line, macro.parameters, values)), where }
}

export function undefineMacro(call: Call): Fault | undefined {
  const macros = macrosOf(call.environment)
  if (!macros.started) return fault('macro', 'no macro defined before UndefMacro', 'name')
  const name = (call.args[0] ?? '').toLowerCase()
  if (!macros.byName.delete(name)) return fault('macro', `cannot remove undefined macro '${name}'`, 0)
  return undefined
}

/** Puts values in for parameters: at each place the longest name that stands there. */
function substitute(line: LogicalLine, parameters: readonly string[], values: readonly string[]): LogicalLine {
  let text = ''
  let changed = false
  const pieces: number[] = []
  for (let at = 0; at < line.text.length; ) {
    let best = -1
    for (const [i, parameter] of parameters.entries())
      if (line.text.startsWith(parameter, at) && parameter.length > (parameters[best]?.length ?? 0)) best = i
    const source = sourceOffset(line, at)
    if (best < 0) {
      pieces.push(text.length, source)
      text += line.text[at++]
      continue
    }
    changed = true
    const parameter = parameters[best] as string
    // `%name` quotes its value, with blanks and quotes escaped.
    const value = parameter.startsWith('%')
      ? `"${(values[best] as string).replace(/"/g, '\\"')}"`
      : (values[best] as string)
    for (let i = 0; i < value.length; i++) pieces.push(text.length + i, source)
    text += value
    at += parameter.length
  }
  return changed ? { ...line, text, pieces } : line
}
