import { type Span, sourceFile } from '../source/source-file.ts'
import type { State } from './state.ts'

/** Where the call under evaluation stands. */
export function callPlace(state: State): Span {
  return state.calls.at(-1)?.span ?? { file: sourceFile('', ''), start: 0, end: 0 }
}
