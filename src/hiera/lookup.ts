import { Failure, fail } from '../source/diagnostic.ts'
import { parseType } from '../types/parse.ts'
import { printValue } from '../types/print.ts'
import { refusedData } from '../types/refused-data.ts'
import type { LookupRequest } from '../value/function.ts'
import { isFixed, unknownOrigin, wholeOrigin } from '../value/origin.ts'
import { array, type HashValue, hashGet, string, typeValue, type Value } from '../value/value.ts'
import { assertInstance } from './assert.ts'
import { Explainer, type ExplainStep } from './explain.ts'
import { type Invocation, invoke, type LookupScope, within } from './invocation.ts'
import { dig, type LookupKey, lookupKey } from './key.ts'
import { lookupInLayer, openLayer } from './layer.ts'
import { defaultMergeFor, lookupOptionsFor } from './lookup-options.ts'
import { lookupVariants, type Strategy, strategyOf } from './merge.ts'
import type { NodeHiera } from './node-hiera.ts'
import { lookupError, notFound } from './problems.ts'
import { relocate } from './relocate.ts'
import type { Hiera } from './sources.ts'
import { lookupGlobal, lookupInEnvironment, lookupInModule } from './stack.ts'

export interface LookupResult {
  /** Left out: nothing was found, and nothing was given to stand in for it. */
  readonly value?: Value
  /** What was tried, in order; empty where no explanation was asked for. */
  readonly explanation: readonly ExplainStep[]
}

/** Hiera for one node of an environment; every catalog needs its own, as it keeps what depends on the node's variables. */
export function forNode(hiera: Hiera): NodeHiera {
  return {
    hiera,
    search: searchInterpolated,
    current: undefined,
    layers: new Map(),
    lookupOptions: new Map(),
    layerOptions: new Map(),
    defaultOptions: new Map(),
    warned: new Set(),
    reads: { files: new Set(), missing: new Set(), keys: new Set() },
  }
}

/**
 * What `lookup` answers (Puppet's documentation of the function `lookup`): overrides, data of all layers, the hash of
 * default values, the block, the default value, in this order. Fails with a Failure in Puppet's words; an explainer of
 * the caller's own holds the steps until then.
 */
export function lookup(
  node: NodeHiera,
  context: LookupScope,
  request: LookupRequest,
  options: { readonly explain?: boolean | Explainer } = {},
): LookupResult {
  const explain = options.explain === true ? new Explainer() : options.explain || undefined
  const invocation = invoke(node.current, node, context, {
    overrides: hashOrNone(request.override),
    defaults: hashOrNone(request.defaultValues),
    explain,
    ...(request.hiera ? { hiera: true } : {}),
  })
  if (request.hiera && !invocation.globalOnly)
    invocation.globalOnly = (openLayer(invocation, 'environment')?.config.version ?? 0) < 5
  const value = answer(request, invocation)
  return { ...(value === undefined ? {} : { value }), explanation: explain?.root ?? invocation.explain?.root ?? [] }
}

/** Automatic parameter look-up: the value that data give a class's parameter, or `undefined`. */
export function lookupParameter(
  node: NodeHiera,
  context: LookupScope,
  className: string,
  parameter: string,
): Value | undefined {
  return search(`${className}::${parameter}`, invoke(node.current, node, context), undefined)
}

function answer(request: LookupRequest, invocation: Invocation): Value | undefined {
  const { names, valueType } = request
  const typed = (subject: string, value: Value): Value => {
    if (valueType) assertInstance(subject, valueType, value, { related: refusedData('the value', valueType, value) })
    return value
  }
  for (const name of names) {
    const over = invocation.overrides && hashGet(invocation.overrides, name)
    if (over) typed(`Value found for key '${name}' in override hash`, over)
    const value = over ?? search(name, invocation, request.merge)
    if (value !== undefined) return typed('Found value', value)
  }
  for (const name of invocation.defaults ? names : []) {
    const value = hashGet(invocation.defaults as HashValue, name)
    if (value) return typed(`Value found for key '${name}' in default values hash`, value)
  }
  if (request.block) {
    const asked = names.map((name) => string(name, unknownOrigin))
    const argument = asked.length === 1 ? (asked[0] as Value) : array(asked, unknownOrigin)
    return typed('Value returned from default block', request.block.call([argument]))
  }
  if (request.defaultValue) return typed('Default value', request.defaultValue)
  return request.required ? fail(notFound([names])) : undefined
}

/** `%{lookup('…')}`: sees the same overrides and defaults as the look-up that it stands in; nothing found is `''`. */
function searchInterpolated(text: string, outer: Invocation): Value {
  const { overrides, defaults, node, context } = outer
  const invocation = invoke(outer, node, context, {
    ...(overrides ? { overrides } : {}),
    ...(defaults ? { defaults } : {}),
  })
  const over = overrides && hashGet(overrides, text)
  return (
    over ?? search(text, invocation, undefined) ?? (defaults && hashGet(defaults, text)) ?? string('', unknownOrigin)
  )
}

