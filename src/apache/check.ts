import type { Files } from '../source/files.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { ConfigNode, Environment, Machine, Server } from './context.ts'
import { directiveTable, foreignModules } from './directive-table.ts'
import { lineSource } from './line-source.ts'
import { type ConfigLines, configLines, type LogicalLine, readLines } from './lines.ts'
import { type Override, overrideOf } from './override.ts'
import { readConfig } from './read.ts'
import { DEFAULT_REGEX_FLAGS } from './regex.ts'
import { Report } from './report.ts'
import type { Verdict } from './verdict.ts'
import { outermostScope, walkConfig } from './walk.ts'

/** What a file is judged as: an `.htaccess` file, or text at the top level or inside a container of a server configuration. */
export type ConfigPlace = 'htaccess' | 'server' | 'vhost' | 'directory' | 'location' | 'files' | 'proxy'

export interface CheckOptions {
  readonly as: ConfigPlace
  /** Identifiers of the loaded modules, such as `rewrite_module`: see `moduleSet` and `modulesNamed`. */
  readonly modules: ReadonlySet<string>
  /** What AllowOverride and AllowOverrideList allow an `.htaccess` file; default: All. */
  readonly override?: Override
  /** Names given with `-D` or `Define`; a name without a value only exists. */
  readonly defines?: ReadonlyMap<string, string | undefined>
  /** The environment variables of the server, for `${NAME}`. */
  readonly environment?: ReadonlyMap<string, string>
  /** The machine's files under `/`; without it nothing is said about files, and Include reads nothing. */
  readonly files?: Files
  /** Whether `files` tells all there is to tell about an absolute path; nothing is said about others. Default: yes. */
  readonly knows?: (path: string) => boolean
  /** Accounts and host names; without it nothing is said about them. */
  readonly machine?: Machine
  /** Default: `/etc/apache2`. */
  readonly serverRoot?: string
}

const WRAPPERS: Readonly<Record<ConfigPlace, readonly [string, string] | undefined>> = {
  htaccess: undefined,
  server: undefined,
  vhost: ['<VirtualHost *:80>', '</VirtualHost>'],
  directory: ['<Directory "/tmp">', '</Directory>'],
  location: ['<Location "/x">', '</Location>'],
  files: ['<Files "x">', '</Files>'],
  proxy: ['<Proxy "*">', '</Proxy>'],
}

/** A configuration as httpd has it after reading: conditions decided, includes and macros in their places. */
export interface Judged {
  readonly verdict: Verdict
  readonly nodes: readonly ConfigNode[]
  readonly environment: Environment
}

/** Whether httpd 2.4 accepts the file, and everything that it would complain about. */
export function checkConfig(config: ConfigLines | SourceFile, options: CheckOptions): Verdict {
  return judgeConfig(config, options).verdict
}

/** The same, with what httpd has read. */
export function judgeConfig(config: ConfigLines | SourceFile, options: CheckOptions): Judged {
  const read = 'lines' in config ? config : configLines(config)
  const htaccess = options.as === 'htaccess'
  const environment: Environment = {
    table: directiveTable(),
    modules: options.modules,
    foreign: foreignModules(options.modules),
    defines: new Map(options.defines),
    environment: options.environment ?? new Map(),
    files: options.files,
    knows: options.knows ?? (() => true),
    machine: options.machine ?? {},
    included: [],
    serverRoot: options.serverRoot ?? '/etc/apache2',
    state: new Map(),
    regexFlags: DEFAULT_REGEX_FLAGS,
  }
  const server: Server = { virtual: false, state: new Map() }
  const report = new Report()
  const scope = outermostScope(server, htaccess, htaccess ? overrideOf(options.override) : undefined)
  const source = lineSource(read.file, linesOf(read, options.as), htaccess)
  const nodes = readConfig(source, scope, environment, report)
  walkConfig(nodes, scope, environment, report)
  if (!htaccess) report.runLater()
  return { verdict: report.verdict(), nodes, environment }
}

/** The file's lines, inside a container where it is judged as part of one. */
function linesOf({ file, lines }: ConfigLines, as: ConfigPlace): readonly LogicalLine[] {
  const wrapper = WRAPPERS[as]
  if (!wrapper) return lines
  const [open, close] = wrapper
  return readLines(file, `${open}\n${file.text}\n${close}\n`, open.length + 1, 1)
}
