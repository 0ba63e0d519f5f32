import { define, fail } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { CallContext } from '../value/function.ts'
import type { Origin } from '../value/origin.ts'
import type { ObjectImplementation } from '../value/type.ts'
import type { Value } from '../value/value.ts'
import type { WireData } from './decode.ts'
import { callDiagnostic, fileDiagnostic } from './load-function.ts'
import type { Caller } from './ruby.ts'

const noDataType = define(
  'error',
  'ruby/no-data-type',
  (path: string) => `The code loaded from ${path} does not seem to be a Puppet 5x API data type - no create_type call.`,
)
const otherDataType = define(
  'error',
  'ruby/other-data-type',
  (path: string, expected: string, actual: string) =>
    `The code loaded from ${path} produced mis-matched name, expected '${expected}', got ${actual}`,
)

/** What a file `lib/puppet/datatypes/….rb` says of its type. */
export interface LoadedDataType {
  readonly name: string
  /** What stands between the braces of `Object[{…}]`. */
  readonly interface: string
  /** There where Ruby runs its functions. */
  readonly implementation?: ObjectImplementation
}

/** The data type of a file (Puppet's `Puppet::DataTypes.create_type`); `name` in lower case. */
export function loadDataType(
  caller: Caller,
  file: SourceFile,
  name: string,
  context: CallContext | undefined,
): LoadedDataType {
  const evaluate = (): WireData => {
    let loaded: WireData = null
    caller.call({
      file,
      context,
      origin: { kind: 'builtin', name: file.path },
      span: undefined,
      request: (_frame, session) => JSON.stringify(['load-datatype', file.text, session.modules.inside(file.path)]),
      read: (reply) => {
        loaded = reply
      },
      raised: (raised) => fileDiagnostic(raised, file, caller.session()),
    })
    return loaded
  }
  if (!/Puppet::DataTypes\.create_type/.test(file.text)) return fail(noDataType([file.path]))
  let session = caller.session()
  const found = evaluate() as { name: string; interface: string; implemented: boolean } | null
  if (!found) return fail(noDataType([file.path]))
  if (found.name.toLowerCase() !== name) return fail(otherDataType([file.path, name, found.name]))
  const implementation: ObjectImplementation = (object, member, args, { context: from, block }) => {
    // A machine that was lost has lost its classes too.
    if (caller.session() !== session) {
      session = caller.session()
      evaluate()
    }
    const origin: Origin = { kind: 'call', name: member, span: from.span, from: [object, ...args].map((v) => v.origin) }
    let result: Value | undefined
    caller.call({
      file,
      context: from,
      origin,
      span: from.span,
      request: (frame) => {
        const [receiver, ...given] = [object, ...args].map((value) => session.bridge.give(frame, { value }))
        return `["member",${receiver},${JSON.stringify(member)},[${given.join(',')}],${session.bridge.giveBlock(block)}]`
      },
      read: (reply) => {
        result = session.bridge.decode(reply, origin)
      },
      raised: (raised) => callDiagnostic(raised, file, session, from),
    })
    return result as Value
  }
  return { name: found.name, interface: found.interface, ...(found.implemented ? { implementation } : {}) }
}