/** Searches all layers for a key and converts what it finds, as `lookup_options` say. */
function search(text: string, invocation: Invocation, merge: Value | undefined): Value | undefined {
  if (text === 'lookup_options' || text.startsWith('lookup_options.'))
    return within(
      invocation,
      () => ({ kind: 'invalid-key', key: 'lookup_options' }),
      () => undefined,
    )
  const { node } = invocation
  node.reads.keys.add(text)
  const key = lookupKey(text)
  const before = node.current
  invocation.topKey = text
  invocation.module = key.module
  node.current = invocation
  try {
    const options = lookupOptionsFor(key, invocation)
    const given = merge?.kind === 'undef' ? undefined : merge
    const chosen = given ?? (options && hashGet(options, 'merge'))
    if (!given && chosen) invocation.explain?.mergeSource('lookup_options')
    const value = within(
      invocation,
      () => ({ kind: 'search', for: 'data', key: text }),
      () => {
        const found = searchLayers(key, invocation, strategyOf(chosen))
        if (found !== undefined || invocation.globalOnly) return found
        const fallback = searchDefaults(key, invocation)
        return fallback && dig(key.text, invocation, key.segments, fallback)
      },
    )
    return value && converted(key, mergedBy(value, chosen), options, invocation)
  } finally {
    node.current = before
  }
}

/**
 * What a merge took from levels below the first is there because `lookup_options`, or the caller, asked for it; and
 * nothing of those levels is there where they asked for the first value.
 */
function mergedBy(value: Value, merge: Value | undefined): Value {
  const { origin } = value
  if (!merge || isFixed(wholeOrigin(merge))) return value
  const by = { origin: wholeOrigin(merge), reads: [] }
  if (strategyOf(merge).name === 'first') return relocate(value, (from) => ({ kind: 'chosen', from, by }))
  if (origin.kind !== 'operation') return value
  const first = merge.kind === 'hash' && hashGet(merge, 'knockout_prefix') ? undefined : origin.span.file
  return relocate(value, (from) =>
    from.kind === 'hiera' && from.span.file !== first ? { kind: 'chosen', from, by } : from,
  )
}

function searchLayers(key: LookupKey, invocation: Invocation, strategy: Strategy): Value | undefined {
  const value = invocation.globalOnly
    ? lookupGlobal(key, invocation, strategy)
    : lookupVariants(strategy, [lookupGlobal, lookupInEnvironment, lookupInModule], invocation, (look) =>
        look(key, invocation, strategy),
      )
  return value && dig(key.text, invocation, key.segments, value)
}

function searchDefaults(key: LookupKey, invocation: Invocation): Value | undefined {
  const { module } = invocation
  if (module === undefined) return undefined
  const layer = openLayer(invocation, 'module', module)
  if (!layer?.config.defaultHierarchy) return undefined
  const name = `Searching default_hierarchy of module "${module}"`
  return within(
    invocation,
    () => ({ kind: 'scope', name }),
    () => {
      const strategy = strategyOf(defaultMergeFor(key, module, invocation))
      return within(
        invocation,
        () => ({ kind: 'scope', name: `Searching for "${key.text}"` }),
        () => lookupInLayer(layer, key, invocation, strategy, 'fallback'),
      )
    },
  )
}

function converted(key: LookupKey, value: Value, options: HashValue | undefined, invocation: Invocation): Value {
  const convertTo = options && hashGet(options, 'convert_to')
  if (!convertTo || convertTo.kind === 'undef') return value
  const [wanted, ...rest] = convertTo.kind === 'array' ? convertTo.values : [convertTo]
  const place = 'span' in convertTo.origin && convertTo.origin.span ? { span: convertTo.origin.span } : {}
  const { context } = invocation
  let type: Value = wanted ?? convertTo
  if (type.kind === 'string') {
    const source = type.value
    type = rethrown(
      () => typeValue(parseType(source, context.types), (wanted ?? convertTo).origin),
      (message) =>
        `Invalid data type in lookup_options for key '${key.text}' could not parse '${source}', error: '${message}`,
      place,
    )
  }
  const result = rethrown(
    () => context.call('new', [type, value, ...rest]),
    (message) => `The convert_to lookup_option for key '${key.text}' raised error: ${message}`,
    place,
  )
  invocation.explain?.text(
    `Applying convert_to lookup_option with arguments [${[type, ...rest].map((v) => printValue(v)).join(', ')}]`,
  )
  return result
}

function rethrown(run: () => Value, message: (cause: string) => string, place: object): Value {
  try {
    return run()
  } catch (error) {
    if (error instanceof Failure) return fail(lookupError([message(error.diagnostic.message)], place))
    throw error
  }
}

function hashOrNone(value: Value | undefined): HashValue | undefined {
  return value?.kind === 'hash' ? value : undefined
}
