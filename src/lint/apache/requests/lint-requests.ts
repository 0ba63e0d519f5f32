import type { Diagnostic } from '../../../source/diagnostic.ts'
import { HANDLER_LINTS } from './handlers.ts'
import { HEADER_LINTS } from './header.ts'
import { LOGIN_LINTS } from './login.ts'
import { REDIRECT_LINTS } from './redirect.ts'
import { REWRITING_LINTS } from './rewriting.ts'
import type { RequestContext, RequestLint } from './rule.ts'

/** One row a lint; examples of each are in the tests. */
export const REQUEST_LINTS: readonly RequestLint[] = [
  ...LOGIN_LINTS,
  ...HEADER_LINTS,
  ...REDIRECT_LINTS,
  ...REWRITING_LINTS,
  ...HANDLER_LINTS,
]

/**
 * Where httpd takes the configuration and fails requests. Errors where nothing else can mend it, else warnings.
 * `whole`: the configuration is all that the server reads.
 */
export function lintRequests(context: RequestContext, whole: boolean): Diagnostic[] {
  return REQUEST_LINTS.filter(({ scope }) => whole || scope === 'part').flatMap(({ code, find }) =>
    [...find(context)].map(
      ({ depends, ...found }): Diagnostic => ({
        code: `request/${code}`,
        severity: depends === 'request' || (depends === 'configuration' && !context.certain) ? 'warning' : 'error',
        ...found,
      }),
    ),
  )
}
