import type { Value } from '../value/value.ts'
import { failWith } from './issues.ts'
import type { Resource } from './state.ts'

// A newline at the end passes, as with Ruby's `\Z`.
const validTag = /^[\p{Alphabetic}\p{N}_][\p{Alphabetic}\p{N}_:.-]*\n?$/u

/** Adds a tag in lower case; a name with `::` adds its segments too. A tag of a wrong shape is an error. */
export function addTag(tags: Set<string>, tag: string): void {
  const name = tag.toLowerCase()
  if (tags.has(name)) return
  if (!validTag.test(name)) failWith(`Invalid tag '${name}'`)
  addSegments(tags, name)
}

/** Adds the title of a resource as a tag, where it has the shape of one. */
export function addTitleTag(tags: Set<string>, title: string): void {
  if (validTag.test(title)) addSegments(tags, title.toLowerCase())
}

function addSegments(tags: Set<string>, name: string): void {
  tags.add(name)
  if (name.includes('::')) for (const segment of name.split('::')) tags.add(segment)
}

/** Adds what a `tag` metaparameter says: a text, or arrays of them. */
export function addTagValue(tags: Set<string>, value: Value): void {
  switch (value.kind) {
    case 'undef':
      return
    case 'array':
      for (const element of value.values) addTagValue(tags, element)
      return
    case 'string':
      addTag(tags, value.value)
      return
    case 'integer':
    case 'float':
    case 'boolean':
      addTag(tags, String(value.value))
      return
    default:
      failWith(`Invalid tag '${value.kind}'`)
  }
}

export function mergeTags(into: Set<string>, from: Iterable<string>): void {
  for (const tag of from) into.add(tag)
}

/** Whether a resource, or the class or defined type it stands in, carries one of the tags. */
export function isTagged(resource: Resource, tags: readonly string[]): boolean {
  if (tags.some((tag) => resource.tags.has(tag))) return true
  const container = resource.scope.resource
  return container !== undefined && container !== resource && isTagged(container, tags)
}
