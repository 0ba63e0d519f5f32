import type { Related } from '../source/diagnostic.ts'
import { lineStarts, positionAt, type SourceFile, type Span, sourceFile } from '../source/source-file.ts'
import type { CallContext } from '../value/function.ts'
import { type Condition, isFixed, type Origin, type Piece, type Read, wholeOrigin } from '../value/origin.ts'
import { withoutEmpty } from '../value/pieces.ts'
import { type HashEntry, hashKey, type StringValue, string, type Value } from '../value/value.ts'
import type { Frame, RubyRaised } from './bridge.ts'
import { follow, isList, type WireData } from './decode.ts'
import { compileErb, type ErbPart, type ErbProgram } from './erb.ts'
import { codePlace, errorDiagnostic, errorText, lineSpan, syntaxPlace, templateFailed } from './failures.ts'
import type { Caller, Session } from './ruby.ts'

/** Where a template's text is from: a file that the manifest names, or a string of the manifest. */
type Source =
  | { readonly kind: 'file'; readonly file: SourceFile; readonly name: string }
  | { readonly kind: 'text'; readonly file: SourceFile; readonly origin: Origin }

const inlinePath = 'inline template'

export function templateRenderer(caller: Caller): {
  readonly renderFile: (template: SourceFile, name: string, context: CallContext) => StringValue
  readonly renderText: (template: string, source: Origin, context: CallContext) => StringValue
} {
  const programs = new Map<string, ErbProgram>()
  const inlineFiles = new Map<string, SourceFile>()
  const programOf = (text: string): ErbProgram => {
    const known = programs.get(text)
    if (known) return known
    const made = compileErb(text)
    programs.set(text, made)
    return made
  }
  const render = (source: Source, context: CallContext): StringValue => {
    const program = programOf(source.file.text)
    const origin: Origin = { kind: 'call', name: callName(source), span: context.span, from: [] }
    let result: StringValue | undefined
    caller.call({
      file: source.file,
      context,
      origin,
      span: context.span,
      request: (frame, session) => {
        const number = templateNumber(caller, session, program, source, context)
        const file = source.kind === 'file' ? JSON.stringify(source.file.path) : 'null'
        return `["render",${number},${file},[${variables(program, frame, session, context).join(',')}]]`
      },
      read: (reply, session) => {
        result = rendered(reply, program, source, session, context)
        takeChanges(reply, session, origin)
      },
      raised: (raised) => templateDiagnostic(raised, source, program, session().modules.shown, context),
      repeats: program.repeats,
    })
    return result as StringValue
  }
  const session = caller.session
  return {
    renderFile: (file, name, context) => render({ kind: 'file', file, name }, context),
    renderText: (text, origin, context) => {
      const file = inlineFiles.get(text) ?? sourceFile(inlinePath, text)
      inlineFiles.set(text, file)
      return render({ kind: 'text', file, origin }, context)
    },
  }
}

function callName(source: Source): string {
  return source.kind === 'file' ? 'template' : 'inline_template'
}

/** Ruby's number for the compiled template. */
function templateNumber(
  caller: Caller,
  session: Session,
  program: ErbProgram,
  source: Source,
  context: CallContext,
): number {
  const path = source.kind === 'file' ? source.file.path : '(erb)'
  const key = `${path}\0${source.file.text}`
  const known = session.templates.get(key)
  if (known !== undefined) return known
  caller.call({
    file: source.file,
    context,
    origin: { kind: 'call', name: callName(source), span: context.span, from: [] },
    span: context.span,
    request: () => JSON.stringify(['compile-template', program.code, path]),
    read: (reply) => session.templates.set(key, Number(reply)),
    raised: (raised) => templateDiagnostic(raised, source, program, session.modules.shown, context),
  })
  return session.templates.get(key) as number
}

/** `[name, root, value, special]` for each variable that the template mentions, or may reach without mentioning it. */
function variables(program: ErbProgram, frame: Frame, session: Session, context: CallContext): string[] {
  const names = program.dynamic
    ? [...new Set(context.scope.names())].filter((name) => /^[A-Za-z_]\w*$/.test(name))
    : program.variables
  const given: string[] = []
  for (const name of names) {
    const value = context.scope.lookup(name)
    if (!value || value.kind === 'undef') continue
    given.push(`[${JSON.stringify(name)},${session.bridge.give(frame, { value, name }).slice(1)}`)
  }
  return given
}

