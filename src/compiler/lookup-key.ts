import { Explainer, type ExplainStep } from '../hiera/explain.ts'
import { type LookupKey, lookupKey } from '../hiera/key.ts'
import { lookup } from '../hiera/lookup.ts'
import type { NodeHiera } from '../hiera/node-hiera.ts'
import type { DataFile } from '../hiera/sources.ts'
import { type Diagnostic, Failure, normaliseDiagnostics } from '../source/diagnostic.ts'
import { sourceFile } from '../source/source-file.ts'
import { parseType } from '../types/parse.ts'
import { matchesPattern } from '../types/strings.ts'
import { ControlFlow } from '../value/control.ts'
import type { CallContext } from '../value/function.ts'
import { type HashValue, hashGet, string, type Value } from '../value/value.ts'
import { callContext } from './call-context.ts'
import { compileCatalog, diagnosticOf } from './compile-node.ts'
import type { Environment } from './environment.ts'
import { makeState } from './make-state.ts'
import { similarKeys } from './similar-keys.ts'
import type { Log, NodeRequest, State } from './state.ts'

/** What is asked of Hiera, as `puppet lookup` takes it. */
export interface KeyRequest {
  /** The first one found counts. */
  readonly keys: readonly string[]
  /** The name of a strategy, or a hash with `strategy` and its options. */
  readonly merge?: Value
  readonly defaultValue?: string
  /** Source text of a type that the value should have. */
  readonly type?: string
  /** Compile the catalog first, so that variables of manifests can be interpolated. */
  readonly compile?: boolean
}

/** How the values of several levels become one, and who said so. */
export interface ChosenMerge {
  readonly by: 'request' | 'lookup_options' | 'default'
  /** The name of a strategy, or a hash with `strategy` and its options; left out for `default`. */
  readonly merge?: Value
}

/** The `lookup_options` of a key. */
export interface KeyOptions {
  /** The key or the pattern that they are written under. */
  readonly name: string
  readonly options: HashValue
}

export interface KeyLookup {
  /** Left out: nothing was found, or an error ended the look-up. */
  readonly value?: Value
  readonly explanation: readonly ExplainStep[]
  /** The same for every level, those included that the look-up had no need to ask; none where it asked all of them. */
  readonly everywhere: readonly ExplainStep[]
  readonly options: ReadonlyMap<string, KeyOptions>
  readonly merges: ReadonlyMap<string, ChosenMerge>
  readonly diagnostics: readonly Diagnostic[]
  readonly logs: readonly Log[]
  /** Texts that are secret, wherever they turn up. */
  readonly secrets: ReadonlySet<string>
  /** A data file that was read, by its path as Puppet prints it. */
  readonly dataFile: (path: string) => DataFile | undefined
}

const nowhere = { file: sourceFile('', ''), start: 0, end: 0 }

/**
 * Looks a key up with the top scope of a node, as `puppet lookup --explain` does: without compiling the environment's
 * manifests unless asked to.
 */
export function lookupForNode(environment: Environment, node: NodeRequest, request: KeyRequest): KeyLookup {
  const state = makeState(environment, node)
  const explainer = new Explainer()
  const further = new Explainer()
  let value: Value | undefined
  let diagnostics: readonly Diagnostic[] = []
  let logs: readonly Log[] = []
  let failure: Diagnostic | undefined
  let keys: readonly LookupKey[] = []
  const { hiera } = state
  try {
    keys = request.keys.map(lookupKey)
    compileCatalog(state, request.compile ? node : { ...withoutClasses(node), code: sourceFile('', 'undef') })
    const context = callContext(state.top, nowhere)
    const asked = {
      names: request.keys,
      ...(request.merge ? { merge: request.merge } : {}),
      ...(request.type === undefined ? {} : { valueType: parseType(request.type, state.types) }),
      ...(request.defaultValue === undefined
        ? {}
        : { defaultValue: string(request.defaultValue, { kind: 'builtin', name: 'the default value' }) }),
      required: true,
    }
    if (hiera) value = lookup(hiera, context, asked, { explain: explainer }).value
    diagnostics = [...state.diagnostics]
    logs = [...state.logs]
    if (hiera && value) askEverywhere(hiera, context, request.keys, further)
  } catch (error) {
    failure = atData(withSimilarKeys(diagnosticOf(error, state), state, keys))
    diagnostics = [...state.diagnostics]
    logs = [...state.logs]
  }
  const options = new Map<string, KeyOptions>()
  const merges = new Map<string, ChosenMerge>()
  for (const key of keys) {
    const own = hiera && optionsOf(hiera, key)
    if (own) options.set(key.text, own)
    merges.set(key.text, chosenMerge(request.merge, own))
  }
  return {
    ...(value ? { value } : {}),
    explanation: explainer.root,
    everywhere: further.root,
    options,
    merges,
    diagnostics: normaliseDiagnostics([...diagnostics, ...(failure ? [failure] : [])]),
    logs,
    secrets: state.secrets,
    dataFile: (path) => findDataFile(hiera, path),
  }
}

