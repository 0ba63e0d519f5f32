import { isNumericHost } from '../addresses.ts'
import { GLOBAL_ONLY, NOT_IN_DIR_CONTEXT } from '../bits.ts'
import { type Call, type Handler, type Handlers, remember } from '../context.ts'
import { durationOf, isDuration } from '../durations.ts'
import { type Fault, fault } from '../faults.ts'
import { filesFor, isDirectory } from '../paths.ts'
import { parseAddress } from '../virtual-host.ts'
import { inOrder, integer, oneOf, outside } from './values.ts'

const inMain = outside(GLOBAL_ONLY)

/** The MPMs, mod_unixd, mod_suexec, mod_watchdog, heartbeats, WebDAV, CGI and other small modules of the server itself. */
export const SERVER: Handlers = {
  Listen: inOrder(inMain, listen),
  ListenBacklog: inOrder(
    inMain,
    integer((value) => value > 0, 'ListenBacklog must be > 0'),
  ),
  ListenCoresBucketsRatio: inOrder(
    inMain,
    integer((value) => value > 0, 'ListenCoresBucketsRatio must be > 0'),
  ),
  SendBufferSize: inOrder(inMain, bufferSize('SendBufferSize')),
  ReceiveBufferSize: inOrder(inMain, bufferSize('ReceiveBufferSize')),
  ListenTCPDeferAccept: inOrder(
    inMain,
    integer((value) => value > 0, 'ListenTCPDeferAccept must be > 0'),
  ),
  GracefulShutdownTimeout: inMain,
  StartServers: inMain,
  ServerLimit: inMain,
  MinSpareThreads: inMain,
  MaxSpareThreads: inMain,
  MinSpareServers: inMain,
  MaxSpareServers: inMain,
  MaxClients: inMain,
  MaxRequestWorkers: inMain,
  ThreadsPerChild: inMain,
  ThreadLimit: inMain,
  AsyncRequestWorkerFactor: inOrder(inMain, (call) => {
    const [text = ''] = call.args
    const value = Number(text)
    if (text.trim() === '' || Number.isNaN(value)) return fault('number', 'error parsing value', 0)
    return value > 0 ? undefined : fault('number', 'AsyncRequestWorkerFactor argument must be a positive number', 0)
  }),
  User: inOrder(inMain, account('users', 'AH00543: apache2: bad user name '), (call) =>
    ['root', '#0'].includes(call.args[0] ?? '') ? fault('value', ROOT_REFUSED, 0) : undefined,
  ),
  Group: inOrder(inMain, account('groups', 'AH00544: apache2: bad group name ')),
  ChrootDir: inOrder(inMain, (call) =>
    isDirectory(call.args[0] ?? '', call.environment) === false
      ? fault('file', 'ChrootDir must be a valid directory', 0)
      : undefined,
  ),
  Suexec: inOrder(inMain, (call) => (call.flag ? suexec("suEXEC isn't supported: ", call) : undefined)),
  SuexecUserGroup: inOrder(outside(NOT_IN_DIR_CONTEXT), (call) =>
    suexec('SuexecUserGroup configured, but suEXEC is disabled: ', call),
  ),
  WatchdogInterval: inOrder(inMain, (call) => {
    const [text = ''] = call.args
    if (!isDuration(text, 's')) return fault('number', 'Unparse-able WatchdogInterval setting', 0)
    return (durationOf(text, 's') ?? 0) < 100_000
      ? fault('number', 'Invalid WatchdogInterval: minimal value 100ms', 0)
      : undefined
  }),
  HeartbeatAddress: inOrder(inMain, heartbeat('HeartbeatAddress', 'address', '')),
  HeartbeatListen: inOrder(inMain, heartbeat('HeartbeatListen', 'multicast address', ' on multicast address')),
  HeartbeatStorage: inMain,
  HeartbeatMaxServers: inOrder(
    inMain,
    integer(
      (value) => value === 0 || value >= 10,
      'HeartbeatMaxServers: Should be 0 for file storage, or greater or equal than 10 for slotmem',
    ),
  ),
  DAV: (call) => {
    const [name = ''] = call.args
    const lower = name.toLowerCase()
    if (lower === 'off') return undefined
    const provider = lower === 'on' ? 'filesystem' : name
    if (provider === 'filesystem' && call.environment.modules.has('dav_fs_module')) return undefined
    return fault('provider', `Unknown DAV provider: ${provider}`, 0)
  },
  DAVMinTimeout: integer((value) => value >= 0, 'DAVMinTimeout requires a non-negative integer.'),
  ModemStandard: oneOf(['v.21', 'v.26bis', 'v.32', 'v.34', 'v.92'], 'mod_dialup: Unknown Modem Standard specified.'),
  ScriptSock: inMain,
  CGIDScriptTimeout: duration('CGIDScriptTimeout has wrong format'),
  CGIScriptTimeout: duration('CGIScriptTimeout has wrong format'),
}

