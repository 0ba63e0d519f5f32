import { type Diagnostic, define } from '../source/diagnostic.ts'
import { type SourceFile, type Span, span } from '../source/source-file.ts'
import type { Origin } from '../value/origin.ts'
import { array, type HashEntry, hashKey, string, type Value } from '../value/value.ts'
import { LateEntry, type StretchReader } from './late-entry.ts'
import {
  type OpenEntries,
  parseYamlDocument,
  parseYamlNode,
  type YamlEntries,
  type YamlMapping,
  type YamlNode,
  type YamlScalar,
  type YamlSequence,
} from './yaml-parser.ts'
import { plainScalar, symbol, taggedFloat, unspecified, YamlLoadError } from './yaml-scalars.ts'
import { YamlSyntaxError } from './yaml-scanner.ts'

const yamlSyntax = define('error', 'hiera/yaml-syntax', (problem: string) => problem)
const yamlLoad = define('error', 'hiera/yaml-load', (problem: string) => problem)
const yamlAliasCycle = define(
  'error',
  'hiera/yaml-alias-cycle',
  (name: string) => `The alias *${name} stands inside the node that it names, so the value has no end`,
)
const yamlAliasesMultiply = define(
  'error',
  'hiera/yaml-aliases-multiply',
  (name: string) =>
    `With the alias *${name}, the aliases of this file stand for more than ${mostAliased.toLocaleString('en')} values`,
)
const yamlDuplicateKey = define(
  'warning',
  'hiera/duplicate-key',
  (key: string) => `The key '${key}' stands twice in this mapping; the last value counts`,
)

export interface YamlResult {
  /** Left out for an empty document and after an error. */
  readonly value?: Value
  readonly diagnostics: readonly Diagnostic[]
}

export interface YamlOptions {
  /**
   * What Ruby objects, dates and times become: `refuse` (as Puppet reads Hiera data) or `plain`: hashes and strings, and
   * symbols become strings (for fact files that Ruby wrote).
   */
  readonly objects?: 'refuse' | 'plain'
}

/** Control characters that no YAML text may hold; everything else above space is printable to libyaml. */
const unprintable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/

/**
 * The first document of a YAML text as values, read as Ruby's Psych reads it for Puppet (YAML 1.1). Every value's
 * origin is a literal with the span of its own node; an alias gives the very value of its anchor.
 *
 * An error's message is Psych's: `did not find expected key while parsing a block mapping at line 1 column 1`.
 */
export function parseYaml(file: SourceFile, options: YamlOptions = {}): YamlResult {
  const builder = new Builder(file, options.objects ?? 'refuse')
  const bad = unprintable.exec(file.text)
  if (bad)
    return {
      diagnostics: [
        yamlSyntax(['control characters are not allowed at line 1 column 1'], {
          span: at(file, bad.index, bad.index + 1),
        }),
      ],
    }
  try {
    const root = parseYamlDocument(file.text, builder.openEntries)
    if (!root) return { diagnostics: [] }
    return { value: builder.document(root), diagnostics: builder.diagnostics }
  } catch (error) {
    if (error instanceof YamlSyntaxError)
      return { diagnostics: [...builder.diagnostics, syntaxDiagnostic(file, error)] }
    if (error instanceof Refusal) return { diagnostics: [...builder.diagnostics, error.diagnostic] }
    throw error
  }
}

function at(file: SourceFile, start: number, end: number): Span {
  return span(file, start, Math.min(end, file.text.length))
}

function syntaxDiagnostic(file: SourceFile, error: YamlSyntaxError): Diagnostic {
  // Psych counts YAML's line breaks, of which there are more than ours, and characters; its column 1 is the first.
  const lines = file.text.slice(0, error.contextAt).split(/\r\n|[\n\r\x85\u2028\u2029]/)
  // The end of a text without a last line break is on a line of its own.
  if (error.contextAt === file.text.length && lines.at(-1) !== '') lines.push('')
  const line = lines.length
  const column = [...(lines.at(-1) as string)].length + 1
  return yamlSyntax([`${error.message} at line ${line} column ${column}`], {
    span: at(file, error.problemAt, error.problemAt + 1),
    ...(error.context !== undefined && error.contextAt !== error.problemAt
      ? { related: [{ message: error.context, span: at(file, error.contextAt, error.contextAt + 1) }] }
      : {}),
  })
}

