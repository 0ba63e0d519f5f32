import type { SourceFile } from '../source/source-file.ts'
import type { ConfigItem } from './config-tree.ts'
import { parseConfig } from './parse.ts'

/** The identifiers (`rewrite_module`) that a file's LoadModule lines name, also those within sections. */
export function loadedModules(file: SourceFile): string[] {
  if (!/LoadModule/i.test(file.text)) return []
  return namesIn(parseConfig(file).items)
}

function namesIn(items: readonly ConfigItem[]): string[] {
  return items.flatMap((item) => {
    if (item.kind === 'section') return namesIn(item.items)
    if (item.kind !== 'directive' || item.name.toLowerCase() !== 'loadmodule') return []
    const name = item.args[0]?.value
    return name === undefined ? [] : [name]
  })
}

/** The modules that links such as `/etc/apache2/mods-enabled/rewrite.load` enable, by their names alone. */
export function linkedModules(paths: readonly string[]): string[] {
  return paths.flatMap((path) => /\/mods-enabled\/(?:\d+-)?([\w-]+)\.load$/.exec(path)?.[1] ?? [])
}
