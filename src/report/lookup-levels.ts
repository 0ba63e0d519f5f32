import type { KeyLookup } from '../compiler/lookup-key.ts'
import type { ExplainStep, ExplainSubject } from '../hiera/explain.ts'
import type { Span } from '../source/source-file.ts'
import { isSecret } from '../value/origin.ts'
import type { Value } from '../value/value.ts'

/** A place of a hierarchy that a look-up asked, and what became of it. */
export interface LookupLevel {
  /** `Environment`, `Module profile`, `Global`. */
  readonly layer: string
  /** Of a module's `default_hierarchy`, which counts where nothing else has the key. */
  readonly fallback: boolean
  /** As hiera.yaml names it. */
  readonly name: string
  /** Its entry in hiera.yaml. */
  readonly span?: Span
  readonly location?: {
    readonly type: 'path' | 'uri'
    /** As people are shown paths. */
    readonly text: string
    /** As hiera.yaml has it, before interpolation. */
    readonly original: string
  }
  readonly status: 'used' | 'merged' | 'overridden' | 'no-key' | 'no-file' | 'failed'
  readonly value?: Value
  /** Where the data file has the value, and its key. */
  readonly place?: Span
  readonly keyPlace?: Span
  /** What functions of the hierarchy said. */
  readonly notes: readonly string[]
  readonly interpolations: readonly Interpolation[]
}

/** What a string with `%{…}` asked for. */
export interface Interpolation {
  /** The whole string, as the data have it. */
  readonly expression: string
  readonly variables: readonly { readonly name: string; readonly value?: Value }[]
  readonly searches: readonly Search[]
}

/** The search for one key. */
export interface Search {
  readonly key: string
  readonly levels: readonly LookupLevel[]
  /** Modules that were asked and have no data, and other remarks. */
  readonly notes: readonly string[]
}

/** What turns steps into levels: data files, and how paths are shown. */
export interface LevelContext {
  readonly dataFile: KeyLookup['dataFile']
  readonly shownPath: (path: string) => string
}

/** The searches for the keys that were asked for, with what each overrides, and those for `lookup_options`. */
export function searchesOf(
  found: Pick<KeyLookup, 'explanation' | 'everywhere'>,
  context: LevelContext,
): { data: Search[]; options: Search[] } {
  const data = searchSteps(found.explanation, 'data').map((step) => searchOf(step, context))
  const options = searchSteps(found.explanation, 'options').map((step) => searchOf(step, context))
  const everywhere = searchSteps(found.everywhere, 'data').map((step) => searchOf(step, context))
  return {
    data: data.map((search) =>
      withOverridden(
        search,
        everywhere.find(({ key }) => key === search.key),
      ),
    ),
    options,
  }
}

function searchSteps(steps: readonly ExplainStep[], what: 'data' | 'options'): ExplainStep[] {
  return steps.filter(({ subject }) => subject.kind === 'search' && subject.for === what)
}

/** Where a look-up ended at the first value: the levels that it did not ask, with what they have. */
function withOverridden(search: Search, everywhere: Search | undefined): Search {
  const winner = search.levels.findIndex(({ status }) => status === 'used')
  if (winner < 0 || !everywhere) return search
  const rest = everywhere.levels.slice(search.levels.length).filter(({ fallback }) => !fallback)
  const below = rest.map(
    (level): LookupLevel => ({
      ...level,
      status: level.status === 'merged' || level.status === 'used' ? 'overridden' : level.status,
      interpolations: [],
    }),
  )
  return { ...search, levels: [...search.levels, ...below] }
}

interface Walk {
  readonly context: LevelContext
  readonly key: string
  readonly levels: LookupLevel[]
  readonly notes: string[]
}

function searchOf(step: ExplainStep, context: LevelContext): Search {
  const key = step.subject.kind === 'search' ? step.subject.key : ''
  const walk: Walk = { context, key, levels: [], notes: [...step.texts] }
  for (const branch of step.branches) visit(branch, walk, { layer: undefined, merging: false, fallback: false })
  return { key, levels: walk.levels, notes: walk.notes }
}

interface At {
  readonly layer: string | undefined
  readonly merging: boolean
  readonly fallback: boolean
}

function visit(step: ExplainStep, walk: Walk, at: At): void {
  const { subject } = step
  switch (subject.kind) {
    case 'merge':
      for (const branch of step.branches) visit(branch, walk, { ...at, merging: at.merging || merges(subject) })
      return
    case 'provider':
      if (at.layer === undefined)
        for (const branch of step.branches) visit(branch, walk, { ...at, layer: layerName(subject.name) })
      else entry(step, subject, walk, at)
      return
    case 'scope':
      // The default hierarchy has lookup_options of its own: their search is none for the key.
      if (subject.name !== 'Searching for "lookup_options"')
        for (const branch of step.branches) visit(branch, walk, { ...at, fallback: true })
      return
    case 'module':
      walk.notes.push(
        step.outcome === 'module-not-found'
          ? `there is no module ${subject.name}`
          : `the module ${subject.name} has no data of its own`,
      )
      return
    default:
      return
  }
}

