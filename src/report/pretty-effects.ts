import { hideSecrets } from '../diff/mask.ts'
import type { RunReport, Section } from '../project/run-report.ts'
import { effectText, resourceText } from './effect-text.ts'
import { serverOrigin, serverPlace, serverSides } from './server-text.ts'
import type { Style } from './style.ts'
import { visible } from './visible-text.ts'
import { nodeList } from './wording.ts'

const mostRows = 40

/** Services that restart, execs that run. */
export function effectRows(report: RunReport, section: Section | undefined, style: Style): string[] {
  const { paint } = style
  const safe = (text: string): string => visible(hideSecrets(report.mask, text))
  const rows = (report.effects ?? []).filter((group) => group.section === section)
  return limited(rows, style, (group) => {
    const { what, why } = effectText(group)
    const sign = paint(group.effect.kind === 'exec' ? 'info' : 'warning', group.effect.kind === 'exec' ? '▸' : '↻')
    return [
      `  ${sign} ${paint('strong', safe(what))} on ${visible(nodeList(group.nodes, report.nodes.length))}`,
      `    ${paint('dim', safe(why))}`,
    ]
  })
}

/** What httpd will do differently. */
export function serverRows(report: RunReport, section: Section | undefined, style: Style): string[] {
  const { paint } = style
  const safe = (text: string): string => visible(hideSecrets(report.mask, text))
  const rows = (report.server ?? []).filter((group) => group.section === section)
  const signs = {
    added: paint('added', '+'),
    removed: paint('removed', '−'),
    changed: paint('warning', '~'),
    order: paint('warning', '↕'),
  }
  return limited(rows, style, (group) => {
    const { before, after } = serverSides(group)
    const sides = [
      ...(before === undefined ? [] : [paint('removed', oneLine(safe(before)))]),
      ...(after === undefined ? [] : [paint('added', oneLine(safe(after)))]),
    ]
    const origin = serverOrigin(group, report.mask)
    return [
      `  ${signs[group.change.kind]} ${paint('strong', safe(serverPlace(group)))}  ${sides.join(' → ')}  on ${visible(nodeList(group.nodes, report.nodes.length))}`,
      ...(origin === undefined ? [] : [`    ${paint('dim', safe(origin))}`]),
    ]
  })
}

/** Packages, services and all other resources that are no files. */
export function resourceRows(report: RunReport, style: Style): string[] {
  const { paint } = style
  const safe = (text: string): string => visible(hideSecrets(report.mask, text))
  return limited(report.resources ?? [], style, (group) => {
    const { change } = group
    const { type, title } = change.resource
    const sign = { added: paint('added', '+'), removed: paint('removed', '−'), changed: paint('warning', '~') }
    const rows = [
      `  ${sign[change.kind]} ${paint('strong', safe(`${type}[${title}]`))} ${resourceText(group)}  on ${visible(nodeList(group.nodes, report.nodes.length))}`,
    ]
    if (change.kind === 'removed') return rows
    for (const { name, before, after } of change.parameters) {
      const [old, fresh] = [before, after].map((text) => (text === undefined ? undefined : oneLine(safe(text))))
      const parts = [
        ...(old === undefined ? [] : [paint('removed', old)]),
        ...(fresh === undefined ? ['no longer set'] : [paint('added', fresh)]),
      ]
      rows.push(`      ${name} ${parts.join(' → ')}`)
    }
    return rows
  })
}

function limited<T>(items: readonly T[], style: Style, rows: (item: T) => string[]): string[] {
  const lines = items.slice(0, mostRows).flatMap(rows)
  if (items.length > mostRows)
    lines.push(`  ${style.paint('dim', `… ${items.length - mostRows} more; --format json has them all`)}`)
  return lines
}

function oneLine(text: string): string {
  const flat = text.replaceAll('\n', '␊')
  return flat.length > 100 ? `${flat.slice(0, 99)}…` : flat
}
