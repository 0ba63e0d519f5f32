import type { Environment } from './context.ts'
import type { LogicalLine } from './lines.ts'
import { sourceOffset } from './lines.ts'

/**
 * The line with `${NAME}` replaced by what Define or the environment has for it. Unknown names stay
 * as they are; `unknown` is told of them, with their offsets in the line.
 */
export function expandVariables(
  line: LogicalLine,
  environment: Environment,
  unknown: (name: string, start: number, end: number) => void,
): LogicalLine {
  const { text } = line
  if (!text.includes('${')) return line
  let expanded = ''
  let from = 0
  const pieces: number[] = []
  const copy = (to: number) => {
    if (to > from) pieces.push(...stretch(line, from, to, expanded.length))
    expanded += text.slice(from, to)
    from = to
  }
  for (let at = text.indexOf('${'); at >= 0; at = text.indexOf('${', at)) {
    const close = text.indexOf('}', at + 2)
    if (close < 0) break
    const name = text.slice(at + 2, close)
    const value = environment.defines.get(name) ?? environment.environment.get(name)
    if (value === undefined) {
      if (!name.includes(':')) unknown(name, at, close + 1)
    } else {
      copy(at)
      // Every character of the value stands for the variable.
      for (let i = 0; i < value.length; i++) pieces.push(expanded.length + i, sourceOffset(line, at))
      expanded += value
      from = close + 1
    }
    at = close + 1
  }
  if (expanded === '' && from === 0) return line
  copy(text.length)
  return { ...line, text: expanded, pieces }
}

/** The pieces of a part of a line, moved to where the part comes to stand. */
function stretch(line: LogicalLine, start: number, end: number, to: number): number[] {
  const pieces = [to, sourceOffset(line, start)]
  for (let i = 0; i < (line.pieces?.length ?? 0); i += 2) {
    const at = line.pieces?.[i] as number
    if (at > start && at < end) pieces.push(to + at - start, line.pieces?.[i + 1] as number)
  }
  return pieces
}
