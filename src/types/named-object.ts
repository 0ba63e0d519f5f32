import { fail } from '../source/diagnostic.ts'
import type { ObjectType, PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { badTypeParameter } from './errors.ts'
import { objectOf } from './parameterize/object.ts'

/**
 * An Object type as `type Name = Object[{…}]` defines it. Its hash is asked for once, at the first need, and may name the
 * type itself.
 */
export class NamedObject implements ObjectType {
  readonly kind = 'Object'
  readonly name: string
  readonly #definition: () => Value
  readonly #implementation: ObjectType['implementation']
  #made: ObjectType | undefined
  #isMaking = false

  constructor(name: string, definition: () => Value, implementation?: ObjectType['implementation']) {
    this.name = name
    this.#definition = definition
    this.#implementation = implementation
  }

  /** Reads the definition now, if that has not been done. Fails where it breaks a rule. */
  resolve(): void {
    if (this.#made || this.#isMaking) return
    this.#isMaking = true
    try {
      this.#made = objectOf(this.name, this.#definition(), (message) => fail(badTypeParameter([message])))
    } finally {
      this.#isMaking = false
    }
  }

  get attributes(): ObjectType['attributes'] {
    return this.#get()?.attributes ?? []
  }
  get parent(): PuppetType | undefined {
    return this.#get()?.parent
  }
  get typeParameters(): ObjectType['typeParameters'] {
    return this.#get()?.typeParameters
  }
  get functions(): ObjectType['functions'] {
    return this.#get()?.functions
  }
  get equality(): ObjectType['equality'] {
    return this.#get()?.equality
  }
  get equalityIncludesType(): ObjectType['equalityIncludesType'] {
    return this.#get()?.equalityIncludesType
  }
  get definition(): Value | undefined {
    return this.#get()?.definition
  }
  get implementation(): ObjectType['implementation'] {
    return this.#implementation
  }

  #get(): ObjectType | undefined {
    this.resolve()
    return this.#made
  }
}
