import { YamlScanner, YamlSyntaxError, type YamlToken } from './yaml-scanner.ts'
import type { SkimmedEntry } from './yaml-skim.ts'

/** A node of a YAML document before its scalars mean anything. Offsets are UTF-16, half-open, without tag and anchor. */
export type YamlNode = YamlScalar | YamlSequence | YamlMapping | YamlAlias

interface NodeBase {
  readonly start: number
  end: number
  /** Resolved: `tag:yaml.org,2002:str` for `!!str`. */
  readonly tag: string | undefined
  readonly anchor: string | undefined
}
export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar'
  readonly value: string
  /** Quoted or a block scalar, and without tag: a string whatever it looks like. */
  readonly quoted: boolean
}
export interface YamlSequence extends NodeBase {
  readonly kind: 'sequence'
  readonly items: YamlNode[]
}
export interface YamlMapping extends NodeBase {
  readonly kind: 'mapping'
  readonly pairs: [YamlNode, YamlNode][]
}
interface YamlAlias {
  readonly kind: 'alias'
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Deeper documents are refused: nothing that people write comes near. */
const maximumDepth = 500

const standardHandles: readonly (readonly [string, string])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
]

/** Takes the entries of a block mapping in their order: parsed, or known to be valid and left unread. */
export interface YamlEntries {
  readonly parsed: (key: YamlNode, value: YamlNode) => void
  /** The entry's object is used again for the next one. */
  readonly skimmed: (entry: SkimmedEntry) => void
}

/**
 * Takes the entries of a document that is a block mapping, so that the nodes of a large file need not all be made, and
 * none be kept; such a document's own node has no pairs.
 */
export type OpenEntries = (root: Omit<YamlMapping, 'end' | 'pairs'>) => YamlEntries

/** The first document of a text, `undefined` where there is none. Throws a YamlSyntaxError. */
export function parseYamlDocument(text: string, open?: OpenEntries): YamlNode | undefined {
  return new YamlParser(new YamlScanner(text), open).document()
}

/** The value of an entry that was skimmed over. */
export function parseYamlNode(text: string, start: number, end: number): YamlNode {
  return new YamlParser(new YamlScanner(text.slice(0, end), start)).node()
}

/** Recursive descent over libyaml's grammar; each method stands below the production that it reads. */
class YamlParser {
  readonly #scanner: YamlScanner
  readonly #handles = new Map<string, string>(standardHandles)
  #depth = 0

  readonly #open: OpenEntries | undefined

  constructor(scanner: YamlScanner, open?: OpenEntries) {
    this.#scanner = scanner
    this.#open = open
  }

