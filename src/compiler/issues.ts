import { type Diagnostic, type DiagnosticDetail, define, fail } from '../source/diagnostic.ts'

/**
 * What can go wrong while a catalog is compiled, in Puppet's own wording. A diagnostic that is thrown without a span gets
 * the place of the innermost expression under evaluation, as Puppet does with errors that know no place themselves.
 */

/** An error without a code of its own: the message says it all. */
export const evaluationError = define('error', 'puppet/evaluation', (message: string) => message)

export const unknownVariable = define(
  'error',
  'puppet/unknown-variable',
  (name: string) => `Unknown variable: '${name}'.`,
)
export const unknownFunction = define(
  'error',
  'puppet/unknown-function',
  (name: string) => `Unknown function: '${name}'.`,
)
export const unknownResourceType = define(
  'error',
  'puppet/unknown-resource-type',
  (name: string) => `Unknown resource type: '${name}'`,
)
export const resourceTypeNotFound = define(
  'error',
  'puppet/unknown-type',
  (name: string) => `Resource type not found: ${name}`,
)
export const unknownClass = define(
  'error',
  'puppet/unknown-class',
  (name: string, node: string) => `Could not find class ${name} for ${node}`,
)
export const undeclaredClass = define(
  'error',
  'puppet/unknown-class',
  (name: string) => `Could not find declared class ${name}`,
)
export const unknownParent = define(
  'error',
  'puppet/unknown-class',
  (name: string, kind: string, environment: string) =>
    `Could not find parent resource type '${name}' of type ${kind} in ${environment}`,
)
export const unknownParameter = define(
  'error',
  'puppet/unknown-parameter',
  (name: string) => `no parameter named '${name}'`,
)
export const noMatchingNode = define(
  'error',
  'puppet/no-matching-node',
  (name: string) => `Could not find node statement with name 'default' or '${name}'`,
)
export const duplicateDeclaration = define(
  'error',
  'puppet/duplicate-declaration',
  (resource: string, place: string) =>
    `Duplicate declaration: ${resource} is already declared${place ? ` at ${place}` : ''}; cannot redeclare`,
)
export const cannotAlias = define(
  'error',
  'puppet/alias-conflict',
  (resource: string, key: string, at: string, existing: string, there: string) =>
    `Cannot alias ${resource} to ${key}${at ? ` at ${at}` : ''}; resource ${existing} already declared${there ? ` ${there}` : ''}`,
)
export const missingRelationshipTarget = define(
  'error',
  'puppet/missing-resource',
  (resource: string, parameter: string) => `Could not find resource '${resource}' in parameter '${parameter}'`,
)
export const missingRelationshipEnd = define('error', 'puppet/missing-resource', (message: string) => message)
export const cannotOverride = define('error', 'puppet/illegal-override', (message: string) => message)
export const reassigned = define('error', 'puppet/reassigned-variable', (message: string) => message)
export const redefined = define('error', 'puppet/redefined', (message: string) => message)
export const typeMismatch = define('error', 'puppet/type-mismatch', (message: string) => message)
export const tooDeep = define('error', 'puppet/recursion', () => 'stack level too deep')

/** Ends the evaluation with a message in Puppet's wording. */
export function failWith(message: string, detail?: DiagnosticDetail): never {
  fail(evaluationError([message], detail))
}

/** The same diagnostic with a severity other than its own. */
export function asWarning(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: 'warning' }
}
