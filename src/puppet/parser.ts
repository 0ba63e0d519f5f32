import type { Diagnostic } from '../source/diagnostic.ts'
import { positionAt, type SourceFile, type Span } from '../source/source-file.ts'
import type {
  AttributeOperation,
  AttributesOperation,
  BlockExpression,
  CaseOption,
  ConcatenatedString,
  Definition,
  Expression,
  HeredocExpression,
  KeyedEntry,
  LambdaExpression,
  LiteralString,
  NodeDefinition,
  Nop,
  Parameter,
  Program,
  RenderExpression,
  ResourceBody,
  SelectorEntry,
  TypeAlias,
} from './ast.ts'
import {
  attributeNames,
  binding,
  classNames,
  closers,
  edges,
  MINUS_BINDING,
  NOT_BINDING,
  openers,
  operandStarts,
  SPLAT_BINDING,
  statementStarts,
} from './grammar.ts'
import { type Lexed, lex } from './lexer.ts'
import { numberValue } from './number.ts'
import { interpolation, objectType } from './rewrites.ts'
import { type CommaList, isStatementFunction, type Statement, transformCalls } from './statement-calls.ts'
import { syntaxHint } from './syntax-hints.ts'
import { illegalConstruct, nestedTooDeeply, syntaxError } from './syntax-messages.ts'
import type { Token, TokenKind } from './token.ts'

/** Thrown where the grammar allows no token like the next one; the diagnostic is recorded already. */
const stop = Symbol('syntax error')

/** More syntax errors than these are of no use to anybody. */
const maximumErrors = 20

/** Expressions within expressions, more than anybody writes and less than what the stack holds. */
const deepest = 400

type Operation = AttributeOperation | AttributesOperation

export interface Parsed {
  readonly program: Program
  /** Syntax errors in the order in which Puppet would meet them, then warnings. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Parses a manifest, or a template where `template` holds; the tree lacks what could not be parsed. */
export function parseProgram(file: SourceFile, template: boolean): Parsed {
  const parser = new Parser(file, lex(file, template))
  const program = template ? parser.parseTemplate() : parser.parseProgram()
  return { program, diagnostics: parser.allDiagnostics() }
}

/** Parses a text that is one expression. */
export function parseSingleExpression(file: SourceFile): {
  readonly expression?: Expression
  readonly diagnostics: readonly Diagnostic[]
} {
  const parser = new Parser(file, lex(file))
  const expression = parser.parseSingle()
  return { ...(expression ? { expression } : {}), diagnostics: parser.allDiagnostics() }
}

class Parser {
  private readonly file: SourceFile
  private readonly tokens: readonly Token[]
  private readonly warnings: readonly Diagnostic[]
  private readonly errors: Diagnostic[] = []
  private readonly definitions: Definition[] = []
  /** Names of the classes around, as written. */
  private readonly namespaces: string[] = []
  private index = 0
  /** How many expressions are being parsed within one another. */
  private depth = 0
  /** Whether the last assignment parsed was a plain expression: no resource, relationship or assignment. */
  private plain = false
  /** Commas of lists without a function that are reported already. */
  private readonly refusedLists = new Set<Token>()
  /** The error token whose fault is reported already. */
  private reported = -1

  constructor(file: SourceFile, lexed: Lexed) {
    this.file = file
    this.tokens = lexed.tokens
    this.warnings = lexed.warnings
  }

  allDiagnostics(): readonly Diagnostic[] {
    return this.warnings.length === 0 ? this.errors : [...this.errors, ...this.warnings]
  }

  // program: statements?
  parseProgram(): Program {
    const end = this.file.text.length
    const statements = this.statementsToEnd()
    const body = this.blockOrExpression(statements) ?? this.nop(end)
    return { kind: 'Program', span: this.span(0, end), body, definitions: this.definitions }
  }

  // program: EPP_START (PIPE (parameters COMMA?)? PIPE)? statements?
  parseTemplate(): Program {
    const end = this.file.text.length
    this.next()
    let parameters: readonly Parameter[] | undefined
    try {
      if (this.is('PIPE')) parameters = this.pipedParameters()
    } catch (error) {
      if (error !== stop) throw error
      this.recover(0, this.index)
    }
    const statements = this.statementsToEnd()
    const body: Expression = {
      kind: 'EppExpression',
      span: this.span(0, end),
      parametersSpecified: parameters !== undefined,
      parameters: parameters ?? [],
      body: { kind: 'BlockExpression', span: this.span(statements[0]?.span.start ?? end, end), at: 0, statements },
    }
    return { kind: 'Program', span: this.span(0, end), body, definitions: this.definitions }
  }

  parseSingle(): Expression | undefined {
    try {
      const expression = this.assignment()
      if (!this.is('END')) this.unexpected()
      return expression
    } catch (error) {
      if (error !== stop) throw error
      return undefined
    }
  }

  private statementsToEnd(): readonly Expression[] {
    const parts: Statement[] = []
    for (;;) {
      this.statementParts(parts)
      if (this.is('END')) return this.transformed(parts)
      // A closing brace without an opening one.
      try {
        this.beforeStatement(parts)
        this.unexpected()
      } catch (error) {
        if (error !== stop) throw error
        this.index++
      }
    }
  }

  // statements, up to a closing brace or the end
  private statements(): readonly Expression[] {
    const parts: Statement[] = []
    this.statementParts(parts)
    return this.transformed(parts)
  }

  /**
   * The grammar takes `include a, b` for a name and a list; only here, at the end of a block, do they become a call.
   * Puppet does not get here where an error stands further on in the block.
   */
  private transformed(parts: readonly Statement[]): readonly Expression[] {
    return transformCalls(parts, (message, comma) => {
      const reached = this.errors.every(({ span }) => span === undefined || span.start < comma.start)
      if (reached && !this.refusedLists.has(comma)) this.refuse(message, this.tokenSpan(comma))
      this.refusedLists.add(comma)
    })
  }

  // syntactic_statements: syntactic_statement (SEMIC? syntactic_statement)*
  private statementParts(parts: Statement[]): void {
    let afterSeparator = false
    while (!this.is('RBRACE') && !this.is('END')) {
      const first = this.index
      try {
        if (!afterSeparator) this.beforeStatement(parts)
        parts.push(this.statement())
        afterSeparator = this.is('SEMIC')
        if (this.skip('SEMIC') && (this.is('RBRACE') || this.is('END'))) this.unexpected()
      } catch (error) {
        if (error !== stop) throw error
        this.recover(first, this.index)
        afterSeparator = false
      }
    }
  }

