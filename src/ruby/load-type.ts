import type { ResourceTypeInfo } from '../catalog/resource-type.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { CallContext } from '../value/function.ts'
import type { WireData } from './decode.ts'
import { codePlace, errorDiagnostic, errorText, lineSpan, syntaxPlace, typeFailed, withShownPath } from './failures.ts'
import type { Caller, Session } from './ruby.ts'

interface LoadedType {
  readonly name: string
  readonly parameters: readonly string[]
  readonly namevars: readonly string[]
  readonly patterns: readonly (readonly [pattern: string, names: readonly string[], converts: boolean])[]
  readonly isomorphic: boolean
}

/**
 * What a catalog needs to know of the resource type in a file; what it would do on a node is never run. `undefined` where
 * the file defines no type.
 */
export function loadType(
  caller: Caller,
  file: SourceFile,
  name: string,
  context: CallContext | undefined,
): ResourceTypeInfo | undefined {
  const ask = (request: (session: Session) => string): WireData => {
    let answer: WireData = null
    caller.call({
      file,
      context,
      origin: { kind: 'builtin', name: file.path },
      span: undefined,
      request: (_frame, session) => request(session),
      read: (reply) => {
        answer = reply
      },
      raised: ({ error, failure }) => {
        const inside = caller.session().modules.inside(file.path)
        const syntax = error.kind === 'syntax' ? syntaxPlace(error) : undefined
        const places = [...(syntax ? [syntax] : []), ...error.trace.map(codePlace)]
        const own = places.find((place) => place?.path === inside)
        const raisedAt = own ? lineSpan(file, own.line) : { file, start: 0, end: 0 }
        const message = `Could not autoload puppet/type/${name}: ${withShownPath(errorText(error), file.path, caller.session().modules)}`
        const related = context ? [{ message: 'raised here', span: raisedAt }] : []
        return errorDiagnostic(typeFailed, error, message, context?.span ?? raisedAt, related, failure)
      },
    })
    return answer
  }
  const load = (session: Session): string =>
    JSON.stringify(['load-type', file.text, session.modules.inside(file.path), name])
  const loaded = ask(load) as unknown as LoadedType | null
  if (!loaded) return undefined
  const { patterns, parameters, namevars, isomorphic } = loaded
  return {
    name: loaded.name,
    path: file.path,
    parameters: new Set(parameters),
    namevars,
    titlePatterns: patterns.map(([pattern, names, converts], number) => ({
      pattern,
      names,
      ...(converts
        ? {
            convert: (groups) => {
              const given = groups.map((group) => group ?? null)
              const made = ask(() => JSON.stringify(['title', name, number, given])) as readonly (string | null)[]
              return made.map((text) => text ?? undefined)
            },
          }
        : {}),
    })),
    isomorphic,
  }
}
