import type { Settings } from '../value/function.ts'
import packaged from './puppet-settings.json' with { type: 'json' }

/**
 * Puppet's settings as a packaged server has them, with the strictness of a major version (Puppet documentation,
 * "Configuration Reference"): 8 turns warnings about doubtful code and unknown variables into errors.
 */
export function puppetSettings(puppet: 7 | 8, environment: string): Settings {
  const strict = puppet === 8 ? 'error' : 'warning'
  const strictVariables = puppet === 8
  const values = new Map<string, string>(Object.entries(packaged))
  values.set('environment', environment)
  values.set('strict', strict)
  values.set('strict_variables', String(strictVariables))
  return { puppet, strict, strictVariables, environment, values }
}
