import { idText } from '../catalog/catalog.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { fileConditions, type Step } from '../catalog/trace.ts'
import { createMask, learnSecrets, type Mask } from '../diff/mask.ts'
import { lineOf, lineStarts, type Span } from '../source/source-file.ts'
import { shownSteps, stepLabel } from './chain.ts'
import { placeJson, stepsJson } from './json.ts'
import { coversLine, isVerbatim, type LineOrigins, originsOf, sameSteps } from './line-origins.ts'
import type { Style } from './style.ts'
import { padEnd, textWidth, visible, visibleLine } from './visible-text.ts'
import { placeText } from './wording.ts'

/** A rendered file of a node whose lines are to be explained. */
export interface Explanation {
  readonly node: string
  readonly file: RenderedFile
  /** The only line wanted, counted from 1; all of them where left out. */
  readonly line?: number
  /** Of the run; one that knows the file's own secrets where left out. */
  readonly mask?: Mask
}

/** How many lines a text has; the empty end after a last newline is none. */
function lineCount(text: string): number {
  const newlines = text === '' ? 0 : text.split('\n').length
  return text.endsWith('\n') ? newlines - 1 : newlines
}

function explainedLines(explanation: Explanation): LineOrigins[] {
  const { file, line } = explanation
  if (!file.source) return []
  const mask = maskOf(explanation)
  const origins = originsOf(file, mask)
  if (line !== undefined) return line >= 1 && line <= lineStarts(file.source).length ? [origins(line)] : []
  return Array.from({ length: lineCount(file.source.text) }, (_, i) => origins(i + 1))
}

function maskOf(explanation: Explanation): Mask {
  if (explanation.mask) return explanation.mask
  const mask = createMask()
  learnSecrets(mask, explanation.file)
  return mask
}

/**
 * Each line of a rendered file with its chain of origins, for a terminal. The place of text that a template holds as it
 * stands is named beside the line; other stretches get their chain below, underlined where they are a part of the line.
 */
export function renderExplain(explanation: Explanation, style: Style): string {
  const { file, node } = explanation
  const { paint } = style
  const declared = file.span ? `, ${visible(placeText(file.span))}` : ''
  const head = [
    `${paint('strong', visible(file.path))} on ${visible(node)}`,
    paint('dim', `${visible(idText(file.resource))}${declared}`),
    ...stepRows(shownSteps(fileConditions(file), maskOf(explanation)), '  ', style),
  ]
  const lines = explainedLines(explanation)
  if (lines.length === 0) return `${head.join('\n')}\n${withoutLines(explanation)}\n`
  const width = String(lines.at(-1)?.line ?? 0).length
  const placeColumn = Math.min(widestText, Math.max(...lines.map((line) => textWidth(visibleLine(line.text).text))))
  const body = lines.map((line, i) => {
    const rows = explainLine(line, width, placeColumn, style)
    const told = lines[i - 1]?.conditions
    // Lines that are there for one reason stand together: the first of them tells it.
    if (told && sameSteps(told, line.conditions)) return rows.join('\n')
    return [...rows, ...stepRows(line.conditions, `${style.paint('dim', `${''.padStart(width)} │`)}     `, style)].join(
      '\n',
    )
  })
  return `${head.join('\n')}\n\n${body.join('\n')}\n`
}

function withoutLines({ file, line }: Explanation): string {
  if (file.kind === 'link') return `A link to ${visible(file.target ?? '?')}.`
  if (file.kind === 'directory') return 'A directory.'
  if (file.kind === 'absent') return 'Puppet removes it.'
  if (file.bytes) return 'Its content is no text.'
  if (!file.source) return 'Puppet does not manage its content.'
  return line === undefined
    ? 'It is empty.'
    : `It has no line ${line}: it ends after line ${lineCount(file.source.text)}.`
}

/** Beyond this column, the place of a line's own text follows at its end. */
const widestText = 76

function explainLine(line: LineOrigins, width: number, placeColumn: number, style: Style): string[] {
  const shown = visibleLine(line.text)
  const gutter = (number: string): string => style.paint('dim', `${number.padStart(width)} │`)
  const verbatim = line.parts.filter(isVerbatim)
  const places = verbatim.flatMap((part) => (part.steps[0]?.span ? [lineText(part.steps[0].span)] : []))
  const own = places[0] === undefined ? '' : style.paint('path', visible(places[0]))
  const rows = [
    `${gutter(String(line.line))} ${own === '' ? shown.text : `${padEnd(shown.text, placeColumn)}  ${own}`}`.trimEnd(),
  ]
  for (const part of line.parts) {
    if (isVerbatim(part) && part.steps[0]?.span && lineText(part.steps[0].span) === places[0]) continue
    if (!coversLine(line.text, part)) {
      const [start, end] = [shown.place(part.start), shown.place(part.end)]
      const before = ' '.repeat(textWidth(shown.text.slice(0, start)))
      rows.push(`${gutter('')} ${before}${style.paint('info', '‾'.repeat(textWidth(shown.text.slice(start, end))))}`)
    }
    rows.push(...stepRows(part.steps, `${gutter('')}     `, style))
  }
  return rows
}

function lineText(place: Span): string {
  return `${place.file.path}:${lineOf(place)}`
}

function stepRows(steps: readonly Step[], indent: string, style: Style): string[] {
  const rows = steps.map((step) => ({
    label: stepLabel(step),
    place: step.span ? visible(placeText(step.span)) : '',
    text: visible(step.text),
  }))
  const labelWidth = Math.max(...rows.map((row) => textWidth(row.label)))
  const placeWidth = Math.max(...rows.map((row) => textWidth(row.place)))
  return rows.map((row) =>
    `${indent}${style.paint('dim', padEnd(row.label, labelWidth))}   ${style.paint('path', padEnd(row.place, placeWidth))}   ${row.text}`.trimEnd(),
  )
}

/**
 * The same as one JSON document: `{ "version": 1, "node", "path", "kind", "resource", "declared"?, "target"?,
 * "conditions"?: [STEP], "lines": [{ "line", "text", "parts": [{ "start", "end", "steps": [STEP] }], "conditions"?: [STEP]
 * }] }` with STEP as `{ "kind", "text", PLACE }`, offsets into `text` and PLACE as in the report of a run. Conditions are
 * what decided that the file, or the line in it, is there.
 */
export function renderExplainJson(explanation: Explanation): string {
  const { file, node } = explanation
  const mask = maskOf(explanation)
  const document = {
    version: 1,
    node,
    path: file.path,
    kind: file.kind,
    resource: idText(file.resource),
    ...(file.span ? { declared: placeJson(file.span) } : {}),
    ...(file.target !== undefined ? { target: file.target } : {}),
    ...conditionsJson(shownSteps(fileConditions(file), mask)),
    lines: explainedLines({ ...explanation, mask }).map((line) => ({
      line: line.line,
      text: line.text,
      parts: line.parts.map((part) => ({ start: part.start, end: part.end, steps: stepsJson(part.steps) })),
      ...conditionsJson(line.conditions),
    })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function conditionsJson(steps: readonly Step[]): { conditions?: ReturnType<typeof stepsJson> } {
  return steps.length > 0 ? { conditions: stepsJson(steps) } : {}
}
