import { directiveTable } from '../../apache/directive-table.ts'
import { readWords } from '../../apache/words.ts'
import type { Diagnostic, Fix } from '../../source/diagnostic.ts'
import { lineOf, lineStarts, lineText, type SourceFile, type Span, spanText } from '../../source/source-file.ts'
import { editDistance } from '../../source/suggest.ts'

/** The diagnostics of a configuration with the changes of text that mend them, where those are certain. */
export function withFixes(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const fixes = diagnostics.map(({ span, ...rest }) => rest.fix ?? (span && fixOf({ ...rest, span }, span)))
  // A closing tag that is put right closes the section.
  const isClosed = diagnostics.some(({ code }, i) => code === 'httpd/section-mismatch' && fixes[i])
  return diagnostics.map((diagnostic, i) => {
    const fix = isClosed && diagnostic.code === 'httpd/unclosed-section' ? undefined : fixes[i]
    return fix ? { ...diagnostic, fix } : diagnostic
  })
}

function fixOf({ code, message, remedy, related }: Diagnostic, span: Span): Fix | undefined {
  switch (code) {
    case 'httpd/unknown-directive':
      return spelling(remedy, span)
    case 'httpd/unclosed-section':
      return related ? undefined : close(span)
    case 'httpd/section-mismatch':
      return closingTag(message, span)
    case 'httpd/missing-bracket':
      return bracket(span)
    case 'httpd/argument-count':
      return quote(span)
    case 'lint/lost-quote':
      return lostQuote(message, span)
    case 'lint/smart-quotes':
      return plainQuotes(span)
    case 'lint/broken-variable':
    case 'lint/odd-number':
      return written(remedy, span)
    case 'lint/comma-list':
      return /["']/.test(spanText(span)) ? undefined : replace(span, spanText(span).replaceAll(',', ' ').trim())
    case 'lint/odd-flag':
      return flag(message, span)
    case 'lint/trailing-comment':
      return ownLine(span)
    case 'lint/unmatched-name':
      return names(span)
    case 'lint/header-not-always':
      return replace(span, `always ${spanText(span)}`)
    default:
      return undefined
  }
}

function replace(span: Span, replacement: string): Fix {
  const old = spanText(span)
  const description = old === '' ? `Put in ${replacement.trim()}.` : `Write ${replacement} instead of ${old}.`
  return { description, span, replacement }
}

function insert(file: SourceFile, at: number, text: string): Fix {
  return replace({ file, start: at, end: at }, text)
}

/** Only where one name is nearest. */
function spelling(remedy: string | undefined, span: Span): Fix | undefined {
  const name = /^Did you mean '([^']+)'\?$/.exec(remedy ?? '')?.[1]
  if (name === undefined) return undefined
  return replace(span, spanText(span).startsWith('<') ? `<${name}` : name)
}

