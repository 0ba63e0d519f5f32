import type { Span } from '../source/source-file.ts'
import type { ConfigLines } from './lines.ts'

/** How many sections in each other are told apart and judged; httpd itself has no such limit but the size of its stack. */
export const DEEPEST_SECTION = 200

/** One word behind a directive's name, split and unquoted as httpd's default word splitter does it. */
export interface Argument {
  /** Without its quotes and with `\\` and escaped quotes resolved; `${…}` is left as written. */
  readonly value: string
  /** With its quotes. */
  readonly span: Span
}

interface DirectiveItem {
  readonly kind: 'directive'
  /** As written; a closing tag that closes nothing is a directive named `</…>`. */
  readonly name: string
  readonly nameSpan: Span
  readonly args: readonly Argument[]
  readonly span: Span
}

interface SectionItem {
  readonly kind: 'section'
  /** As written, without `<`. */
  readonly name: string
  readonly nameSpan: Span
  readonly args: readonly Argument[]
  readonly items: readonly ConfigItem[]
  /** The closing tag; absent where the section is left open. */
  readonly close?: Span
  /** From the opening tag to the end of the closing one. */
  readonly span: Span
}

interface CommentItem {
  readonly kind: 'comment'
  readonly span: Span
}

export type ConfigItem = DirectiveItem | SectionItem | CommentItem

/**
 * A configuration file as written: every stretch of the text that is not white space lies in an item.
 * Conditions such as `<IfModule>` are sections like all others here; which of them apply is the check's business.
 */
export interface ConfigTree extends ConfigLines {
  readonly items: readonly ConfigItem[]
}
