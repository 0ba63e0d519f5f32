/** Random types and values as Puppet source, the same for the same seed. */
export function randomSources(seed: number): { readonly type: () => string; readonly value: () => string } {
  let state = seed
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const upTo = (n: number) => Math.floor(random() * n)
  const pick = (list: readonly string[]) => list[upTo(list.length)] as string
  const several = (make: () => string, least = 1, most = 3) =>
    Array.from({ length: least + upTo(most - least + 1) }, make)
  const words = ["'a'", "'b'", "'abc'", "'B'", "'x1'", "''"]
  const range = () => {
    const from = upTo(4)
    return pick([`${from}`, `${from}, ${from + upTo(3)}`, `default, ${from}`])
  }

  const leaves = (): string =>
    pick([
      'Any',
      'Undef',
      'Default',
      'Scalar',
      'ScalarData',
      'Data',
      'RichData',
      'NotUndef',
      'Numeric',
      'Integer',
      `Integer[${range()}]`,
      'Float',
      'Float[0.5, 2]',
      'Boolean',
      'Boolean[true]',
      'String',
      `String[${range()}]`,
      `Enum[${several(() => pick(words)).join(', ')}]`,
      `Enum[${pick(words)}, true]`,
      'Pattern[/a/]',
      'Pattern[/^[a-c]+$/, /1/]',
      'Regexp',
      'Collection',
      `Collection[${range()}]`,
      'Array',
      'Hash',
      'Kinds::Port',
      'Kinds::List',
      'Kinds::Tree',
      'Kinds::Ensure',
      'Kinds::Opts',
      'Kinds::Maybe',
      'Kinds::Path',
      'Type',
      'Sensitive',
      'Callable',
      'Iterable',
      "File['/x']",
      'CatalogEntry',
      'Timespan',
      'SemVer',
    ])

  const type = (depth = 2): string => {
    if (depth === 0 || random() < 0.3) return leaves()
    const inner = () => type(depth - 1)
    switch (upTo(11)) {
      case 0:
        return `Array[${inner()}${random() < 0.4 ? `, ${range()}` : ''}]`
      case 1:
        return `Hash[${pick(['String', 'String[1]', 'Enum[a, b]', 'Any', 'Integer', 'Pattern[/a/]'])}, ${inner()}${random() < 0.3 ? `, ${range()}` : ''}]`
      case 2:
        return `Optional[${inner()}]`
      case 3:
      case 4:
        return `Variant[${several(inner, 2).join(', ')}]`
      case 5:
        return `Tuple[${several(inner).join(', ')}${random() < 0.4 ? `, ${pick(['0', '1', '1, 2', '0, default', '2, 4'])}` : ''}]`
      case 6:
        return `Struct[{${['a', 'b', 'c']
          .filter(() => random() < 0.6)
          .map((k) => `${pick([k, k, `Optional[${k}]`, `NotUndef[${k}]`])} => ${inner()}`)
          .join(', ')}}]`
      case 7:
        return `NotUndef[${inner()}]`
      case 8:
        return `Type[${inner()}]`
      case 9:
        return `Iterable[${inner()}]`
      default:
        return `Callable[${several(inner).join(', ')}${random() < 0.3 ? `, ${pick(['0', '1', '0, 2', '1, default'])}` : ''}]`
    }
  }

  const value = (depth = 2): string => {
    if (depth === 0 || random() < 0.35)
      return pick([
        'undef',
        'default',
        'true',
        'false',
        '0',
        '2',
        '-1',
        '70000',
        '1.5',
        ...words,
        "'/etc'",
        '/a/',
        'Integer[0, 2]',
        "Enum['a', 'b']",
        "File['/x']",
        'Kinds::Port',
      ])
    const inner = () => value(depth - 1)
    if (random() < 0.5) return `[${several(inner, 0).join(', ')}]`
    const keys = pick(["'a' 'b'", "'a'", "'a' 'b' 'c'", '1', "'name' 'size'", "''"]).split(' ')
    return random() < 0.1 ? '{}' : `{${keys.map((k) => `${k} => ${inner()}`).join(', ')}}`
  }
  return { type, value }
}
