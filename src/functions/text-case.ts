import { rubyClass } from '../types/ruby-value.ts'
import type { HashValue, StringValue, Value } from '../value/value.ts'
import { array, hash, string } from '../value/value.ts'
import { builtin, type Call, originOf, overload, param, refuse, toArray, toText } from './definition.ts'
import { sequenceOf } from './iteration.ts'

/** A function of a string that leaves numbers alone and goes into anything iterable, one level deep. */
export function textFunction(name: string, change: (text: string) => string) {
  return builtin(name, [
    overload([param('Numeric', 'arg')], (call) => call.args[0] as Value),
    overload([param('String', 'arg')], (call) => changed(call, call.args[0] as Value, change)),
    overload([param('Iterable[Variant[String, Numeric]]', 'arg')], (call) => {
      const collection = call.args[0] as Value
      // Puppet lets a range of a type through to a method that types don't have.
      if (collection.kind === 'type') return refuse(call, `undefined method \`map' for #<${rubyClass(collection)}`)
      const { values } = sequenceOf(call, collection)
      return toArray(
        call,
        [...values].map((value) => changed(call, value, change)),
      )
    }),
  ])
}

function changed(call: Call, value: Value, change: (text: string) => string): Value {
  return value.kind === 'string' ? toText(call, change(value.value), [value]) : value
}

const stringData = new Map([
  ['StringData', 'Variant[String, Numeric, Array[StringData], Hash[StringData, StringData]]'],
])

/** A function of a string that goes into arrays and hashes, keys included, however deep. */
export function deepTextFunction(name: string, change: (text: string) => string) {
  const deep = (call: Call, value: Value): Value => {
    switch (value.kind) {
      case 'string':
        return string(change(value.value), originOf(call, [value]))
      case 'array':
        return array(
          value.values.map((element) => deep(call, element)),
          originOf(call, [value]),
        )
      case 'hash':
        return hash(
          [...value.entries.values()].map((entry) => [deep(call, entry.key), deep(call, entry.value)] as const),
          originOf(call, [value]),
        )
      default:
        return value
    }
  }
  return builtin(
    name,
    [
      overload([param('Numeric', 'arg')], (call) => call.args[0] as Value),
      overload([param('String', 'arg')], (call) => deep(call, call.args[0] as StringValue)),
      overload([param('Array[StringData]', 'arg')], (call) => deep(call, call.args[0] as Value)),
      overload([param('Hash[StringData, StringData]', 'arg')], (call) => deep(call, call.args[0] as HashValue)),
    ],
    stringData,
  )
}

/** As Ruby does it, letter by letter: a sigma at the end of a word is like any other. */
export function lowerCase(text: string): string {
  return /[^\0-\x7f]/.test(text) ? [...text].map((character) => character.toLowerCase()).join('') : text.toLowerCase()
}
