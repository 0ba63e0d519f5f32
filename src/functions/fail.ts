import { refuse } from './definition.ts'
import { atLeast, legacy, legacyText } from './legacy.ts'

/** Ends the catalog with its arguments as message. */
export const failFunction = legacy(
  'fail',
  atLeast(0),
  (call) => refuse(call, call.args.map(legacyText).join(' ')),
  false,
)
