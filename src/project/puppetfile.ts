import { type Diagnostic, define } from '../source/diagnostic.ts'
import { type SourceFile, span } from '../source/source-file.ts'

const missingModule = define(
  'warning',
  'project/missing-module',
  (name: string) => `the Puppetfile names the module '${name}', which is nowhere on the modulepath`,
)

/**
 * The modules that a Puppetfile names and that are not installed (r10k's documentation, "Puppetfile"). It is Ruby and
 * is not run: its `mod` lines are read.
 */
export function missingModules(
  puppetfile: SourceFile,
  installed: ReadonlyMap<string, unknown>,
): { readonly names: ReadonlySet<string>; readonly diagnostics: readonly Diagnostic[] } {
  const names = new Set<string>()
  const diagnostics: Diagnostic[] = []
  for (const found of puppetfile.text.matchAll(/^[ \t]*mod[ (]+(['"])([\w/-]+)\1/gm)) {
    const full = found[2] as string
    const name = full.split(/[/-]/).at(-1) as string
    if (installed.has(name)) continue
    names.add(name)
    const start = found.index + found[0].length - full.length - 1
    diagnostics.push(
      missingModule([full], {
        span: span(puppetfile, start, start + full.length),
        remedy: '`r10k puppetfile install` gets it, or `puppet module install` for a single one.',
      }),
    )
  }
  return { names, diagnostics }
}
