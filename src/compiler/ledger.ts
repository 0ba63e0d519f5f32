import type { ResourceTypeInfo } from '../catalog/resource-type.ts'
import { Failure } from '../source/diagnostic.ts'
import { lineOf, type Span } from '../source/source-file.ts'
import { hashKey, type Value } from '../value/value.ts'
import { cannotAlias, duplicateDeclaration } from './issues.ts'
import { capitalizeSegments, catalogTypeName, splitReference, withoutLeadingColons } from './names.ts'
import { namevarOf, splitTitle } from './resource-types.ts'
import { type Definition, isDefinition, type Ledger, type Resource } from './state.ts'

export function makeLedger(): Ledger {
  return { resources: [], byKey: new Map(), edgesIn: new Map(), edgesOut: new Map(), classes: [], tags: new Set() }
}

export function referenceOf(resource: Pick<Resource, 'type' | 'title'>): string {
  return `${resource.type}[${resource.title}]`
}

/** `(file: a.pp, line: 3)`, as Puppet puts a place into a message. */
export function placeText(span: Span | undefined): string {
  if (!span) return ''
  const line = lineOf(span)
  return span.file.path === '' ? `(line: ${line})` : `(file: ${span.file.path}, line: ${line})`
}

/** Enters a resource with its aliases; one that is there already is an error. */
export function enter(ledger: Ledger, resource: Resource): void {
  const key = titleKey(resource.type, resource.title)
  const existing = ledger.byKey.get(key)
  if (existing)
    throw new Failure(
      duplicateDeclaration([referenceOf(resource), placeText(existing.span)], {
        ...(resource.span ? { span: resource.span } : {}),
        ...(existing.span ? { related: [{ message: 'already declared here', span: existing.span }] } : {}),
      }),
    )
  ledger.byKey.set(key, resource)
  ledger.resources.push(resource)
  enterAliases(ledger, resource)
  vertex(ledger, resource)
}

function enterAliases(ledger: Ledger, resource: Resource): void {
  const alias = resource.parameters.get('alias')?.value
  for (const value of alias?.kind === 'array' ? alias.values : alias ? [alias] : [])
    if (value.kind === 'string' && value.value !== resource.title)
      enterAlias(ledger, resource, [value.value], JSON.stringify(value.value))
  if (resource.of && !isDefinition(resource.of) && !resource.of.isomorphic) return
  const names = identity(resource.of, resource.title, resource.parameters)
  if (names.every((name) => name === null)) return
  if (names.length === 1 && names[0] === resource.title) return
  enterAlias(ledger, resource, names, inspect(names))
}

function enterAlias(ledger: Ledger, resource: Resource, names: readonly KeyPart[], shown: string): void {
  const key = keyOf(resource.type, names)
  const existing = ledger.byKey.get(key)
  if (existing === resource) return
  if (existing)
    throw new Failure(
      cannotAlias([
        referenceOf(resource),
        shown,
        placeText(resource.span),
        inspect([resource.type, ...names]),
        placeText(existing.span),
      ]),
    )
  ledger.byKey.set(key, resource)
}

type KeyPart = string | null

function inspect(parts: readonly KeyPart[]): string {
  return `[${parts.map((part) => (part === null ? 'nil' : JSON.stringify(part))).join(', ')}]`
}

function titleKey(type: string, title: string): string {
  return `${type}\0${title}`
}

/** The key of a resource by what names it; that of a single name is its key by title. */
function keyOf(type: string, names: readonly KeyPart[]): string {
  const [first] = names
  if (names.length === 1 && first !== undefined && first !== null) return titleKey(type, first)
  return JSON.stringify([type, ...names])
}

/** The values of the parameters that name an instance, sorted by parameter name. */
function identity(
  of: ResourceTypeInfo | Definition | undefined,
  title: string,
  parameters: ReadonlyMap<string, { readonly value: Value }>,
): KeyPart[] {
  const given = (name: string): KeyPart | undefined => {
    const value = parameters.get(name)?.value
    return value === undefined || value.kind === 'undef' ? undefined : keyPart(value)
  }
  if (!of || isDefinition(of)) return [given('name') ?? title]
  const fromTitle = splitTitle(of, title)
  const read = (name: string): KeyPart | undefined => given(name) ?? fromTitle.get(name)
  const namevar = namevarOf(of)
  const name = read(namevar) ?? read('name') ?? title
  return [...of.namevars].sort().map((key) => read(key) ?? (key === namevar || key === 'name' ? name : null))
}

function keyPart(value: Value): string {
  return value.kind === 'string' ? value.value : hashKey(value)
}

/**
 * A resource by type and title as code writes them (`file`, `File`, `::foo::bar`), also by an alias or by the name that
 * the title stands for.
 */
export function findResource(
  ledger: Ledger,
  type: string,
  title: string,
  typeInfo: (type: string) => ResourceTypeInfo | undefined,
): Resource | undefined {
  const typeName = catalogTypeName(withoutLeadingColons(type))
  const name = typeName === 'Class' && title !== 'main' ? capitalizeSegments(withoutLeadingColons(title)) : title
  const direct = ledger.byKey.get(titleKey(typeName, name))
  if (direct) return direct
  const info = typeName.includes('::') ? undefined : typeInfo(typeName.toLowerCase())
  if (!info) return undefined
  return ledger.byKey.get(keyOf(typeName, identity(info, name, new Map())))
}

/** A resource by its reference: `File[/etc/x]`. */
export function findReference(
  ledger: Ledger,
  reference: string,
  typeInfo: (type: string) => ResourceTypeInfo | undefined,
): Resource | undefined {
  const split = splitReference(reference)
  return split && findResource(ledger, split.type, split.title, typeInfo)
}

export function addEdge(ledger: Ledger, source: Resource, target: Resource): void {
  vertex(ledger, source)
  vertex(ledger, target)
  ledger.edgesIn.get(target)?.add(source)
  ledger.edgesOut.get(source)?.add(target)
}

export function hasEdge(ledger: Ledger, source: Resource, target: Resource): boolean {
  return ledger.edgesOut.get(source)?.has(target) ?? false
}

function vertex(ledger: Ledger, resource: Resource): void {
  if (ledger.edgesIn.has(resource)) return
  ledger.edgesIn.set(resource, new Set())
  ledger.edgesOut.set(resource, new Set())
}
