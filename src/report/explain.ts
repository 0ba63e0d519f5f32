import { idText } from '../catalog/catalog.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { fileConditions, levelSteps, type Step } from '../catalog/trace.ts'
import { createMask, learnSecrets, type Mask } from '../diff/mask.ts'
import { lineOf, type Span } from '../source/source-file.ts'
import { shownSteps, stepLabel } from './chain.ts'
import { placeJson, stepsJson } from './json.ts'
import { coversLine, isVerbatim, type LineOrigins, type OriginPart, originsOf, sameSteps } from './line-origins.ts'
import { valueJson, valueLine } from './lookup-value.ts'
import { type KeyLevels, overriddenBy } from './overridden.ts'
import type { Style } from './style.ts'
import { padEnd, textWidth, visible, visibleLine } from './visible-text.ts'
import { placeText } from './wording.ts'

/** A rendered file of a node whose lines are to be explained. */
export interface Explanation {
  readonly node: string
  readonly file: RenderedFile
  /** The only lines wanted, counted from 1; all of them where left out. */
  readonly lines?: { readonly first: number; readonly last: number }
  /** What the levels of its node have for a key; nothing is told of overridden values where left out. */
  readonly levelsOf?: (key: string) => KeyLevels
  /** Of the run; one that knows the file's own secrets where left out. */
  readonly mask?: Mask
}

/** How many lines a text has; the empty end after a last newline is none. */
function lineCount(text: string): number {
  const newlines = text === '' ? 0 : text.split('\n').length
  return text.endsWith('\n') ? newlines - 1 : newlines
}

function explainedLines(explanation: Explanation): LineOrigins[] {
  const { file, lines } = explanation
  if (!file.source) return []
  const origins = originsOf(file, maskOf(explanation))
  const all = lineCount(file.source.text)
  const last = Math.min(lines?.last ?? all, Math.max(all, 1))
  const first = lines?.first ?? 1
  return Array.from({ length: all === 0 ? 0 : Math.max(0, last - first + 1) }, (_, i) => origins(first + i))
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
  const overridden = overriddenRows(explanation)
  const declared = file.span ? `, ${visible(placeText(file.span))}` : ''
  const head = [
    `${paint('strong', visible(file.path))} on ${visible(node)}`,
    paint('dim', `${visible(idText(file.resource))}${declared}`),
    ...(file.within ?? []).map(({ resource, span }) =>
      paint('dim', `  in ${visible(idText(resource))}, ${visible(placeText(span))}`),
    ),
    ...stepRows(shownSteps(fileConditions(file), maskOf(explanation)), '  ', style, overridden()),
  ]
  const lines = explainedLines(explanation)
  if (lines.length === 0) return `${head.join('\n')}\n${withoutLines(explanation)}\n`
  const width = String(lines.at(-1)?.line ?? 0).length
  const placeColumn = Math.min(widestText, Math.max(...lines.map((line) => textWidth(visibleLine(line.text).text))))
  const body = lines.map((line, i) => {
    const rows = explainLine(line, width, placeColumn, style, overridden)
    const told = lines[i - 1]?.conditions
    // Lines that are there for one reason stand together: the first of them tells it.
    if (told && sameSteps(told, line.conditions)) return rows.join('\n')
    const indent = `${style.paint('dim', `${''.padStart(width)} │`)}     `
    return [...rows, ...stepRows(line.conditions, indent, style, overridden())].join('\n')
  })
  const levels = chosenLevels(file, lines).flatMap(({ path, steps }) => [
    `  ${paint('path', visible(path))}`,
    ...stepRows(steps, '    ', style),
  ])
  const why = levels.length === 0 ? [] : ['', `Data files that ${visible(node)} reads because of its facts:`, ...levels]
  return `${[...head, '', ...body, ...why].join('\n')}\n`
}

/** The data files that the lines come from and that not every node reads, with why this one does. */
function chosenLevels(file: RenderedFile, lines: readonly LineOrigins[]): { path: string; steps: readonly Step[] }[] {
  const paths = new Set<string>()
  const all = [
    ...fileConditions(file),
    ...lines.flatMap((line) => [...line.parts.flatMap(stepsOf), ...line.conditions]),
  ]
  for (const { kind, span } of all) if (span && (kind === 'hiera' || kind === 'template')) paths.add(span.file.path)
  return [...paths].sort().flatMap((path) => {
    const steps = levelSteps(file, path)
    return steps.length > 0 ? [{ path, steps }] : []
  })
}

function stepsOf({ steps }: OriginPart): readonly Step[] {
  return steps
}

/** The rows below a step, for what it overrides: `overriding`, the place and the value. */
type RowsBelow = (step: Step) => readonly Row[]

function overriddenRows({ levelsOf }: Explanation): (secret?: boolean) => RowsBelow {
  return (secret = false) =>
    (step) =>
      (step.key === undefined || !levelsOf ? [] : overriddenBy(step, levelsOf(step.key))).map(
        ({ level, span, value }) => ({
          label: 'overriding',
          place: visible(placeText(span)),
          text: visible(`${secret ? '••••' : valueLine(value, widestValue)}, level "${level}"`),
        }),
      )
}