  /** Where a token can start no statement, Puppet looks at the statements before it first. */
  private beforeStatement(parts: readonly Statement[]): void {
    const { kind } = this.peek()
    if (this.errors.length > 0 || operandStarts.has(kind) || kind === 'AT' || kind === 'ATAT' || kind === 'ERROR')
      return
    this.transformed(parts)
  }

  // syntactic_statement: assignment (COMMA assignment)*
  private statement(): Statement {
    const first = this.assignment()
    return this.is('COMMA') ? this.commaList(first) : first
  }

  private commaList(first: Expression): CommaList {
    const comma = this.peek()
    const values = [first]
    while (this.skip('COMMA')) values.push(this.assignment())
    return { values, comma }
  }

  // assignment: relationship ((EQUALS | APPENDS | DELETES) assignment)?
  private assignment(): Expression {
    const left = this.relationship()
    const token = this.peek()
    if (token.kind !== 'EQUALS' && token.kind !== 'APPENDS' && token.kind !== 'DELETES') return left
    this.index++
    const right = this.assignment()
    this.plain = false
    return {
      kind: 'AssignmentExpression',
      operator: token.value as '=' | '+=' | '-=',
      ...this.binary(left, token, right),
    }
  }

  // relationship: resource ((IN_EDGE | IN_EDGE_SUB | OUT_EDGE | OUT_EDGE_SUB) resource)*
  private relationship(): Expression {
    let left = this.resource()
    while (edges.has(this.kind())) {
      const token = this.next()
      const right = this.resource()
      left = {
        kind: 'RelationshipExpression',
        operator: token.value as '->' | '~>' | '<-' | '<~',
        ...this.binary(left, token, right),
      }
      this.plain = false
    }
    return left
  }

  private binary(left: Expression, token: Token, right: Expression) {
    return {
      left,
      right,
      operatorSpan: this.tokenSpan(token),
      span: this.span(left.span.start, right.span.end),
      at: token.start,
    }
  }

  // resource: expression | (AT | ATAT) resource | CLASS LBRACE resource_bodies SEMIC? RBRACE | resource LBRACE …
  private resource(): Expression {
    const token = this.peek()
    if (token.kind === 'AT' || token.kind === 'ATAT') return this.virtualResource()
    let left: Expression
    if (token.kind === 'CLASS' && this.kind(1) === 'LBRACE') {
      this.index += 2
      const bodies = [this.resourceBody(token.start)]
      this.moreBodies(bodies, token.start)
      const close = this.expect('RBRACE')
      left = {
        kind: 'ResourceExpression',
        span: this.span(token.start, close.end),
        form: 'regular',
        typeName: { kind: 'QualifiedName', span: this.tokenSpan(token), value: 'class' },
        bodies,
      }
      this.plain = false
    } else {
      left = this.expression(0)
      this.plain = true
    }
    while (this.is('LBRACE')) {
      left = this.resourceFrom(left)
      this.plain = false
    }
    return left
  }

  private virtualResource(): Expression {
    const token = this.next()
    const exported = token.kind === 'ATAT'
    const inner = this.resource()
    this.plain = false
    if (this.is('ERROR')) this.unexpected()
    if (
      inner.kind !== 'ResourceExpression' &&
      inner.kind !== 'ResourceDefaultsExpression' &&
      inner.kind !== 'ResourceOverrideExpression'
    ) {
      const what = exported ? 'Exported (@@)' : 'Virtual (@)'
      this.refuse(`${what} can only be applied to a Resource Expression`, this.tokenSpan(token))
      return inner
    }
    const { at: _, ...rest } = inner
    const form = exported ? 'exported' : 'virtual'
    const span = this.span(token.start, inner.span.end)
    if (rest.kind !== 'ResourceExpression') return { ...rest, form, span }
    const { typeName } = rest
    const isClass = typeName.kind === 'QualifiedName' && typeName.value === 'class'
    const bodies = rest.bodies.map((body) => ({ ...body, at: token.start }))
    return { ...rest, form, span, typeName: isClass ? { ...typeName, at: token.start } : typeName, bodies }
  }

  /** What follows a type, a reference or any other expression in braces. */
  private resourceFrom(left: Expression): Expression {
    const open = this.next()
    const kind = this.kind()
    const following = this.kind(1)
    const arrow = following === 'FARROW' || following === 'PARROW'
    const attributes =
      kind === 'RBRACE' ||
      kind === 'COMMA' ||
      (attributeNames.has(kind) && (arrow || !operandStarts.has(kind))) ||
      (kind === 'TIMES' && following === 'FARROW')
    return attributes ? this.untitledResource(left, open) : this.titledResource(left)
  }

  // resource: resource LBRACE expression COLON attribute_operations additional_resource_bodies RBRACE
  private titledResource(left: Expression): Expression {
    const start = left.at ?? left.span.start
    const bodies = [this.resourceBody(start)]
    this.moreBodies(bodies, start)
    const close = this.expect('RBRACE')
    return {
      kind: 'ResourceExpression',
      ...this.from(left, close.end),
      form: 'regular',
      typeName: left,
      bodies,
    }
  }

  // (SEMIC resource_body)* SEMIC?
  private moreBodies(bodies: ResourceBody[], at: number): void {
    while (this.skip('SEMIC') && !this.is('RBRACE')) bodies.push(this.resourceBody(at))
  }

  // resource_body: expression COLON attribute_operations COMMA?
  private resourceBody(at: number): ResourceBody {
    const title = this.expression(0)
    this.expect('COLON')
    const operations = this.attributeOperations()
    this.skip('COMMA')
    return {
      kind: 'ResourceBody',
      span: this.span(title.span.start, this.previousEnd()),
      at,
      title,
      operations,
    }
  }

  // resource: resource LBRACE attribute_operations COMMA? RBRACE
  private untitledResource(left: Expression, open: Token): Expression {
    const operations = this.attributeOperations()
    this.skip('COMMA')
    const close = this.expect('RBRACE')
    const place = this.from(left, close.end)
    switch (left.kind) {
      case 'QualifiedName':
        return this.hashAfterName(left, operations, open, close)
      case 'QualifiedReference':
        return { kind: 'ResourceDefaultsExpression', ...place, form: 'regular', typeRef: left, operations }
      case 'AccessExpression':
        return { kind: 'ResourceOverrideExpression', ...place, form: 'regular', resources: left, operations }
      default: {
        const at = left.at ?? left.span.start
        this.refuse(
          'Expression is not valid as a resource, resource-default, or resource-override',
          this.span(at, Math.max(at, left.span.end)),
        )
        return left
      }
    }
  }