/** In front of the next line that is not indented deeper than the section, or at the end of the file. */
function close(span: Span): Fix | undefined {
  const { file } = span
  const name = spanText(span).replace(/^</, '')
  const line = lineOf(span)
  const indent = indentOf(lineText(file, line))
  const starts = lineStarts(file)
  for (let next = line + 1; next <= starts.length; next++) {
    const text = lineText(file, next)
    if (/^\s*(?:#|$)/.test(text) || indentOf(text).length > indent.length) continue
    return insert(file, starts[next - 1] as number, `${indent}</${name}>\n`)
  }
  const end = file.text.length
  return insert(file, end, `${file.text.endsWith('\n') || end === 0 ? '' : '\n'}${indent}</${name}>\n`)
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}

/** A closing tag with a slip in it. */
function closingTag(message: string, span: Span): Fix | undefined {
  const [, wanted, seen] = /^Expected <\/(\S+)> but saw <\/(\S+)>$/.exec(message) ?? []
  if (wanted === undefined || seen === undefined) return undefined
  const isSlip = editDistance(wanted.toLowerCase(), seen.toLowerCase(), 2) <= 2 && spanText(span) === `</${seen}>`
  return isSlip ? replace(span, `</${wanted}>`) : undefined
}

function bracket(span: Span): Fix | undefined {
  const { file } = span
  const line = lineOf(span)
  const text = lineText(file, line).trimEnd()
  if (text.endsWith('\\') || text.includes('>')) return undefined
  return insert(file, (lineStarts(file)[line - 1] as number) + text.length, '>')
}

/** Directives whose last argument is a phrase. */
const PHRASES: ReadonlySet<string> = new Set(['authname', 'errordocument', 'expiresbytype', 'expiresdefault', 'setenv'])

/** Words behind the last argument of a directive that takes a phrase belong to it. */
function quote(span: Span): Fix | undefined {
  const { file } = span
  const line = lineOf(span)
  const start = lineStarts(file)[line - 1] as number
  const text = lineText(file, line).trimEnd()
  const words = readWords(text)
  const [name, ...args] = words
  const spec = name && directiveTable().directives.get(name.value.toLowerCase())?.[0]
  if (!spec || !PHRASES.has(spec.name.toLowerCase()) || /["'\\]/.test(text)) return undefined
  const last = args[Number(spec.args.at(-1)) - 1]
  if (!last || last.end >= text.length) return undefined
  const phrase = { file, start: start + last.start, end: start + text.length }
  return replace(phrase, `"${spanText(phrase)}"`)
}

function lostQuote(message: string, span: Span): Fix | undefined {
  const [, side, mark] = /lacks its (closing|opening) (["'])$/.exec(message) ?? []
  if (mark === undefined) return undefined
  return insert(span.file, side === 'closing' ? span.end : span.start, mark)
}

/** What a remedy says to write in the place, where that is a variable or a number. */
function written(remedy: string | undefined, span: Span): Fix | undefined {
  const text = /^Write (%\{\S+\}|\d+[kmg])\.$/i.exec(remedy ?? '')?.[1]
  return text === undefined ? undefined : replace(span, text)
}

function flag(message: string, span: Span): Fix | undefined {
  if (!message.endsWith('is neither On nor Off')) return undefined
  return replace(span, /^["']?of/i.test(spanText(span)) ? 'Off' : 'On')
}

/** A comment behind a directive becomes a line above it. */
function ownLine(span: Span): Fix | undefined {
  const { file } = span
  const line = lineOf(span)
  const start = lineStarts(file)[line - 1] as number
  const text = lineText(file, line)
  const before = line > 1 ? lineText(file, line - 1) : ''
  if (before.trimEnd().endsWith('\\') || text.trimEnd().endsWith('\\')) return undefined
  const comment = text.slice(span.start - start).trim()
  const directive = text.slice(0, span.start - start).trimEnd()
  const whole = { file, start, end: start + text.trimEnd().length }
  const replacement = `${indentOf(text)}${comment}\n${directive}`
  return { description: 'Put the comment on a line of its own.', span: whole, replacement }
}

/** Names of ServerAlias with what is no part of a name taken away. */
function names(span: Span): Fix | undefined {
  const text = spanText(span)
  const { file } = span
  const line = lineText(file, lineOf(span))
  if (!/^\s*ServerAlias\s/i.test(line) || /["'\s]/.test(text)) return undefined
  const plain = text.split(/[,;]/).map((name) =>
    name
      .replace(/^[a-z]+:\/\//i, '')
      .replace(/\/.*$/, '')
      .replace(/:\d*$/, '')
      .replace(/\.$/, ''),
  )
  const left = plain.filter((name) => name !== '')
  return left.length > 0 && left.every((name) => /^[\w.*?-]+$/.test(name)) ? replace(span, left.join(' ')) : undefined
}

function plainQuotes(span: Span): Fix | undefined {
  const text = spanText(span)
  return text.includes('"') ? undefined : replace(span, text.replace(/[“”„‘’‚«»]/g, '"'))
}