const ROOT_REFUSED = `Error:\tApache has not been designed to serve pages while
\trunning as root.  There are known race conditions that
\twill allow any local user to read any file on the system.
\tIf you still desire to serve pages as root then
\tadd -DBIG_SECURITY_HOLE to the CFLAGS env variable
\tand then rebuild the server.
\tIt is strongly suggested that you instead modify the User
\tdirective in your httpd.conf file to list a non-root
\tuser.
`

function account(kind: 'users' | 'groups', prefix: string): Handler {
  return (call) => {
    const [name = ''] = call.args
    const known = call.environment.machine[kind]
    return !known || name.startsWith('#') || known.has(name) ? undefined : fault('value', `${prefix}${name}`, 0)
  }
}

function suexec(prefix: string, call: Call): Fault | undefined {
  const binary = '/usr/lib/apache2/suexec'
  const files = filesFor(binary, call.environment)
  if (!files || files.kind(binary) !== undefined) return undefined
  return fault('file', `${prefix}Missing suexec binary ${binary}`)
}

function duration(message: string): Handler {
  return (call) => (isDuration(call.args[0] ?? '', 's') ? undefined : fault('number', message, 0))
}

function bufferSize(name: string): Handler {
  return integer((value) => value >= 512 || value === 0, `${name} must be >= 512 bytes, or 0 for system default.`)
}

function listen(call: Call): Fault | undefined {
  if (call.args.length < 1 || call.args.length > 2)
    return fault('argument-count', 'Listen requires 1 or 2 arguments.', 'name')
  const [text = ''] = call.args
  const address = parseAddress(text)
  if (!address) return fault('value', 'Invalid address or port', 0)
  if (address.port === undefined) return fault('value', 'Port must be specified', 0)
  const host = address.host === '*' ? undefined : address.host
  // httpd compares addresses as they are written: two spellings of one only collide when it starts.
  const taken = remember(call.environment.state, 'Listen', () => new Set<string>())
  const key = `${host ?? '*'} ${address.port}`
  if (taken.has(key)) {
    const twice = fault('value', 'Cannot define multiple Listeners on the same IP:port', 0)
    return { ...twice, remedy: 'Take one of the two Listen directives away.' }
  }
  taken.add(key)
  if (host === undefined || isNumericHost(host) || host.includes(':')) return undefined
  return call.environment.machine.resolves?.(host) === false ? fault('value', 'Listen setup failed', 0) : undefined
}

function heartbeat(name: string, shown: string, suffix: string): Handler {
  return (call) => {
    const given = remember(call.environment.state, name, () => ({ seen: false }))
    if (given.seen) return fault('value', `${name}: May only be specified once.`, 'name')
    given.seen = true
    const [text = ''] = call.args
    const address = parseAddress(text)
    if (!address) return fault('value', `${name}: Unable to parse ${shown}.`, 0)
    if (address.host === undefined) return fault('value', `${name}: No host provided in ${shown}`, 0)
    if (address.port === undefined) return fault('value', `${name}: No port provided in ${shown}`, 0)
    const numeric = /^[\d.]+$/.test(address.host)
    if (numeric || call.environment.machine.resolves?.(address.host) !== false) return undefined
    return fault('value', `${name}: apr_sockaddr_info_get failed${suffix === '' ? '.' : suffix}`, 0)
  }
}
