import { createHash } from 'node:crypto'
import ejs from 'ejs'
import { idText } from '../catalog/catalog.ts'
import { hideSecrets } from '../diff/mask.ts'
import type { RunReport } from '../project/run-report.ts'
import { assetText } from '../source/assets.ts'
import { effectText, resourceText } from './effect-text.ts'
import { changeViews } from './html/change-view.ts'
import { findingViews } from './html/finding-view.ts'
import { nodeGroups } from './html/node-groups.ts'
import { originTable } from './html/origin-table.ts'
import { serverOrigin, serverPlace, serverSides } from './server-text.ts'
import { summarise, verdict } from './summary.ts'
import { visible } from './visible-text.ts'
import { count, seconds } from './wording.ts'

/**
 * The report as one page that needs nothing else: styles and script are inside, allowed by their hashes alone, so that
 * nothing out of a file or out of data can run or be fetched. Findings, differences and nodes are readable without the
 * script; it adds origins on hover and click, the filter and keys.
 */
export function renderHtml(report: RunReport): string {
  const summary = summarise(report)
  const css = ['overview', 'finding', 'change', 'page'].map((name) => assetText(`report/html/${name}.css`)).join('')
  const script = assetText('report/html/page.js')
  const groups = nodeGroups(report.nodes.map((node) => node.name))
  const origins = originTable()
  const findings = findingViews(report, groups)
  const changes = changeViews(report, findings, groups, origins)
  const safe = (text: string): string => visible(hideSecrets(report.mask, text))
  return ejs.render(
    assetText('report/html/page.ejs'),
    {
      css,
      script,
      cssHash: contentHash(css),
      scriptHash: contentHash(script),
      title: safe(report.environment),
      deployed: report.deployed === undefined ? undefined : safe(report.deployed),
      status: summary.errors + summary.failed > 0 ? 'error' : summary.warnings > 0 ? 'warning' : 'ok',
      verdict: verdict(report, summary),
      summary,
      elapsed: seconds(report.elapsed),
      findings,
      changes,
      compared: report.comparison && {
        before: safe(report.comparison.before),
        after: safe(report.comparison.after),
      },
      same: report.comparison ? 'As before' : report.deployed === undefined ? undefined : 'As deployed',
      follows: (report.effects ?? []).map((group) => {
        const { what, why } = effectText(group)
        return { what: safe(what), why: safe(why), nodes: groups.group(group.nodes) }
      }),
      server: (report.server ?? []).map((group) => {
        const { before, after } = serverSides(group)
        const origin = serverOrigin(group, report.mask)
        return {
          kind: group.change.kind,
          drift: group.section === 'drift',
          place: safe(serverPlace(group)),
          nodes: groups.group(group.nodes),
          ...(before === undefined ? {} : { before: safe(before) }),
          ...(after === undefined ? {} : { after: safe(after) }),
          ...(origin === undefined ? {} : { origin: safe(origin) }),
        }
      }),
      resources: (report.resources ?? []).map((group) => ({
        name: safe(idText(group.change.resource)),
        kind: group.change.kind,
        what: resourceText(group),
        nodes: groups.group(group.nodes),
        parameters: (group.change.kind === 'removed' ? [] : group.change.parameters).map(({ name, before, after }) => ({
          name: visible(name),
          ...(before === undefined ? {} : { before: safe(before) }),
          ...(after === undefined ? {} : { after: safe(after) }),
        })),
      })),
      ignored: (report.ignored ?? []).map(({ rule, reason, what, count: number }) => ({
        rule: safe(rule),
        reason: safe(reason),
        what,
        count: number,
      })),
      nodes: report.nodes.map((node) => ({
        ...node,
        name: visible(node.name),
        seconds: seconds(node.elapsed),
        ...(node.reachedBy?.length === 0 ? { apart: 'not reached' } : {}),
        ...(node.notCompared ? { apart: 'not compared' } : {}),
      })),
      groups: groups.shortened(),
      origins: origins.json(),
      count,
    },
    { includer: (name: string) => ({ template: assetText(`report/html/${name}.ejs`) }), rmWhitespace: false },
  )
}

/** As a content security policy names an inline style or script. */
function contentHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
