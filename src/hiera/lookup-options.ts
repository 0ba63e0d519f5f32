import { fail } from '../source/diagnostic.ts'
import { matchesPattern } from '../types/strings.ts'
import { type HashValue, hashGet, type Value } from '../value/value.ts'
import { type Invocation, invoke, within } from './invocation.ts'
import { type LookupKey, lookupKey } from './key.ts'
import { lookupInLayer, openLayer } from './layer.ts'
import { hashStrategy, lookupVariants, mergeTwo } from './merge.ts'
import type { LookupOptions } from './node-hiera.ts'
import { lookupError } from './problems.ts'
import { lookupGlobal, lookupInEnvironment, lookupInModule } from './stack.ts'

const optionsKey = lookupKey('lookup_options')

/** The `lookup_options` of a key: those of its own name, or of the first pattern that matches it. */
export function lookupOptionsFor(key: LookupKey, invocation: Invocation): HashValue | undefined {
  const { lookupOptions } = invocation.node
  if (!lookupOptions.has(key.module)) lookupOptions.set(key.module, retrieve(key.module, invocation))
  return optionsOf(key, lookupOptions.get(key.module))
}

function optionsOf(key: LookupKey, options: LookupOptions | undefined): HashValue | undefined {
  const own = options?.byKey.get(key.root)
  const found = own ?? options?.byPattern.find(({ pattern }) => matchesPattern([pattern], key.root))?.options
  return found?.kind === 'hash' ? found : undefined
}

/** The merge that a module's default hierarchy asks for with `lookup_options` of its own. */
export function defaultMergeFor(key: LookupKey, module: string, invocation: Invocation): Value | undefined {
  const { defaultOptions } = invocation.node
  if (!defaultOptions.has(module)) {
    const meta = invoke(invocation, invocation.node, invocation.context)
    meta.module = module
    const found = within(
      invocation,
      () => ({ kind: 'scope', name: 'Searching for "lookup_options"' }),
      () => {
        const layer = openLayer(meta, 'module', module)
        return layer && lookupInLayer(layer, optionsKey, meta, hashStrategy, 'fallback')
      },
    )
    defaultOptions.set(module, compile(validate(found, module)))
  }
  const options = optionsOf(key, defaultOptions.get(module))
  return options && hashGet(options, 'merge')
}

function retrieve(module: string | undefined, invocation: Invocation): LookupOptions | undefined {
  const { node } = invocation
  const meta = invoke(invocation, node, invocation.context)
  meta.module = module
  meta.topKey = optionsKey.text
  return within(
    meta,
    () => ({ kind: 'search', for: 'options', key: optionsKey.text }),
    () => {
      if (meta.globalOnly) return compile(globalOptions(meta))
      const shared = environmentOptions(meta)
      if (module === undefined) return compile(shared)
      if (!node.lookupOptions.has(undefined)) node.lookupOptions.set(undefined, compile(shared))
      const own = validate(lookupInModule(optionsKey, meta, hashStrategy), module)
      if (!shared || !own) return compile(own ?? shared)
      const both = lookupVariants(hashStrategy, [shared, own], meta, (options) =>
        within(
          meta,
          () => ({ kind: 'scope', name: options === shared ? 'Global and Environment' : `Module ${module}` }),
          () => {
            meta.explain?.found(optionsKey.text, options)
            return options
          },
        ),
      )
      return compile(both?.kind === 'hash' ? both : undefined)
    },
  )
}

function globalOptions(meta: Invocation): HashValue | undefined {
  const { layerOptions } = meta.node
  if (!layerOptions.has('global'))
    layerOptions.set('global', validate(lookupGlobal(optionsKey, meta, hashStrategy), undefined))
  return layerOptions.get('global')
}

function environmentOptions(meta: Invocation): HashValue | undefined {
  const { layerOptions } = meta.node
  if (!layerOptions.has('both')) {
    const global = globalOptions(meta)
    const own = validate(lookupInEnvironment(optionsKey, meta, hashStrategy), undefined)
    const merged = global && own ? mergeTwo(hashStrategy, global, own) : (own ?? global)
    layerOptions.set('both', merged?.kind === 'hash' ? merged : undefined)
  }
  return layerOptions.get('both')
}

function validate(options: Value | undefined, module: string | undefined): HashValue | undefined {
  if (options === undefined || options.kind === 'undef') return undefined
  const place = 'span' in options.origin ? options.origin.span : undefined
  const detail = place ? { span: place } : {}
  if (options.kind !== 'hash') return fail(lookupError(['value of lookup_options must be a hash'], detail))
  if (module === undefined) return options
  for (const { key } of options.entries.values()) {
    const text = key.kind === 'string' ? key.value : ''
    const at = 'span' in key.origin && key.origin.span ? { span: key.origin.span } : detail
    if (text.startsWith('^')) {
      if (!text.startsWith(`${module}::`, 1))
        fail(lookupError([`all lookup_options patterns must match a key starting with module name '${module}'`], at))
    } else if (!text.startsWith(`${module}::`))
      fail(lookupError([`all lookup_options keys must start with module name '${module}'`], at))
  }
  return options
}

function compile(options: HashValue | undefined): LookupOptions | undefined {
  if (!options) return undefined
  const byKey = new Map<string, Value>()
  const byPattern: { pattern: string; options: Value }[] = []
  for (const { key, value } of options.entries.values()) {
    if (key.kind !== 'string') continue
    if (key.value.startsWith('^')) byPattern.push({ pattern: key.value, options: value })
    else byKey.set(key.value, value)
  }
  return { byKey, byPattern }
}
