import { posix } from 'node:path'
import { fail } from '../source/diagnostic.ts'
import type { Files } from '../source/files.ts'
import type { Span } from '../source/source-file.ts'
import { rubyClass, rubyInspect } from '../types/ruby-value.ts'
import { isFixed, type Origin } from '../value/origin.ts'
import type { Value } from '../value/value.ts'
import type { Locations } from './config.ts'
import { interpolate, scopeLookup } from './interpolate.ts'
import type { Invocation } from './invocation.ts'
import type { Layer } from './layer.ts'
import { linkOutside, lookupError, outside } from './problems.ts'
import { absolute, type DeadLink, deadLink, exists, expandGlob, type Hiera, inside, shownPath } from './sources.ts'

/** Where an entry of a hierarchy looks. */
export interface Location {
  readonly type: 'path' | 'uri'
  /** As written in hiera.yaml. */
  readonly original: string
  /** With variables filled in; a path is absolute, as Puppet prints it. */
  readonly text: string
  /** Below the layer's files; left out for what lies elsewhere. */
  readonly path: string | undefined
  readonly files: Files
  readonly exists: boolean
  /** The line of hiera.yaml that names it. */
  readonly span: Span | undefined
  /** Of its text: the variables that were filled in. */
  readonly origin: Origin
}

/** The places that an entry of a hierarchy names, for the variables of this node. */
export function resolveLocations(
  layer: Layer,
  directory: Value,
  locations: Locations,
  invocation: Invocation,
): readonly Location[] {
  const builtIn = layer.config.path === undefined
  const datadir = directory.kind === 'string' ? directory.value : 'data'
  const originOf = (below: Value): Origin =>
    isFixed(directory.origin)
      ? below.origin
      : 'span' in below.origin && below.origin.span
        ? { kind: 'operation', span: below.origin.span, from: [below.origin, directory.origin] }
        : directory.origin
  switch (locations.kind) {
    case 'paths':
      return locations.paths.flatMap((declared) => {
        const value = interpolate(declared, invocation, false)
        let path = textOf(value)
        if (locations.extension !== undefined && !path.endsWith(locations.extension)) path += locations.extension
        const location = { ...fileLocation(layer, datadir, path, declared, invocation), origin: originOf(value) }
        return builtIn && !location.exists ? [] : [location]
      })
    case 'globs':
      return locations.globs.flatMap((declared) => {
        const value = interpolate(declared, invocation, false)
        const pattern = join(datadir, textOf(value))
        const below = inside(layer.files, layer.base, pattern)
        if (below === undefined) {
          reportOutside(pattern, declared, invocation)
          return []
        }
        return expandGlob(invocation.node.hiera, layer.files, below).map((path) => ({
          type: 'path' as const,
          original: absolute(layer.files, below),
          text: absolute(layer.files, path),
          path,
          files: layer.files,
          exists: true,
          span: spanOf(declared),
          origin: originOf(value),
        }))
      })
    case 'uris':
      return locations.uris.map((declared) => {
        const value = interpolate(declared, invocation, false)
        const text = textOf(value)
        if (/[^!-~]|[<>"{}|\\^`]/.test(text)) fail(lookupError([`bad URI(is not URI?): ${JSON.stringify(text)}`]))
        return {
          type: 'uri' as const,
          original: textOf(declared),
          text,
          path: undefined,
          files: layer.files,
          exists: true,
          span: spanOf(declared),
          origin: value.origin,
        }
      })
    case 'mapped-paths': {
      const { value } = scopeLookup(
        textOf(locations.variable),
        invocation,
        'mapped_path[0]',
        spanOf(locations.variable),
      )
      if (!value || value.kind === 'undef') return []
      // Puppet asks anything but nothing whether it is empty.
      if (value.kind !== 'array' && value.kind !== 'string' && value.kind !== 'hash')
        fail(
          lookupError(
            [`undefined method \`empty?' for ${rubyInspect(value)}:${rubyClass(value)}`],
            spanOf(locations.variable) ? { span: spanOf(locations.variable) as Span } : {},
          ),
        )
      const values =
        value.kind === 'array' ? value.values : value.kind === 'string' && value.value === '' ? [] : [value]
      const name = textOf(locations.name)
      return values.map((one) => {
        const local: Invocation = { ...invocation, dependencies: [], locals: new Map([[name, one]]) }
        const found = interpolate(locations.template, local, false)
        // The mapped variable itself is no reason to make the hierarchy anew.
        const read = local.dependencies?.filter((d) => d.root !== name) ?? []
        invocation.dependencies?.push(...read)
        const location = fileLocation(layer, datadir, textOf(found), locations.template, invocation)
        return { ...location, origin: originOf(found) }
      })
    }
  }
}

function fileLocation(
  layer: Layer,
  datadir: string,
  path: string,
  declared: Value,
  invocation: Invocation,
): Omit<Location, 'origin'> {
  const full = join(datadir, path)
  const below = inside(layer.files, layer.base, full)
  if (below === undefined) reportOutside(full, declared, invocation)
  const there =
    below !== undefined &&
    isReached(invocation.node.hiera, layer, datadir, path) &&
    exists(invocation.node.hiera, layer.files, below)
  if (below !== undefined && !there) {
    const link = deadLink(invocation.node.hiera, layer.files, below)
    if (link === undefined) invocation.node.reads.missing.add(shownPath(invocation.node.hiera, layer.files, below))
    else reportLink(link, layer, declared, invocation)
  }
  return {
    type: 'path',
    original: textOf(declared),
    text: below === undefined ? posix.join(absolute(layer.files, layer.base), full) : absolute(layer.files, below),
    path: below,
    files: layer.files,
    exists: there,
    span: spanOf(declared),
  }
}

/** `..` leads out of directories that are there: `nowhere/../common.yaml` is no file. Leading ones are taken off before. */
function isReached(hiera: Hiera, layer: Layer, datadir: string, path: string): boolean {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  const first = parts.findIndex((part) => part !== '..')
  return parts.every((part, index) => {
    if (part !== '..' || first < 0 || index < first) return true
    const before = inside(layer.files, layer.base, join(datadir, parts.slice(0, index).join('/')))
    return path.startsWith('/') || before === undefined || exists(hiera, layer.files, before)
  })
}

/** An absolute path stands for itself. */
function join(datadir: string, path: string): string {
  return path.startsWith('/') ? path : posix.join(datadir, path)
}

function reportLink({ path, target }: DeadLink, layer: Layer, declared: Value, invocation: Invocation): void {
  const place = spanOf(declared)
  const shown = shownPath(invocation.node.hiera, layer.files, path)
  invocation.context.report(linkOutside([shown, target], place ? { span: place } : {}))
}

/** What differs from node to node is told as hiera.yaml has it, once for all. */
function reportOutside(path: string, declared: Value, invocation: Invocation): void {
  const place = spanOf(declared)
  const original = textOf(declared)
  invocation.context.report(outside([original.includes('%{') ? original : path], place ? { span: place } : {}))
}

function spanOf(value: Value): Span | undefined {
  return value.origin.kind === 'literal' ? value.origin.span : undefined
}
function textOf(value: Value): string {
  return value.kind === 'string' ? value.value : ''
}