  /** `name { key => value }`: a statement call with a hash, or a resource that lacks its title. */
  private hashAfterName(left: Expression, operations: readonly Operation[], open: Token, close: Token): Expression {
    const unfolds = operations.some((operation) => operation.kind === 'AttributesOperation')
    const appends = operations.some(
      (operation) => operation.kind === 'AttributeOperation' && operation.operator === '+>',
    )
    if (appends || (unfolds && left.kind === 'QualifiedName' && isStatementFunction(left.value))) {
      this.refuse('Syntax error resource body without title or hash with +>', this.tokenSpan(open))
      return left
    }
    const hash: Expression = {
      kind: 'LiteralHash',
      span: this.span(open.start, close.end),
      entries: operations.map((operation): KeyedEntry => {
        const at = open.start
        if (operation.kind === 'AttributesOperation') {
          const nothing = this.nop(operation.span.start)
          return { kind: 'KeyedEntry', span: operation.span, at, key: nothing, value: nothing }
        }
        const key: LiteralString = { kind: 'LiteralString', span: operation.nameSpan, at, value: operation.name }
        return { kind: 'KeyedEntry', span: operation.span, at, key, value: operation.value }
      }),
    }
    const statements = transformCalls([left, hash], () => {})
    const only = statements[0] as Expression
    if (statements.length === 1) return only
    return { kind: 'BlockExpression', span: this.span(left.span.start, close.end), statements }
  }

  // attribute_operations: (attribute_operation (COMMA attribute_operation)*)?
  private attributeOperations(): readonly Operation[] {
    const operations: Operation[] = []
    if (this.startsAttribute(0)) operations.push(this.attributeOperation())
    while (this.is('COMMA') && this.startsAttribute(1)) {
      this.index++
      operations.push(this.attributeOperation())
    }
    return operations
  }

  private startsAttribute(offset: number): boolean {
    const kind = this.kind(offset)
    return kind === 'TIMES' || attributeNames.has(kind)
  }

  // attribute_operation: attribute_name (FARROW | PARROW) expression | TIMES FARROW expression
  private attributeOperation(): Operation {
    const name = this.next()
    if (name.kind === 'TIMES') {
      this.expect('FARROW')
      const expression = this.expression(0)
      return { kind: 'AttributesOperation', span: this.span(name.start, expression.span.end), expression }
    }
    const arrow = this.peek()
    if (arrow.kind !== 'FARROW' && arrow.kind !== 'PARROW') return this.unexpected()
    this.index++
    const value = this.expression(0)
    return {
      kind: 'AttributeOperation',
      span: this.span(name.start, value.span.end),
      name: name.value,
      nameSpan: this.tokenSpan(name),
      operator: arrow.value as '=>' | '+>',
      value,
    }
  }

  /** An expression whose operators bind tighter than `least`. */
  private expression(least: number): Expression {
    if (this.depth >= deepest) this.tooDeep()
    this.depth++
    try {
      return this.operators(this.operand(), least)
    } finally {
      this.depth--
    }
  }

  private tooDeep(): never {
    if (this.reported !== this.index && this.errors.length < maximumErrors) {
      this.reported = this.index
      this.errors.push(nestedTooDeeply([deepest], { span: this.tokenSpan(this.peek()) }))
    }
    throw stop
  }

  /** What operators make of an operand that is parsed already. */
  private operators(operand: Expression, least: number): Expression {
    let left = operand
    for (;;) {
      const token = this.peek()
      const power = binding.get(token.kind)
      if (power === undefined || power <= least) return left
      switch (token.kind) {
        case 'LBRACK':
          left = this.access(left)
          break
        case 'DOT':
          left = this.methodCall(left)
          break
        case 'LPAREN':
          left = this.call(left, left)
          break
        case 'LCOLLECT':
        case 'LLCOLLECT':
          left = this.collect(left)
          break
        case 'QMARK':
          left = this.selector(left)
          break
        default:
          this.index++
          left = this.infix(left, token, this.expression(power))
      }
    }
  }

  private infix(left: Expression, token: Token, right: Expression): Expression {
    const parts = this.binary(left, token, right)
    switch (token.kind) {
      case 'AND':
        return { kind: 'AndExpression', ...parts }
      case 'OR':
        return { kind: 'OrExpression', ...parts }
      case 'IN':
        return { kind: 'InExpression', ...parts }
      case 'MATCH':
      case 'NOMATCH':
        return { kind: 'MatchExpression', operator: token.value as '=~' | '!~', ...parts }
      case 'PLUS':
      case 'MINUS':
      case 'TIMES':
      case 'DIV':
      case 'MODULO':
      case 'LSHIFT':
      case 'RSHIFT':
        return {
          kind: 'ArithmeticExpression',
          operator: token.value as '+' | '-' | '*' | '/' | '%' | '<<' | '>>',
          ...parts,
        }
      default:
        return {
          kind: 'ComparisonExpression',
          operator: token.value as '==' | '!=' | '<' | '>' | '<=' | '>=',
          ...parts,
        }
    }
  }

  // expression LBRACK access_args COMMA? RBRACK
  private access(left: Expression): Expression {
    this.index++
    const keys = this.accessArguments('RBRACK')
    this.skip('COMMA')
    const close = this.expect('RBRACK')
    return { kind: 'AccessExpression', ...this.from(left, close.end), left, keys }
  }

  // access_args: access_arg (COMMA access_arg)*;  access_arg: expression | hashpair
  private accessArguments(close?: TokenKind): readonly Expression[] {
    return this.list(() => {
      const value = this.argument()
      // The grammar wants a plain expression here, and a key of a pair may be more.
      if (!this.plain && !this.unfolded.has(value)) this.unexpected()
      return value
    }, close)
  }

  /** Hashes made of pairs without braces; neighbours become one. */
  private readonly unfolded = new WeakSet<Expression>()

