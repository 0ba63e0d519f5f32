import { type Diagnostic, define } from '../source/diagnostic.ts'
import { type SourceFile, span } from '../source/source-file.ts'
import type { Attributes } from './deployed-attributes.ts'

/** The file at the root of a deployed tree that tells modes and owners. */
export const attributeListing = '.rehearse-attributes'

const badListing = define(
  'warning',
  'deployed/bad-listing',
  (line: string) => `expected 'MODE OWNER GROUP PATH', found '${line}'`,
)

/**
 * Reads a listing of `MODE OWNER GROUP PATH` lines, as this makes on a node:
 * `cd / && find etc var/www -printf '%m %u %g %p\n' > …/.rehearse-attributes`.
 * `-` stands for "not known"; empty lines and lines with `#` in front are passed over.
 */
export function readListing(file: SourceFile): {
  readonly entries: ReadonlyMap<string, Attributes>
  readonly diagnostics: readonly Diagnostic[]
} {
  const entries = new Map<string, Attributes>()
  const diagnostics: Diagnostic[] = []
  let offset = 0
  for (const raw of file.text.split('\n')) {
    const line = raw.replace(/\r$/, '')
    const found = /^([0-7]{3,5}|-) (\S+) (\S+) (.+)$/.exec(line)
    if (found) {
      const [, mode, owner, group, path] = found as unknown as [string, string, string, string, string]
      entries.set(`/${path.replace(/^(?:\.?\/)+/, '').replace(/\/$/, '')}`, {
        ...(mode === '-' ? {} : { mode: Number.parseInt(mode, 8) }),
        ...(owner === '-' ? {} : { owner }),
        ...(group === '-' ? {} : { group }),
      })
    } else if (line.trim() !== '' && !line.startsWith('#')) {
      diagnostics.push(
        badListing([line], {
          span: span(file, offset, offset + line.length),
          remedy: "On the node, `find … -printf '%m %u %g %p\\n'` makes these lines.",
        }),
      )
    }
    offset += raw.length + 1
  }
  return { entries, diagnostics }
}