function literal(file: SourceFile, start: number, end: number): Origin {
  return { kind: 'literal', span: { file, start, end } }
}

class Refusal extends Error {
  readonly diagnostic: Diagnostic
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message)
    this.diagnostic = diagnostic
  }
}

const open = Symbol('open')

/** Values that a file may hold beyond those that are written in it; no data come near. */
const mostAliased = 1_000_000

class Builder implements StretchReader {
  readonly diagnostics: Diagnostic[] = []
  readonly #file: SourceFile
  readonly #plain: boolean
  readonly #anchors = new Map<string, Value | typeof open>()
  /** How many values the aliases so far stand for, and how many an anchor's value has. */
  #aliased = 0
  readonly #sizes = new Map<string, number>()
  #made = 0

  constructor(file: SourceFile, objects: 'refuse' | 'plain') {
    this.#file = file
    this.#plain = objects === 'plain'
  }

  /** The entries of the document, and what was refused in them: that counts only where the whole text is YAML. */
  #entries: Map<string, HashEntry> | undefined
  #refusal: Refusal | undefined

  readonly openEntries: OpenEntries = (root) => {
    const entries = new Map<string, HashEntry>()
    this.#entries = entries
    let into: YamlEntries | undefined
    const attempt = (run: () => void): void => {
      if (this.#refusal) return
      try {
        run()
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        this.#refusal = error
      }
    }
    attempt(() => {
      if (root.anchor !== undefined) this.#anchors.set(root.anchor, open)
      into = this.#entriesInto(root, entries)
    })
    return {
      parsed: (key, value) => attempt(() => into?.parsed(key, value)),
      skimmed: (entry) => attempt(() => into?.skimmed(entry)),
    }
  }

  lateKey(start: number, end: number): Value {
    const { text } = this.#file
    const quotes = /["']/.test(text.charAt(start)) ? 1 : 0
    return string(text.slice(start + quotes, end - quotes), literal(this.#file, start, end))
  }

  lateValue(start: number, end: number): Value {
    return this.value(parseYamlNode(this.#file.text, start, end))
  }

  /** The value of a document whose entries may have been read already. */
  document(root: YamlNode): Value {
    if (!this.#entries) return this.value(root)
    if (this.#refusal) throw this.#refusal
    return { kind: 'hash', entries: this.#entries, origin: this.#origin(root) }
  }

  value(node: YamlNode): Value {
    this.#made++
    switch (node.kind) {
      case 'scalar': {
        const value = this.#scalar(node)
        if (node.anchor !== undefined) this.#anchors.set(node.anchor, value)
        return value
      }
      case 'alias': {
        const value = this.#anchors.get(node.name)
        const place = at(this.#file, node.start, node.end)
        if (value === undefined) throw new Refusal(yamlLoad([`Unknown alias: ${node.name}`], { span: place }))
        if (value === open) throw new Refusal(yamlAliasCycle([node.name], { span: place }))
        this.#aliased += this.#sizes.get(node.name) ?? 0
        if (this.#aliased > mostAliased) throw new Refusal(yamlAliasesMultiply([node.name], { span: place }))
        return value
      }
      case 'sequence': {
        return this.#collection(node.anchor, () => this.#sequence(node))
      }
      case 'mapping': {
        return this.#collection(node.anchor, () => this.#mapping(node))
      }
    }
  }

  #collection(anchor: string | undefined, make: () => Value): Value {
    if (anchor === undefined) return make()
    this.#anchors.set(anchor, open)
    const before = this.#made + this.#aliased
    const value = make()
    this.#anchors.set(anchor, value)
    this.#sizes.set(anchor, this.#made + this.#aliased - before)
    return value
  }

  #origin(node: YamlNode): Origin {
    return literal(this.#file, node.start, node.end)
  }

  /** Runs a conversion that Psych may refuse; where plain values are wanted instead, the text is kept. */
  #load(node: YamlScalar, convert: () => Value): Value {
    try {
      const value = convert()
      return this.#plain && value.kind === 'opaque' ? string(value.text ?? node.value, value.origin) : value
    } catch (error) {
      if (!(error instanceof YamlLoadError)) throw error
      if (this.#plain) return string(node.value, this.#origin(node))
      throw new Refusal(yamlLoad([error.message], { span: at(this.#file, node.start, node.end) }))
    }
  }

  #scalar(node: YamlScalar): Value {
    const origin = this.#origin(node)
    if (node.quoted) return string(node.value, origin)
    const { tag } = node
    if (tag === undefined && !this.#plain) return this.#untagged(node, origin)
    return this.#load(node, () => {
      if (tag === undefined) return plainScalar(node.value, origin)
      if (tag === '!binary' || tag === 'tag:yaml.org,2002:binary') return binary(node.value, origin)
      const text = /^!(?:str|ruby\/string)(?::(.*))?$/.exec(tag)
      if (text?.[1]) throw unspecified(text[1])
      if (text || tag === 'tag:yaml.org,2002:str') return string(node.value, origin)
      if (tag === 'tag:yaml.org,2002:float' || tag === '!float') return taggedFloat(node.value, origin)
      if (/^!ruby\/sym(?:bol)?:?/.test(tag)) return symbol(node.value, origin)
      const refused = refusedScalars[tag]
      if (refused !== undefined) throw unspecified(refused)
      if (tag === '!ruby/class' || tag === '!ruby/module') throw unspecified(node.value)
      return plainScalar(node.value, origin)
    })
  }

  #untagged(node: YamlScalar, origin: Origin): Value {
    try {
      return plainScalar(node.value, origin)
    } catch (error) {
      if (!(error instanceof YamlLoadError)) throw error
      throw new Refusal(yamlLoad([error.message], { span: at(this.#file, node.start, node.end) }))
    }
  }

  /** `end` is not known of a document that is still being read. */
  #refuse({ start, end = start + 1 }: { readonly start: number; readonly end?: number }, className: string): void {
    if (this.#plain) return
    const error = unspecified(className)
    throw new Refusal(yamlLoad([error.message], { span: at(this.#file, start, end) }))
  }

  #sequence(node: YamlSequence): Value {
    const { tag } = node
    const named = tag === undefined ? undefined : /^!(?:seq|ruby\/array):(.*)$/.exec(tag)?.[1]
    if (named) this.#refuse(node, named)
    if (tag === '!omap' || tag === 'tag:yaml.org,2002:omap') {
      const entries = new Map<string, HashEntry>()
      for (const item of node.items) {
        const [key, value] = item.kind === 'mapping' ? (item.pairs[0] ?? []) : []
        if (key && value) this.#put(entries, this.value(key), this.value(value), new Set())
      }
      return { kind: 'hash', entries, origin: this.#origin(node) }
    }
    return array(
      node.items.map((item) => this.value(item)),
      this.#origin(node),
    )
  }

  #mapping(node: YamlMapping): Value {
    const entries = new Map<string, HashEntry>()
    const { parsed } = this.#entriesInto(node, entries)
    for (const [key, value] of node.pairs) parsed(key, value)
    return { kind: 'hash', entries, origin: this.#origin(node) }
  }

  #entriesInto(
    node: Pick<YamlMapping, 'tag' | 'start'> & { readonly end?: number },
    entries: Map<string, HashEntry>,
  ): YamlEntries {
    const refused = node.tag === undefined ? undefined : refusedMapping(node.tag)
    if (refused !== undefined) this.#refuse(node, refused)
    // Keys that came in by `<<` are meant to be overridden; a second one of the mapping's own is a slip.
    const merged = new Set<string>()
    return {
      parsed: (keyNode, valueNode) => {
        const key = this.value(keyNode)
        const value = this.value(valueNode)
        if (isMergeKey(key, keyNode) && mergeInto(entries, valueNode, value))
          for (const name of entries.keys()) merged.add(name)
        else this.#put(entries, key, value, merged)
      },
      skimmed: ({ name, start, keyEnd, valueStart, end }) =>
        this.#set(entries, `'${name}`, new LateEntry(this, start, keyEnd, valueStart, end), merged),
    }
  }

  /** The last value of a key counts; Puppet makes strings of symbols that are keys. */
  #put(entries: Map<string, HashEntry>, key: Value, value: Value, merged: Set<string>): void {
    const plain = key.kind === 'opaque' ? string(key.text ?? '', key.origin) : key
    this.#set(entries, hashKey(plain), { key: plain, value }, merged)
  }

  #set(entries: Map<string, HashEntry>, name: string, entry: HashEntry, merged: Set<string>): void {
    const before = entries.get(name)
    const isSecond = before && !merged.delete(name)
    if (isSecond && entry.key.origin.kind === 'literal' && before.key.origin.kind === 'literal')
      this.diagnostics.push(
        yamlDuplicateKey([name.replace(/^'/, '')], {
          span: entry.key.origin.span,
          related: [{ message: 'the first one is here', span: before.key.origin.span }],
        }),
      )
    entries.set(name, entry)
  }
}

function isMergeKey(key: Value, node: YamlNode): boolean {
  return (
    key.kind === 'string' && key.value === '<<' && !(node.kind === 'scalar' && node.tag === 'tag:yaml.org,2002:str')
  )
}

/** Psych's `<<`: hashes are merged over what stands before; of a list, the first hash wins. `false`: an ordinary key. */
function mergeInto(entries: Map<string, HashEntry>, node: YamlNode, value: Value): boolean {
  if (node.kind === 'scalar') return false
  if (node.kind === 'sequence') {
    if (value.kind !== 'array' || !value.values.every((v) => v.kind === 'hash')) return false
    const merged = new Map<string, HashEntry>()
    for (const one of [...value.values].reverse())
      if (one.kind === 'hash') for (const [name, entry] of one.entries) merged.set(name, entry)
    for (const [name, entry] of merged) entries.set(name, entry)
    return true
  }
  if (value.kind !== 'hash') return false
  for (const [name, entry] of value.entries) entries.set(name, entry)
  return true
}

const refusedScalars: Readonly<Record<string, string>> = {
  '!ruby/object:BigDecimal': 'BigDecimal',
  '!ruby/object:DateTime': 'DateTime',
  '!ruby/object:Complex': 'Complex',
  '!ruby/object:Rational': 'Rational',
  '!ruby/regexp': 'Regexp',
  '!ruby/range': 'Range',
}

/** The class that a tagged mapping would need, none of which Puppet permits. */
function refusedMapping(tag: string): string | undefined {
  const struct = /^!ruby\/struct:?(.*)$/.exec(tag)
  if (struct) return struct[1] || 'Struct'
  const object = /^!ruby\/object:?(.*)$/.exec(tag)
  if (object) return object[1] === 'Hash' ? undefined : object[1] || 'Object'
  const text = /^!(?:str|ruby\/string)(?::(.+))?$/.exec(tag)
  if (text) return text[1]
  const named = /^!(?:ruby\/array|map|ruby\/hash|ruby\/marshalable|ruby\/hash-with-ivars):(.+)$/.exec(tag)
  if (named) return named[1]
  if (tag === '!ruby/range') return 'Range'
  const exception = /^!ruby\/exception:?(.*)$/.exec(tag)
  if (exception) return exception[1] || 'Exception'
  if (tag === '!set' || tag === 'tag:yaml.org,2002:set') return 'Psych::Set'
  if (tag === '!omap' || tag === 'tag:yaml.org,2002:omap') return 'Psych::Omap'
  return undefined
}

/** Ruby's `unpack('m')`: characters that are not base64 are skipped. Bytes that are not UTF-8 stay bytes. */
function binary(text: string, origin: Origin): Value {
  const bytes = Uint8Array.from(Buffer.from(text.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64'))
  try {
    return string(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), origin)
  } catch {
    return { kind: 'binary', bytes, origin }
  }
}
