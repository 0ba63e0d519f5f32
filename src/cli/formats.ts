import type { RunReport } from '../project/run-report.ts'
import { renderHtml } from '../report/html.ts'
import { renderJson } from '../report/json.ts'
import { renderMarkdown } from '../report/markdown.ts'
import { renderPretty } from '../report/pretty.ts'
import { renderSarif } from '../report/sarif.ts'
import { colourStyle, plainStyle, type Style } from '../report/style.ts'
import { enumerate } from '../report/wording.ts'
import type { Severity } from '../source/diagnostic.ts'
import { tellFaults } from './faults.ts'
import { CannotRun, exitCodes, type Io } from './io.ts'

const renderers = {
  pretty: renderPretty,
  json: renderJson,
  html: renderHtml,
  markdown: renderMarkdown,
  sarif: (report) => renderSarif(report, process.cwd()),
} satisfies Record<string, (report: RunReport, style: Style) => string>

/** The names that `--format` takes. */
export const formatNames = Object.keys(renderers) as (keyof typeof renderers)[]

interface Output {
  readonly format: keyof typeof renderers
  /** Standard output where left out. */
  readonly path?: string
}

/** What `--format` asks for: the names of formats, each with `=FILE` for a file. */
export function readFormats(value: unknown): Output[] {
  const asked = Array.isArray(value) && value.length > 0 ? value.map(String) : ['pretty']
  const outputs = asked.map((text): Output => {
    const [name, ...rest] = text.split('=')
    const format = formatNames.find((known) => known === name)
    if (format === undefined)
      throw new CannotRun(
        `unknown format '${name}'`,
        `Formats are ${enumerate(formatNames)}, each with =FILE for a file.`,
      )
    return rest.length > 0 ? { format, path: rest.join('=') } : { format }
  })
  if (outputs.filter((output) => output.path === undefined).length > 1)
    throw new CannotRun(
      'two formats cannot both go to standard output',
      'Give one of them a file: --format html=report.html',
    )
  return outputs
}

/** Writes a report in every format that was asked for and gives the exit code. */
export function publish(report: RunReport, args: Readonly<Record<string, unknown>>, io: Io): number {
  for (const { format, path } of readFormats(args.format)) {
    const style = io.colour && path === undefined ? colourStyle : plainStyle
    const text = renderers[format](report, style)
    if (path === undefined) io.out(text.endsWith('\n') ? text : `${text}\n`)
    else io.write(path, text)
  }
  tellFaults(
    report.findings.map(({ diagnostic }) => diagnostic),
    io,
  )
  return failed(report, args.failOn) ? exitCodes.findings : exitCodes.clean
}

const rank: Record<Severity, number> = { error: 2, warning: 1, info: 0 }

function failed(report: RunReport, least: unknown): boolean {
  if (least === 'never') return false
  const limit = rank[(least ?? 'error') as Severity]
  return report.findings.some((finding) => rank[finding.diagnostic.severity] >= limit)
}
