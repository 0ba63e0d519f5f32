import type { ConfigNode } from '../../../apache/context.ts'
import type { Found, LintContext } from '../rule.ts'

/** What httpd accepts, starts with, and then answers with an error page to visitors. */
export interface RequestLint {
  /** Without `request/`. */
  readonly code: string
  /** What comes of it, for the documentation. */
  readonly why: string
  /** `server`: needs the configuration of a whole server; `part`: tells of any part of one. */
  readonly scope: 'server' | 'part'
  readonly find: (context: RequestContext) => Iterable<RequestFound>
}

export interface RequestContext extends LintContext {
  /**
   * For an `.htaccess` file, what applies to its directory before it: the directives of the server, the hosts and the
   * directories around. Left out where the server is not known.
   */
  readonly around?: readonly (readonly ConfigNode[])[]
  /** Nothing of the configuration that is not known here could mend what is found. */
  readonly certain: boolean
}

export interface RequestFound extends Found {
  /** What else decides whether it comes to that: other parts of the configuration, or the request and its answer. */
  readonly depends?: 'configuration' | 'request'
}
