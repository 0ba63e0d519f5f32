import { definitionsOf } from '../compiler/autoload.ts'
import { parseManifest } from '../puppet/parse.ts'
import { sourceFile } from '../source/source-file.ts'

interface Parts {
  /** The manifest without what stands inside its node definitions. */
  readonly rest: string
  /** What stands inside, by the title that catalogs give the node. */
  readonly bodies: ReadonlyMap<string, string>
}

/**
 * The titles of the node definitions in which two versions of a manifest differ, where they differ in nothing else;
 * `undefined` where they do, or one cannot be parsed.
 */
export function changedNodeDefinitions(
  path: string,
  before: string | undefined,
  after: string | undefined,
): ReadonlySet<string> | undefined {
  const [old, fresh] = [partsOf(path, before), partsOf(path, after)]
  if (!old || !fresh || old.rest !== fresh.rest) return undefined
  const changed = new Set<string>()
  for (const [title, body] of fresh.bodies) if (old.bodies.get(title) !== body) changed.add(title)
  return changed
}

function partsOf(path: string, text: string | undefined): Parts | undefined {
  if (text === undefined) return undefined
  const { program, diagnostics } = parseManifest(sourceFile(path, text))
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return undefined
  const bodies = new Map<string, string>()
  let rest = ''
  let at = 0
  for (const definition of program.definitions) {
    if (definition.kind !== 'NodeDefinition') continue
    const { start, end } = definition.body.span
    if (start < at) return undefined
    rest += text.slice(at, start)
    at = end
    for (const { name } of definitionsOf(definition, undefined)) bodies.set(name, text.slice(start, end))
  }
  return { rest: rest + text.slice(at), bodies }
}
