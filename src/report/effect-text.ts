import { idText } from '../catalog/catalog.ts'
import type { GroupedEffect, GroupedResourceChange } from '../project/run-report.ts'
import { count, enumerate } from './wording.ts'

const mostReasons = 3

/** `Service[apache2] restarts` and `because of /etc/…`, unmasked. */
export function effectText({ effect }: GroupedEffect): { readonly what: string; readonly why: string } {
  const name = idText(effect.resource)
  const what = { restart: `${name} restarts`, reload: `${name} reloads`, exec: `${name} runs` }[effect.kind]
  const guards =
    effect.guards.length > 0
      ? `, if its ${enumerate(effect.guards)} let${effect.guards.length === 1 ? 's' : ''} it`
      : ''
  const shown = effect.because.slice(0, mostReasons)
  const more = effect.because.length - shown.length
  const why = enumerate(more > 0 ? [...shown, `${count(more, 'other change')}`] : shown)
  return { what: `${what}${guards}`, why: `because of ${why}` }
}

/** What happens to a resource that is no file, in one line without its parameters. */
export function resourceText({ change }: GroupedResourceChange): string {
  switch (change.kind) {
    case 'added':
      return 'is new'
    case 'removed':
      return 'is no longer managed; it stays on the node as it is'
    case 'changed':
      return 'changes'
  }
}