function merges({ strategy }: Extract<ExplainSubject, { kind: 'merge' }>): boolean {
  return strategy !== 'first' && strategy !== 'default'
}

function layerName(name: string): string {
  const [, kind, module] = /^(\w+) (?:"(.*)" )?Data Provider/.exec(name) ?? []
  return module === undefined ? (kind ?? name) : `${kind} ${module}`
}

type ProviderSubject = Extract<ExplainSubject, { kind: 'provider' }>

function entry(step: ExplainStep, subject: ProviderSubject, walk: Walk, at: At): void {
  const merged = step.branches.find(({ subject: inner }) => inner.kind === 'merge')
  const merging = at.merging || (merged?.subject.kind === 'merge' && merges(merged.subject))
  const places = (merged?.branches ?? step.branches).filter(({ subject: inner }) => inner.kind === 'location')
  const make = (place: ExplainStep): void => {
    const location = place.subject.kind === 'location' ? place.subject : undefined
    const name = /^Hierarchy entry "(.*)"$/s.exec(subject.name)?.[1] ?? subject.name
    const file = location && walk.context.dataFile(location.location)
    const root = place.key ?? walk.key
    const raw = file?.value?.kind === 'hash' ? file.value.entries.get(`'${root}`) : undefined
    const found = place.outcome === 'found'
    const valuePlace = found ? (spanOf(raw?.value) ?? spanOf(place.value)) : undefined
    const keyPlace = found ? spanOf(raw?.key) : undefined
    const secret = place.value !== undefined && hasSecret(place.value)
    walk.levels.push({
      layer: at.layer ?? '',
      fallback: at.fallback,
      name,
      ...(subject.span ? { span: subject.span } : {}),
      ...(location
        ? {
            location: {
              type: location.type,
              text:
                location.type === 'uri'
                  ? location.location
                  : (file?.file.path ?? walk.context.shownPath(location.location)),
              original: walk.context.shownPath(location.original),
            },
          }
        : {}),
      status: statusOf(place, merging),
      ...(found && place.value ? { value: place.value } : {}),
      ...(valuePlace ? { place: valuePlace } : {}),
      ...(keyPlace ? { keyPlace } : {}),
      notes: place.texts,
      // A decrypted text may hold expressions: what they are is part of the secret.
      interpolations: secret ? [] : interpolationsOf(place.branches, walk.context),
    })
  }
  if (places.length > 0) for (const place of places) make(place)
  else if (step.outcome !== undefined || step.branches.length > 0 || step.texts.length > 0) make(step)
}

function statusOf(step: ExplainStep, merging: boolean): LookupLevel['status'] {
  switch (step.outcome) {
    case 'found':
      return merging ? 'merged' : 'used'
    case 'location-not-found':
      return 'no-file'
    case 'not-found':
      return 'no-key'
    default:
      return 'failed'
  }
}

function interpolationsOf(steps: readonly ExplainStep[], context: LevelContext): Interpolation[] {
  const found: Interpolation[] = []
  for (const step of steps) {
    if (step.subject.kind !== 'interpolate') continue
    const variables = step.branches
      .filter(({ subject }) => subject.kind === 'scope')
      .map(({ key, value }) => ({ name: key ?? '', ...(value ? { value } : {}) }))
      .filter(({ name }) => name !== '')
    const searches = searchSteps(step.branches, 'data').map((search) => searchOf(search, context))
    if (variables.length > 0 || searches.length > 0)
      found.push({ expression: step.subject.expression, variables, searches })
    found.push(...interpolationsOf(step.branches, context))
  }
  return found
}

/** The place of a value in its data file. */
export function spanOf(value: Value | undefined): Span | undefined {
  let origin = value?.origin
  while (origin?.kind === 'chosen') origin = origin.from
  return origin?.kind === 'hiera' || origin?.kind === 'literal' || origin?.kind === 'text' ? origin.span : undefined
}

/** Whether any part of the value is secret. */
export function hasSecret(value: Value): boolean {
  if (value.kind === 'sensitive' || isSecret(value.origin)) return true
  if (value.kind === 'array') return value.values.some(hasSecret)
  return value.kind === 'hash' && [...value.entries.values()].some((e) => hasSecret(e.key) || hasSecret(e.value))
}
