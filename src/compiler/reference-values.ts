import type { HashEntry } from '../value/value.ts'
import { array, type Value } from '../value/value.ts'
import { failWith } from './issues.ts'

/**
 * A value as it stands in a resource: references to resources become references of the catalog (they print as
 * `File[/etc/x]` from then on), iterators are refused.
 */
export function toParameterValue(value: Value): Value {
  switch (value.kind) {
    case 'type':
      if (value.type.kind === 'Class' && value.type.name === undefined)
        return failWith('No title provided and "class" is not a valid resource reference')
      return isCatalogReference(value) && !value.reference ? { ...value, reference: true } : value
    case 'iterator':
      return failWith('Use of an Iterator is not supported here')
    case 'array': {
      const values = value.values.map(toParameterValue)
      return values.some((element, i) => element !== value.values[i]) ? array(values, value.origin) : value
    }
    case 'hash': {
      let changed = false
      const entries = new Map<string, HashEntry>()
      for (const [key, entry] of value.entries) {
        const element = toParameterValue(entry.value)
        changed ||= element !== entry.value
        entries.set(key, element === entry.value ? entry : { key: entry.key, value: element })
      }
      return changed ? { ...value, entries } : value
    }
    default:
      return value
  }
}

function isCatalogReference(value: Value): boolean {
  return value.kind === 'type' && (value.type.kind === 'Resource' || value.type.kind === 'Class')
}