/** The reply of `render`: the text; number, end (in bytes), ways and test of each stretch; lines and ways of the tests. */
function rendered(
  reply: WireData,
  program: ErbProgram,
  source: Source,
  session: Session,
  context: CallContext,
): StringValue {
  const [text, marks, tests] = isList(reply) && reply.length >= 2 ? reply : ['', []]
  const result = String(text)
  const offsets = unitOffsets(result)
  const pieces: Piece[] = []
  let start = 0
  const list = isList(marks) ? marks : []
  const conditions = (isList(tests) ? tests : []).map((test) => conditionOf(test, program, source, session, context))
  for (let i = 0; i + 3 < list.length; i += 4) {
    const end = Math.min(offsets(Number(list[i + 1])), result.length)
    const part = program.parts[Number(list[i])]
    if (end < start || (end === start && part?.kind !== 'value')) continue
    const decided = list[i + 3]
    const condition = typeof decided === 'number' ? conditions[decided] : undefined
    const made = piece(start, end, part, list[i + 2] as WireData, source, session, context)
    pieces.push(condition ? { ...made, condition } : made)
    start = end
  }
  if (start < result.length) pieces.push(piece(start, result.length, undefined, null, source, session, context))
  return string(result, { kind: 'text', span: context.span, pieces: withoutEmpty(pieces, result) })
}

/**
 * Arrays and hashes that the template has added to or taken from: in Ruby they are one object for the variable, for the
 * parameter it came from and for the catalog, so the change is made in the collection that these values share here.
 */
function takeChanges(reply: WireData, session: Session, origin: Origin): void {
  const changes = isList(reply) ? reply[3] : undefined
  for (const change of isList(changes) ? changes : []) {
    if (!isList(change)) continue
    const value = session.bridge.frame?.roots[Number(change[0])]?.value
    const parts = (isList(change[1]) ? change[1] : []).map((part) => session.bridge.decode(part, origin))
    if (value?.kind === 'array') (value.values as Value[]).splice(0, value.values.length, ...parts)
    else if (value?.kind === 'hash') {
      const entries = value.entries as Map<string, HashEntry>
      entries.clear()
      for (let i = 0; i + 1 < parts.length; i += 2) {
        const key = parts[i] as Value
        entries.set(hashKey(key), { key, value: parts[i + 1] as Value })
      }
    }
  }
}

function piece(
  start: number,
  end: number,
  part: ErbPart | undefined,
  ways: WireData,
  source: Source,
  session: Session,
  context: CallContext,
): Piece {
  const inFile = source.kind === 'file'
  const place: Span = inFile
    ? { file: source.file, start: part?.start ?? 0, end: part?.end ?? source.file.text.length }
    : context.span
  const found = isList(ways) ? ways.map((way) => read(way, session, context)).filter((r) => r !== undefined) : []
  const reads = found.filter((r): r is Read => 'variable' in r)
  const first = found[0]
  const origin: Origin =
    first === undefined
      ? inFile || part?.kind === 'value'
        ? { kind: 'literal', span: place }
        : source.kind === 'text'
          ? source.origin
          : { kind: 'literal', span: place }
      : found.length === 1
        ? wholeOrigin(first.value)
        : { kind: 'operation', span: place, from: found.map((r) => wholeOrigin(r.value)) }
  return { start, end, template: place, origin, reads }
}

/** Tests within each other, outermost first, as the condition under which a stretch was written. */
function conditionOf(
  tests: WireData,
  program: ErbProgram,
  source: Source,
  session: Session,
  context: CallContext,
): Condition | undefined {
  let condition: Condition | undefined
  for (const test of isList(tests) ? tests : []) {
    const [line, ways] = isList(test) ? test : []
    const found = isList(ways) ? ways.map((way) => read(way, session, context)).filter((r) => r !== undefined) : []
    const varying = found.filter(({ value }) => !isFixed(wholeOrigin(value)))
    if (varying.length === 0) continue
    const part = source.kind === 'file' ? testPart(program, source.file, Number(line)) : undefined
    const span = part ? { file: source.file, start: part.start, end: part.end } : context.span
    const from = varying.map(({ value }) => wholeOrigin(value))
    condition = {
      span,
      origin: { kind: 'operation', span, from },
      reads: varying.filter((r): r is Read => 'variable' in r),
      within: condition,
    }
  }
  return condition
}

