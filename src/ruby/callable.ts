import type { PuppetType } from '../value/type.ts'

/** The type of a block that takes so many arguments of any kind; without `max`, any number from `min`. */
export function callableOf(min: number, max: number | undefined): PuppetType {
  return {
    kind: 'Callable',
    parameters: [{ kind: 'Any' }],
    size: { min, ...(max === undefined ? {} : { max }) },
  }
}
