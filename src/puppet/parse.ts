import type { Diagnostic } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Expression, Program } from './ast.ts'
import { parseProgram, parseSingleExpression } from './parser.ts'

export interface ParseResult {
  readonly program: Program
  /**
   * What Puppet's parser and static validation say. Where there is an error, the first one is Puppet's own;
   * `span.start` is the place that Puppet names.
   */
  readonly diagnostics: readonly Diagnostic[]
}

/** Parses a manifest; where it has syntax errors, the tree holds the statements around them. */
export function parseManifest(file: SourceFile): ParseResult {
  return parseProgram(file, false)
}

/** Parses an EPP template: the body of the program is an `EppExpression`. */
export function parseTemplate(file: SourceFile): ParseResult {
  return parseProgram(file, true)
}

/** Parses a text that is one type expression, as in the signature of a function: `Optional[String[1]]`. */
export function parseTypeExpression(file: SourceFile): {
  /** Absent where the text does not parse. */
  readonly expression?: Expression
  readonly diagnostics: readonly Diagnostic[]
} {
  return parseSingleExpression(file)
}
