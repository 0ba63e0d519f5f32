import { isAbsolute, join } from 'node:path'
import { lineOf, type SourceFile } from '../source/source-file.ts'
import type { PuppetType } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import { type Catalog, type CatalogResource, idText } from './catalog.ts'

/** JSON data in which an integer may be a bigint, so that 64-bit integers keep their digits. */
export type JsonData =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonData[]
  | ReadonlyMap<string, JsonData>
  | { readonly [key: string]: JsonData | undefined }

/** Turns the values that JSON lacks (types, regular expressions, timestamps …) into the text Puppet writes for them. */
export type TextOf = (value: Value) => string

/**
 * A catalog in Puppet's wire format (Puppet's catalog JSON schema, `catalog_format` 2, without rich data: values that
 * JSON lacks become strings). Paths of files are absolute, below `root`, as Puppet prints them.
 */
export function catalogToJson(catalog: Catalog, root: string, textOf: TextOf): JsonData {
  return {
    tags: catalog.tags,
    name: catalog.node,
    version: catalog.version,
    code_id: null,
    catalog_format: 2,
    environment: catalog.environment,
    resources: catalog.resources.map((resource) => resourceToJson(resource, root, textOf)),
    edges: catalog.edges.map((edge) => ({ source: idText(edge.source), target: idText(edge.target) })),
    classes: catalog.classes,
  }
}

const kinds = { class: 'unknown', define: 'defined_type', resource: 'compilable_type' } as const

function resourceToJson(resource: CatalogResource, root: string, textOf: TextOf): JsonData {
  const parameters = new Map<string, JsonData>()
  for (const [name, parameter] of resource.parameters) parameters.set(name, valueToJson(parameter.value, textOf))
  return {
    type: resource.type,
    title: resource.title,
    tags: resource.tags,
    ...(resource.span ? { file: absolutePath(resource.span.file, root), line: lineOf(resource.span) } : {}),
    exported: resource.exported,
    kind: kinds[resource.category],
    ...(resource.parameters.size > 0 ? { parameters } : {}),
    ...(resource.sensitive.length > 0 ? { sensitive_parameters: resource.sensitive } : {}),
  }
}

/** What stands for the file of code that came without one: nothing, and on Puppet's stack `unknown`. */
const noFile: ReadonlySet<string> = new Set(['', 'unknown'])

/** A file's path as Puppet prints it. */
export function absolutePath(file: SourceFile, root: string): string {
  return noFile.has(file.path) || isAbsolute(file.path) ? file.path : join(root, file.path)
}

/** A value as Puppet writes it into a catalog without rich data. */
export function valueToJson(value: Value, textOf: TextOf): JsonData {
  switch (value.kind) {
    case 'undef':
      return null
    case 'default':
      return 'default'
    case 'boolean':
    case 'integer':
    case 'float':
    case 'string':
      return value.value
    case 'array':
      return value.values.map((element) => valueToJson(element, textOf))
    case 'hash': {
      const data = new Map<string, JsonData>()
      for (const { key, value: element } of value.entries.values())
        data.set(key.kind === 'string' ? key.value : textOf(key), valueToJson(element, textOf))
      return data
    }
    case 'sensitive':
      return { __ptype: 'Sensitive', __pvalue: valueToJson(value.value, textOf) }
    case 'iterator':
      return [...value.values].map((element) => valueToJson(element, textOf))
    case 'type':
      return referenceText(value.type) ?? textOf(value)
    default:
      return textOf(value)
  }
}

/** `File[/x]`, `Class[Foo::Bar]`: what a catalog holds for a reference to a resource. */
function referenceText(type: PuppetType): string | undefined {
  if (type.kind === 'Resource' && type.typeName !== undefined && type.title !== undefined)
    return idText({ type: type.typeName, title: type.title })
  if (type.kind !== 'Class' || type.name === undefined) return undefined
  return idText({ type: 'Class', title: type.name.replace(/(^|::)[a-z]/g, (start) => start.toUpperCase()) })
}

/** JSON text. */
export function stringifyJson(data: JsonData | undefined): string {
  if (data === null || data === undefined) return 'null'
  if (typeof data === 'bigint') return data.toString()
  if (typeof data !== 'object') return JSON.stringify(data)
  // One text that grows: lists of parts to join would be most of the garbage of a request.
  let text = ''
  if (Array.isArray(data)) {
    for (const element of data) text += `${text === '' ? '' : ','}${stringifyJson(element)}`
    return `[${text}]`
  }
  const add = (key: string, element: JsonData | undefined): void => {
    if (element !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${stringifyJson(element)}`
  }
  if (data instanceof Map) for (const [key, element] of data) add(key, element)
  else {
    const fields = data as Readonly<Record<string, JsonData | undefined>>
    for (const key of Object.keys(fields)) add(key, fields[key])
  }
  return `{${text}}`
}