/** What is shown of a value on the side. */
const widestValue = 60

function withoutLines({ file, lines }: Explanation): string {
  if (file.kind === 'link') return `A link to ${visible(file.target ?? '?')}.`
  if (file.kind === 'directory') return 'A directory.'
  if (file.kind === 'absent') return 'Puppet removes it.'
  if (file.bytes) return 'Its content is no text.'
  if (!file.source) return 'Puppet does not manage its content.'
  return lines === undefined
    ? 'It is empty.'
    : `It has no line ${lines.first}: it ends after line ${lineCount(file.source.text)}.`
}

/** Beyond this column, the place of a line's own text follows at its end. */
const widestText = 76

function explainLine(
  line: LineOrigins,
  width: number,
  placeColumn: number,
  style: Style,
  overridden: (secret?: boolean) => RowsBelow,
): string[] {
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
    rows.push(...stepRows(part.steps, `${gutter('')}     `, style, overridden(part.secret)))
  }
  return rows
}

function lineText(place: Span): string {
  return `${place.file.path}:${lineOf(place)}`
}

interface Row {
  readonly label: string
  readonly place: string
  readonly text: string
}

function stepRows(steps: readonly Step[], indent: string, style: Style, below: RowsBelow = () => []): string[] {
  const rows = steps.flatMap((step, i): readonly Row[] => {
    if (isReadOfFact(step, steps[i + 1])) return []
    const place = step.span ? visible(placeText(step.span)) : ''
    return [{ label: stepLabel(step), place, text: visible(step.text) }, ...below(step)]
  })
  const labelWidth = Math.max(...rows.map((row) => textWidth(row.label)))
  const placeWidth = Math.max(...rows.map((row) => textWidth(row.place)))
  return rows.map((row) =>
    `${indent}${style.paint('dim', padEnd(row.label, labelWidth))}   ${style.paint('path', padEnd(row.place, placeWidth))}   ${row.text}`.trimEnd(),
  )
}

/** `$facts['os']['family']` before the fact `os.family` itself. */
function isReadOfFact(step: Step, next: Step | undefined): boolean {
  if (step.kind !== 'read' || next?.kind !== 'fact') return false
  const name = step.text.replace(/^\$facts|^\$(?=trusted)/, '').replace(/\['?(.*?)'?\]/g, '.$1')
  return next.text === `fact ${name.replace(/^\./, '')}`
}

/**
 * The same as one JSON document: `{ "version": 1, "node", "path", "kind", "resource", "declared"?,
 * "within"?: [{ "resource", PLACE }], "target"?,
 * "conditions"?: [STEP], "lines": [{ "line", "text", "parts": [{ "start", "end", "steps": [STEP] }], "conditions"?: [STEP]
 * }], "levels": [{ "path", "steps": [STEP] }] }` with STEP as `{ "kind", "text", PLACE, "overridden"?: [{ "level",
 * "value", PLACE }] }`, offsets into `text` and PLACE as in the report of a run. Conditions are what decided that the
 * file, or the line in it, is there; levels are data files that this node reads and others do not, and why.
 */
export function renderExplainJson(explanation: Explanation): string {
  const { file, node } = explanation
  const mask = maskOf(explanation)
  const lines = explainedLines({ ...explanation, mask })
  const steps = stepsWithOverridden(explanation)
  const document = {
    version: 1,
    node,
    path: file.path,
    kind: file.kind,
    resource: idText(file.resource),
    ...(file.span ? { declared: placeJson(file.span) } : {}),
    ...(file.within
      ? { within: file.within.map(({ resource, span }) => ({ resource: idText(resource), ...placeJson(span) })) }
      : {}),
    ...(file.target !== undefined ? { target: file.target } : {}),
    ...conditionsJson(shownSteps(fileConditions(file), mask), steps),
    lines: lines.map((line) => ({
      line: line.line,
      text: line.text,
      parts: line.parts.map((part) => ({
        start: part.start,
        end: part.end,
        steps: steps(part.steps, part.secret),
      })),
      ...conditionsJson(line.conditions, steps),
    })),
    levels: chosenLevels(file, lines).map((level) => ({ path: level.path, steps: stepsJson(level.steps) })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

type StepsToJson = (steps: readonly Step[], secret?: boolean) => object[]

function conditionsJson(steps: readonly Step[], json: StepsToJson): { conditions?: object[] } {
  return steps.length > 0 ? { conditions: json(steps) } : {}
}

function stepsWithOverridden({ levelsOf }: Explanation): StepsToJson {
  return (steps, secret) =>
    stepsJson(steps).map((json, i) => {
      const step = steps[i] as Step
      const overridden = step.key === undefined || !levelsOf ? [] : overriddenBy(step, levelsOf(step.key))
      if (overridden.length === 0) return json
      const values = overridden.map(({ level, span, value }) => ({
        level,
        value: secret ? '••••' : JSON.parse(valueJson(value)),
        ...placeJson(span),
      }))
      return { ...json, overridden: values }
    })
}
