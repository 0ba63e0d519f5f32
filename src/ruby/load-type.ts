import type { ResourceTypeInfo } from '../catalog/resource-type.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { CallContext } from '../value/function.ts'
import { codePlace, errorDiagnostic, errorText, lineSpan, syntaxPlace, typeFailed } from './failures.ts'
import type { Caller } from './ruby.ts'

interface LoadedType {
  readonly name: string
  readonly parameters: readonly string[]
  readonly namevars: readonly string[]
  readonly patterns: readonly (readonly [pattern: string, names: readonly string[]])[]
  readonly isomorphic: boolean
}

/** What a catalog needs to know of the resource type in a file; what it would do on a node is never run. */
export function loadType(
  caller: Caller,
  file: SourceFile,
  name: string,
  context: CallContext | undefined,
): ResourceTypeInfo {
  let loaded: LoadedType | undefined
  caller.call({
    file,
    context,
    origin: { kind: 'builtin', name: file.path },
    span: undefined,
    request: (_frame, session) => JSON.stringify(['load-type', file.text, session.modules.inside(file.path), name]),
    read: (reply) => {
      loaded = reply as unknown as LoadedType
    },
    raised: ({ error, failure }) => {
      const inside = caller.session().modules.inside(file.path)
      const syntax = error.kind === 'syntax' ? syntaxPlace(error) : undefined
      const places = [...(syntax ? [syntax] : []), ...error.trace.map(codePlace)]
      const own = places.find((place) => place?.path === inside)
      const span = own ? lineSpan(file, own.line) : { file, start: 0, end: 0 }
      return errorDiagnostic(typeFailed, error, errorText(error).replaceAll(inside, file.path), span, [], failure)
    },
  })
  const { name: made, parameters, namevars, patterns, isomorphic } = loaded as LoadedType
  return {
    name: made,
    parameters: new Set(parameters),
    namevars,
    titlePatterns: patterns.map(([pattern, names]) => ({ pattern, names })),
    isomorphic,
  }
}
