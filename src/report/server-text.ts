import type { Mask } from '../diff/mask.ts'
import type { PlacedDirective } from '../project/apache/effective-view.ts'
import type { GroupedServerChange } from '../project/run-report.ts'
import { lineOf } from '../source/source-file.ts'
import { shownSteps } from './chain.ts'

/** The sections that a difference lies in, the outermost first; unmasked. */
export function serverPlace({ change }: GroupedServerChange): string {
  return change.place.length === 0 ? 'main server' : change.place.join(' › ')
}

/** What httpd follows now and then, each in one line; unmasked. */
export function serverSides({ change }: GroupedServerChange): { readonly before?: string; readonly after?: string } {
  const { before, after } = change
  return {
    ...(before === undefined ? {} : { before: before.replaceAll('\n', ' ⏎ ') }),
    ...(after === undefined ? {} : { after: after.replaceAll('\n', ' ⏎ ') }),
  }
}

/** `etc/apache2/ports.conf:3, set in data/common.yaml:9`: where a directive stands and where its text comes from. */
export function serverOrigin({ change }: GroupedServerChange, mask: Mask): string | undefined {
  const { before, after } = change.said
  const said: PlacedDirective | undefined = after ?? before
  if (!said?.span) return undefined
  const here = `${said.span.file.path}:${lineOf(said.span)}`
  const origin = shownSteps(said.trace, mask).at(-1)?.span
  const where = after ? here : `was at ${here}`
  return origin && origin.file.path !== said.span.file.path
    ? `${where}, from ${origin.file.path}:${lineOf(origin)}`
    : where
}
