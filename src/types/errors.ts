import { type DiagnosticDetail, define, fail } from '../source/diagnostic.ts'
import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { inferSet } from './infer.ts'
import { isInstance } from './instance.ts'
import { describeMismatch } from './mismatch/describe.ts'
import { refusedData } from './refused-data.ts'

export const typeMismatchFound = define('error', 'puppet/type-mismatch', (message: string) => message)
export const argumentMismatch = define('error', 'puppet/argument-mismatch', (message: string) => message)
export const conversionFailed = define('error', 'puppet/conversion-failed', (message: string) => message)
export const badTypeParameter = define('error', 'puppet/bad-type-parameter', (message: string) => message)

/**
 * Fails with Puppet's message where the value is not of the type: `SUBJECT has wrong type, expects a String value,
 * got Integer`.
 */
export function assertInstance(subject: string, type: PuppetType, value: Value, detail?: DiagnosticDetail): void {
  if (isInstance(type, value)) return
  const related = refusedData('the value', type, value)
  fail(
    typeMismatchFound([describeMismatch(`${subject} has wrong type,`, type, inferSet(value))], {
      ...(related.length > 0 ? { related } : {}),
      ...detail,
    }),
  )
}
