import type { Diagnostic } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Expression, Program } from './ast.ts'
import { type Parsed, parseProgram, parseSingleExpression } from './parser.ts'
import { type ValidationOptions, validate } from './validate.ts'

export interface ParseResult {
  readonly program: Program
  /**
   * What Puppet's parser and static validation say. Puppet stops at the first syntax error, which comes first here;
   * `span.start` is the place that Puppet names. A tree with syntax errors is not validated.
   */
  readonly diagnostics: readonly Diagnostic[]
}

/** Parses a manifest; where it has syntax errors, the tree holds the statements around them. */
export function parseManifest(file: SourceFile, options: ValidationOptions = {}): ParseResult {
  return validated(parseProgram(file, false), options)
}

/** Parses an EPP template: the body of the program is an `EppExpression`. */
export function parseTemplate(file: SourceFile, options: ValidationOptions = {}): ParseResult {
  return validated(parseProgram(file, true), options)
}

function validated(parsed: Parsed, options: ValidationOptions): ParseResult {
  if (parsed.diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return parsed
  const found = validate(parsed.program, options)
  return { program: parsed.program, diagnostics: [...parsed.diagnostics, ...found] }
}

export interface ParsedExpression {
  /** Absent where the text does not parse. */
  readonly expression?: Expression
  readonly diagnostics: readonly Diagnostic[]
}

/** Parses a text that is one type expression, as in the signature of a function: `Optional[String[1]]`. */
export function parseTypeExpression(file: SourceFile): ParsedExpression {
  return parseSingleExpression(file)
}
