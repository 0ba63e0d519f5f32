import { DIRECTIVES_2_4 } from './tables/directives-2.4.ts'

type ArgumentKind =
  | 'RAW_ARGS'
  | 'TAKE1'
  | 'TAKE2'
  | 'TAKE12'
  | 'TAKE3'
  | 'TAKE23'
  | 'TAKE123'
  | 'TAKE_ARGV'
  | 'ITERATE'
  | 'ITERATE2'
  | 'FLAG'

/** One row of httpd's command tables, in httpd's own names. */
export interface DirectiveSpec {
  /** As httpd writes it; a section's begins with `<`. */
  readonly name: string
  /** The identifier of the module that defines it, such as `rewrite_module`. */
  readonly module: string
  readonly args: ArgumentKind
  /** `req_override`: see bits.ts. */
  readonly bits: number
}

export interface DirectiveTable {
  /** By lower-case name; several rows where several modules define the name, in httpd's order. */
  readonly directives: ReadonlyMap<string, readonly DirectiveSpec[]>
  /** Module identifiers with their source files. */
  readonly modules: ReadonlyMap<string, string>
}

let loaded: DirectiveTable | undefined
const foreignBySet = new WeakMap<ReadonlySet<string>, readonly string[]>()

/** The directives of httpd 2.4; read at the first call. */
export function directiveTable(): DirectiveTable {
  loaded ??= readTable(DIRECTIVES_2_4)
  return loaded
}

function readTable(text: string): DirectiveTable {
  const directives = new Map<string, DirectiveSpec[]>()
  const modules = new Map<string, string>()
  let module = ''
  for (const line of text.split('\n')) {
    if (line === '') continue
    const parts = line.trim().split(' ')
    if (line.startsWith(' ')) {
      const [name, args, bits] = parts as [string, ArgumentKind, string]
      const row = { name, module, args, bits: Number(bits) }
      const key = name.toLowerCase()
      const rows = directives.get(key)
      if (rows) rows.push(row)
      else directives.set(key, [row])
    } else {
      module = parts[0] as string
      modules.set(module, parts[1] as string)
    }
  }
  return { directives, modules }
}

/** Modules of some distributions' httpd that define no directives. */
const WITHOUT_DIRECTIVES: ReadonlySet<string> = new Set(['systemd_module'])

/** The modules of a set whose directives are not known, such as `php_module`. */
export function foreignModules(modules: ReadonlySet<string>): readonly string[] {
  let foreign = foreignBySet.get(modules)
  if (!foreign) {
    foreign = [...modules].filter((module) => !directiveTable().modules.has(module) && !WITHOUT_DIRECTIVES.has(module))
    foreignBySet.set(modules, foreign)
  }
  return foreign
}
