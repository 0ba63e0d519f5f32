import type { Span } from '../source/source-file.ts'
import { failWith } from './issues.ts'

/** Checks a text that says it is JSON, as `@(END:json)` does; other syntaxes are taken as they are. */
export function checkSyntax(text: string, syntax: string, span: Span): void {
  if (!syntax.split('+').includes('json')) return
  try {
    JSON.parse(text)
  } catch (error) {
    failWith(
      `Invalid produced text having syntax: '${syntax}'. JSON syntax checker: Cannot parse invalid JSON string.`,
      {
        span,
        remedy: (error as Error).message,
      },
    )
  }
}
