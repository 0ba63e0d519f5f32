import { builtin, overload, refuse, repeated } from './definition.ts'

/** Gone from the language; the name is kept for its message. */
export const importFunction = builtin('import', [
  overload([repeated('Any', 'args')], (call) =>
    refuse(
      call,
      "Use of 'import' has been discontinued in favor of a manifest directory. " +
        'See http://links.puppet.com/puppet-import-deprecation',
    ),
  ),
])
