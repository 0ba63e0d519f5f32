import { isAbsolute } from 'node:path'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { type SourceFile, span } from '../source/source-file.ts'

/** What an `environment.conf` says (Puppet documentation, "Config files: environment.conf"). */
export interface EnvironmentConf {
  /** Directories as Puppet prints them: absolute, or relative to the environment. */
  readonly modulePath: readonly string[]
  readonly manifest?: string
  readonly configVersion?: string
  readonly diagnostics: readonly Diagnostic[]
}

/** Puppet's `basemodulepath` as packaged. */
const baseModulePath = ['/etc/puppetlabs/code/modules', '/usr/share/puppet/modules']

const known = new Set([
  'modulepath',
  'manifest',
  'config_version',
  'environment_timeout',
  'static_catalogs',
  'rich_data',
])
const badLine = define(
  'error',
  'project/environment-conf',
  (text: string) => `Could not match line ${text} in environment.conf`,
)
const unknownSetting = define(
  'warning',
  'project/unknown-setting',
  (name: string) => `environment.conf has a setting '${name}' that Puppet ignores`,
)

/** Reads an `environment.conf`; without one, Puppet's defaults. */
export function readEnvironmentConf(file: SourceFile | undefined): EnvironmentConf {
  const diagnostics: Diagnostic[] = []
  let modulePath: string[] = ['modules', ...baseModulePath]
  let manifest: string | undefined
  let configVersion: string | undefined
  let offset = 0
  for (const line of file?.text.split('\n') ?? []) {
    const place = span(file as SourceFile, offset, offset + line.length)
    offset += line.length + 1
    const text = line.trim()
    if (text === '' || text.startsWith('#') || /^\[\w+\]$/.test(text)) continue
    const setting = /^(\w+)\s*=\s*(.*?)\s*$/.exec(text)
    if (!setting) diagnostics.push(badLine([text], { span: place }))
    else {
      const [, name, value] = setting as unknown as [string, string, string]
      if (name === 'modulepath') modulePath = splitPath(value)
      else if (name === 'manifest') manifest = value
      else if (name === 'config_version') configVersion = value
      else if (!known.has(name)) diagnostics.push(unknownSetting([name], { span: place }))
    }
  }
  return {
    modulePath,
    ...(manifest === undefined ? {} : { manifest }),
    ...(configVersion === undefined ? {} : { configVersion }),
    diagnostics,
  }
}

/** A modulepath as it stands in environment.conf or on the command line. */
export function splitPath(text: string): string[] {
  return text
    .split(':')
    .flatMap((part) => (part === '$basemodulepath' ? baseModulePath : [part]))
    .filter((part) => part !== '')
    .map((part) => (isAbsolute(part) ? part : part.replace(/^\.\//, '')))
}