/** The tag with code that begins a test on a line, counted from 1. */
function testPart(program: ErbProgram, file: SourceFile, line: number): ErbPart | undefined {
  const starts = lineStarts(file)
  const [from, to] = [starts[line - 1] ?? 0, starts[line] ?? file.text.length + 1]
  return program.parts.find((part) => part.kind === 'code' && part.start < to && part.end > from)
}

/** What a way leads to: a read of a variable, or just a value where it came from a call. */
function read(way: WireData, session: Session, context: CallContext): Read | { readonly value: Value } | undefined {
  if (!isList(way)) return undefined
  const [root, ...keys] = way
  const known = typeof root === 'string' ? undefined : session.bridge.root(root)
  const name = typeof root === 'string' ? root : known?.name
  const start = typeof root === 'string' ? context.scope.lookup(root) : known?.value
  if (!start) return undefined
  const found = follow(start, keys)
  const value = found.sensitive ?? found.value
  return name === undefined ? { value } : { name, path: found.path, value, variable: start.origin }
}

/** UTF-16 offset of a byte offset in UTF-8; asked with growing offsets. */
function unitOffsets(text: string): (bytes: number) => number {
  let units = 0
  let bytes = 0
  return (wanted) => {
    while (bytes < wanted && units < text.length) {
      const code = text.codePointAt(units) as number
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
      units += code < 0x10000 ? 1 : 2
    }
    return units
  }
}

/** Puppet's wording, and the line of the template that Ruby was at. */
function templateDiagnostic(
  raised: RubyRaised,
  source: Source,
  program: ErbProgram,
  shown: (path: string) => string,
  context: CallContext,
): ReturnType<typeof templateFailed> {
  const { error } = raised
  const detail = errorText(error)
  const places = error.trace.map(codePlace).filter((place) => place !== undefined)
  const syntax = error.kind === 'syntax' ? syntaxPlace(error) : undefined
  const own = source.kind === 'file' ? source.file.path : '(erb)'
  const traced = [...(syntax ? [syntax] : []), ...places]
  if (traced.length === 0) traced.push({ path: own, line: lineAfter(source.file, program, error.after) })
  const inside = traced.find((place) => place.path === own)
  const first = syntax ?? places.find((place) => !place.path.startsWith('/rehearsal/')) ?? inside
  const span = source.kind === 'file' && inside ? lineSpan(source.file, inside.line) : context.span
  const related: Related[] = source.kind === 'file' ? [{ message: 'rendered here', span: context.span }] : []
  const inner = raised.failure?.diagnostic
  if (inner?.span) related.push({ message: inner.message, span: inner.span })
  const message =
    !error.standard && (error.kind === 'syntax' || error.kind === 'load' || error.kind === 'error')
      ? detail
      : source.kind === 'file'
        ? [
            `Failed to parse template ${source.name}:`,
            `  Filepath: ${shown(first?.path ?? own)}`,
            `  Line: ${first?.line ?? positionAt(source.file, 0).line}`,
            `  Detail: ${detail}\n`,
          ].join('\n')
        : `Failed to parse inline template: ${detail}`
  const diagnostic = errorDiagnostic(templateFailed, error, message, span, related, raised.failure)
  // Of a template that fails, Puppet knows the call only.
  return { ...diagnostic, puppetSpan: context.span }
}

/** The line of the first tag with code after the part that was written last. */
function lineAfter(file: SourceFile, program: ErbProgram, after: number | null | undefined): number {
  const next = program.parts.slice((after ?? -1) + 1).find((part) => part.kind === 'code' || part.kind === 'value')
  return positionAt(file, next?.start ?? 0).line
}
