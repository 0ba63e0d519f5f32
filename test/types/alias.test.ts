import { expect, test } from 'vitest'
import { isSelfRecursive } from '../../src/types/alias.ts'
import { isAssignable } from '../../src/types/assignable.ts'
import { defineTypeAlias } from '../../src/types/define-alias.ts'
import { isInstance } from '../../src/types/instance.ts'
import { parseType, withLocalTypes } from '../../src/types/parse.ts'
import { expandedTypeToString } from '../../src/types/print.ts'
import type { PuppetType, TypeAliasType } from '../../src/value/type.ts'
import { valueFrom } from './kinds.ts'
import { attempt } from './recorded.ts'

/** Aliases by name, which may name each other. */
function aliases(texts: Readonly<Record<string, string>>): (name: string) => TypeAliasType {
  const types = withLocalTypes(new Map(Object.entries(texts)), { load: () => undefined })
  return (name) => types.load(name) as TypeAliasType
}

test('an alias that leads back to itself is compared to an end', () => {
  const of = aliases({ A: 'Array[Optional[A]]', B: 'Array[Optional[B]]', C: 'Hash[String, Variant[A, C]]' })
  expect(isSelfRecursive(of('A'))).toBe(true)
  expect(isAssignable(of('A'), of('B'))).toBe(true)
  expect(isAssignable(of('C'), of('A'))).toBe(false)
  expect(isAssignable(parseType('Any', { load: of }), of('A'))).toBe(true)
  expect(isInstance(of('A'), valueFrom('[[], [undef, [[]]]]'))).toBe(true)
  expect(isInstance(of('A'), valueFrom('[[], [1]]'))).toBe(false)
})

test('aliases may lead to each other', () => {
  const of = aliases({ Even: 'Variant[Undef, Tuple[Odd]]', Odd: 'Tuple[Even]' })
  expect(isInstance(of('Even'), valueFrom('[[[[undef]]]]'))).toBe(true)
  expect(isInstance(of('Even'), valueFrom('[[[undef]]]'))).toBe(false)
  expect(expandedTypeToString(of('Odd'))).toBe('Odd = Tuple[Even = Optional[Tuple[Odd]]]')
})

test('what is nothing but the alias is dropped, and an alias for nothing is refused', () => {
  const of = aliases({ List: 'Variant[List, String, Array[List]]', Self: 'Self', One: 'Variant[Two]', Two: 'One' })
  expect(expandedTypeToString(of('List'))).toBe('List = Variant[String, Array[List]]')
  expect(attempt(() => of('Self').resolved())).toEqual({
    error: "Type alias 'Self' cannot be resolved to a real type",
  })
  expect(attempt(() => of('One').resolved())).toHaveProperty('error')
})

test('an alias is found out once, at the first need', () => {
  let asked = 0
  const alias = defineTypeAlias('Once', (): PuppetType => {
    asked++
    return { kind: 'Variant', types: [{ kind: 'Undef' }, { kind: 'Integer' }] }
  })
  expect(asked).toBe(0)
  expect(isInstance(alias, valueFrom('1')) && isInstance(alias, valueFrom('undef'))).toBe(true)
  expect(asked).toBe(1)
  expect(expandedTypeToString(alias)).toBe('Once = Optional[Integer]')
})
