import { editDistance } from '../../source/suggest.ts'
import { type DataContext, type DataRule, type DataSource, entryAt, type Found, keysOf, parameterKey } from './rule.ts'

/** A key that looks like a parameter of a class with a slip of the finger: Hiera never finds it, and nobody is told. */
export const misspeltParameter: DataRule = {
  code: 'misspelt-parameter',
  why: 'Data for a parameter that the class does not have is never looked up.',
  severity: 'warning',
  *find(context) {
    for (const [source, { misspelt }] of unreadKeys(context))
      for (const { key, meant } of misspelt) {
        const place = entryAt(source, key)
        if (!place) continue
        const [className, parameter] = parameterKey(key) as readonly [string, string]
        yield {
          span: place.span,
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
    for (const [source, { unused }] of unreadKeys(context)) {
      const isMany = unused.length > mostAlone
      for (const key of isMany ? unused.slice(0, 1) : unused) {
        const place = entryAt(source, key)
        if (place) yield { span: place.span, ...unusedText(isMany ? several(unused) : key) }
      }
    }
  },
}

/** More unused keys of a file are told in one sentence: then it is the file that nobody uses. */
const mostAlone = 20

function several(keys: readonly string[]): string {
  return `${keys.length} keys of this file (${keys.slice(0, 3).join(', ')} …)`
}

function unusedText(what: string): Pick<Found, 'message' | 'remedy'> {
  return {
    message: `nothing looks ${what} up on any node, and no class has such a parameter`,
    remedy: 'Take it away, or look for the code that should read it.',
  }
}

/** Keys of a file that nobody reads, that no class has as parameters, and that no code mentions. */
interface UnreadKeys {
  readonly unused: readonly string[]
  /** `meant`: keys of parameters that they may be a slip of. */
  readonly misspelt: readonly { readonly key: string; readonly meant: readonly string[] }[]
}

const found = new WeakMap<DataContext, ReadonlyMap<DataSource, UnreadKeys>>()

function unreadKeys(context: DataContext): ReadonlyMap<DataSource, UnreadKeys> {
  const known = found.get(context)
  if (known) return known
  const classes = indexClasses(context)
  const unread = new Map(context.sources.map((source) => [source, unreadIn(source, context, classes)]))
  found.set(context, unread)
  return unread
}

function unreadIn(source: DataSource, context: DataContext, classes: ClassIndex): UnreadKeys {
  const unused: string[] = []
  const misspelt: { key: string; meant: readonly string[] }[] = []
  for (const key of keysOf(source)) {
    if (context.readKeys.has(key)) continue
    const own = parameterKey(key)
    const parameters = own && context.parametersOf(own[0])
    if ((own && parameters?.includes(own[1])) || context.isMentioned(key)) continue
    const meant = own ? meantBy(own, parameters, context, classes) : none
    if (meant.length > 0) misspelt.push({ key, meant })
    else unused.push(key)
  }
  return { unused, misspelt }
}

const none: readonly string[] = []

/** Keys of parameters that a misspelt one may mean: the same class, or one whose name is nearly the same. */
function meantBy(
  [className, parameter]: readonly [className: string, parameter: string],
  parameters: readonly string[] | undefined,
  context: DataContext,
  classes: ClassIndex,
): readonly string[] {
  if (parameters) return nearest(parameter, parameters).map((name) => `${className}::${name}`)
  const candidates = classes(className)
  if (candidates === none) return none
  return nearest(className, candidates)
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
    return found && others ? new Set([...found, ...others]) : (found ?? others ?? none)
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
