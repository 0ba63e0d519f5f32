import type { PuppetType } from '../../value/type.ts'
import { isAnyObject } from '../assignable.ts'
import { newBinary } from './binary.ts'
import { newArray, newHash } from './collection.ts'
import type { Constructor } from './constructor.ts'
import { newInit } from './init.ts'
import { newFloat, newInteger, newNumeric } from './number.ts'
import { newObject } from './object.ts'
import { newBoolean, newRegexp, newSensitive, newString, newType, newUnit } from './simple.ts'
import { newTimespan, newTimestamp } from './time.ts'
import { newUri } from './uri.ts'
import { newSemVer, newSemVerRange } from './version.ts'

/** What `new` does for a type; `undefined` for types that nothing can be made of. */
export function constructorOf(type: PuppetType): Constructor | undefined {
  switch (type.kind) {
    case 'Integer':
      return newInteger
    case 'Float':
      return newFloat
    case 'Numeric':
      return newNumeric
    case 'Boolean':
      return newBoolean
    case 'String':
      return newString
    case 'Regexp':
      return newRegexp
    case 'Sensitive':
      return newSensitive
    case 'Type':
      return newType
    case 'Unit':
      return newUnit
    case 'Array':
    case 'Tuple':
      return newArray
    case 'Hash':
    case 'Struct':
      return newHash
    case 'Binary':
      return newBinary
    case 'Timestamp':
      return newTimestamp
    case 'Timespan':
      return newTimespan
    case 'SemVer':
      return newSemVer
    case 'SemVerRange':
      return newSemVerRange
    case 'URI':
      return newUri
    case 'NotUndef':
      return type.type ? constructorOf(type.type) : newUnit
    case 'Optional':
      return type.type && constructorOf(type.type)
    case 'TypeAlias':
      return constructorOf(type.resolved())
    case 'Init':
      return type.type && newInit(type)
    case 'Object':
      return isAnyObject(type) ? undefined : newObject(type)
    case 'ObjectExtension':
      return newObject(type.base)
    default:
      return undefined
  }
}
