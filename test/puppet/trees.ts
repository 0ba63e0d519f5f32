import fc from 'fast-check'
import type { BlockExpression, Expression, Program } from '../../src/puppet/ast.ts'
import { keywords } from '../../src/puppet/token.ts'
import { sourceFile } from '../../src/source/source-file.ts'

const span = { file: sourceFile('generated.pp', ''), start: 0, end: 0 }
type Made = Record<string, unknown>

/** A node of the kind; places do not count. */
const node = <K extends string>(
  kind: K,
  fields: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<Expression> =>
  fc.record(fields).map((made) => ({ kind, span, ...(made as Made) }) as unknown as Expression)
const list = (item: fc.Arbitrary<unknown>, minLength = 0, maxLength = 3) => fc.array(item, { minLength, maxLength })
const optional = (name: string, item: fc.Arbitrary<unknown>): fc.Arbitrary<Made> =>
  fc.option(item, { nil: undefined }).map((made) => (made === undefined ? {} : { [name]: made }))
/** The node with fields that it may lack. */
const having = (made: fc.Arbitrary<unknown>, ...fields: fc.Arbitrary<Made>[]): fc.Arbitrary<Expression> =>
  fc.tuple(made, ...fields).map(([first, ...rest]) => Object.assign({}, first, ...rest) as Expression)

const word = fc.constantFrom('a', 'b1', 'foo', 'x_y', 'plan', 'e5', 'site').filter((name) => !keywords.has(name))
const name = fc.oneof(
  word,
  fc.tuple(word, word).map((parts) => parts.join('::')),
  word.map((part) => `::${part}`),
)
const typeName = fc.constantFrom('Foo', 'Foo::Bar', '::Foo', 'String', 'Optional')
const variable = fc.constantFrom('a', 'x', '0', '12', 'a::b', '::a', '_c', 'if')
const text = fc
  .array(
    fc.constantFrom(
      'a',
      ' ',
      "'",
      '"',
      '\\',
      '$',
      '${',
      '{',
      '}',
      '\n',
      '\r',
      '\t',
      'END',
      'é',
      '😀',
      '<%',
      '%>',
      '#',
      '/*',
      'u0041',
      '|',
      '@(',
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))
const filled = text.filter((made) => made !== '')

const operators = {
  ArithmeticExpression: ['+', '-', '*', '/', '%', '<<', '>>'],
  ComparisonExpression: ['==', '!=', '<', '>', '<=', '>='],
  MatchExpression: ['=~', '!~'],
}

const { expression, statements } = fc.letrec<{
  expression: Expression
  leaf: Expression
  statements: readonly Expression[]
}>((tie) => {
  const expression = tie('expression') as fc.Arbitrary<Expression>
  const leaf = fc.oneof(
    node('LiteralUndef'),
    node('LiteralDefault'),
    node('LiteralBoolean', { value: fc.boolean() }),
    node('LiteralInteger', { value: fc.bigInt({ min: 0n, max: 10n ** 20n }), radix: fc.constantFrom(8, 10, 16) }),
    node('LiteralFloat', { value: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }) }),
    node('LiteralString', { value: text }),
    node('LiteralRegularExpression', { pattern: fc.constantFrom('', 'a', 'a/b', '\\\\', '\\d+/', '[/]') }),
    node('QualifiedName', { value: name }),
    node('QualifiedReference', { value: typeName }),
    node('VariableExpression', { name: variable }),
    node('ReservedWord', { word: fc.constantFrom('attr', 'private'), future: fc.constant(false) }),
  )
  const type = fc.oneof(
    node('QualifiedReference', { value: typeName }),
    node('AccessExpression', { left: node('QualifiedReference', { value: typeName }), keys: list(expression, 1) }),
  )
  const parameter = having(
    node('Parameter', { name: fc.constantFrom('a', 'x', 'b'), capturesRest: fc.boolean() }),
    optional('typeExpression', type),
    optional('value', expression),
  )
  const body = (tie('statements') as fc.Arbitrary<readonly Expression[]>).map(
    (statements) => ({ kind: 'BlockExpression', span, statements }) as BlockExpression,
  )
  /** What stands in the braces of a conditional. */
  const branch = body.map(
    ({ statements }): Expression =>
      statements.length === 0
        ? { kind: 'Nop', span }
        : statements.length === 1
          ? (statements[0] as Expression)
          : { kind: 'BlockExpression', span, statements },
  )
  const lambda = having(node('LambdaExpression', { parameters: list(parameter), body }), optional('returnType', type))
  const operations = list(
    fc.oneof(
      node('AttributeOperation', {
        name: fc.oneof(word, fc.constantFrom('if', 'type', 'default')),
        operator: fc.constantFrom('=>', '+>'),
        value: expression,
      }),
      node('AttributesOperation', { expression }),
    ),
  )
  const form = fc.constantFrom('regular', 'virtual', 'exported')
  const entry = node('KeyedEntry', { key: expression, value: expression })
  const interpolatedOf = (inside: fc.Arbitrary<Expression>) =>
    fc.tuple(list(fc.tuple(fc.option(filled, { nil: '' }), inside), 1), text).map(([pairs, end]) => {
      const segments: Expression[] = []
      const literal = (value: string) => {
        if (value !== '') segments.push({ kind: 'LiteralString', span, value })
      }
      for (const pair of pairs) {
        const [before, inner] = pair as [string, Expression]
        literal(before)
        segments.push({ kind: 'TextExpression', span, expression: inner })
      }
      literal(end)
      return { kind: 'ConcatenatedString', span, segments } as Expression
    })
  const interpolated = interpolatedOf(expression)
  // Puppet reads no heredoc within a heredoc.
  const simple = fc.oneof(leaf, node('AccessExpression', { left: leaf, keys: list(leaf, 1) }), interpolatedOf(leaf))
  const infix = (Object.keys(operators) as (keyof typeof operators)[]).map((kind) =>
    node(kind, { operator: fc.constantFrom(...operators[kind]), left: expression, right: expression }),
  )
  const functor = node('NamedAccessExpression', {
    left: expression,
    right: node('QualifiedName', { value: fc.oneof(word, fc.constant('type')) }),
  })
  const rvalueRequired = fc.constant(true)
  return {
    leaf,
    expression: fc.oneof(
      { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: leaf },
      node('LiteralList', { values: list(expression) }),
      node('LiteralHash', { entries: list(entry) }),
      interpolated,
      node('HeredocExpression', {
        syntax: fc.constantFrom('', 'json', 'pp'),
        text: fc.oneof(node('LiteralString', { value: text }), interpolatedOf(simple)),
      }),
      node('AccessExpression', { left: expression, keys: list(expression, 1) }),
      having(
        node('CallNamedFunctionExpression', {
          functor: fc.oneof(node('QualifiedName', { value: fc.oneof(name, fc.constant('type')) }), expression),
          arguments: list(expression),
          rvalueRequired,
        }),
        optional('lambda', lambda),
      ),
      having(
        node('CallMethodExpression', { functor, arguments: list(expression), rvalueRequired }),
        optional('lambda', lambda),
      ),
      node('NotExpression', { expression }),
      node('UnaryMinusExpression', { expression }),
      node('UnfoldExpression', { expression }),
      node('ParenthesizedExpression', { expression }),
      ...infix,
      node('InExpression', { left: expression, right: expression }),
      node('AndExpression', { left: expression, right: expression }),
      node('OrExpression', { left: expression, right: expression }),
      node('AssignmentExpression', { operator: fc.constantFrom('=', '+=', '-='), left: expression, right: expression }),
      node('RelationshipExpression', {
        operator: fc.constantFrom('->', '~>', '<-', '<~'),
        left: expression,
        right: expression,
      }),
      // biome-ignore lint/suspicious/noThenProperty: the name of the property in the tree
      node('IfExpression', { test: expression, then: branch, else: branch }),
      // biome-ignore lint/suspicious/noThenProperty: the name of the property in the tree
      node('UnlessExpression', { test: expression, then: branch, else: branch }),
      node('CaseExpression', {
        test: expression,
        // biome-ignore lint/suspicious/noThenProperty: the name of the property in the tree
        options: list(node('CaseOption', { values: list(expression, 1), then: body }), 1),
      }),
      node('SelectorExpression', {
        left: expression,
        selectors: list(node('SelectorEntry', { match: expression, value: expression }), 1),
      }),
      node('ResourceExpression', {
        form,
        typeName: expression,
        bodies: list(node('ResourceBody', { title: expression, operations }), 1),
      }),
      node('ResourceDefaultsExpression', {
        form,
        typeRef: node('QualifiedReference', { value: typeName }),
        operations,
      }),
      node('ResourceOverrideExpression', {
        form,
        resources: node('AccessExpression', { left: expression, keys: list(expression, 1) }),
        operations,
      }),
      node('CollectExpression', {
        type: expression,
        query: fc.oneof(
          node('VirtualQuery', { expression: fc.oneof(node('Nop'), expression) }),
          node('ExportedQuery', { expression: fc.oneof(node('Nop'), expression) }),
        ),
        operations,
      }),
    ),
    statements: list(expression).map((made) => (made as readonly Expression[]).map(asStatement)),
  }
})

