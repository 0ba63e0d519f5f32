import { type Diagnostic, Failure, faultDiagnostic } from '../source/diagnostic.ts'

/** Does the parts of a piece of work so that one that throws takes neither the others nor the run with it. */
export interface Guard {
  /** What `work` gives; `instead` where it throws. `doing` says what it does: `judging Apache files`. */
  readonly attempt: <T, E>(doing: string, work: () => T, instead: E) => T | E
  /** What people are told of the parts that threw. */
  readonly faults: readonly Diagnostic[]
}

export function openGuard(): Guard {
  const faults: Diagnostic[] = []
  return {
    faults,
    attempt: (doing, work, instead) => {
      try {
        return work()
      } catch (error) {
        faults.push(error instanceof Failure ? error.diagnostic : faultDiagnostic(error, undefined, doing))
        return instead
      }
    },
  }
}