  /** Arguments with commas between; a comma before `close` is left alone, where the grammar allows one. */
  private list(item: () => Expression, close?: TokenKind): readonly Expression[] {
    const values: Expression[] = []
    for (;;) {
      this.append(values, item())
      if (!this.is('COMMA') || (close !== undefined && this.kind(1) === close)) return values
      this.index++
    }
  }

  private append(values: Expression[], value: Expression): void {
    const last = values.at(-1)
    if (value.kind === 'LiteralHash' && last?.kind === 'LiteralHash') {
      if (this.unfolded.has(value) && this.unfolded.has(last)) {
        const entries = last.entries as KeyedEntry[]
        entries.push(...value.entries)
        const merged: Expression = { ...last, span: this.span(last.span.start, value.span.end), entries }
        this.unfolded.add(merged)
        values[values.length - 1] = merged
        return
      }
    }
    values.push(value)
  }

  // argument: assignment | hashpair
  private argument(): Expression {
    const token = this.peek()
    const keyword = (token.kind === 'TYPE' || token.kind === 'FUNCTION') && this.kind(1) === 'FARROW'
    const key = keyword ? this.keywordText() : this.assignment()
    if (!this.is('FARROW')) return key
    const entry = this.hashPair(key)
    const hash: Expression = {
      kind: 'LiteralHash',
      span: entry.span,
      ...(entry.at === undefined ? {} : { at: entry.at }),
      entries: [entry],
    }
    this.unfolded.add(hash)
    return hash
  }

  // hashpair: hash_entry FARROW hash_entry
  private hashPair(key: Expression): KeyedEntry {
    const arrow = this.expect('FARROW')
    const value = this.hashEntry()
    return {
      kind: 'KeyedEntry',
      span: this.span(key.span.start, value.span.end),
      at: arrow.start,
      key,
      value,
    }
  }

  // hash_entry: assignment | TYPE | FUNCTION
  private hashEntry(): Expression {
    return this.isLoneKeyword() ? this.keywordText() : this.assignment()
  }

  /** Whether `type` or `function` stands for itself here, starting neither a call nor a definition. */
  private isLoneKeyword(): boolean {
    const kind = this.kind()
    if (kind === 'FUNCTION') return !classNames.has(this.kind(1))
    return kind === 'TYPE' && this.kind(1) !== 'LPAREN' && this.kind(1) !== 'CLASSREF'
  }

  private keywordText(): LiteralString {
    const token = this.next()
    this.plain = false
    return { kind: 'LiteralString', span: this.tokenSpan(token), value: token.value }
  }

  // named_access (LPAREN arguments? RPAREN)? lambda?;  named_access: expression DOT (NAME | TYPE)
  private methodCall(left: Expression): Expression {
    const dot = this.next()
    const name = this.peek()
    if (name.kind !== 'NAME' && name.kind !== 'TYPE') return this.unexpected()
    this.index++
    let at = dot.start
    let values: readonly Expression[] = []
    if (this.is('LPAREN')) {
      at = this.next().start
      if (!this.is('RPAREN')) values = this.list(() => this.argument())
      this.expect('RPAREN')
    }
    const lambda = this.is('PIPE') ? this.lambda() : undefined
    return {
      kind: 'CallMethodExpression',
      span: this.span(left.span.start, this.previousEnd()),
      at,
      functor: {
        kind: 'NamedAccessExpression',
        span: this.span(left.span.start, name.end),
        at: dot.start,
        left,
        right: { kind: 'QualifiedName', span: this.tokenSpan(name), at: dot.start, value: name.value },
      },
      arguments: values,
      ...(lambda ? { lambda } : {}),
      rvalueRequired: true,
    }
  }

  // call_function_start (arguments COMMA?)? RPAREN lambda?
  private call(functor: Expression, first: Expression): Expression {
    this.expect('LPAREN')
    let values: readonly Expression[] = []
    if (!this.is('RPAREN')) {
      values = this.list(() => this.argument(), 'RPAREN')
      this.skip('COMMA')
    }
    this.expect('RPAREN')
    const lambda = this.is('PIPE') ? this.lambda() : undefined
    return {
      kind: 'CallNamedFunctionExpression',
      ...this.from(first, this.previousEnd()),
      functor,
      arguments: values,
      ...(lambda ? { lambda } : {}),
      rvalueRequired: true,
    }
  }

  // lambda: PIPE (parameters COMMA?)? PIPE opt_return_type LBRACE statements? RBRACE
  private lambda(): LambdaExpression {
    const start = this.peek().start
    const parameters = this.pipedParameters()
    const returnType = this.returnType()
    const body = this.block(start)
    return {
      kind: 'LambdaExpression',
      span: this.span(start, body.span.end),
      parameters,
      ...(returnType ? { returnType } : {}),
      body,
    }
  }

  private pipedParameters(): readonly Parameter[] {
    this.expect('PIPE')
    const parameters = this.is('PIPE') ? [] : this.parameters('PIPE')
    this.expect('PIPE')
    return parameters
  }

  // opt_return_type: (RSHIFT type (LBRACK access_args RBRACK)?)?
  private returnType(): Expression | undefined {
    return this.skip('RSHIFT') ? this.parameterType() : undefined
  }

  // parameter_type: type (LBRACK access_args RBRACK)?
  private parameterType(): Expression {
    const type = this.typeName()
    if (!this.skip('LBRACK')) return type
    const keys = this.accessArguments()
    const close = this.expect('RBRACK')
    return { kind: 'AccessExpression', span: this.span(type.span.start, close.end), left: type, keys }
  }

  private typeName(): Expression {
    const token = this.expect('CLASSREF')
    return { kind: 'QualifiedReference', span: this.tokenSpan(token), value: token.value }
  }

  // parameters COMMA?
  private parameters(close: TokenKind, parameters: Parameter[] = []): readonly Parameter[] {
    parameters.push(this.parameter())
    while (this.skip('COMMA') && !this.is(close)) parameters.push(this.parameter())
    return parameters
  }

  // parameter: parameter_type? TIMES? VARIABLE (EQUALS expression)?
  private parameter(): Parameter {
    const start = this.peek().start
    const typeExpression = this.is('CLASSREF') ? this.parameterType() : undefined
    const capturesRest = this.skip('TIMES')
    const token = this.expect('VARIABLE')
    const value = this.skip('EQUALS') ? this.expression(0) : undefined
    return {
      kind: 'Parameter',
      span: this.span(start, value?.span.end ?? token.end),
      ...(token.start === start ? {} : { at: token.start }),
      name: token.value,
      nameSpan: this.tokenSpan(token),
      ...(typeExpression ? { typeExpression } : {}),
      ...(value ? { value } : {}),
      capturesRest,
    }
  }

