import type {
  AttributeOperation,
  AttributesOperation,
  BlockExpression,
  EppExpression,
  Expression,
  HeredocExpression,
  IfExpression,
  Node,
  Parameter,
  Program,
  RenderExpression,
  ResourceForm,
  UnlessExpression,
} from '../../src/puppet/ast.ts'
import { binding, MINUS_BINDING, NOT_BINDING, SPLAT_BINDING } from '../../src/puppet/grammar.ts'
import type { TokenKind } from '../../src/puppet/token.ts'
import { escaped, float, heredoc, integer, quoted, regularExpression, templateText } from './print-text.ts'

/** The source text of a tree, and the nodes that had to be put in parentheses for it. */
export interface Printed {
  readonly text: string
  readonly parenthesised: ReadonlySet<Node>
}

/**
 * The text of a program: a statement a line, texts of heredocs below the line of their tags, so that parts are printed
 * in the order of the text.
 */
export function print(program: Program): Printed {
  return new Printer().program(program)
}

const power = (kind: TokenKind): number => binding.get(kind) as number
const ASSIGNMENT = 0
const RELATIONSHIP = 1
const RESOURCE = 2
const SELECTOR = power('QMARK')
const POSTFIX = power('LBRACK')
/** What binds tighter than this is an expression of the grammar; a resource or a relationship is not. */
const EXPRESSION = power('OR')
const OPERAND = POSTFIX + 1

const arithmetic: Readonly<Record<string, number>> = {
  '+': power('PLUS'),
  '-': power('MINUS'),
  '*': power('TIMES'),
  '/': power('DIV'),
  '%': power('MODULO'),
  '<<': power('LSHIFT'),
  '>>': power('RSHIFT'),
}

/** How tightly a node's own operator binds. */
function powerOf(node: Node): number {
  switch (node.kind) {
    case 'AssignmentExpression':
      return ASSIGNMENT
    case 'RelationshipExpression':
      return RELATIONSHIP
    case 'ResourceExpression':
    case 'ResourceDefaultsExpression':
    case 'ResourceOverrideExpression':
      return RESOURCE
    case 'OrExpression':
      return power('OR')
    case 'AndExpression':
      return power('AND')
    case 'SelectorExpression':
      return SELECTOR
    case 'ComparisonExpression':
      return power(node.operator === '==' || node.operator === '!=' ? 'ISEQUAL' : 'LESSTHAN')
    case 'ArithmeticExpression':
      return arithmetic[node.operator] as number
    case 'MatchExpression':
      return power('MATCH')
    case 'InExpression':
      return power('IN')
    case 'UnaryMinusExpression':
      return MINUS_BINDING
    case 'UnfoldExpression':
      return SPLAT_BINDING
    case 'NotExpression':
      return NOT_BINDING
    case 'AccessExpression':
    case 'NamedAccessExpression':
    case 'CallNamedFunctionExpression':
    case 'CallMethodExpression':
    case 'CollectExpression':
      return POSTFIX
    default:
      return OPERAND
  }
}

