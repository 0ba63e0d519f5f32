import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'

/** `Init[type, arguments…]`. */
export function initType(
  type: PuppetType,
  args: readonly Value[],
  _complain: (message: string, key?: number) => never,
): PuppetType {
  return { kind: 'Init', type, arguments: args, accepted: () => ({ single: type, several: [] }) }
}
