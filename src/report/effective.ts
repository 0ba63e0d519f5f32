import { hideSecrets, type Mask } from '../diff/mask.ts'
import type { EffectiveView, PlacedDirective } from '../project/apache/effective-view.ts'
import { lineOf } from '../source/source-file.ts'
import { shownSteps } from './chain.ts'
import { placeJson, stepsJson } from './json.ts'
import type { Style } from './style.ts'
import { padEnd, textWidth, visible } from './visible-text.ts'

/** Beyond this column, the place of a directive follows at its end. */
const widestText = 60

/** What applies to a URL, a line a directive, each with its place and where its text comes from; for a terminal. */
export function renderEffective(view: EffectiveView, node: string, mask: Mask, style: Style): string {
  const { paint } = style
  const safe = (text: string): string => visible(hideSecrets(mask, text))
  const where = ({ span }: PlacedDirective): string =>
    span ? safe(`${span.file.path}:${lineOf(span)}`) : 'as the package ships it'
  const head = [
    `${paint('strong', safe(view.url))} on ${visible(node)}`,
    view.host ? `${safe(view.host.text)}  ${paint('path', where(view.host))}` : 'the main server',
    view.file === undefined ? 'no document root' : safe(view.file),
  ]
  const width = Math.min(widestText, Math.max(0, ...view.directives.map(({ text }) => textWidth(safe(text)))))
  const rows = view.directives.flatMap((directive) => {
    const origin = shownSteps(directive.trace, mask).at(-1)?.span
    const from = origin && directive.span && origin.file !== directive.span.file
    const source = from ? `  ${paint('dim', safe(`${origin.file.path}:${lineOf(origin)}`))}` : ''
    return [
      `  ${padEnd(safe(directive.text), width)}  ${paint('path', where(directive))}${source}`,
      ...directive.replaces.map((old) => paint('dim', `    instead of ${safe(old.text)}  ${where(old)}`)),
    ]
  })
  const conditions = view.conditions.map((each) => `  ${safe(each.text)}  ${paint('path', where(each))}`)
  const more = conditions.length > 0 ? ['', 'Where these hold, what they say comes last:', ...conditions] : []
  return `${[...head, '', ...rows, ...more].join('\n')}\n`
}

/**
 * The same as one JSON document: `{ "version": 1, "node", "url", "file"?, "host"?: DIRECTIVE, "directives":
 * [DIRECTIVE with "replaces": [DIRECTIVE]], "conditions": [DIRECTIVE] }`, where DIRECTIVE is `{ "text", PLACE, "trace":
 * [{ "kind", "text", PLACE }] }` with PLACE as in the report of a run.
 */
export function renderEffectiveJson(view: EffectiveView, node: string, mask: Mask): string {
  const directive = ({ text, span, trace }: PlacedDirective): object => ({
    text: hideSecrets(mask, text),
    ...placeJson(span),
    trace: stepsJson(shownSteps(trace, mask)),
  })
  const document = {
    version: 1,
    node,
    url: view.url,
    ...(view.file === undefined ? {} : { file: view.file }),
    ...(view.host ? { host: directive(view.host) } : {}),
    directives: view.directives.map((each) => ({ ...directive(each), replaces: each.replaces.map(directive) })),
    conditions: view.conditions.map(directive),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