/** A call that stands as a statement gives no value. */
function asStatement(made: Expression): Expression {
  return made.kind === 'CallNamedFunctionExpression' ? { ...made, rvalueRequired: false } : made
}

const body = statements.map((made) => ({ kind: 'BlockExpression', span, statements: made }) as BlockExpression)
const type = node('QualifiedReference', { value: typeName })
const parameters = list(
  having(
    node('Parameter', { name: fc.constantFrom('a', 'x', 'b'), capturesRest: fc.boolean() }),
    optional('typeExpression', type),
    optional('value', expression),
  ),
)
const host = fc.oneof(
  node('LiteralString', { value: text }),
  node('LiteralRegularExpression', { pattern: fc.constantFrom('a', 'a/b') }),
  node('LiteralDefault'),
)
const definition = fc.oneof(
  having(node('HostClassDefinition', { name, parameters, body }), optional('parent', name)),
  node('ResourceTypeDefinition', { name, parameters, body }),
  having(node('FunctionDefinition', { name, parameters, body }), optional('returnType', type)),
  having(node('NodeDefinition', { matches: list(host, 1), body }), optional('parent', host)),
  node('TypeAlias', { name: fc.constantFrom('Foo', 'Foo::Bar'), type }),
)

/** A manifest whose trees the grammar has, but for parentheses. */
export const programs: fc.Arbitrary<Program> = list(
  fc.oneof({ weight: 3, arbitrary: expression }, { weight: 1, arbitrary: definition }),
  1,
  4,
).map((made) => {
  const statements = (made as readonly Expression[]).map(asStatement)
  const body: Expression =
    statements.length === 1 ? (statements[0] as Expression) : { kind: 'BlockExpression', span, statements }
  return { kind: 'Program', span, body, definitions: [] }
})