  // parameter_list: (LPAREN | WSLPAREN) (parameters COMMA?)? RPAREN | nothing
  private parameterList(): readonly Parameter[] {
    if (!this.skip('LPAREN') && !this.skip('WSLPAREN')) return []
    const first = this.index
    const parameters: Parameter[] = []
    try {
      if (!this.is('RPAREN')) this.parameters('RPAREN', parameters)
      this.expect('RPAREN')
    } catch (error) {
      if (error !== stop || !this.recoverParameters(first)) throw error
      this.skip('RPAREN')
    }
    return parameters
  }

  /** `{ statements? }` as a body; Puppet locates it at `at`. */
  private block(at: number): BlockExpression {
    const open = this.expect('LBRACE')
    const statements = this.statements()
    const close = this.expect('RBRACE')
    return { kind: 'BlockExpression', span: this.span(open.start, close.end), at, statements }
  }

  /** `{ statements? }` of a conditional: what stands inside, as one expression. */
  private branch(): Expression {
    const open = this.expect('LBRACE')
    const statements = this.statements()
    const close = this.expect('RBRACE')
    return this.blockOrExpression(statements, open, close) ?? this.nop(open.end)
  }

  private blockOrExpression(statements: readonly Expression[], open?: Token, close?: Token): Expression | undefined {
    const [first] = statements
    if (!first || statements.length === 1) return first
    const last = statements.at(-1) as Expression
    const start = open?.start ?? first.span.start
    const at = first.at ?? first.span.start
    return {
      kind: 'BlockExpression',
      span: this.span(start, close?.end ?? last.span.end),
      ...(open || at === start ? {} : { at }),
      statements,
    }
  }

  // selector_entries: selector_entry | SELBRACE selector_entry (COMMA selector_entry)* COMMA? RBRACE
  private selector(left: Expression): Expression {
    this.expect('QMARK')
    const selectors: SelectorEntry[] = []
    if (this.skip('SELBRACE')) {
      do selectors.push(this.selectorEntry())
      while (this.skip('COMMA') && !this.is('RBRACE'))
      this.expect('RBRACE')
    } else selectors.push(this.selectorEntry())
    return { kind: 'SelectorExpression', ...this.from(left, this.previousEnd()), left, selectors }
  }

  // selector_entry: expression FARROW expression
  private selectorEntry(): SelectorEntry {
    const match = this.expression(0)
    const arrow = this.expect('FARROW')
    const value = this.expression(0)
    return {
      kind: 'SelectorEntry',
      span: this.span(match.span.start, value.span.end),
      at: arrow.start,
      match,
      value,
    }
  }

  // collection_expression: expression collect_query (LBRACE attribute_operations COMMA? RBRACE)?
  private collect(type: Expression): Expression {
    const open = this.next()
    const virtual = open.kind === 'LCOLLECT'
    const closing = virtual ? 'RCOLLECT' : 'RRCOLLECT'
    const expression = this.is(closing) ? this.nop(open.end) : this.expression(0)
    const close = this.expect(closing)
    let operations: readonly Operation[] = []
    if (this.skip('LBRACE')) {
      operations = this.attributeOperations()
      this.skip('COMMA')
      this.expect('RBRACE')
    }
    const span = this.span(open.start, close.end)
    return {
      kind: 'CollectExpression',
      ...this.from(type, this.previousEnd()),
      type,
      query: virtual ? { kind: 'VirtualQuery', span, expression } : { kind: 'ExportedQuery', span, expression },
      operations,
    }
  }

  /** Everything that can stand left of an operator, prefix operators included. */
  private operand(): Expression {
    const token = this.peek()
    const place = () => this.tokenSpan(token)
    switch (token.kind) {
      case 'NAME':
        this.index++
        return { kind: 'QualifiedName', span: place(), value: token.value }
      case 'VARIABLE':
        this.index++
        return { kind: 'VariableExpression', ...this.place(token), name: token.value }
      case 'STRING':
      case 'WORD':
        this.index++
        return { kind: 'LiteralString', ...this.place(token), value: token.value }
      case 'CLASSREF':
        return this.typeName()
      case 'DQPRE':
        return this.interpolated()
      case 'HEREDOC':
        return this.heredoc()
      case 'NUMBER':
        return this.number()
      case 'BOOLEAN':
        this.index++
        return { kind: 'LiteralBoolean', span: place(), value: token.value === 'true' }
      case 'DEFAULT':
        this.index++
        return { kind: 'LiteralDefault', span: place() }
      case 'UNDEF':
        this.index++
        return { kind: 'LiteralUndef', span: place() }
      case 'REGEX':
        return this.regularExpression()
      case 'LBRACK':
      case 'LISTSTART':
        return this.array()
      case 'LBRACE':
        return this.hash(undefined, this.next())
      case 'LPAREN':
      case 'WSLPAREN':
        return this.parenthesized()
      case 'NOT':
      case 'MINUS':
      case 'TIMES':
        return this.prefix()
      case 'IF':
        return this.ifExpression()
      case 'UNLESS':
        return this.unless()
      case 'CASE':
        return this.caseExpression()
      case 'CLASS':
        return this.hostClass()
      case 'DEFINE':
        return this.resourceType()
      case 'NODE':
        return this.node()
      case 'FUNCTION':
        return this.functionDefinition()
      case 'TYPE':
        return this.typeConstruct()
      case 'ATTR':
      case 'PRIVATE':
        this.index++
        return { kind: 'ReservedWord', span: place(), word: token.value, future: false }
      case 'RENDER_STRING':
        this.index++
        return { kind: 'RenderStringExpression', ...this.place(token), value: token.value }
      case 'RENDER_EXPR':
        return this.renderExpression()
      default:
        return this.unexpected()
    }
  }

  private prefix(): Expression {
    const token = this.next()
    const power = token.kind === 'NOT' ? NOT_BINDING : token.kind === 'MINUS' ? MINUS_BINDING : SPLAT_BINDING
    const expression = this.expression(power)
    const span = this.span(token.start, expression.span.end)
    if (token.kind === 'NOT') return { kind: 'NotExpression', span, expression }
    if (token.kind === 'MINUS') return { kind: 'UnaryMinusExpression', span, expression }
    return { kind: 'UnfoldExpression', span, expression }
  }

