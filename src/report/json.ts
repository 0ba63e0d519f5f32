import { idText } from '../catalog/catalog.ts'
import type { Step } from '../catalog/trace.ts'
import type { FileChange } from '../diff/file-change.ts'
import { hideSecrets, type Mask } from '../diff/mask.ts'
import type { Structure } from '../diff/structure.ts'
import type { PlacedDirective } from '../project/apache/effective-view.ts'
import type { Causes } from '../project/causes.ts'
import type {
  Finding,
  GroupedChange,
  GroupedEffect,
  GroupedResourceChange,
  GroupedServerChange,
  RunReport,
} from '../project/run-report.ts'
import { positionAt, type Span } from '../source/source-file.ts'
import { findingSteps, shownSteps } from './chain.ts'
import { frameOf } from './frame.ts'
import { maskedHunk } from './masked-hunk.ts'
import { summarise, verdict } from './summary.ts'

/**
 * The report as one JSON document with a newline at its end. Its shape is stable: members are added, never renamed or
 * removed without another `version`. Members without a value are left out. Lines and columns count from 1, columns and
 * offsets in UTF-16 units; ranges are half-open; times are in milliseconds; secrets are replaced by `••••` and four hex
 * digits that differ from run to run.
 *
 *     { "version": 1, "command": "run", "environment", "deployed"?, "elapsed",
 *       "summary": { "errors", "warnings", "infos",
 *         "nodes": { "total", "failed" },
 *         "files": { "rendered", "unchanged", "added", "removed", "changed", "attributes" } },
 *       "nodes": [{ "name", "status": "compiled" | "failed", "resources", "files", "unchanged", "notCompared"?, "elapsed" }],
 *       "findings": [{ "severity", "code", "message", PLACE, "source"?: { "text", "start", "end" }, "nodes": […],
 *         "renderedPath"?, "trace": [{ "kind", "text", PLACE }], "related": [{ "message", PLACE }],
 *         "standing"?, "impact"?, "remedy"?, "fix"?: { "description", "replacement", PLACE } }],
 *       "changes": [{ "path", "kind", "nodes": […], "resource"?, "declared"?: { PLACE },
 *         "attributes": [{ "name", "before"?, "after"? }], "binary"?: { "before"?, "after"? },
 *         "noop"?, "hidden"?: { "added", "removed" } (lines that `show_diff => false` leaves out),
 *         "hunks": [{ "beforeStart", "beforeLines", "afterStart", "afterLines",
 *           "lines": [{ "kind", "text", "beforeLine"?, "afterLine"?, "highlights"?: [[start, end]], "noNewline"? }] }] }] }
 *
 * and, where two states of the control repo were compared, `"comparison": { "before", "after", "paths"? }`, a node's
 * `"reachedBy": […]` (empty: not reached), a change's `"section": "change" | "drift"`, `"perNode"?` (facts that
 * `‹name›` stands for; `other values` for those of `‹…›`), `"outlier"?`, `"structure"?: { "format", "verdict", "items": […] }`, `"causes"?` (an entry a
 * hunk: `{ "causes": [{ "path", "side", "line", "text", "how" }], "unexplained" }`), `"resources"?`, `"effects"?` and
 * `"ignored"?: [{ "rule", "reason", "what": "difference" | "finding", "count" }]`,
 *
 * and, where what httpd does differs, `"server": [{ "kind": "added" | "removed" | "changed" | "order", "place": [section],
 * "name", "before"?, "after"?, "saidBefore"?, "saidAfter"?: { "text", PLACE, "trace" }, "nodes", "section"? }]`,
 *
 * where PLACE is `"path", "line", "column", "endLine", "endColumn"`, left out where there is none.
 */
