/** What kind of fault httpd finds; the finding's code is `httpd/` and this. */
export type FaultCode =
  | 'crash'
  | 'argument-count'
  | 'authorization'
  | 'context'
  | 'deprecated'
  | 'error-directive'
  | 'expires-code'
  | 'expression'
  | 'file'
  | 'filter'
  | 'format'
  | 'header'
  | 'include'
  | 'keyword'
  | 'line-too-long'
  | 'log-format'
  | 'macro'
  | 'missing-bracket'
  | 'module'
  | 'nesting'
  | 'not-allowed'
  | 'number'
  | 'on-off'
  | 'option'
  | 'override-option'
  | 'provider'
  | 'proxy'
  | 'redirect'
  | 'regex'
  | 'rewrite-condition'
  | 'rewrite-flag'
  | 'rewrite-map'
  | 'rewrite-rule'
  | 'section-argument'
  | 'section-mismatch'
  | 'section-order'
  | 'unclosed-section'
  | 'unknown-directive'
  | 'url'
  | 'value'
  | 'variable'

/** Where in a directive's arguments a fault lies: the number of an argument, or offsets in the raw argument text. */
export type Place = number | readonly [start: number, end: number] | 'name'

/** An error as httpd words it. */
export interface Fault {
  readonly code: FaultCode
  readonly message: string
  readonly at?: Place
  readonly remedy?: string
}

export function fault(code: FaultCode, message: string, at?: Place): Fault {
  return at === undefined ? { code, message } : { code, message, at }
}
