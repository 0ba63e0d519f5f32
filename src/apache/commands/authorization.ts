import { networkFault, networkMessage } from '../addresses.ts'
import { ACCESS_CONF, AUTH_CONFIG, GLOBAL_ONLY, NOT_IN_HTACCESS } from '../bits.ts'
import { type Call, type Environment, type Handlers, remember, type State } from '../context.ts'
import { type Fault, fault, type Place } from '../faults.ts'
import { forbidden } from '../invoke.ts'
import { methodNumber } from '../methods.ts'
import { missingArgument, sectionArgument } from '../sections.ts'
import { readWord, readWords } from '../words.ts'
import { expressionFault, oneOf, outside } from './values.ts'

/** mod_authz_core, mod_authn_core and the modules that add providers. */
export const AUTHORIZATION: Handlers = {
  Require: require,
  '<RequireAll': (call) => requireSection(call, 'and', false),
  '<RequireAny': (call) => requireSection(call, 'or', false),
  '<RequireNone': (call) => requireSection(call, 'or', true),
  AuthMerging: oneOf(['off', 'and', 'or'], 'AuthMerging must be one of: Off | And | Or'),
  AuthName: (call) =>
    expressionFault(call.args[0] ?? '', call, `Cannot parse expression '${call.args[0]}' in AuthName: `, 0, true),
  AuthType: (call) =>
    expressionFault(call.args[0] ?? '', call, `Cannot parse expression '${call.args[0]}' in AuthType: `, 0, true),
  '<AuthnProviderAlias': authnAlias,
  '<AuthzProviderAlias': authzAlias,
  AuthBasicProvider: (call) => authnProvider(call, 'Basic'),
  AuthDigestProvider: (call) => authnProvider(call, 'Digest'),
  AuthFormProvider: (call) => authnProvider(call, 'Form'),
  AuthBasicFake: (call) => {
    const [user = '', password = 'password'] = call.args
    if (user.toLowerCase() === 'off') return undefined
    return (
      expressionFault(user, call, `Could not parse fake username expression '${user}': `, 0, true) ??
      expressionFault(
        password,
        call,
        `Could not parse fake password expression associated to user '${user}': `,
        1,
        true,
      )
    )
  },
  AuthBasicUseDigestAlgorithm: oneOf(
    ['off', 'md5'],
    (value) => `Invalid algorithm in AuthBasicUseDigestAlgorithm: ${value}`,
  ),
  Anonymous: (call) =>
    call.args[0] === '' ? fault('value', 'Anonymous string cannot be empty, use Anonymous_NoUserId', 0) : undefined,
  AllowMethods: (call) => {
    if (call.args.length === 0)
      return fault('argument-count', "AllowMethods: No method or 'reset' keyword given", 'name')
    if (call.args.length === 1 && call.args[0]?.toLowerCase() === 'reset') return undefined
    const wrong = call.args.findIndex((method) => methodNumber(method, call.environment) === undefined)
    return wrong < 0 ? undefined : fault('value', `AllowMethods: Invalid Method '${call.args[wrong]}'`, wrong)
  },
  AuthzDBDQuery: outside(NOT_IN_HTACCESS),
  AuthzDBDRedirectQuery: outside(NOT_IN_HTACCESS),
  AuthDBDUserPWQuery: outside(NOT_IN_HTACCESS),
  AuthDBDUserRealmQuery: outside(NOT_IN_HTACCESS),
  order: oneOf(['allow,deny', 'deny,allow', 'mutual-failure'], 'unknown order'),
  Satisfy: oneOf(['all', 'any'], "Satisfy either 'any' or 'all'."),
  allow: access,
  deny: access,
}

/** Providers of `Require` with the modules that bring them. */
const AUTHZ_PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['all', 'authz_core_module'],
  ['env', 'authz_core_module'],
  ['method', 'authz_core_module'],
  ['expr', 'authz_core_module'],
  ['ip', 'authz_host_module'],
  ['host', 'authz_host_module'],
  ['forward-dns', 'authz_host_module'],
  ['local', 'authz_host_module'],
  ['user', 'authz_user_module'],
  ['valid-user', 'authz_user_module'],
  ['group', 'authz_groupfile_module'],
  ['file-owner', 'authz_owner_module'],
  ['file-group', 'authz_owner_module'],
  ['dbm-group', 'authz_dbm_module'],
  ['dbm-file-group', 'authz_dbm_module'],
  ['dbd-group', 'authz_dbd_module'],
  ['dbd-login', 'authz_dbd_module'],
  ['dbd-logout', 'authz_dbd_module'],
  ['ldap-user', 'authnz_ldap_module'],
  ['ldap-group', 'authnz_ldap_module'],
  ['ldap-dn', 'authnz_ldap_module'],
  ['ldap-attribute', 'authnz_ldap_module'],
  ['ldap-filter', 'authnz_ldap_module'],
  ['ldap-search', 'authnz_ldap_module'],
  ['ssl', 'ssl_module'],
  ['ssl-verify-client', 'ssl_module'],
])

