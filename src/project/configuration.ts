import { parseYaml } from '../hiera/yaml.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { type SourceFile, span } from '../source/source-file.ts'
import { didYouMean } from '../source/suggest.ts'
import type { Value } from '../value/value.ts'
import { type IgnoreRule, readIgnoreRules } from './ignore-rules.ts'
import { type ClassifierSetting, readClassifierSetting } from './node-classifier.ts'

/** What a control repo's `rehearse.yaml` says. Paths are relative to the environment. */
export interface Configuration {
  /** Where the files lie as they are on the nodes now; `{node}` stands for the certname. */
  readonly deployed?: string
  /** A file with one node's facts, or a directory with one file a node. */
  readonly facts?: string
  readonly modulePath?: string
  readonly puppet?: 7 | 8
  /** `all`, `debian-default` or names, for Apache configuration whose node does not tell its modules. */
  readonly modules?: string
  /** What AllowOverride gives to .htaccess files, where the node's own configuration does not tell. */
  readonly override?: string
  /** Seconds that one node's compilation, or one call into Ruby, may take. */
  readonly timeout?: number
  /** As in `OutsideSettings`. */
  readonly globalHiera?: string
  readonly eyamlKeys?: string
  /** Where an external node classifier's answers come from. */
  readonly classifier?: ClassifierSetting
  /** Differences and lints to hide. */
  readonly ignore?: readonly IgnoreRule[]
}

/** The keys of `rehearse.yaml`, with what each is for and an example: the one list that reading and `init` share. */
export const configurationKeys = {
  deployed: {
    about: 'The files as they are on the nodes now; {node} stands for the certname.',
    example: 'deployed/{node}',
  },
  facts: {
    about:
      'The nodes and their facts: a directory with one file a node, or a single file. What certificates say of them\n' +
      '# (trusted.extensions) stands below `trusted` in the same files.',
    example: 'facts',
  },
  modulepath: { about: 'Directories of modules, instead of those in environment.conf.', example: 'site:modules' },
  puppet: { about: 'The major version of Puppet on the servers: 7 or 8.', example: '8' },
  modules: {
    about: 'Apache modules where a node does not tell its own: all, debian-default or names.',
    example: 'debian-default',
  },
  override: { about: 'What AllowOverride gives .htaccess files where a node does not tell.', example: 'All' },
  timeout: { about: 'Seconds that one node, or one call into Ruby, may take.', example: '20' },
  eyaml_keys: {
    about:
      "A directory with eyaml's keys, named as in hiera.yaml, or the private key; without, secrets are masked. Variables\n" +
      '# of the environment count where hiera.yaml names them (pkcs7_private_key_env_var, pkcs7_public_key_env_var).',
    example: '/etc/puppetlabs/puppet/eyaml',
  },
  global_hiera: {
    about: "The global layer's hiera.yaml, which a server keeps outside of its environments.",
    example: '/etc/puppetlabs/puppet/hiera.yaml',
  },
  classifier: {
    about: 'What an external node classifier prints for a node: files, or { command: [PROGRAM] } with --allow-exec.',
    example: 'enc/{node}.yaml',
  },
  ignore: {
    about:
      'Differences to hide: type, title, path, attribute, line (a regular expression), each rule with a reason; lints: code, path, line.',
    example: "[{ path: '/etc/motd', reason: 'differs on purpose' }]",
  },
} as const

const unknownKey = define('error', 'project/unknown-key', (key: string) => `rehearse.yaml has no key '${key}'`)
const badValue = define(
  'error',
  'project/bad-value',
  (key: string, wanted: string) => `'${key}' in rehearse.yaml should be ${wanted}`,
)
const noHash = define('error', 'project/configuration-shape', () => 'rehearse.yaml should hold a hash of settings')

export function readConfiguration(file: SourceFile): {
  readonly configuration: Configuration
  readonly diagnostics: readonly Diagnostic[]
} {
  const parsed = parseYaml(file)
  const diagnostics = [...parsed.diagnostics]
  const { value } = parsed
  if (value === undefined || value.kind === 'undef') return { configuration: {}, diagnostics }
  if (value.kind !== 'hash') {
    diagnostics.push(noHash([], { span: placeOf(value, file) }))
    return { configuration: {}, diagnostics }
  }
  const found: Record<string, string | number> = {}
  let ignore: readonly IgnoreRule[] | undefined
  let classifier: ClassifierSetting | undefined
  for (const { key, value: setting } of value.entries.values()) {
    const name = key.kind === 'string' ? key.value : ''
    const remedy = didYouMean(name, Object.keys(configurationKeys))
    if (!(name in configurationKeys))
      diagnostics.push(unknownKey([name], { span: placeOf(key, file), ...(remedy ? { remedy } : {}) }))
    else if (name === 'ignore') {
      const read = readIgnoreRules(setting)
      diagnostics.push(...read.diagnostics)
      ignore = read.rules
    } else if (name === 'classifier') {
      const read = readClassifierSetting(setting)
      diagnostics.push(...read.diagnostics)
      classifier = read.setting
    } else {
      const read = readSetting(name, setting)
      if (typeof read === 'object') diagnostics.push(badValue([name, read.wanted], { span: placeOf(setting, file) }))
      else found[settingNames[name] ?? name] = read
    }
  }
  const rest = { ...(ignore ? { ignore } : {}), ...(classifier ? { classifier } : {}) }
  return { configuration: { ...(found as Configuration), ...rest }, diagnostics }
}

/** Settings whose names are written in another way here. */
const settingNames: Readonly<Record<string, keyof Configuration>> = {
  modulepath: 'modulePath',
  eyaml_keys: 'eyamlKeys',
  global_hiera: 'globalHiera',
}

function readSetting(name: string, value: Value): string | number | { readonly wanted: string } {
  if (name === 'puppet')
    return value.kind === 'integer' && (value.value === 7n || value.value === 8n)
      ? Number(value.value)
      : { wanted: '7 or 8' }
  if (name === 'timeout')
    return (value.kind === 'integer' || value.kind === 'float') && value.value > 0
      ? Number(value.value)
      : { wanted: 'a number of seconds' }
  return value.kind === 'string' && value.value !== '' ? value.value : { wanted: 'a string' }
}

function placeOf(value: Value, file: SourceFile) {
  return value.origin.kind === 'literal' ? value.origin.span : span(file, 0, 0)
}
