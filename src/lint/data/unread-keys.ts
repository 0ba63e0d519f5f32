import type { Span } from '../../source/source-file.ts'
import { editDistance } from '../../source/suggest.ts'
import { type DataContext, type DataRule, type DataSource, type Found, keysOf, parameterKey } from './rule.ts'

/** A key that looks like a parameter of a class with a slip of the finger: Hiera never finds it, and nobody is told. */
export const misspeltParameter: DataRule = {
  code: 'misspelt-parameter',
  why: 'Data for a parameter that the class does not have is never looked up.',
  severity: 'warning',
  *find(context) {
    for (const keys of unreadKeys(context).values())
      for (const { key, span, meant } of keys) {
        if (meant.length === 0) continue
        const [className, parameter] = parameterKey(key) as readonly [string, string]
        yield {
          span,
          message: context.parametersOf(className)
            ? `the class ${className} has no parameter '${parameter}', and nothing looks ${key} up`
            : `there is no class ${className}, and nothing looks ${key} up`,
          remedy: `Did you mean '${meant.join("' or '")}'?`,
        }
      }
  },
}

/** A key that nothing looks up on any node, that is no parameter of a class, and that no code mentions. */
export const unusedKey: DataRule = {
  code: 'unused-key',
  why: 'No node looks the key up, and no code mentions it.',
  severity: 'warning',
  *find(context) {
    if (!context.complete) return
    for (const keys of unreadKeys(context).values()) {
      const unused = keys.filter(({ meant }) => meant.length === 0)
      const [first] = unused
      if (!first) continue
      if (unused.length <= mostAlone) for (const { key, span } of unused) yield { span, ...unusedText(key) }
      else {
        const names = unused.slice(0, 3).map(({ key }) => key)
        yield { span: first.span, ...unusedText(`${unused.length} keys of this file (${names.join(', ')} …)`) }
      }
    }
  },
}

/** More unused keys of a file are told in one sentence: then it is the file that nobody uses. */
const mostAlone = 20

function unusedText(what: string): Pick<Found, 'message' | 'remedy'> {
  return {
    message: `nothing looks ${what} up on any node, and no class has such a parameter`,
    remedy: 'Take it away, or look for the code that should read it.',
  }
}

interface UnreadKey {
  readonly key: string
  readonly span: Span
  /** Keys of parameters that it may be a slip of. */
  readonly meant: readonly string[]
}

const found = new WeakMap<DataContext, ReadonlyMap<DataSource, readonly UnreadKey[]>>()

/** By file: what nobody reads, no class has as a parameter, and no code mentions. */
function unreadKeys(context: DataContext): ReadonlyMap<DataSource, readonly UnreadKey[]> {
  const known = found.get(context)
  if (known) return known
  const classes = indexClasses(context)
  const unread = new Map<DataSource, readonly UnreadKey[]>()
  for (const source of context.sources) {
    const keys: UnreadKey[] = []
    for (const { key, span } of keysOf(source)) {
      if (context.isRead(key)) continue
      const own = parameterKey(key)
      if (own && context.parametersOf(own[0])?.includes(own[1])) continue
      if (!context.isMentioned(key)) keys.push({ key, span, meant: own ? meantBy(own, context, classes) : [] })
    }
    unread.set(source, keys)
  }
  found.set(context, unread)
  return unread
}

/** Keys of parameters that a misspelt one may mean: the same class, or one whose name is nearly the same. */
function meantBy(
  [className, parameter]: readonly [className: string, parameter: string],
  context: DataContext,
  classes: ClassIndex,
): string[] {
  const own = context.parametersOf(className)
  if (own) return nearest(parameter, own).map((name) => `${className}::${name}`)
  return nearest(className, classes(className))
    .filter((name) => context.parametersOf(name)?.includes(parameter))
    .map((name) => `${name}::${parameter}`)
}

/** Classes that share their module's name, or all but that, with a name: a slip is in one place. */
type ClassIndex = (className: string) => Iterable<string>

function indexClasses(context: DataContext): ClassIndex {
  const byPart = new Map<string, string[]>()
  const add = (part: string, name: string): void => {
    const known = byPart.get(part)
    if (known) known.push(name)
    else byPart.set(part, [name])
  }
  for (const name of context.classNames()) for (const part of partsOf(name)) if (part !== undefined) add(part, name)
  return (name) => {
    const [first, rest] = partsOf(name)
    const found = byPart.get(first)
    const others = rest === undefined ? undefined : byPart.get(rest)
    return found && others ? new Set([...found, ...others]) : (found ?? others ?? [])
  }
}

function partsOf(name: string): readonly [first: string, rest?: string] {
  const cut = name.indexOf('::')
  return cut < 0 ? [''] : [name.slice(0, cut), name.slice(cut)]
}

/** The nearest names, where they differ by a letter or two: more would be another word. */
function nearest(name: string, candidates: Iterable<string>): string[] {
  let limit = name.length < 5 ? 1 : 2
  let found: string[] = []
  for (const candidate of candidates) {
    const distance = editDistance(name, candidate, limit)
    if (distance > limit) continue
    found = distance < limit ? [candidate] : [...found, candidate]
    limit = distance
  }
  return found.slice(0, 3)
}
