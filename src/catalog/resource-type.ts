/** What a compile needs to know of a resource type that exists on nodes (`file`, or one of a module in Ruby). */
export interface ResourceTypeInfo {
  /** In lower case, `foo::bar`. */
  readonly name: string
  /** The file that defines it, as people are shown it; left out for Puppet's own. */
  readonly path?: string
  /** Parameters and properties, without metaparameters. */
  readonly parameters: ReadonlySet<string>
  /** The names that identify an instance; usually one. */
  readonly namevars: readonly string[]
  /** How a title is split into namevars, tried in order. */
  readonly titlePatterns: readonly TitlePattern[]
  /** `false` where two resources may share a name (`exec`, `notify`, …). */
  readonly isomorphic: boolean
}

export interface TitlePattern {
  /** Ruby's source of the regular expression. */
  readonly pattern: string
  /** For each group, the namevar it fills. */
  readonly names: readonly string[]
  /** What becomes of the groups' texts on their way to the namevars; left out where nothing does. */
  readonly convert?: (groups: readonly (string | undefined)[]) => readonly (string | undefined)[]
}