const AUTHN_PROVIDERS: ReadonlyMap<string, readonly [module: string, schemes: string]> = new Map([
  ['file', ['authn_file_module', 'Basic Digest Form']],
  ['dbm', ['authn_dbm_module', 'Basic Digest Form']],
  ['dbd', ['authn_dbd_module', 'Basic Digest Form']],
  ['anon', ['authn_anon_module', 'Basic Form']],
  ['socache', ['authn_socache_module', 'Basic Digest Form']],
  ['ldap', ['authnz_ldap_module', 'Basic Form']],
])

function aliases(environment: Environment, group: 'authn' | 'authz'): Map<string, string> {
  return remember(environment.state, `${group}-aliases`, () => new Map())
}

/** Names that directives such as AuthnzFcgiDefineProvider and LuaAuthzProvider add. */
export function addProvider(environment: Environment, group: 'authn' | 'authz', name: string): void {
  aliases(environment, group).set(name, '')
}

function hasAuthz(name: string, environment: Environment): boolean {
  const module = AUTHZ_PROVIDERS.get(name)
  return (module !== undefined && environment.modules.has(module)) || aliases(environment, 'authz').has(name)
}

function hasAuthn(name: string, environment: Environment): boolean {
  const known = AUTHN_PROVIDERS.get(name)
  return (known !== undefined && environment.modules.has(known[0])) || aliases(environment, 'authn').has(name)
}

/** The container that a Require stands in. */
interface Section {
  readonly operator: 'and' | 'or'
  readonly negated: boolean
  readonly name: string
  count: number
  /** Whether something in it can grant access. */
  positive: boolean
}

const SECTION = 'require-section'

function require(call: Call): Fault | undefined {
  const { raw, environment } = call
  let word = readWord(raw, 0)
  const negated = word.value.toLowerCase() === 'not'
  if (negated) word = readWord(raw, word.next)
  const place: Place = word.value === '' ? 'name' : [word.start, word.end]
  const name = word.value
  if (!hasAuthz(name, environment))
    return { ...fault('provider', `Unknown Authz provider: ${name}`, place), ...remedyFor(name, environment) }
  const bad = requireArguments(call, name, raw.slice(word.next), word.next)
  if (bad) return bad
  const section = currentSection(call.scope.directory)
  if (negated && section.operator === 'or')
    return fault('authorization', `negative Require directive has no effect in ${shown(section)} directive`, 'name')
  section.count++
  section.positive ||= !negated
  return undefined
}

function remedyFor(name: string, environment: Environment): { remedy?: string } {
  const module = AUTHZ_PROVIDERS.get(name)
  if (module !== undefined && !environment.modules.has(module))
    return { remedy: `It is provided by ${module}, which is not loaded.` }
  return {}
}

function currentSection(state: State): Section {
  return remember(
    state,
    SECTION,
    (): Section => ({ operator: 'or', negated: false, name: '<RequireAny', count: 0, positive: false }),
  )
}

function shown(section: Section): string {
  return `${section.name}>`
}

function requireSection(call: Call, operator: 'and' | 'or', negated: boolean): Fault | undefined {
  const { spec, scope } = call
  const argument = sectionArgument(call)
  if (typeof argument === 'object') return argument
  if (argument !== '')
    return fault('section-argument', `${spec.name}> directive doesn't take additional arguments`, [0, argument.length])
  const before = scope.directory.get(SECTION) as Section | undefined
  const section: Section = { operator, negated, name: spec.name, count: 0, positive: false }
  scope.directory.set(SECTION, section)
  const clean = call.walk(call.node.children, {
    ...scope,
    override: AUTH_CONFIG,
    limited: scope.limited & ~(1n << 63n),
  })
  if (before) scope.directory.set(SECTION, before)
  else scope.directory.delete(SECTION)
  if (!clean) return undefined
  if (section.count === 0)
    return fault('authorization', `${spec.name}> directive contains no authorization directives`, 'name')
  const outer = currentSection(scope.directory)
  if (negated && outer.operator === 'or')
    return fault('authorization', `${shown(section)} directive has no effect in ${shown(outer)} directive`, 'name')
  outer.count++
  // A section inside one of its own kind becomes part of it.
  const merged = !negated && outer.operator === operator
  outer.positive ||= merged ? section.positive : !negated
  if (!merged && !section.positive)
    call.later(() =>
      fault('authorization', `AH01624: ${shown(section)} directive contains only negative authorization directives`),
    )
  return undefined
}

