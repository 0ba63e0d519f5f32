import { placeOf } from '../puppet/place.ts'
import { Failure } from '../source/diagnostic.ts'
import { positionAt, type Span } from '../source/source-file.ts'
import { typeByName } from '../types/names.ts'
import type { ParsedManifest } from './environment.ts'
import { redefined } from './issues.ts'

interface Entity {
  readonly kind: 'function' | 'type' | 'define'
  readonly span: Span
}

/**
 * Fails where functions, types or defined types of these manifests take the name of one that Puppet's loaders hold: each is
 * defined once, and types not by the names of Puppet's own. A defined type may bear the name of any type.
 */
export function checkEntities(manifests: readonly ParsedManifest[], absolute: (path: string) => string): void {
  const entities = new Map<string, Entity>()
  for (const manifest of manifests)
    for (const node of manifest.program.definitions) {
      const span = placeOf(node)
      if (node.kind === 'FunctionDefinition') enter(entities, { kind: 'function', span }, node.name, absolute)
      else if (node.kind === 'TypeAlias') enter(entities, { kind: 'type', span }, node.name.toLowerCase(), absolute)
      else if (node.kind === 'ResourceTypeDefinition')
        enter(entities, { kind: 'define', span }, node.name.replace(/^::/, '').toLowerCase(), absolute)
    }
}

function enter(entities: Map<string, Entity>, entity: Entity, name: string, absolute: (path: string) => string): void {
  const key = `http://puppet.com/2016.1/runtime/${entity.kind === 'function' ? 'function' : 'type'}/${name}`
  const earlier = entities.get(key)
  if (!earlier) entities.set(key, entity)
  const origin = originOf(entity, earlier, name, absolute)
  if (origin === undefined) return
  throw new Failure(
    redefined([`Attempt to redefine entity '${key}'. ${origin}`], {
      span: entity.span,
      ...(earlier ? { related: [{ message: 'already defined here', span: earlier.span }] } : {}),
    }),
  )
}

/** Where what has the name already comes from, in Puppet's words; `undefined` where the name may be taken. */
function originOf(
  { kind }: Entity,
  earlier: Entity | undefined,
  name: string,
  absolute: (path: string) => string,
): string | undefined {
  if (kind === 'define' && earlier?.kind !== 'define') return undefined
  if (earlier) return `Originally set at ${placeText(earlier.span, absolute)}.`
  const builtIn = kind === 'type' ? typeByName(name) : undefined
  if (!builtIn) return undefined
  return builtIn.kind === 'TypeAlias' || builtIn.kind === 'Resource'
    ? 'Set at unknown location'
    : 'Originally set by Puppet-Type-System/Static-Loader.'
}

/** `file:///…/site.pp?line=1&pos=6`. */
function placeText(span: Span, absolute: (path: string) => string): string {
  const { line, column } = positionAt(span.file, span.start)
  const { path } = span.file
  return `${path === '' ? 'string:' : `file://${absolute(path)}`}?line=${line}&pos=${column}`
}
