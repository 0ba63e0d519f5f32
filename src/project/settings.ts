import type { Settings, SettingValue } from '../value/function.ts'
import type { Value } from '../value/value.ts'
import packaged from './puppet-settings.json' with { type: 'json' }
import { factsFromJson } from './read-facts.ts'

/** The releases that are imitated, by major version. */
export const puppetVersions = { 7: '7.23.0', 8: '8.11.0' } as const

/** `$server_facts` where nobody gives others: documentation's names and addresses. */
export function serverFacts(puppet: 7 | 8): Value {
  const data = { serverversion: puppetVersions[puppet], servername: 'puppet.example.com', serverip: '192.0.2.1' }
  return factsFromJson(data, 'server_facts')
}

/** The settings that each environment has for itself. */
export interface EnvironmentSettings {
  readonly environmentpath: string
  readonly manifest: string
  readonly modulepath: string
  readonly config_version: string
}

/**
 * Puppet's settings as a packaged server has them, with the strictness of a major version (Puppet documentation,
 * "Configuration Reference"): 8 turns warnings about doubtful code and unknown variables into errors.
 */
export function puppetSettings(puppet: 7 | 8, environment: string, own: EnvironmentSettings): Settings {
  const strict = puppet === 8 ? 'error' : 'warning'
  const strictVariables = puppet === 8
  const values = new Map<string, SettingValue>(Object.entries(packaged))
  for (const [setting, value] of Object.entries(own)) values.set(setting, value)
  values.set('strict', strict)
  values.set('strict_variables', strictVariables)
  return { puppet, strict, strictVariables, environment, values }
}
