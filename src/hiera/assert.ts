import { type DiagnosticDetail, fail } from '../source/diagnostic.ts'
import { inferSet } from '../types/infer.ts'
import { isInstance } from '../types/instance.ts'
import { describeMismatch } from '../types/mismatch/describe.ts'
import { refusedParts } from '../types/refused-data.ts'
import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { wrongType } from './problems.ts'

/**
 * Fails with Puppet's "… has wrong type, expects …, got …" unless the value is of the type. The place is that of the
 * value, except where `related` tells it: then it is the caller's.
 */
export function assertInstance(subject: string, type: PuppetType, value: Value, detail?: DiagnosticDetail): void {
  if (isInstance(type, value)) return
  const part = refusedParts(type, value)[0] ?? value
  const own = 'span' in part.origin ? part.origin.span : undefined
  const place = detail?.span ?? (detail?.related ? undefined : own)
  fail(
    wrongType([describeMismatch(`${subject} has wrong type,`, type, inferSet(value))], {
      ...detail,
      ...(place ? { span: place } : {}),
    }),
  )
}
