import type { Step } from '../../catalog/trace.ts'
import { positionAt } from '../../source/source-file.ts'
import { stepLabel } from '../chain.ts'
import { stepKey } from '../line-origins.ts'
import { visible } from '../visible-text.ts'

/** A step as the page's script reads it: label, text, index of the path or -1, line, column. */
type StepRow = readonly [label: string, text: string, path: number, line: number, column: number]

/** Chains of origins, each stored once: what the lines of a page refer to by number. */
export interface OriginTable {
  /** The chain's number. */
  add(steps: readonly Step[]): number
  /** Everything added so far, as JSON that is safe inside a `<script>` element. */
  json(): string
}

export function originTable(): OriginTable {
  const paths = numbered<string>()
  const steps = numbered<StepRow>()
  const chains = numbered<readonly number[]>()
  const stepNumber = (step: Step): number =>
    steps.number(stepKey(step), () => {
      const position = step.span && positionAt(step.span.file, step.span.start)
      const path = step.span ? paths.number(step.span.file.path, () => visible(step.span?.file.path ?? '')) : -1
      return [stepLabel(step), visible(step.text), path, position?.line ?? 0, position?.column ?? 0]
    })
  return {
    add: (chain) => {
      const numbers = chain.map(stepNumber)
      return chains.number(numbers.join(','), () => numbers)
    },
    json: () => scriptJson({ paths: paths.items, steps: steps.items, chains: chains.items }),
  }
}

function numbered<T>() {
  const numbers = new Map<string, number>()
  const items: T[] = []
  const number = (key: string, make: () => T): number => {
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, items.length)
    const place = items.length
    items.push(make())
    return place
  }
  return { items, number }
}

/** JSON that cannot end the element it stands in, nor start a comment there. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
