import type { Span } from '../source/source-file.ts'
import type { Value } from '../value/value.ts'

/** What a step of a look-up was about; the same steps that `puppet lookup --explain` prints. */
export type ExplainSubject =
  /** The search for a key (`data`) or for `lookup_options` (`options`). */
  | { readonly kind: 'search'; readonly for: 'data' | 'options'; readonly key: string }
  | { readonly kind: 'invalid-key'; readonly key: string }
  /** The merge was chosen by `lookup_options`. */
  | { readonly kind: 'merge-source'; readonly source: string }
  /** A layer (with its hiera.yaml) or an entry of a hierarchy (with where it stands in it). */
  | { readonly kind: 'provider'; readonly name: string; readonly configuration?: string; readonly span?: Span }
  | { readonly kind: 'location'; readonly type: 'path' | 'uri'; readonly location: string; readonly original: string }
  | { readonly kind: 'merge'; readonly strategy: string; readonly options?: Value }
  | { readonly kind: 'interpolate'; readonly expression: string }
  | { readonly kind: 'scope'; readonly name: string }
  | { readonly kind: 'sub-lookup'; readonly segments: readonly string[] }
  | { readonly kind: 'segment'; readonly segment: string }
  | { readonly kind: 'module'; readonly name: string }
  /** Something to know about the look-up as a whole. */
  | { readonly kind: 'text'; readonly text: string }

export type ExplainOutcome =
  | 'found'
  | 'found-in-overrides'
  | 'found-in-defaults'
  | 'not-found'
  | 'location-not-found'
  | 'module-not-found'
  | 'module-provider-not-found'
  /** The outcome of a merge. */
  | 'result'

/** One step with the steps below it. A found value's origin has the file and line. */
export interface ExplainStep {
  readonly subject: ExplainSubject
  readonly branches: readonly ExplainStep[]
  readonly outcome?: ExplainOutcome
  readonly key?: string
  readonly value?: Value
  /** What functions of the hierarchy said for themselves. */
  readonly texts: readonly string[]
}

interface OpenStep {
  subject: ExplainSubject
  branches: OpenStep[]
  outcome?: ExplainOutcome
  key?: string
  value?: Value
  texts: string[]
}

/** Collects the steps of one look-up. */
export class Explainer {
  readonly root: OpenStep[] = []
  readonly #path: OpenStep[] = []

  push(subject: ExplainSubject): void {
    const step: OpenStep = { subject, branches: [], texts: [] }
    const parent = this.#path.at(-1)
    ;(parent ? parent.branches : this.root).push(step)
    this.#path.push(step)
  }
  pop(): void {
    this.#path.pop()
  }
  #set(outcome: ExplainOutcome, key?: string, value?: Value): void {
    const step = this.#path.at(-1)
    if (!step) return
    step.outcome = outcome
    if (key !== undefined) step.key = key
    if (value !== undefined) step.value = value
  }
  found(key: string, value: Value): void {
    this.#set('found', key, value)
  }
  foundInOverrides(key: string, value: Value): void {
    this.#set('found-in-overrides', key, value)
  }
  foundInDefaults(key: string, value: Value): void {
    this.#set('found-in-defaults', key, value)
  }
  notFound(key: string): void {
    this.#set('not-found', key)
  }
  locationNotFound(): void {
    this.#set('location-not-found')
  }
  result(value: Value): void {
    this.#set('result', undefined, value)
  }
  module(name: string, outcome: 'module-not-found' | 'module-provider-not-found'): void {
    this.push({ kind: 'module', name })
    this.#set(outcome)
    this.pop()
  }
  mergeSource(source: string): void {
    this.push({ kind: 'merge-source', source })
    this.pop()
  }
  text(text: string): void {
    const step = this.#path.at(-1)
    if (step) step.texts.push(text)
    else this.root.push({ subject: { kind: 'text', text }, branches: [], texts: [] })
  }
}