  // (LPAREN | WSLPAREN) assignment RPAREN
  private parenthesized(): Expression {
    const open = this.next()
    const expression = this.assignment()
    const close = this.expect('RPAREN')
    return { kind: 'ParenthesizedExpression', span: this.span(open.start, close.end), expression }
  }

  private number(): Expression {
    const token = this.next()
    const found = numberValue(token.value)
    const span = this.tokenSpan(token)
    if (found.kind === 'float' && !Number.isFinite(found.value))
      this.refuse(`Internal Error, NUMBER token does not contain a valid number, ${token.value}`, span)
    return found.kind === 'float'
      ? { kind: 'LiteralFloat', span, value: found.value }
      : { kind: 'LiteralInteger', span, value: found.value, radix: found.radix }
  }

  private regularExpression(): Expression {
    const token = this.next()
    return { kind: 'LiteralRegularExpression', span: this.tokenSpan(token), pattern: token.value }
  }

  // array: (LISTSTART | LBRACK) (collection_entry (COMMA collection_entry)* COMMA?)? RBRACK
  private array(): Expression {
    const open = this.next()
    let values: readonly Expression[] = []
    if (!this.is('RBRACK')) {
      values = this.list(
        () => (this.isLoneKeyword() && this.kind(1) !== 'FARROW' ? this.keywordText() : this.argument()),
        'RBRACK',
      )
      this.skip('COMMA')
    }
    const close = this.expect('RBRACK')
    return { kind: 'LiteralList', span: this.span(open.start, close.end), values }
  }

  // hash: LBRACE (hashpair (COMMA hashpair)* COMMA?)? RBRACE, perhaps with its first key parsed already
  private hash(firstKey: Expression | undefined, open: Token): Expression {
    const entries: KeyedEntry[] = []
    if (firstKey) entries.push(this.hashPair(firstKey))
    else if (!this.is('RBRACE')) entries.push(this.hashPair(this.hashEntry()))
    while (entries.length > 0 && this.skip('COMMA') && !this.is('RBRACE')) entries.push(this.hashPair(this.hashEntry()))
    const close = this.expect('RBRACE')
    return { kind: 'LiteralHash', span: this.span(open.start, close.end), entries }
  }

  // dq_string: DQPRE (assignment DQMID)* assignment DQPOST
  private interpolated(): ConcatenatedString {
    const first = this.next()
    const segments: Expression[] = []
    this.text(first, segments)
    for (;;) {
      const start = this.peek().start
      const expression = interpolation(this.assignment())
      const end = this.previousEnd()
      segments.push({ kind: 'TextExpression', span: this.span(start, end), at: first.at ?? first.start, expression })
      const token = this.peek()
      if (token.kind !== 'DQMID' && token.kind !== 'DQPOST') return this.unexpected()
      this.index++
      this.text(token, segments)
      if (token.kind === 'DQPOST')
        return {
          kind: 'ConcatenatedString',
          ...this.place(first),
          span: this.span(first.start, token.end),
          segments,
        }
    }
  }

  private text(token: Token, segments: Expression[]): void {
    if (token.value !== '') segments.push({ kind: 'LiteralString', ...this.place(token), value: token.value })
  }

  private heredoc(): HeredocExpression {
    const token = this.next()
    const start = this.peek()
    const text: Expression =
      start.kind === 'DQPRE'
        ? this.interpolated()
        : { kind: 'LiteralString', ...this.place(this.expect('STRING')), value: start.value }
    return {
      kind: 'HeredocExpression',
      span: this.span(token.start, Math.max(token.end, text.span.end)),
      syntax: token.value,
      text,
    }
  }

  // IF expression LBRACE statements? RBRACE (ELSIF … | ELSE LBRACE statements? RBRACE)?
  private ifExpression(): Expression {
    const token = this.next()
    const test = this.expression(0)
    const then = this.branch()
    let otherwise: Expression
    if (this.is('ELSIF')) otherwise = this.ifExpression()
    else if (this.skip('ELSE')) otherwise = this.branch()
    else otherwise = this.nop(this.previousEnd())
    return {
      kind: 'IfExpression',
      span: this.span(token.start, this.previousEnd()),
      test,
      then,
      else: otherwise,
    }
  }

  // UNLESS expression LBRACE statements? RBRACE (ELSE LBRACE statements? RBRACE)?
  private unless(): Expression {
    const token = this.next()
    const test = this.expression(0)
    const then = this.branch()
    const otherwise = this.skip('ELSE') ? this.branch() : this.nop(this.previousEnd())
    return {
      kind: 'UnlessExpression',
      span: this.span(token.start, this.previousEnd()),
      test,
      then,
      else: otherwise,
    }
  }

  // CASE expression LBRACE case_option+ RBRACE
  private caseExpression(): Expression {
    const token = this.next()
    const test = this.expression(0)
    this.expect('LBRACE')
    const options: CaseOption[] = []
    do options.push(this.caseOption())
    while (!this.is('RBRACE'))
    const close = this.expect('RBRACE')
    return { kind: 'CaseExpression', span: this.span(token.start, close.end), test, options }
  }

  // case_option: expression (COMMA expression)* COLON LBRACE statements? RBRACE
  private caseOption(): CaseOption {
    const values = [this.expression(0)]
    while (this.skip('COMMA')) values.push(this.expression(0))
    const colon = this.expect('COLON')
    const then = this.block(colon.start)
    return {
      kind: 'CaseOption',
      span: this.span((values[0] as Expression).span.start, then.span.end),
      at: colon.start,
      values,
      then,
    }
  }

  // CLASS classname parameter_list (INHERITS (classname | DEFAULT))? LBRACE statements? RBRACE
  private hostClass(): Expression {
    const start = this.next()
    const name = this.className()
    this.namespaces.push(name.value)
    try {
      const parameters = this.parameterList()
      const parent = this.skip('INHERITS') ? (this.is('DEFAULT') ? this.next() : this.className()) : undefined
      const body = this.block(start.start)
      this.namespaces.pop()
      const definition: Definition = {
        kind: 'HostClassDefinition',
        span: this.span(start.start, body.span.end),
        name: this.qualified(name.value),
        nameSpan: this.tokenSpan(name),
        parameters,
        ...(parent ? { parent: parent.value, parentSpan: this.tokenSpan(parent) } : {}),
        body,
      }
      return this.defined(definition)
    } catch (error) {
      if (error === stop) this.namespaces.pop()
      throw error
    }
  }