const prefixes: ReadonlySet<string> = new Set(['UnaryMinusExpression', 'UnfoldExpression', 'NotExpression'])
const infixes: ReadonlySet<string> = new Set([
  'ArithmeticExpression',
  'ComparisonExpression',
  'MatchExpression',
  'InExpression',
  'AndExpression',
  'OrExpression',
])
/** A name, keyword or number at the start, with nothing or an access after it. */
const lone = /^(?:0x[\da-f]+|\d+(?:\.\d+)?(?:e-?\d+)?|(?:::)?[a-z_]\w*(?:::[a-z]\w*)*)(?=[.[]|$)/
const marks: Readonly<Record<ResourceForm, string>> = { regular: '', virtual: '@', exported: '@@' }

/** `@(` would begin a heredoc, and one is begun by it. */
function marked(form: ResourceForm, text: string): string {
  return `${marks[form]}${form !== 'regular' && /^[@(]/.test(text) ? ' ' : ''}${text}`
}

/** Whether a brace that follows would be taken for the overrides of a collector. */
function endsInCollector(node: Node): boolean {
  if (node.kind === 'CollectExpression') return node.operations.length === 0
  if (prefixes.has(node.kind) && 'expression' in node) return endsInCollector(node.expression)
  return 'right' in node && node.kind !== 'NamedAccessExpression' && endsInCollector(node.right)
}

/** The loosest of the operators that have to be met to read the node from its left end. */
function floor(node: Expression): number {
  if (prefixes.has(node.kind)) return OPERAND
  const own = powerOf(node)
  switch (node.kind) {
    case 'ArithmeticExpression':
    case 'ComparisonExpression':
    case 'MatchExpression':
    case 'InExpression':
    case 'AndExpression':
    case 'OrExpression':
    case 'SelectorExpression':
    case 'AccessExpression':
      return wrapsLeft(node.left, own) ? own : Math.min(own, floor(node.left))
    case 'CallMethodExpression':
      return wrapsLeft(node.functor.left, own) ? own : Math.min(own, floor(node.functor.left))
    case 'CallNamedFunctionExpression':
      return wrapsLeft(node.functor, own) ? own : Math.min(own, floor(node.functor))
    case 'CollectExpression':
      return wrapsLeft(node.type, own) ? own : Math.min(own, floor(node.type))
    default:
      return own
  }
}

/** Whether a node left of an operator needs parentheses: what ends in an operand would give that away to a tighter one. */
function wrapsLeft(node: Expression, own: number): boolean {
  const open = infixes.has(node.kind) || prefixes.has(node.kind)
  return (
    powerOf(node) < EXPRESSION ||
    (open && powerOf(node) < own) ||
    (node.kind === 'TypeAlias' && own === POSTFIX && node.type.kind === 'QualifiedReference')
  )
}

class Printer {
  private readonly parenthesised = new Set<Node>()
  /** Texts of heredocs whose tags stand on the line that is being written. */
  private pending: string[] = []
  /** Names of the classes around, as written. */
  private readonly classes: string[] = []
  /** How many strings are around. */
  private strings = 0

  program(program: Program): Printed {
    const { body } = program
    const text = body.kind === 'EppExpression' ? this.template(body) : this.lines(statementsOf(body))
    return { text, parenthesised: this.parenthesised }
  }

  private lines(statements: readonly Expression[]): string {
    return statements
      .map((statement) => `${this.statement(statement)};\n${this.takeHeredocs()}`)
      .join('')
      .replace(/;\n((?:(?!;\n)[\s\S])*)$/, '\n$1')
  }

  private takeHeredocs(): string {
    const texts = this.pending.join('')
    this.pending = []
    return texts
  }

  private template(epp: EppExpression): string {
    const parameters = epp.parametersSpecified ? `<%- ${this.piped(epp.parameters)} -%>` : ''
    const { statements } = epp.body
    const last = statements.at(-1)
    // Text of which a tag before it has taken everything.
    const trimmed = last?.kind === 'RenderStringExpression' && last.value === ''
    const code = this.statements(trimmed ? statements.slice(0, -1) : statements)
    return `${parameters}<% ${code}${this.heredocsHere()}${trimmed ? ' -%>\n' : ' %>'}`
  }

  /** In a template, lines of heredocs stand within the tag. */
  private heredocsHere(): string {
    return this.pending.length === 0 ? '' : `\n${this.takeHeredocs()}`
  }

  private statements(statements: readonly Expression[]): string {
    return statements.map((statement) => this.statement(statement)).join('; ')
  }

  private statement(node: Expression): string {
    return node.kind === 'BlockExpression' ? this.nameAndHash(node) : this.plain(node)
  }

  /** `name { key => value }`, two statements to the grammar though one expression. */
  private nameAndHash({ statements: [name, hash] }: BlockExpression): string {
    if (name?.kind !== 'QualifiedName' || hash?.kind !== 'LiteralHash') throw new Error('a block stands alone')
    const entries = hash.entries.map((entry) => {
      const { key, value } = entry
      if (key.kind === 'Nop') return this.plain(entry)
      if (key.kind !== 'LiteralString') throw new Error(`${key.kind} as a name`)
      return `${key.value} => ${this.at(value, EXPRESSION)}`
    })
    return `${name.value} { ${entries.join(', ')} }`
  }

  /** A node where the grammar wants something that binds at least as tightly as `least`. */
  private at(node: Expression, least: number): string {
    return this.wrappedWhere(node, powerOf(node) < least)
  }

  /** A node left of an operator. */
  private left(node: Expression, own: number, text = this.plain(node), wrap = false): string {
    return this.wrappedWhere(node, wrap || wrapsLeft(node, own), text)
  }

  private wrappedWhere(node: Expression, wrap: boolean, text = this.plain(node)): string {
    if (!wrap) return text
    this.parenthesised.add(node)
    return `(${text})`
  }

  /** Before the brace of a body. */
  private test(node: Expression): string {
    return this.wrappedWhere(node, powerOf(node) < EXPRESSION || endsInCollector(node))
  }

  private list(nodes: readonly Expression[], least: number = ASSIGNMENT): string {
    return nodes.map((node) => this.at(node, least)).join(', ')
  }

  private plain(node: Node): string {
    switch (node.kind) {
      case 'LiteralUndef':
        return 'undef'
      case 'LiteralDefault':
        return 'default'
      case 'LiteralBoolean':
        return String(node.value)
      case 'LiteralInteger':
        return integer(node.value, node.radix)
      case 'LiteralFloat':
        return float(node.value)
      case 'LiteralString':
        return quoted(node.value)
      case 'LiteralRegularExpression':
        return regularExpression(node.pattern)
      case 'LiteralList':
        return `[${this.list(node.values)}]`
      case 'LiteralHash':
        return node.entries.length === 0 ? '{}' : `{ ${node.entries.map((entry) => this.plain(entry)).join(', ')} }`
      case 'KeyedEntry':
        // What is unfolded without a title is not in the tree.
        if (node.key.kind === 'Nop') return '* => undef'
        return `${this.at(node.key, ASSIGNMENT)} => ${this.at(node.value, ASSIGNMENT)}`
      case 'ConcatenatedString':
        return `"${this.segments(node.segments, '"')}"`
      case 'TextExpression':
        return this.interpolation(node.expression)
      case 'HeredocExpression':
        return this.heredoc(node)
      case 'QualifiedName':
      case 'QualifiedReference':
        return node.value
      case 'ReservedWord':
        return node.word
      case 'VariableExpression':
        return `$${node.name}`
      case 'AccessExpression':
        return `${this.left(node.left, POSTFIX)}[${this.list(node.keys, EXPRESSION)}]`
      case 'NamedAccessExpression':
        return `${this.left(node.left, POSTFIX)}.${this.plain(node.right)}`
      case 'CallNamedFunctionExpression':
        return this.call(this.left(node.functor, POSTFIX), node)
      case 'CallMethodExpression':
        return this.call(this.plain(node.functor), node)
      case 'LambdaExpression':
        return `${this.piped(node.parameters)}${this.returnType(node.returnType)} ${this.body(node.body)}`
      case 'Parameter':
        return this.parameter(node)
      case 'NotExpression':
        return `!${this.operand(node.expression, NOT_BINDING)}`
      case 'UnaryMinusExpression':
        return `-${this.operand(node.expression, MINUS_BINDING)}`
      case 'UnfoldExpression':
        return `*${this.operand(node.expression, SPLAT_BINDING)}`
      case 'ParenthesizedExpression':
        return `(${this.at(node.expression, ASSIGNMENT)})`
      case 'ArithmeticExpression':
      case 'ComparisonExpression':
      case 'MatchExpression':
        return this.infix(node, node.operator)
      case 'InExpression':
        return this.infix(node, 'in')
      case 'AndExpression':
        return this.infix(node, 'and')
      case 'OrExpression':
        return this.infix(node, 'or')
      case 'AssignmentExpression':
        return `${this.at(node.left, RELATIONSHIP)} ${node.operator} ${this.at(node.right, ASSIGNMENT)}`
      case 'RelationshipExpression':
        return `${this.at(node.left, RELATIONSHIP)} ${node.operator} ${this.at(node.right, RESOURCE)}`
      case 'BlockExpression':
        return this.body(node)
      case 'IfExpression':
        return `if ${this.conditional(node)}`
      case 'UnlessExpression':
        return `unless ${this.conditional(node)}`
      case 'CaseExpression':
        return `case ${this.test(node.test)} { ${node.options.map((option) => this.plain(option)).join(' ')} }`
      case 'CaseOption':
        return `${this.list(node.values, EXPRESSION)}: ${this.body(node.then)}`
      case 'SelectorExpression': {
        const left = this.left(node.left, SELECTOR)
        return `${left} ? { ${node.selectors.map((entry) => this.plain(entry)).join(', ')} }`
      }
      case 'SelectorEntry':
        return `${this.at(node.match, EXPRESSION)} => ${this.at(node.value, EXPRESSION)}`
      case 'ResourceExpression': {
        const { typeName } = node
        const form = 'form' in typeName && typeName.form !== 'regular'
        const type = this.wrappedWhere(typeName, powerOf(typeName) < RESOURCE || form || endsInCollector(typeName))
        const bodies = node.bodies.map((body) => this.plain(body)).join('; ')
        return `${marked(node.form, type)} { ${bodies} }`
      }
      case 'ResourceBody':
        return `${this.at(node.title, EXPRESSION)}: ${this.operations(node.operations)}`
      case 'AttributeOperation':
        return `${node.name} ${node.operator} ${this.at(node.value, EXPRESSION)}`
      case 'AttributesOperation':
        return `* => ${this.at(node.expression, EXPRESSION)}`
      case 'ResourceDefaultsExpression':
        return `${marked(node.form, this.plain(node.typeRef))} { ${this.operations(node.operations)} }`
      case 'ResourceOverrideExpression':
        return `${marked(node.form, this.plain(node.resources))} { ${this.operations(node.operations)} }`
      case 'CollectExpression': {
        const collected = `${this.left(node.type, POSTFIX)} ${this.plain(node.query)}`
        return node.operations.length === 0 ? collected : `${collected} { ${this.operations(node.operations)} }`
      }
      case 'VirtualQuery':
        return `<| ${this.at(node.expression, EXPRESSION)} |>`
      case 'ExportedQuery':
        return `<<| ${this.at(node.expression, EXPRESSION)} |>>`
      case 'HostClassDefinition':
        return this.hostClass(node.name, node.parameters, node.parent, node.body)
      case 'ResourceTypeDefinition':
        return `define ${this.relative(node.name)}${this.parameters(node.parameters)} ${this.body(node.body)}`
      case 'NodeDefinition': {
        const matches = node.matches.map((match) => this.plain(match)).join(', ')
        const parent = node.parent ? ` inherits ${this.plain(node.parent)}` : ''
        return `node ${matches}${parent} ${this.body(node.body)}`
      }
      case 'FunctionDefinition': {
        const head = `function ${node.name}${this.parameters(node.parameters)}${this.returnType(node.returnType)}`
        return `${head} ${this.body(node.body)}`
      }
      case 'TypeAlias':
        return `type ${node.name} = ${this.plain(node.type)}`
      case 'RenderStringExpression':
        return `${this.heredocsHere()} %>${templateText(node.value)}<% `
      case 'RenderExpression':
        return `${this.heredocsHere()} %><%= ${this.rendered(node)}${this.heredocsHere()} %><% `
      case 'EppExpression':
      case 'Program':
        throw new Error(`${node.kind} within another node`)
      case 'Nop':
        return ''
    }
  }

  private body({ statements }: BlockExpression): string {
    return statements.length === 0 ? '{ }' : `{ ${this.statements(statements)} }`
  }

  private branch(node: Expression): string {
    return this.body({ kind: 'BlockExpression', span: node.span, statements: statementsOf(node) })
  }

  private conditional(node: IfExpression | UnlessExpression): string {
    const { kind, test, then, else: otherwise } = node
    const head = `${this.test(test)} ${this.branch(then)}`
    if (otherwise.kind === 'Nop') return head
    if (kind === 'IfExpression' && otherwise.kind === 'IfExpression')
      return `${head} elsif ${this.conditional(otherwise)}`
    return `${head} else ${this.branch(otherwise)}`
  }

  private infix(node: Expression & { left: Expression; right: Expression }, operator: string): string {
    const own = powerOf(node)
    const text = this.plain(node.left)
    const left = this.left(node.left, own, text, operator === '/' && this.opensPattern(text))
    return `${left} ${operator} ${this.operand(node.right, own)}`
  }

  /** Whether a slash after this text begins a regular expression; within strings, Puppet forgets that a string came before. */
  private opensPattern(text: string): boolean {
    return /\}$|\b(?:undef|default|attr|private)$/.test(text) || (this.strings > 0 && /"$/.test(text))
  }

  /** What stands right of an operator: a prefix operator may, whatever it binds. */
  private operand(node: Expression, own: number): string {
    return this.wrappedWhere(node, floor(node) <= own)
  }

  private call(functor: string, node: { readonly arguments: readonly Expression[]; readonly lambda?: Node }): string {
    return `${functor}(${this.list(node.arguments)})${node.lambda ? ` ${this.plain(node.lambda)}` : ''}`
  }

  private operations(operations: readonly (AttributeOperation | AttributesOperation)[]): string {
    return operations.map((operation) => this.plain(operation)).join(', ')
  }

  private parameter({ name, typeExpression, value, capturesRest }: Parameter): string {
    const type = typeExpression ? `${this.plain(typeExpression)} ` : ''
    return `${type}${capturesRest ? '*' : ''}$${name}${value ? ` = ${this.at(value, EXPRESSION)}` : ''}`
  }

  private parameters(parameters: readonly Parameter[]): string {
    return parameters.length === 0 ? '' : `(${parameters.map((parameter) => this.plain(parameter)).join(', ')})`
  }

  /** The last comma keeps a call before it from taking the bar for that of a lambda. */
  private piped(parameters: readonly Parameter[]): string {
    return `|${parameters.map((parameter) => `${this.plain(parameter)},`).join(' ')}|`
  }

  private returnType(type: Expression | undefined): string {
    return type ? ` >> ${this.plain(type)}` : ''
  }

  private hostClass(
    name: string,
    parameters: readonly Parameter[],
    parent: string | undefined,
    body: BlockExpression,
  ): string {
    const written = this.relative(name)
    this.classes.push(written)
    const head = `class ${written}${this.parameters(parameters)}${parent === undefined ? '' : ` inherits ${parent}`}`
    const text = `${head} ${this.body(body)}`
    this.classes.pop()
    return text
  }

  /** Without the names of the classes around, which the parser puts in front. */
  private relative(name: string): string {
    const prefix = `${this.classes.join('::').replace(/^::/, '')}::`
    return this.classes.length > 0 && name.startsWith(prefix) ? name.slice(prefix.length) : name
  }

  /** `{ … }` keeps the meaning of a statement. */
  private rendered({ expression }: RenderExpression): string {
    const statement = 'rvalueRequired' in expression && !expression.rvalueRequired
    return expression.kind === 'BlockExpression' || statement
      ? this.branch(expression)
      : this.at(expression, EXPRESSION)
  }

  private segments(segments: readonly Expression[], quote: '"' | ''): string {
    this.strings++
    const texts = segments.map((segment) =>
      segment.kind === 'LiteralString' ? escaped(segment.value, quote) : this.plain(segment),
    )
    this.strings--
    return texts.join('')
  }

  /**
   * A name or number at the start would be taken for a variable; a variable of another name than `$` allows can only be
   * written that way.
   */
  private interpolation(node: Expression): string {
    const text = this.plain(node)
    const first = leftmost(node)
    if (first.kind === 'VariableExpression' && !/^(?:::)?(?:\w+::)*\w+$/.test(first.name)) return `\${${text.slice(1)}}`
    return `\${${this.wrappedWhere(node, lone.test(text), text)}}`
  }

  private heredoc({ syntax, text }: HeredocExpression): string {
    const made =
      text.kind === 'ConcatenatedString'
        ? heredoc(this.segments(text.segments, ''), syntax, 'interpolated')
        : text.kind !== 'LiteralString'
          ? undefined
          : text.value.endsWith('\r')
            ? heredoc(escaped(text.value, ''), syntax, 'escaped')
            : heredoc(text.value, syntax, 'plain')
    if (!made) throw new Error(`${text.kind} as the text of a heredoc`)
    this.pending.push(made.lines)
    return made.tag
  }
}

/** Where accesses and method calls begin. */
function leftmost(node: Expression): Expression {
  if (node.kind === 'AccessExpression') return leftmost(node.left)
  return node.kind === 'CallMethodExpression' ? leftmost(node.functor.left) : node
}

/** `name { * => value }` is no two statements: the grammar has such a hash after a name only. */
function statementsOf(body: Expression): readonly Expression[] {
  if (body.kind === 'Nop') return []
  if (body.kind !== 'BlockExpression') return [body]
  const [, hash] = body.statements
  const unfolds = hash?.kind === 'LiteralHash' && hash.entries.some(({ key }) => key.kind === 'Nop')
  return unfolds ? [body] : body.statements
}
