import type { Catalog, CatalogResource, ResourceId } from '../catalog/catalog.ts'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { segmentsOf } from '../catalog/segments.ts'
import { valueToText } from '../types/text.ts'
import { isSecret } from '../value/origin.ts'
import { array, hash, type StringValue, string, type Value } from '../value/value.ts'
import { hideSecrets, knownSecrets, type Mask, maskText, type Range, secretRanges, secretToken } from './mask.ts'

/** The catalog with tokens for what is secret in values and titles. */
export function maskedCatalog(catalog: Catalog, mask: Mask): Catalog {
  const id = ({ type, title }: ResourceId): ResourceId => ({ type, title: hideSecrets(mask, title) })
  return {
    ...catalog,
    resources: catalog.resources.map((resource) => maskedResource(resource, mask)),
    edges: catalog.edges.map(({ source, target }) => ({ source: id(source), target: id(target) })),
  }
}

function maskedResource(resource: CatalogResource, mask: Mask): CatalogResource {
  const parameters = [...resource.parameters].map(([name, parameter]) => {
    const value = maskedValue(parameter.value, mask, resource.sensitive.includes(name))
    return [name, { ...parameter, value }] as const
  })
  return {
    ...resource,
    title: hideSecrets(mask, resource.title),
    parameters: new Map(parameters),
    tags: resource.tags.map((tag) => hideSecrets(mask, tag)),
  }
}

/** The value with tokens for what is secret in it; for all of it where `whole` says so. */
function maskedValue(value: Value, mask: Mask, whole: boolean): Value {
  const token = (text: string): StringValue => string(secretToken(mask, text), { kind: 'builtin', name: 'a secret' })
  switch (value.kind) {
    case 'string': {
      if (whole) return token(value.value)
      const secret = segmentsOf(value).flatMap(({ start, end, sensitive }): Range[] =>
        sensitive ? [[start, end]] : [],
      )
      return string(maskText(mask, value.value, [...secret, ...knownSecrets(mask, value.value)]).text, value.origin)
    }
    case 'sensitive':
      return token(valueToText(value.value))
    case 'array':
      return array(
        value.values.map((element) => maskedValue(element, mask, whole || isSecret(value.origin))),
        value.origin,
      )
    case 'hash': {
      const inside = whole || isSecret(value.origin)
      return hash(
        [...value.entries.values()].map((entry) => [
          maskedValue(entry.key, mask, false),
          maskedValue(entry.value, mask, inside),
        ]),
        value.origin,
      )
    }
    case 'undef':
    case 'default':
    case 'type':
      return value
    default:
      return whole || isSecret(value.origin) ? token(valueToText(value)) : value
  }
}

/** The text of a rendered file with tokens for what is secret in it. */
export function maskedFileText(file: RenderedFile, mask: Mask): string | undefined {
  const text = file.source?.text
  return text === undefined
    ? undefined
    : maskText(mask, text, [...secretRanges(file), ...knownSecrets(mask, text)]).text
}