  // DEFINE classname parameter_list LBRACE statements? RBRACE
  private resourceType(): Expression {
    const start = this.next()
    const name = this.className()
    const parameters = this.parameterList()
    const body = this.block(start.start)
    return this.defined({
      kind: 'ResourceTypeDefinition',
      span: this.span(start.start, body.span.end),
      name: this.qualified(name.value),
      nameSpan: this.tokenSpan(name),
      parameters,
      body,
    })
  }

  // NODE hostname (COMMA hostname)* COMMA? (INHERITS hostname)? LBRACE statements? RBRACE
  private node(): NodeDefinition {
    const start = this.next()
    const matches = [this.hostName()]
    while (this.skip('COMMA') && !this.is('INHERITS') && !this.is('LBRACE')) matches.push(this.hostName())
    const parent = this.skip('INHERITS') ? this.hostName() : undefined
    const body = this.block(start.start)
    return this.defined({
      kind: 'NodeDefinition',
      span: this.span(start.start, body.span.end),
      matches,
      ...(parent ? { parent } : {}),
      body,
    })
  }

  // hostname: (NAME | NUMBER) (DOT (NAME | NUMBER))* | quotedtext | DEFAULT | regex
  private hostName(): Expression {
    const token = this.peek()
    switch (token.kind) {
      case 'STRING':
      case 'WORD':
      case 'DQPRE':
      case 'HEREDOC':
      case 'DEFAULT':
      case 'REGEX':
        return this.operand()
      case 'NAME':
      case 'NUMBER': {
        this.index++
        let value = token.value
        while (this.skip('DOT')) {
          if (!this.is('NAME') && !this.is('NUMBER')) this.unexpected()
          value += `.${this.next().value}`
        }
        return { kind: 'LiteralString', span: this.span(token.start, this.previousEnd()), value }
      }
      default:
        return this.unexpected()
    }
  }

  // FUNCTION classname parameter_list opt_return_type LBRACE statements? RBRACE
  private functionDefinition(): Expression {
    const start = this.next()
    const name = this.className()
    const parameters = this.parameterList()
    const returnType = this.returnType()
    const body = this.block(start.start)
    return this.defined({
      kind: 'FunctionDefinition',
      span: this.span(start.start, body.span.end),
      name: name.value,
      nameSpan: this.tokenSpan(name),
      parameters,
      ...(returnType ? { returnType } : {}),
      body,
    })
  }

  // TYPE LPAREN … (a call) | type_alias | type_definition
  private typeConstruct(): Expression {
    const token = this.next()
    const span = this.tokenSpan(token)
    if (this.is('LPAREN')) {
      const functor: Expression = { kind: 'QualifiedName', span, value: token.value }
      return this.call(functor, functor)
    }
    const following = this.kind(1)
    if (this.is('CLASSREF') && (following === 'LBRACE' || following === 'INHERITS')) return this.typeDefinition(token)
    const name = this.parameterType()
    this.expect('EQUALS')
    const type = this.aliasedType(name.span.start)
    if (name.kind !== 'QualifiedReference') {
      this.refuse('Expressions of type a Type Mapping are not supported in this version of Puppet', name.span)
      return name
    }
    const alias: TypeAlias = {
      kind: 'TypeAlias',
      span: this.span(token.start, type.span.end),
      at: name.span.start,
      name: name.value,
      nameSpan: name.span,
      type,
    }
    return this.defined(alias)
  }

  // type hash | type LBRACK access_args COMMA? RBRACK | type | hash | array
  private aliasedType(at: number): Expression {
    const kind = this.kind()
    if (kind === 'LBRACE') return objectType(at, this.hash(undefined, this.next()))
    if (kind === 'LBRACK' || kind === 'LISTSTART') return this.array()
    const type = this.typeName()
    if (this.is('LBRACK')) return { ...this.access(type), at }
    if (!this.is('LBRACE')) return type
    return objectType(at, this.hash(undefined, this.next()), type)
  }

  // TYPE CLASSREF (INHERITS CLASSREF)? LBRACE statements? RBRACE, which no version of Puppet evaluates
  private typeDefinition(start: Token): Expression {
    const name = this.typeName()
    if (this.skip('INHERITS')) this.expect('CLASSREF')
    const body = this.block(start.start)
    this.refuse('Expressions of type a Type Definition are not supported in this version of Puppet', {
      ...name.span,
      start: start.start,
      end: body.span.end,
    })
    return name
  }

  // classname: NAME | WORD | CLASSREF
  private className(): Token {
    const token = this.peek()
    if (!classNames.has(token.kind)) return this.unexpected()
    this.index++
    if (token.kind === 'CLASS') this.refuse("'class' keyword not allowed at this location", this.tokenSpan(token))
    if (token.kind === 'STRING') this.refuse('A quoted string is not valid as a name here', this.tokenSpan(token))
    return token
  }

  private qualified(name: string): string {
    return this.namespaces.length === 0 ? name : [...this.namespaces, name].join('::').replace(/^::/, '')
  }

  private defined<T extends Definition>(definition: T): T {
    this.definitions.push(definition)
    return definition
  }

  // RENDER_EXPR (expression | LBRACE statements RBRACE) (EPP_END | EPP_END_TRIM)
  private renderExpression(): RenderExpression {
    const token = this.next()
    const open = this.peek()
    let expression: Expression
    if (open.kind === 'LBRACE' && this.kind(1) !== 'RBRACE') {
      this.index++
      expression = this.renderedBlock(open)
    } else expression = this.expression(0)
    const close = this.peek()
    if (close.kind !== 'EPP_END' && close.kind !== 'EPP_END_TRIM') return this.unexpected()
    this.index++
    const span = this.span(token.start, close.end)
    return { kind: 'RenderExpression', ...this.place(token), span, expression }
  }

