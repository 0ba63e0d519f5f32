import { type Diagnostic, normaliseDiagnostics } from '../../source/diagnostic.ts'
import { repeatedValue } from './repeated-values.ts'
import type { DataContext, DataRule } from './rule.ts'
import { unknownFact } from './unknown-facts.ts'
import { misspeltParameter, unusedKey } from './unread-keys.ts'

/** All checks of data. */
export const dataRules: readonly DataRule[] = [misspeltParameter, unusedKey, repeatedValue, unknownFact]

/** What the data of an environment hold that can hardly be meant. */
export function lintData(context: DataContext): Diagnostic[] {
  const found: Diagnostic[] = []
  for (const { code, severity, find } of dataRules)
    for (const finding of find(context)) found.push({ code: `data/${code}`, severity, ...finding })
  return normaliseDiagnostics(found)
}
