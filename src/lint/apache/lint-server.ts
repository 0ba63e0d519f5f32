import type { Diagnostic } from '../../source/diagnostic.ts'
import { ACCESS_LINTS } from './access.ts'
import { CERTIFICATE_LINTS } from './certificates.ts'
import { HOST_LINTS } from './hosts.ts'
import { LISTEN_LINTS } from './listens.ts'
import { NAME_LINTS } from './names.ts'
import { REWRITE_LINTS } from './rewrite.ts'
import type { LintContext, ServerLint } from './rule.ts'
import { TLS_LINTS } from './tls.ts'
import { WORKER_LINTS } from './workers.ts'

/** One row a lint; examples of each are in the tests. */
export const SERVER_LINTS: readonly ServerLint[] = [
  ...HOST_LINTS,
  ...NAME_LINTS,
  ...LISTEN_LINTS,
  ...TLS_LINTS,
  ...CERTIFICATE_LINTS,
  ...WORKER_LINTS,
  ...ACCESS_LINTS,
  ...REWRITE_LINTS,
]

/**
 * What is wrong with a configuration that httpd has read. `whole`: it is all that the server reads, so what is not in it
 * is missing.
 */
export function lintServer(context: LintContext, whole: boolean): Diagnostic[] {
  const lints = whole ? SERVER_LINTS : SERVER_LINTS.filter((lint) => lint.scope === 'part')
  return lints.flatMap((lint) =>
    [...lint.find({ ...context, whole })].map((found) => ({
      code: `lint/${lint.code}`,
      severity: lint.severity,
      ...found,
    })),
  )
}