  /** After `<%= {`: a hash where `=>` follows the first expression, statements otherwise. */
  private renderedBlock(open: Token): Expression {
    const keyword = this.isLoneKeyword()
    const first = keyword ? this.keywordText() : this.assignment()
    if (keyword || this.is('FARROW')) return this.operators(this.hash(first, open), 0)
    const parts: Statement[] = [this.is('COMMA') ? this.commaList(first) : first]
    if (this.skip('SEMIC') && this.is('RBRACE')) this.unexpected()
    this.statementParts(parts)
    const statements = this.transformed(parts)
    const close = this.expect('RBRACE')
    return this.blockOrExpression(statements, open, close) ?? this.nop(open.end)
  }

  private nop(at: number): Nop {
    return { kind: 'Nop', span: this.span(at, at) }
  }

  private span(start: number, end: number): Span {
    return { file: this.file, start, end }
  }

  private tokenSpan(token: Token): Span {
    return { file: this.file, start: token.start, end: token.end }
  }

  private place(token: Token): { span: Span; at?: number } {
    const span = this.tokenSpan(token)
    return token.at === undefined ? { span } : { span, at: token.at }
  }

  /** A place from an expression on, located where Puppet locates that expression. */
  private from(first: Expression, end: number): { span: Span; at?: number } {
    const span = this.span(first.span.start, end)
    return first.at === undefined ? { span } : { span, at: first.at }
  }

  private peek(): Token {
    return this.tokens[this.index] as Token
  }

  private kind(offset = 0): TokenKind {
    return this.tokens[this.index + offset]?.kind ?? 'END'
  }

  private is(kind: TokenKind): boolean {
    return (this.tokens[this.index] as Token).kind === kind
  }

  private next(): Token {
    const token = this.tokens[this.index] as Token
    if (token.kind !== 'END') this.index++
    return token
  }

  private skip(kind: TokenKind): boolean {
    if (!this.is(kind)) return false
    this.index++
    return true
  }

  private expect(kind: TokenKind): Token {
    if (!this.is(kind)) return this.unexpected()
    return this.next()
  }

  private previousEnd(): number {
    return this.tokens[this.index - 1]?.end ?? 0
  }

  /** Records what Puppet's parser refuses though the grammar allows it; parsing goes on. */
  private refuse(message: string, span: Span): void {
    this.errors.push(illegalConstruct([message], { span }))
  }

  /** Reports the next token as a syntax error and ends the statement. */
  private unexpected(): never {
    const token = this.peek()
    // What is missing at the end follows from a fault before, if there is one.
    const follows = token.kind === 'END' && this.errors.length > 0
    if (!follows && this.reported !== this.index && this.errors.length < maximumErrors) {
      this.reported = this.index
      this.errors.push(token.diagnostic ?? this.syntaxErrorAt(token))
    }
    throw stop
  }

  private syntaxErrorAt(token: Token): Diagnostic {
    const span = { ...this.tokenSpan(token), start: token.at ?? token.start }
    if (token.kind !== 'END')
      return syntaxError([`'${shown(token)}'`], { span, ...syntaxHint(this.file, this.tokens, this.index) })
    const open = this.unclosed()
    return syntaxError(['end of input'], {
      span,
      ...(open ? { related: [{ message: `This '${open.value}' is not closed.`, span: this.tokenSpan(open) }] } : {}),
    })
  }

  /** The innermost opening bracket without a closing one. */
  private unclosed(): Token | undefined {
    const stack: Token[] = []
    for (const token of this.tokens) {
      if (openers.has(token.kind)) stack.push(token)
      else if (closers.has(token.kind)) stack.pop()
    }
    return stack.at(-1)
  }

  /**
   * Skips to where the next statement probably starts: a line that starts like a statement, outside of the brackets
   * that the broken one opened, or no further indented than it; or the brace that closes the block.
   */
  private recover(first: number, failed: number): void {
    this.index = this.errors.length < maximumErrors ? failed : this.tokens.length - 1
    if (this.is('END')) return
    const indent = this.column(this.tokens[first] as Token)
    const open = this.openBrackets(first, failed)
    if (failed === first && !this.is('RBRACE')) this.skipBroken(open)
    while (!this.is('END')) {
      const token = this.peek()
      const lineStart = this.startsLine(token)
      if (token.kind === 'RBRACE' && (open.length === 0 || (lineStart && this.column(token) < indent))) return
      const outside = lineStart && (open.length === 0 || this.column(token) <= indent)
      if (outside && statementStarts.has(token.kind) && this.index > first) return
      const tag = token.kind === 'RENDER_STRING' || token.kind === 'RENDER_EXPR'
      if (tag && open.length === 0 && this.index > first) return
      this.skipBroken(open)
    }
  }

  /**
   * Skips from where a parameter list broke off to the parenthesis that closes it, or to the body;
   * false where neither follows.
   */
  private recoverParameters(first: number): boolean {
    const open = this.openBrackets(first, this.index)
    for (; !this.is('END'); this.skipBroken(open)) {
      if (open.length > 0) continue
      if (this.is('RPAREN')) return true
      if (this.is('RBRACE')) return false
      // A brace opens a hash after an equals sign only.
      if (this.is('LBRACE') && this.tokens[this.index - 1]?.kind !== 'EQUALS') return true
    }
    return false
  }

  /** The closing brackets that tokens from `first` up to `end` leave to be seen, innermost last. */
  private openBrackets(first: number, end: number): TokenKind[] {
    const open: TokenKind[] = []
    for (let at = first; at < end; at++) this.bracket(open, (this.tokens[at] as Token).kind)
    return open
  }

  private bracket(open: TokenKind[], kind: TokenKind): void {
    const closer = openers.get(kind)
    if (closer) open.push(closer)
    else if (closers.has(kind)) {
      const match = open.lastIndexOf(kind)
      if (match >= 0) open.length = match
    }
  }

  private skipBroken(open: TokenKind[]): void {
    const token = this.peek()
    if (token.diagnostic && this.reported !== this.index && this.errors.length < maximumErrors)
      this.errors.push(token.diagnostic)
    this.bracket(open, token.kind)
    this.index++
  }

  private startsLine(token: Token): boolean {
    const { text } = this.file
    let at = token.start
    while (text[at - 1] === ' ' || text[at - 1] === '\t') at--
    return at === 0 || text[at - 1] === '\n'
  }

  private column(token: Token): number {
    return positionAt(this.file, token.start).column
  }
}

/** A token as Puppet's syntax error quotes it. */
function shown(token: Token): string {
  return token.kind === 'REGEX' ? `(?-mix:${token.value.replaceAll('/', '\\/')})` : token.value
}
