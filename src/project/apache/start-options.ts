import { modulesNamed } from '../../apache/modules.ts'
import type { Files } from '../../source/files.ts'
import { type Layout, loadLines } from './layouts.ts'

/** What a node's start scripts make of httpd before it reads its configuration. */
export interface StartOptions {
  /** Names given with `-D`. */
  readonly defines: ReadonlyMap<string, undefined>
  /** Where the scripts are told which modules to load: the layout with them, and those that the program has built in. */
  readonly loading?: { readonly layout: Layout; readonly builtIn: ReadonlySet<string> }
}

export function startOptions(files: Files, layout: Layout): StartOptions {
  const { start } = layout
  const variables = start ? shellVariables(files.text(start.path) ?? '') : new Map<string, string>()
  const words = (name: string) => (variables.get(name) ?? '').split(/\s+/).filter(Boolean)
  const options = start ? words(start.options) : []
  const names = options.flatMap((word, i) => {
    if (word === '-D') return options[i + 1] ?? []
    if (word.startsWith('-D')) return word.slice(2)
    return start?.areNames && !word.startsWith('-') && options[i - 1] !== '-D' ? word : []
  })
  const defines = new Map(names.map((name) => [name, undefined]))
  const modules = start?.modules
  if (!modules || !variables.has(modules.variable)) return { defines }
  const loaded = words(modules.variable).map((name) => name.replace(/^mod_/, ''))
  const text = loaded.length === 0 ? '' : loadLines(loaded.join(' '), modules.directory)
  return {
    defines,
    loading: {
      layout: { ...layout, files: new Map(layout.files).set(modules.file, text) },
      builtIn: modulesNamed(loaded.some((name) => name.startsWith('mpm_')) ? [] : ['mpm_prefork']),
    },
  }
}

/** What the start script sets, where it is Debian's `envvars`. */
export function startEnvironment(files: Files, layout: Layout): ReadonlyMap<string, string> {
  const found = new Map(layout.environment)
  const text = layout.environmentFile === undefined ? undefined : files.text(layout.environmentFile)
  for (const line of text?.split('\n') ?? []) {
    const [, name, value] = /^\s*export\s+(\w+)=(\S*|"[^"]*"|'[^']*')\s*$/.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    const plain = value.replace(/^(["'])(.*)\1$/, '$2')
    found.set(
      name,
      plain.replace(/\$\{?(\w+)\}?/g, (_, used: string) => found.get(used) ?? ''),
    )
  }
  return found
}

function shellVariables(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name, double, single, plain] of text.matchAll(
    /^[ \t]*(?:export[ \t]+)?(\w+)=(?:"([^"]*)"|'([^']*)'|(\S*))/gm,
  ))
    if (name !== undefined) found.set(name, double ?? single ?? plain ?? '')
  return found
}
