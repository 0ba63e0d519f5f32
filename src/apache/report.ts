import type { Diagnostic, DiagnosticDetail } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import type { ConfigNode } from './context.ts'
import type { Fault } from './faults.ts'
import type { PlacedFault } from './invoke.ts'
import { type LogicalLine, lineSpan } from './lines.ts'
import type { Rejection, Verdict } from './verdict.ts'

type Phase = Rejection['phase']

/** Collects what a check finds, in httpd's order. */
export class Report {
  private readonly errors: Record<Phase, Rejection[]> = { read: [], walk: [], check: [] }
  private readonly warnings: Diagnostic[] = []
  private readonly pending: { node: ConfigNode; check: () => Fault | undefined }[] = []

  /** An error about a directive; `line` is the one that httpd names. */
  add(phase: Phase, node: ConfigNode, placed: PlacedFault, line: LogicalLine | undefined = node.line): void {
    this.addAt(phase, placed.fault, faultSpan(node, placed.place), line)
  }

  addAt(
    phase: Phase,
    fault: Fault,
    span: Span,
    line: LogicalLine | undefined,
    related?: DiagnosticDetail['related'],
  ): void {
    const diagnostic = toDiagnostic('error', fault, span, related)
    this.errors[phase].push({
      diagnostic,
      phase,
      path: span.file.path,
      ...(line ? { line: line.number } : {}),
    })
  }

  warn(node: ConfigNode, fault: Fault): void {
    this.warnings.push(
      toDiagnostic('warning', fault, faultSpan(node, typeof fault.at === 'object' ? fault.at : undefined)),
    )
  }

  later(node: ConfigNode, check: () => Fault | undefined): void {
    this.pending.push({ node, check })
  }

  /** What httpd checks after all directives have run. */
  runLater(): void {
    for (const { node, check } of this.pending) {
      const found = check()
      if (!found) continue
      // httpd ends with this line whatever the check was.
      const message = `${found.message}\nAH00014: Configuration check failed`
      const place = typeof found.at === 'object' ? found.at : undefined
      this.addAt('check', { ...found, message }, faultSpan(node, place), undefined)
    }
  }

  verdict(): Verdict {
    const errors = [...this.errors.read, ...this.errors.walk, ...this.errors.check]
    const first = errors[0]
    return {
      verdict: first ? 'reject' : 'ok',
      diagnostics: [...errors.map((error) => error.diagnostic), ...this.warnings],
      ...(first ? { first } : {}),
    }
  }
}

function toDiagnostic(
  severity: 'error' | 'warning',
  fault: Fault,
  span: Span,
  related?: DiagnosticDetail['related'],
): Diagnostic {
  return {
    code: `httpd/${fault.code}`,
    severity,
    message: fault.message,
    span,
    ...(fault.remedy === undefined ? {} : { remedy: fault.remedy }),
    ...(related && related.length > 0 ? { related } : {}),
  }
}

/** The source of a stretch of a directive's raw arguments, or of its name. */
export function faultSpan(node: ConfigNode, place: readonly [number, number] | undefined): Span {
  if (!place) return lineSpan(node.line, node.nameStart, node.nameEnd)
  const start = Math.min(node.argsAt + place[0], node.line.text.length)
  return lineSpan(node.line, start, Math.min(node.argsAt + place[1], node.line.text.length))
}