function withoutClasses({ classes: _, ...node }: NodeRequest): NodeRequest {
  return node
}

/** Nobody called, so what the data have to do with a failure is where it is. */
function atData(failure: Diagnostic): Diagnostic {
  const [first, ...rest] = failure.related ?? []
  if (failure.span?.file.path || !first) return failure
  const { related: _, ...others } = failure
  return { ...others, span: first.span, ...(rest.length > 0 ? { related: rest } : {}) }
}

/** A key that nobody has is often a misspelt one. */
function withSimilarKeys(failure: Diagnostic, state: State, keys: readonly LookupKey[]): Diagnostic {
  if (failure.code !== 'hiera/not-found' || failure.remedy !== undefined) return failure
  const known = new Set<string>()
  for (const files of state.hiera?.hiera.parsed.values() ?? [])
    for (const file of files.values())
      if (file?.value?.kind === 'hash')
        for (const { key } of file.value.entries.values())
          if (key.kind === 'string' && key.value !== 'lookup_options') known.add(key.value)
  const near = keys.flatMap(({ root }) => similarKeys(root, known)).map((key) => `'${key}'`)
  return near.length === 0 ? failure : { ...failure, remedy: `Did you mean ${near.join(' or ')}?` }
}

/** A look-up stops at the first value found; what the levels below have is read with a merge that never stops. */
function askEverywhere(hiera: NodeHiera, context: CallContext, keys: readonly string[], explain: Explainer): void {
  const merge = string('deep', { kind: 'builtin', name: 'rehearse' })
  // A fault in a level that Puppet never asks is none; the levels before it are told.
  failing(() => lookup(hiera, context, { names: keys, merge, required: false }, { explain }))
}

/** Whether it failed. */
function failing(run: () => unknown): boolean {
  try {
    run()
    return false
  } catch (error) {
    if (error instanceof Failure || error instanceof ControlFlow) return true
    throw error
  }
}

/** What each level of a compiled node has for a key, with the variables of its top scope. */
export function levelsOfKey(
  hiera: NodeHiera,
  context: CallContext,
  key: string,
): Pick<KeyLookup, 'value' | 'explanation' | 'everywhere' | 'dataFile'> {
  const [explain, further] = [new Explainer(), new Explainer()]
  let value: Value | undefined
  const failed = failing(() => {
    value = lookup(hiera, context, { names: [key], required: false }, { explain }).value
  })
  if (!failed) askEverywhere(hiera, context, [key], further)
  return {
    ...(value ? { value } : {}),
    explanation: explain.root,
    everywhere: further.root,
    dataFile: (path) => findDataFile(hiera, path),
  }
}

/** The `lookup_options` that Hiera has collected for a key. */
function optionsOf(hiera: NodeHiera, key: LookupKey): KeyOptions | undefined {
  const known = hiera.lookupOptions.get(key.module)
  if (!known) return undefined
  const own = known.byKey.get(key.root)
  const pattern = known.byPattern.find((candidate) => matchesPattern([candidate.pattern], key.root))
  const options = own ?? pattern?.options
  if (options?.kind !== 'hash') return undefined
  return { name: own ? key.root : (pattern?.pattern ?? key.root), options }
}

function chosenMerge(asked: Value | undefined, options: KeyOptions | undefined): ChosenMerge {
  if (asked) return { by: 'request', merge: asked }
  const merge = options && hashGet(options.options, 'merge')
  return merge && merge.kind !== 'undef' ? { by: 'lookup_options', merge } : { by: 'default' }
}

function findDataFile(node: NodeHiera | undefined, path: string): DataFile | undefined {
  for (const files of node?.hiera.parsed.values() ?? [])
    for (const file of files.values()) if (file?.path === path) return file
  return undefined
}