/** What the provider says about its arguments. */
function requireArguments(call: Call, name: string, text: string, at: number): Fault | undefined {
  const place = [at, at + text.length] as const
  const provider = aliases(call.environment, 'authz').get(name) === undefined ? name : ''
  switch (provider) {
    case 'all':
      if (/^(?:granted|denied)$/i.test(text)) return undefined
      return fault('authorization', "Argument for 'Require all' must be 'granted' or 'denied'", place)
    case 'method':
      for (const word of readWords(text))
        if (word.value !== '' && methodNumber(word.value, call.environment) === undefined)
          return fault('authorization', `Invalid Method '${word.value}'`, [at + word.start, at + word.end])
      return undefined
    case 'expr': {
      const quoted = text.startsWith('"') && text.endsWith('"')
      const expression = quoted ? text.slice(1, Math.max(1, text.length - 1)) : text
      return expressionFault(expression, call, 'Cannot parse expression in require line: ', place)
    }
    case 'ip': {
      const words = readWords(text)
      if (words.length === 0) return fault('authorization', "'require ip' requires an argument", 'name')
      for (const word of words)
        if (networkFault(word.value))
          return fault('authorization', addressMessage(word.value), [at + word.start, at + word.end])
      return undefined
    }
    case 'host':
    case 'forward-dns':
    case 'user':
    case 'group':
    case 'dbm-group':
    case 'dbd-group':
    case 'dbd-login':
    case 'dbd-logout':
    case 'ldap-user':
    case 'ldap-group':
    case 'ldap-dn':
    case 'ldap-attribute':
    case 'ldap-filter':
    case 'ldap-search':
      return expressionFault(text, call, 'Cannot parse expression in require line: ', place, true)
  }
  return undefined
}

function addressMessage(text: string): string {
  const found = networkFault(text)
  const plain = `ip address '${text}' appears to be invalid`
  return found === undefined || found === 'text' ? plain : `${plain}: ${networkMessage(found)}`
}

function authnProvider(call: Call, scheme: string): Fault | undefined {
  const [name = ''] = call.args
  if (!hasAuthn(name, call.environment)) return fault('provider', `Unknown Authn provider: ${name}`, 0)
  const known = AUTHN_PROVIDERS.get(name)
  if (!known || known[1].includes(scheme)) return undefined
  return fault('provider', `The '${name}' Authn provider doesn't support ${scheme} Authentication`, 0)
}

function authnAlias(call: Call): Fault | undefined {
  const { environment } = call
  const refused = forbidden(call, GLOBAL_ONLY)
  if (refused) return refused
  const argument = sectionArgument(call)
  if (typeof argument === 'object') return argument
  const name = readWord(argument, 0)
  const alias = readWord(argument, name.next)
  if (name.value === '' || alias.value === '') return missingArgument(call)
  if (name.value.toLowerCase() === alias.value.toLowerCase())
    return fault('provider', 'The alias provider name must be different from the base provider name.', [
      alias.start,
      alias.end,
    ])
  if (hasAuthn(alias.value, environment))
    return fault(
      'provider',
      `The alias provider ${alias.value} has already be registered previously as either a base provider or an alias provider.`,
      [alias.start, alias.end],
    )
  const clean = call.walk(call.node.children, {
    ...call.scope,
    override: AUTH_CONFIG | ACCESS_CONF,
    directory: new Map(),
  })
  if (!clean) return undefined
  if (!hasAuthn(name.value, environment))
    return fault('provider', `Unknown Authn provider: ${name.value}`, [name.start, name.end])
  aliases(environment, 'authn').set(alias.value, name.value)
  return undefined
}

function authzAlias(call: Call): Fault | undefined {
  const { environment } = call
  const refused = forbidden(call, GLOBAL_ONLY)
  if (refused) return refused
  const argument = sectionArgument(call)
  if (typeof argument === 'object') return argument
  const name = readWord(argument, 0)
  const alias = readWord(argument, name.next)
  const given = readWord(argument, alias.next)
  if (name.value === '' || alias.value === '') return missingArgument(call)
  const clean = call.walk(call.node.children, {
    ...call.scope,
    override: AUTH_CONFIG | ACCESS_CONF,
    directory: new Map(),
  })
  if (!clean) return undefined
  if (!hasAuthz(name.value, environment))
    return fault('provider', `Unknown Authz provider: ${name.value}`, [name.start, name.end])
  const bad = requireArguments(call, name.value, given.value, given.start)
  if (bad) return { ...bad, message: `Can't parse 'Require ${name.value} ${given.value}': ${bad.message}` }
  aliases(environment, 'authz').set(alias.value, name.value)
  return undefined
}

/** `allow from` and `deny from`. */
function access(call: Call): Fault | undefined {
  const [from = '', where = ''] = call.args
  if (from.toLowerCase() !== 'from') return fault('keyword', "allow and deny must be followed by 'from'", 0)
  if (/^env=/i.test(where) || where.toLowerCase() === 'all') return undefined
  const found = networkFault(where)
  if (!found) return undefined
  if (found !== 'text') return fault('value', networkMessage(found), 1)
  if (where.includes('/')) return fault('value', 'An IP address was expected', 1)
  return where.includes('#') ? fault('value', 'No comments are allowed here', 1) : undefined
}
