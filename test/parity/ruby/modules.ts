import { builtinFunctions } from '../../../src/functions/builtin-functions.ts'
import type { RubyModule } from '../../../src/ruby/module-tree.ts'
import type { Ruby } from '../../../src/ruby/ruby.ts'
import { diskFiles } from '../../../src/source/files.ts'
import { type SourceFile, sourceFile } from '../../../src/source/source-file.ts'
import { dispatch } from '../../../src/types/dispatch.ts'
import type { CallContext, FunctionDefinition } from '../../../src/value/function.ts'
import { contextOf, type TestContext } from '../../ruby/context.ts'
import { modulePath } from './real-puppet.ts'

const files = diskFiles(modulePath, ['/usr/share'])

/** Debian's modules. */
export const modules: readonly RubyModule[] = (files.list('') ?? [])
  .filter((name) => /^[a-z][a-z0-9_]*$/.test(name) && files.kind(name) === 'directory')
  .map((name) => ({
    name,
    directory: `${modulePath}/${name}`,
    bytes: (path) => files.bytes(`${name}/${path}`),
    kind: (path) => files.kind(`${name}/${path}`),
    list: (path) => files.list(`${name}/${path}`),
  }))

/** Ruby files below a folder of every module's `lib`, with the names that they stand for. */
export function rubyFiles(folder: string): { file: SourceFile; name: string; module: string }[] {
  const found: { file: SourceFile; name: string; module: string }[] = []
  const walk = (module: string, path: string, name: string): void => {
    for (const entry of files.list(path) ?? [])
      if (files.kind(`${path}/${entry}`) === 'directory') walk(module, `${path}/${entry}`, `${name}${entry}::`)
      else if (entry.endsWith('.rb'))
        found.push({
          file: sourceFile(`${modulePath}/${path}/${entry}`, files.text(`${path}/${entry}`) ?? ''),
          name: `${name}${entry.slice(0, -3)}`,
          module,
        })
  }
  for (const module of modules) walk(module.name, `${module.name}/lib/${folder}`, '')
  return found
}

/** A context in which the functions of all modules can be called, as Puppet finds them: 4.x, then built in, then 3.x. */
export function moduleContext(
  ruby: Ruby,
  facts: Record<string, unknown>,
  options: Parameters<typeof contextOf>[2],
): TestContext {
  const current = new Map(rubyFiles('puppet/functions').map((f) => [f.name, f.file]))
  const legacy = new Map(rubyFiles('puppet/parser/functions').map((f) => [f.name, f.file]))
  const definitions = new Map<string, FunctionDefinition>()
  const find = (name: string): FunctionDefinition | undefined => {
    const known = definitions.get(name)
    if (known) return known
    const file = current.get(name)
    const made = file
      ? ruby.loadFunction(file, name, context)
      : (builtinFunctions.get(name) ??
        (legacy.has(name) ? ruby.loadFunction(legacy.get(name) as SourceFile, name, context) : undefined))
    if (made) definitions.set(name, made)
    return made
  }
  const base = contextOf({ ...facts, facts }, {}, options)
  const context: TestContext = {
    ...base,
    hasFunction: (name) => find(name) !== undefined,
    call: (name, args, block) => {
      const found = find(name)
      return found ? dispatch(found, context, args, block) : base.call(name, args, block)
    },
    modules: {
      ...base.modules,
      names: modules.map((m) => m.name),
      directory: (name) => modules.find((m) => m.name === name)?.directory,
      metadata: (name) => {
        const text = files.text(`${name}/metadata.json`)
        return text === undefined ? undefined : JSON.parse(text)
      },
    },
  } satisfies CallContext & { logs: unknown }
  return context
}
