import type { HashValue, Value } from '../../value/value.ts'
import { integerRange, nonEmptyString } from '../construct.ts'
import { type Constructor, entry, failConversion, signature, struct } from './constructor.ts'

const parts = struct({
  'scheme?': nonEmptyString,
  'userinfo?': nonEmptyString,
  'host?': nonEmptyString,
  'port?': integerRange(0n, undefined),
  'path?': nonEmptyString,
  'query?': nonEmptyString,
  'fragment?': nonEmptyString,
  'opaque?': nonEmptyString,
})

export const newUri: Constructor = {
  name: 'new_error',
  dispatches: [
    {
      signature: signature(['uri', nonEmptyString]),
      call: ([given], making) => {
        const text = (given as Value & { kind: 'string' }).value
        if (/[\s<>"{}|\\^`]/.test(text)) failConversion(`bad URI(is not URI?): "${text}"`, making)
        return { kind: 'uri', text, origin: making.origin }
      },
    },
    {
      signature: signature(['hash', parts]),
      call: ([given], { origin }) => ({ kind: 'uri', text: assembled(given as HashValue), origin }),
    },
  ],
}

function assembled(given: HashValue): string {
  const part = (name: string) => {
    const found = entry(given, name)
    return found?.kind === 'string' || found?.kind === 'integer' ? String(found.value) : undefined
  }
  const [scheme, userinfo, host, port] = ['scheme', 'userinfo', 'host', 'port'].map(part)
  const [path, query, fragment, opaque] = ['path', 'query', 'fragment', 'opaque'].map(part)
  const usual = { http: '80', https: '443', ftp: '21', ldap: '389', ldaps: '636' }[scheme?.toLowerCase() ?? '']
  const authority =
    host === undefined
      ? ''
      : `//${userinfo === undefined ? '' : `${userinfo}@`}${host}${port === undefined || port === usual ? '' : `:${port}`}`
  return [
    scheme === undefined ? '' : `${scheme}:`,
    opaque ?? `${authority}${path ?? ''}${query === undefined ? '' : `?${query}`}`,
    fragment === undefined ? '' : `#${fragment}`,
  ].join('')
}