export function renderJson(report: RunReport): string {
  const summary = summarise(report)
  const document = {
    version: 1,
    command: report.command,
    environment: report.environment,
    ...optional('deployed', report.deployed),
    ...optional('comparison', report.comparison),
    elapsed: Math.round(report.elapsed),
    summary: {
      errors: summary.errors,
      warnings: summary.warnings,
      infos: summary.infos,
      nodes: {
        total: summary.nodes,
        failed: summary.failed,
        ...(report.comparison ? { changing: summary.changingNodes } : {}),
        ...optional('notReached', summary.notReached),
      },
      files: {
        rendered: summary.files,
        unchanged: summary.unchanged,
        added: summary.added,
        removed: summary.removed,
        changed: summary.changed,
        attributes: summary.attributes,
        ...(report.comparison ? { drifted: summary.drifted } : {}),
      },
      ...(report.comparison ? { verdict: verdict(report, summary), unexplained: summary.unexplained } : {}),
    },
    nodes: report.nodes.map((node) => ({
      name: node.name,
      status: node.status,
      resources: node.resources,
      files: node.files,
      unchanged: node.unchanged,
      ...optional('notCompared', node.notCompared),
      ...optional('reachedBy', node.reachedBy),
      elapsed: Math.round(node.elapsed),
    })),
    findings: report.findings.map((finding) => findingJson(finding, report.mask)),
    changes: report.changes.map((group) => changeJson(group, report.mask)),
    ...optional(
      'resources',
      report.resources?.map((group) => resourceJson(group, report.mask)),
    ),
    ...optional(
      'server',
      report.server?.map((group) => serverJson(group, report.mask)),
    ),
    ...optional(
      'effects',
      report.effects?.map((group) => effectJson(group, report.mask)),
    ),
    ...optional('ignored', report.ignored),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function findingJson(finding: Finding, mask: Mask): object {
  const { diagnostic } = finding
  const { severity, code, span, related, remedy, fix } = diagnostic
  const frame = span && frameOf(span, mask, finding.rendered)
  return {
    severity,
    code,
    message: hideSecrets(mask, diagnostic.message),
    ...placeJson(span),
    ...optional('source', frame && { text: frame.text, start: frame.start, end: frame.end }),
    nodes: finding.nodes,
    ...optional('renderedPath', finding.renderedPath),
    trace: stepsJson(findingSteps(finding, mask)),
    related: (related ?? []).map((r) => ({ message: hideSecrets(mask, r.message), ...placeJson(r.span) })),
    ...optional('standing', finding.standing),
    ...optional('impact', finding.impact === undefined ? undefined : hideSecrets(mask, finding.impact)),
    ...optional('remedy', remedy === undefined ? undefined : hideSecrets(mask, remedy)),
    ...optional(
      'fix',
      fix && {
        description: hideSecrets(mask, fix.description),
        replacement: hideSecrets(mask, fix.replacement),
        ...placeJson(fix.span),
      },
    ),
  }
}

function changeJson(group: GroupedChange, mask: Mask): object {
  const { change } = group
  const place = change.after?.span ?? change.declared
  return {
    path: hideSecrets(mask, change.path),
    kind: change.kind,
    nodes: group.nodes,
    ...optional('section', group.section),
    ...optional('perNode', group.perNode),
    ...optional('outlier', group.outlier),
    ...optional('resource', change.resource && hideSecrets(mask, idText(change.resource))),
    ...optional('declared', place && placeJson(place)),
    attributes: change.attributes.map(({ name, before, after }) => ({
      name,
      ...optional('before', before === undefined ? undefined : hideSecrets(mask, before)),
      ...optional('after', after === undefined ? undefined : hideSecrets(mask, after)),
    })),
    ...optional('binary', change.binary),
    ...optional('noop', change.noop),
    ...optional('hidden', change.hidden),
    ...optional('structure', change.structure && structureJson(change.structure, mask)),
    hunks: hunksJson(change, mask),
    ...optional(
      'causes',
      group.causes?.map((causes) => causesJson(causes, mask)),
    ),
  }
}

function structureJson({ format, verdict: kind, items }: Structure, mask: Mask): object {
  const safe = (text: string): string => hideSecrets(mask, text)
  return {
    format,
    verdict: kind,
    items: items.map((item) => ({
      ...item,
      place: item.place.map(safe),
      name: safe(item.name),
      ...optional('before', item.before === undefined ? undefined : safe(item.before)),
      ...optional('after', item.after === undefined ? undefined : safe(item.after)),
      ...optional('from', item.from?.map(safe)),
    })),
  }
}

function causesJson({ causes, unexplained }: Causes, mask: Mask): object {
  return { causes: causes.map((cause) => ({ ...cause, text: hideSecrets(mask, cause.text) })), unexplained }
}

function resourceJson({ change, nodes, perNode }: GroupedResourceChange, mask: Mask): object {
  const safe = (text: string): string => hideSecrets(mask, text)
  return {
    resource: safe(idText(change.resource)),
    kind: change.kind,
    nodes,
    ...optional('perNode', perNode),
    ...optional('declared', change.span && placeJson(change.span)),
    parameters: change.parameters.map(({ name, before, after }) => ({
      name,
      ...optional('before', before === undefined ? undefined : safe(before)),
      ...optional('after', after === undefined ? undefined : safe(after)),
    })),
  }
}

function effectJson({ effect, nodes, section }: GroupedEffect, mask: Mask): object {
  const safe = (text: string): string => hideSecrets(mask, text)
  return {
    kind: effect.kind,
    resource: safe(idText(effect.resource)),
    because: effect.because.map(safe),
    guards: effect.guards,
    nodes,
    ...optional('section', section),
  }
}

function serverJson({ change, nodes, section }: GroupedServerChange, mask: Mask): object {
  const safe = (text: string): string => hideSecrets(mask, text)
  const side = (said: PlacedDirective): object => ({
    text: safe(said.text),
    ...placeJson(said.span),
    trace: stepsJson(shownSteps(said.trace, mask)),
  })
  const { before, after } = change.said
  return {
    kind: change.kind,
    place: change.place.map(safe),
    name: safe(change.name),
    ...optional('before', change.before === undefined ? undefined : safe(change.before)),
    ...optional('after', change.after === undefined ? undefined : safe(change.after)),
    ...optional('saidBefore', before && side(before)),
    ...optional('saidAfter', after && side(after)),
    nodes,
    ...optional('section', section),
  }
}

function hunksJson(change: FileChange, mask: Mask): object[] {
  return change.hunks
    .map((each) => maskedHunk(each, mask))
    .map((hunk) => ({
      beforeStart: hunk.beforeStart,
      beforeLines: hunk.beforeLines,
      afterStart: hunk.afterStart,
      afterLines: hunk.afterLines,
      lines: hunk.lines.map((line) => ({
        kind: line.kind,
        text: line.text,
        ...optional('beforeLine', line.beforeLine),
        ...optional('afterLine', line.afterLine),
        ...optional('highlights', line.highlights.length > 0 ? line.highlights : undefined),
        ...optional('noNewline', line.noNewline),
      })),
    }))
}

/** A chain of origins as data; it is masked already. */
export function stepsJson(steps: readonly Step[]): object[] {
  return steps.map((step) => ({ kind: step.kind, text: step.text, ...placeJson(step.span) }))
}

/** A span as data; nothing where there is none. */
export function placeJson(span: Span | undefined): object {
  if (!span) return {}
  const start = positionAt(span.file, span.start)
  const end = positionAt(span.file, span.end)
  return {
    path: span.file.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  }
}

function optional<K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [k in K]?: V }
}
