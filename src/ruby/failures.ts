import { type Diagnostic, define, type Failure, type Related } from '../source/diagnostic.ts'
import { lineStarts, lineText, type SourceFile, type Span } from '../source/source-file.ts'
import type { ModuleTree } from './module-tree.ts'

export const functionFailed = define('error', 'ruby/function-failed', (message: string) => message)
export const templateFailed = define('error', 'ruby/template-failed', (message: string) => message)
export const typeFailed = define('error', 'ruby/type-failed', (message: string) => message)
const syntaxFailed = define('error', 'ruby/syntax', (message: string) => message)
const refused = define('error', 'ruby/sandbox', (message: string) => message)
const memoryExhausted = define('error', 'ruby/memory', (message: string) => message)
export const machineLost = define(
  'error',
  'ruby/lost',
  (what: string, reason: string) => `Ruby was lost while it ran ${what}: ${reason}`,
)

/** A Ruby exception as `Rehearsal.describe` tells of it. */
export interface RubyError {
  readonly class: string
  readonly message: string
  readonly kind: 'refused' | 'exit' | 'memory' | 'stack' | 'syntax' | 'load' | 'error'
  /** Whether a plain `rescue` catches it: Puppet adds its own words to such errors only. */
  readonly standard: boolean
  /** A failure of ours that passed through Ruby. */
  readonly token?: number | null
  /** Number of the part of the template that was written last. */
  readonly after?: number | null
  /** `path:line`, innermost first; empty for errors that Ruby raises without looking. */
  readonly trace: readonly string[]
}

/** A line of code that Ruby names. */
export interface CodePlace {
  readonly path: string
  readonly line: number
}

/** Reads `path:line`, with or without what Ruby appends (`:in …`). */
export function codePlace(text: string): CodePlace | undefined {
  const match = /^(.+?):(\d+)(?::|$)/.exec(text)
  return match ? { path: match[1] as string, line: Number(match[2]) } : undefined
}

/** Where a syntax error is: Ruby begins its message with it. */
export function syntaxPlace(error: RubyError): CodePlace | undefined {
  return codePlace(error.message.split('\n', 1)[0] as string)
}

/** A line of a file without its margins; the file's end for a line beyond it. */
export function lineSpan(file: SourceFile, line: number): Span {
  const start = lineStarts(file)[line - 1]
  if (start === undefined) return { file, start: file.text.length, end: file.text.length }
  const text = lineText(file, line)
  const margin = text.length - text.trimStart().length
  return { file, start: start + margin, end: start + text.trimEnd().length }
}

/** What Ruby says, with the reason where it is not plain. */
export function errorText(error: RubyError): string {
  switch (error.kind) {
    case 'exit':
      return error.message === 'exit' || error.message === 'exit!'
        ? `The code calls ${error.message}, which would end Puppet`
        : `The code ends Puppet: ${error.message}`
    case 'syntax':
      return withoutExcerpts(error.message)
    case 'memory':
      return `The code needs more memory than it may use: ${error.message}`
    default:
      return error.message
  }
}

/** A message with the path of a file as people are shown it, whether it names the machine's or the one that code is told. */
export function withShownPath(message: string, path: string, modules: ModuleTree): string {
  const inside = modules.inside(path)
  const holder = modules.directories().find(([, directory]) => inside.startsWith(`${directory}/`))
  const told = holder ? holder[0] + inside.slice(holder[1].length) : inside
  return message.includes(told) ? message.replaceAll(told, path) : message.replaceAll(inside, path)
}

/** Ruby's complaints without the lines of generated code between them. */
function withoutExcerpts(message: string): string {
  const lines = message.split('\n').filter((line) => codePlace(line))
  return lines.length > 0 ? lines.join('\n') : message
}

/** The diagnostic for an exception: sandboxed, memory and syntax faults have codes of their own. */
export function errorDiagnostic(
  make: typeof functionFailed,
  error: RubyError,
  message: string,
  span: Span | undefined,
  related: readonly Related[] = [],
  cause?: Failure,
): Diagnostic {
  const detail = {
    ...(span ? { span } : {}),
    ...(related.length > 0 ? { related } : {}),
    ...(cause?.diagnostic.remedy ? { remedy: cause.diagnostic.remedy } : {}),
  }
  switch (error.kind) {
    case 'refused':
    case 'exit':
      return refused([message], {
        ...detail,
        remedy:
          'Templates and functions run without files, processes and network; hand the value over as data instead.',
      })
    case 'memory':
      return memoryExhausted([message], detail)
    case 'syntax':
      return syntaxFailed([message], detail)
    default:
      return make([message], detail)
  }
}
