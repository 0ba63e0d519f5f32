import type { Diagnostic } from '../source/diagnostic.ts'
import { positionAt, sourceFile } from '../source/source-file.ts'
import type { HeredocExpression, Program } from './ast.ts'
import { endingError } from './ending-error.ts'
import { parseProgram } from './parser.ts'
import type { Report } from './validate-expressions.ts'
import { invalidHeredocText } from './validation-messages.ts'

type Validate = (program: Program) => readonly Diagnostic[]

/** Tells what is wrong with a text, or nothing. */
type SyntaxCheck = (text: string, validate: Validate) => string | undefined

const checks: ReadonlyMap<string, SyntaxCheck> = new Map<string, SyntaxCheck>([
  ['json', checkJson],
  ['base64', checkBase64],
  ['pp', (text, validate) => checkPuppet('PP', text, false, validate)],
  ['epp', (text, validate) => checkPuppet('EPP', text, true, validate)],
])

/** Holds a heredoc without interpolation against the syntax that its tag names; of `a+json`, `json` counts. */
export function checkHeredocText(node: HeredocExpression, report: Report, validate: Validate): void {
  if (node.syntax === '' || node.text.kind !== 'LiteralString') return
  const segments = node.syntax.split('+')
  for (let first = 0; first < segments.length; first++) {
    const check = checks.get(segments.slice(first).join('+'))
    if (!check) continue
    const reason = check(node.text.value, validate)
    if (reason !== undefined) report(invalidHeredocText, node.text, node.syntax, reason)
    return
  }
}

function checkJson(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    const reason = (error as Error).message.slice(0, 100).replace(/\r?\n/g, '\\n')
    return `JSON syntax checker: Cannot parse invalid JSON string. "${reason}"`
  }
}

function checkBase64(text: string): string | undefined {
  const cleaned = text.replace(/[\r\n?\t\p{Zs}]/gu, '')
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(cleaned)) return undefined
  const reason =
    (new TextEncoder().encode(cleaned).length * 8) % 6 !== 0
      ? 'padding is not correct'
      : 'contains letters outside strict base 64 range (or whitespace)'
  return `Base64 syntax checker: Cannot parse invalid Base64 string - ${reason}`
}

function checkPuppet(name: string, text: string, template: boolean, validate: Validate): string | undefined {
  const file = sourceFile('', text)
  const parsed = parseProgram(file, template)
  const broken = parsed.diagnostics.some((each) => each.severity === 'error')
  const error = endingError(broken ? parsed.diagnostics : validate(parsed.program))
  if (!error) return undefined
  const at = error.span && positionAt(file, error.span.start)
  const located = at && !error.message.endsWith('end of input')
  const message = located ? `${error.message} (line: ${at.line}, column: ${at.column})` : error.message
  return `${name} syntax checker: "${message.slice(0, 500).replace(/\r?\n/g, '\\n')}"`
}