  #kind(): YamlToken['kind'] {
    return this.#scanner.peek().kind
  }

  #next(): YamlToken {
    const token = this.#scanner.peek()
    this.#scanner.skip()
    return token
  }

  // document ::= DIRECTIVE* DOCUMENT-START? block_node? DOCUMENT-END?
  document(): YamlNode | undefined {
    let kind = this.#kind()
    if (kind === 'stream-end') return undefined
    let explicit = false
    const declared = new Set<string>()
    let version = false
    while (kind === 'version-directive' || kind === 'tag-directive') {
      const token = this.#next()
      if (token.kind === 'tag-directive') {
        if (declared.has(token.handle))
          throw new YamlSyntaxError('found duplicate %TAG directive', token.start, undefined, 0)
        declared.add(token.handle)
        this.#handles.set(token.handle, token.prefix)
      } else {
        if (version) throw new YamlSyntaxError('found duplicate %YAML directive', token.start, undefined, 0)
        version = true
      }
      explicit = true
      kind = this.#kind()
    }
    // Psych says "line 1 column 1" of errors that have no context.
    const bare = kind !== 'document-start'
    if (!bare) this.#next()
    else if (explicit)
      throw new YamlSyntaxError('did not find expected <document start>', this.#scanner.peek().start, undefined, 0)
    const root = bare ? this.#node(true, false) : this.#content()
    this.#kind()
    return root
  }

  #content(): YamlNode {
    switch (this.#kind()) {
      case 'version-directive':
      case 'tag-directive':
      case 'document-start':
      case 'document-end':
      case 'stream-end':
        return this.#empty()
      default:
        return this.#node(true, false)
    }
  }

  #empty(at = this.#scanner.peek().start): YamlScalar {
    return scalar('', false, at, at)
  }

  node(): YamlNode {
    return this.#node(true, true)
  }

  // node ::= ALIAS | properties? content
  #node(block: boolean, indentless: boolean): YamlNode {
    let token = this.#scanner.peek()
    if (token.kind === 'alias') {
      this.#scanner.skip()
      return { kind: 'alias', name: token.name, start: token.start, end: token.end }
    }
    const start = token.start
    let anchor: string | undefined
    let tagToken: (YamlToken & { kind: 'tag' }) | undefined
    let end = start
    for (;;) {
      if (token.kind === 'anchor' && anchor === undefined) anchor = token.name
      else if (token.kind === 'tag' && tagToken === undefined) tagToken = token
      else break
      end = token.end
      this.#scanner.skip()
      token = this.#scanner.peek()
    }
    const tag = tagToken && this.#tag(tagToken, start)
    const properties = { tag, anchor }
    if (indentless && token.kind === 'block-entry') return this.#indentlessSequence(properties)
    switch (token.kind) {
      case 'scalar': {
        this.#scanner.skip()
        const implicit = tag === '!' || (token.plain && tag === undefined)
        return {
          kind: 'scalar',
          value: token.value,
          quoted: !implicit && tag === undefined,
          tag: tag === '!' ? undefined : tag,
          anchor,
          start: token.start,
          end: token.end,
        }
      }
      case 'flow-sequence-start':
        return this.#nested(() => this.#flowSequence(properties))
      case 'flow-mapping-start':
        return this.#nested(() => this.#flowMapping(properties))
      case 'block-sequence-start':
        if (block) return this.#nested(() => this.#blockSequence(properties))
        break
      case 'block-mapping-start':
        if (block) return this.#nested(() => this.#blockMapping(properties))
    }
    if (anchor !== undefined || tag !== undefined)
      return { ...this.#empty(end), tag: tag === '!' ? undefined : tag, anchor }
    throw new YamlSyntaxError(
      'did not find expected node content',
      token.start,
      block ? 'while parsing a block node' : 'while parsing a flow node',
      start,
    )
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > maximumDepth)
      throw new YamlSyntaxError(`nested deeper than ${maximumDepth} levels`, this.#scanner.peek().start)
    const result = read()
    this.#depth--
    return result
  }

  #tag(token: YamlToken & { kind: 'tag' }, start: number): string {
    if (token.handle === '') return token.suffix
    const prefix = this.#handles.get(token.handle)
    if (prefix === undefined)
      throw new YamlSyntaxError('found undefined tag handle', token.start, 'while parsing a node', start)
    return prefix + token.suffix
  }

  // block_sequence ::= BLOCK-SEQUENCE-START (BLOCK-ENTRY block_node?)* BLOCK-END
  #blockSequence(properties: Properties): YamlSequence {
    const { start } = this.#next()
    const items: YamlNode[] = []
    let end = start
    for (;;) {
      const token = this.#next()
      if (token.kind === 'block-end') break
      if (token.kind !== 'block-entry')
        throw new YamlSyntaxError(
          "did not find expected '-' indicator",
          token.start,
          'while parsing a block collection',
          start,
        )
      const kind = this.#kind()
      const item = kind === 'block-entry' || kind === 'block-end' ? this.#empty(token.end) : this.#node(true, false)
      items.push(item)
      end = item.end
    }
    return { kind: 'sequence', items, ...properties, start, end }
  }

  // indentless_sequence ::= (BLOCK-ENTRY block_node?)+
  #indentlessSequence(properties: Properties): YamlSequence {
    const { start } = this.#scanner.peek()
    const items: YamlNode[] = []
    let end = start
    while (this.#kind() === 'block-entry') {
      const token = this.#next()
      const kind = this.#kind()
      const none = kind === 'block-entry' || kind === 'key' || kind === 'value' || kind === 'block-end'
      const item = none ? this.#empty(token.end) : this.#node(true, false)
      items.push(item)
      end = item.end
    }
    return { kind: 'sequence', items, ...properties, start, end }
  }

  // block_mapping ::= BLOCK-MAPPING-START ((KEY block_node_or_indentless_sequence?)? (VALUE …?)?)* BLOCK-END
  #blockMapping(properties: Properties): YamlMapping {
    const { start } = this.#next()
    const pairs: [YamlNode, YamlNode][] = []
    const entries = this.#depth === 1 ? this.#open?.({ kind: 'mapping', ...properties, start }) : undefined
    const take = entries?.parsed ?? ((key: YamlNode, value: YamlNode) => pairs.push([key, value]))
    let end = start
    for (;;) {
      const skimmed = entries && this.#scanner.skim()
      if (skimmed) {
        entries.skimmed(skimmed)
        end = skimmed.end
        continue
      }
      const line = this.#scanner.entry()
      if (line) {
        const { key, keyStart, value, plain, valueStart, valueEnd } = line
        take(scalar(key, false, keyStart, keyStart + key.length), scalar(value, !plain, valueStart, valueEnd))
        end = valueEnd
        continue
      }
      const token = this.#next()
      if (token.kind === 'block-end') break
      if (token.kind !== 'key')
        throw new YamlSyntaxError('did not find expected key', token.start, 'while parsing a block mapping', start)
      const key = this.#blockMappingPart(token.end)
      const after = this.#scanner.peek()
      let value: YamlNode
      if (after.kind === 'value') {
        this.#scanner.skip()
        value = this.#blockMappingPart(after.end)
      } else value = this.#empty(key.end)
      take(key, value)
      end = value.end
    }
    return { kind: 'mapping', pairs, ...properties, start, end }
  }

  #blockMappingPart(at: number): YamlNode {
    const kind = this.#kind()
    return kind === 'key' || kind === 'value' || kind === 'block-end' ? this.#empty(at) : this.#node(true, true)
  }

  // flow_sequence ::= FLOW-SEQUENCE-START (entry FLOW-ENTRY)* entry? FLOW-SEQUENCE-END
  #flowSequence(properties: Properties): YamlSequence {
    const { start } = this.#next()
    const items: YamlNode[] = []
    let first = true
    for (;;) {
      let token = this.#scanner.peek()
      if (token.kind !== 'flow-sequence-end') {
        if (!first) {
          if (token.kind !== 'flow-entry')
            throw new YamlSyntaxError(
              "did not find expected ',' or ']'",
              token.start,
              'while parsing a flow sequence',
              start,
            )
          this.#scanner.skip()
          token = this.#scanner.peek()
        }
        first = false
        if (token.kind === 'key') {
          items.push(this.#pair())
          continue
        }
        if (token.kind !== 'flow-sequence-end') {
          items.push(this.#node(false, false))
          continue
        }
      }
      this.#scanner.skip()
      return { kind: 'sequence', items, ...properties, start, end: token.end }
    }
  }

  // A mapping of one pair without braces: [ KEY node? (VALUE node?)? ]
  #pair(): YamlMapping {
    const { start } = this.#next()
    let token = this.#scanner.peek()
    let key: YamlNode
    if (token.kind === 'value' || token.kind === 'flow-entry' || token.kind === 'flow-sequence-end') {
      // libyaml drops the token here, whatever it is.
      this.#scanner.skip()
      key = this.#empty(token.end)
    } else key = this.#node(false, false)
    token = this.#scanner.peek()
    let value: YamlNode = this.#empty(key.end)
    if (token.kind === 'value') {
      this.#scanner.skip()
      const kind = this.#kind()
      if (kind !== 'flow-entry' && kind !== 'flow-sequence-end') value = this.#node(false, false)
    }
    return { kind: 'mapping', pairs: [[key, value]], tag: undefined, anchor: undefined, start, end: value.end }
  }

  // flow_mapping ::= FLOW-MAPPING-START (entry FLOW-ENTRY)* entry? FLOW-MAPPING-END
  #flowMapping(properties: Properties): YamlMapping {
    const { start } = this.#next()
    const pairs: [YamlNode, YamlNode][] = []
    let first = true
    for (;;) {
      let token = this.#scanner.peek()
      if (token.kind !== 'flow-mapping-end') {
        if (!first) {
          if (token.kind !== 'flow-entry')
            throw new YamlSyntaxError(
              "did not find expected ',' or '}'",
              token.start,
              'while parsing a flow mapping',
              start,
            )
          this.#scanner.skip()
          token = this.#scanner.peek()
        }
        first = false
        if (token.kind === 'key') {
          this.#scanner.skip()
          const key = this.#flowMappingKey()
          let value: YamlNode = this.#empty(key.end)
          if (this.#kind() === 'value') {
            this.#scanner.skip()
            const kind = this.#kind()
            if (kind !== 'flow-entry' && kind !== 'flow-mapping-end') value = this.#node(false, false)
          }
          pairs.push([key, value])
          continue
        }
        if (token.kind !== 'flow-mapping-end') {
          const key = this.#node(false, false)
          pairs.push([key, this.#empty(key.end)])
          continue
        }
      }
      this.#scanner.skip()
      return { kind: 'mapping', pairs, ...properties, start, end: token.end }
    }
  }

  #flowMappingKey(): YamlNode {
    const kind = this.#kind()
    return kind === 'value' || kind === 'flow-entry' || kind === 'flow-mapping-end'
      ? this.#empty()
      : this.#node(false, false)
  }
}

function scalar(value: string, quoted: boolean, start: number, end: number): YamlScalar {
  return { kind: 'scalar', value, quoted, tag: undefined, anchor: undefined, start, end }
}

interface Properties {
  readonly tag: string | undefined
  readonly anchor: string | undefined
}
