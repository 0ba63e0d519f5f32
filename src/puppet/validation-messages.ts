import { define } from '../source/diagnostic.ts'

/** Faults that Puppet's static validation finds in a tree, in Puppet's wording. */
export const notTopLevel = define(
  'error',
  'puppet/not-top-level',
  () => 'Classes, definitions, and nodes may only appear at toplevel or inside other classes',
)
export const notAbsoluteTopLevel = define(
  'error',
  'puppet/not-absolute-top-level',
  (what: string) => `${what} may only appear at toplevel`,
)
export const crossScopeAssignment = define(
  'error',
  'puppet/cross-scope-assignment',
  (name: string) => `Illegal attempt to assign to '${name}'. Cannot assign to variables in other namespaces`,
)
export const illegalAssignment = define(
  'error',
  'puppet/illegal-assignment',
  (what: string) => `Illegal attempt to assign to '${what}'. Not an assignable reference`,
)
export const illegalNumericAssignment = define(
  'error',
  'puppet/numeric-assignment',
  (name: string) =>
    `Illegal attempt to assign to the numeric match result variable '$${name}'. Numeric variables are not assignable`,
)
export const assignmentNotAllowed = define('error', 'puppet/assignment-context', () => 'Assignment not allowed here')
export const illegalIndexedAssignment = define(
  'error',
  'puppet/indexed-assignment',
  () => 'Illegal attempt to assign via [index/key]. Not an assignable reference',
)
export const appendsNoLongerSupported = define(
  'error',
  'puppet/append-operator',
  (operator: string) =>
    `The operator '${operator}' is no longer supported. See http://links.puppet.com/remove-plus-equals`,
)
export const illegalNumericParameter = define(
  'error',
  'puppet/numeric-parameter',
  (name: string) =>
    `The numeric parameter name '$${name}' cannot be used (clashes with numeric match result variables)`,
)
export const notRvalue = define(
  'error',
  'puppet/not-a-value',
  (what: string) => `Invalid use of expression. ${what} does not produce a value`,
)
export const illegalAttributeAppend = define(
  'error',
  'puppet/attribute-append',
  (name: string, where: string) =>
    `Illegal +> operation on attribute ${name}. This operator can not be used in ${where}`,
)
export const illegalParameterName = define(
  'error',
  'puppet/parameter-name',
  (name: string) =>
    `Illegal parameter name. The given name '${name}' does not conform to the naming rule /^[a-z_]\\w*$/`,
)
export const illegalVariableName = define(
  'error',
  'puppet/variable-name',
  (name: string) =>
    `Illegal variable name, The given name '${name}' does not conform to the naming rule /^((::)?[a-z]\\w*)*((::)?[a-z_]\\w*)$/`,
)
export const illegalNumericVariableName = define(
  'error',
  'puppet/numeric-variable-name',
  (name: string) =>
    `Illegal numeric variable name, The given name '${name}' must be a decimal value if it starts with a digit 0-9`,
)
export const illegalHostName = define(
  'error',
  'puppet/host-name',
  (name: string) =>
    `The hostname '${name}' contains illegal characters (only letters, digits, '_', '-', and '.' are allowed)`,
)
export const interpolatedHostName = define(
  'error',
  'puppet/interpolated-host-name',
  () => 'An interpolated expression is not allowed in a hostname of a node',
)
export const illegalExpression = define(
  'error',
  'puppet/illegal-expression',
  (what: string, feature: string, where: string) =>
    `Illegal expression. ${what} is unacceptable as ${feature} in ${where}`,
)
export const illegalQuery = define(
  'error',
  'puppet/illegal-query',
  (what: string) => `Illegal query expression. ${what} cannot be used in a query`,
)
export const notVirtualizable = define(
  'error',
  'puppet/not-virtualizable',
  () => 'Resource Defaults are not virtualizable',
)
export const classNotVirtualizable = define(
  'error',
  'puppet/class-not-virtualizable',
  () => 'Classes are not virtualizable',
)
export const illegalDefinitionName = define(
  'error',
  'puppet/definition-name',
  (name: string, what: string) => `Unacceptable name. The name '${name}' is unacceptable as the name of ${what}`,
)
export const illegalDefinitionLocation = define(
  'error',
  'puppet/definition-location',
  (name: string, path: string) => `Unacceptable location. The name '${name}' is unacceptable in file '${path}'`,
)
export const illegalTopConstruct = define(
  'error',
  'puppet/top-construct-location',
  (what: string) => `This ${what} is unacceptable as a top level construct in this location`,
)
export const capturesRestNotLast = define(
  'error',
  'puppet/captures-rest-not-last',
  (name: string) => `Parameter $${name} is not last, and has 'captures rest'`,
)
export const capturesRestNotSupported = define(
  'error',
  'puppet/captures-rest-not-supported',
  (name: string, where: string) => `Parameter $${name} has 'captures rest' - not supported in ${where}`,
)
export const illegalEppParameters = define(
  'error',
  'puppet/epp-parameters',
  () => "Ambiguous EPP parameter expression. Probably missing '<%-' before parameters to remove leading whitespace",
)
export const noEffect = define(
  'error',
  'puppet/no-effect',
  (what: string) =>
    `This ${what} has no effect. A value was produced and then forgotten (one or more preceding expressions may have the wrong form)`,
)
export const resourceWithoutTitle = define(
  'error',
  'puppet/resource-without-title',
  (name: string) => `This expression is invalid. Did you try declaring a '${name}' resource without a title?`,
)
export const noEffectLast = define(
  'error',
  'puppet/no-effect-last',
  (what: string, container: string) =>
    `This ${what} has no effect. ${container} can not end with a value-producing expression without other effect`,
)
export const reservedWord = define(
  'error',
  'puppet/reserved-word',
  (word: string) => `Use of reserved word: ${word}, must be quoted if intended to be a String value`,
)
export const futureReservedWord = define(
  'warning',
  'puppet/future-reserved-word',
  (word: string) => `Use of future reserved word: '${word}'`,
)
export const reservedTypeName = define(
  'error',
  'puppet/reserved-type-name',
  (name: string, what: string) =>
    `The name: '${name}' is already defined by Puppet and can not be used as the name of ${what}.`,
)
export const nodeInheritance = define(
  'error',
  'puppet/node-inheritance',
  () =>
    'Node inheritance is not supported in Puppet >= 4.0.0. See http://links.puppet.com/puppet-node-inheritance-deprecation',
)
export const duplicateParameter = define(
  'error',
  'puppet/duplicate-parameter',
  (name: string) => `The parameter '${name}' is declared more than once in the parameter list`,
)
export const duplicateKey = define(
  'error',
  'puppet/duplicate-key',
  (key: string) => `The key '${key}' is declared more than once`,
)
export const duplicateDefault = define(
  'error',
  'puppet/duplicate-default',
  (what: string) => `This ${what} already has a 'default' entry - this is a duplicate`,
)
export const reservedParameter = define(
  'error',
  'puppet/reserved-parameter',
  (name: string, what: string) => `The parameter $${name} redefines a built in parameter in the ${what}`,
)
export const multipleUnfolds = define(
  'error',
  'puppet/multiple-unfolds',
  () => 'Unfolding of attributes from Hash can only be used once per resource body',
)
export const integerOverflow = define('error', 'puppet/integer-overflow', (value: bigint) => {
  const sign = value > 0n ? '+' : '-'
  const size = value > 0n ? value : -value
  return `A Literal Integer resulted in a value outside of Puppet Integer ${value > 0n ? 'max' : 'min'} range, got '${sign}0x${size.toString(16)}'`
})
export const invalidHeredocText = define(
  'error',
  'puppet/heredoc-text',
  (syntax: string, reason: string) => `Invalid produced text having syntax: '${syntax}'. ${reason}`,
)
/** Puppet itself breaks down here, without a message of its own. */
export const keywordAsVariable = define(
  'error',
  'puppet/keyword-as-variable',
  (word: string) => `'${word}' cannot be interpolated: it names neither a variable nor a value here`,
)
