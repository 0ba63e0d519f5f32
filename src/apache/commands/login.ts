import { GLOBAL_ONLY } from '../bits.ts'
import type { Call, Handler, Handlers } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { parseLeading } from '../numbers.ts'
import { addProvider } from './authorization.ts'
import { expressionFault, inOrder, oneOf, outside } from './values.ts'

/** mod_auth_digest, mod_auth_form and mod_authnz_fcgi. */
export const LOGIN: Handlers = {
  AuthDigestQop: (call) => {
    const [text = ''] = call.args
    return text.toLowerCase() === 'auth'
      ? undefined
      : fault('keyword', "AuthDigestQop is deprecated: only 'auth' is supported", 0)
  },
  AuthDigestNonceLifetime: (call) => {
    const [text = ''] = call.args
    const { end } = parseLeading(text)
    return end === text.length || /\s/.test(text[end] ?? '')
      ? undefined
      : fault('number', `Invalid time in AuthDigestNonceLifetime: ${text}`, 0)
  },
  AuthDigestNonceFormat: () => fault('deprecated', 'AuthDigestNonceFormat is not implemented', 'name'),
  AuthDigestAlgorithm: inOrder(
    (call) =>
      call.args[0]?.toLowerCase() === 'md5-sess'
        ? fault('keyword', "AuthDigestAlgorithm: ERROR: algorithm `MD5-sess' is not implemented", 0)
        : undefined,
    oneOf(['md5'], (value) => `Unsupported algorithm in AuthDigestAlgorithm: ${value}`),
  ),
  AuthDigestShmemSize: (call) => {
    const [text = ''] = call.args
    const { value, end } = parseLeading(text)
    const unit = text.slice(end).trimStart()[0]?.toLowerCase() ?? 'b'
    const scale = { b: 1n, k: 1024n, m: 1048576n }[unit]
    if (scale === undefined) return fault('number', `Invalid size in AuthDigestShmemSize: ${text}`, 0)
    const size = BigInt.asIntN(64, value * scale)
    return size < 88 ? fault('number', `size in AuthDigestShmemSize too small: ${size} < 88`, 0) : undefined
  },
  AuthFormUsername: formField,
  AuthFormPassword: formField,
  AuthFormLocation: formField,
  AuthFormMethod: formField,
  AuthFormMimetype: formField,
  AuthFormBody: formField,
  AuthFormSize: (call) => {
    const { value } = parseLeading(call.args[0] ?? '')
    return value >= 0 ? undefined : fault('number', 'AuthCookieFormSize must be a size in bytes, or zero.', 0)
  },
  AuthFormLoginRequiredLocation: location('login required'),
  AuthFormLoginSuccessLocation: location('login success'),
  AuthFormLogoutLocation: location('logout required'),
  AuthnzFcgiCheckAuthnProvider: checkProvider,
  AuthnzFcgiDefineProvider: inOrder(outside(GLOBAL_ONLY), defineProvider),
}

function formField(call: Call): Fault | undefined {
  return /[=&]/.test(call.args[0] ?? '')
    ? fault('value', `${call.node.name} cannot be empty, or contain '=' or '&'.`, 0)
    : undefined
}

function location(what: string): Handler {
  return (call) =>
    expressionFault(call.args[0] ?? '', call, `Could not parse ${what} expression '${call.args[0]}': `, 0, true)
}

function checkProvider(call: Call): Fault | undefined {
  const name = 'AuthnzFcgiCheckAuthnProvider'
  const { args } = call
  if (args.length === 0) return fault('argument-count', `${name}: No provider given`, 'name')
  if (args[0]?.toLowerCase() === 'none' && args.length > 1)
    return fault('argument-count', 'Options aren\'t supported with "None"', 1)
  for (let i = 1; i < args.length; i += 2) {
    const option = args[i] as string
    const value = args[i + 1]
    if (value === undefined) return fault('argument-count', `${name}: ${option}needs an argument`, i)
    switch (option.toLowerCase()) {
      case 'authoritative':
      case 'requirebasicauth':
        if (!/^o(?:n|ff)$/i.test(value))
          return fault('on-off', `${name}: Bad argument '${value}' to option '${option}'`, i + 1)
        break
      case 'defaultuser':
        break
      case 'userexpr': {
        const bad = expressionFault(value, call, `${name}: Error parsing '${value}': '`, i + 1, true)
        if (bad) return { ...bad, message: `${bad.message}'` }
        break
      }
      default:
        return fault('keyword', `${name}: Unexpected option '${option}'`, i)
    }
  }
  return undefined
}

function defineProvider(call: Call): Fault | undefined {
  const prefix = 'AuthnzFcgiDefineProvider: '
  const [type, name, backend, extra] = call.args
  if (type === undefined) return fault('argument-count', `${prefix}No type given`, 'name')
  if (!['authn', 'authz', 'authnz'].includes(type.toLowerCase()))
    return fault('keyword', `${prefix}Invalid provider type ${type}`, 0)
  if (name === undefined) return fault('argument-count', `${prefix}No provider name given`, 'name')
  if (backend === undefined) return fault('argument-count', `${prefix}No backend-address given`, 'name')
  const address = /^fcgi:\/\/(.*):(\d{1,5})(\/?)$/.exec(backend)
  if (!address) return fault('url', `${prefix}backend-address '${backend}' has invalid form`, 2)
  if (Number(address[2]) > 65535) return fault('url', `${prefix}backend-address '${backend}' has invalid port`, 2)
  if (extra !== undefined) return fault('argument-count', `${prefix}Unexpected parameter ${extra}`, 3)
  const kind = type.toLowerCase()
  if (kind !== 'authz') addProvider(call.environment, 'authn', name)
  if (kind !== 'authn') addProvider(call.environment, 'authz', name)
  return undefined
}
