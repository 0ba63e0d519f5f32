import { type Call, type Environment, remember } from '../context.ts'
import { durationOf } from '../durations.ts'
import { leadingInteger } from '../numbers.ts'

/** What is wrong with `key=value` of a proxy worker, in httpd's words. */
export function workerFault(key: string, value: string, call: Call): string | undefined {
  const number = leadingInteger(value)
  const onOff = (message: string) => (/^o(?:n|ff)$/i.test(value) ? undefined : message)
  const time = (unit: string, wrong: string, short: string) => {
    const micro = durationOf(value, unit)
    return micro === undefined ? wrong : micro < 1000 ? short : undefined
  }
  switch (key.toLowerCase()) {
    case 'loadfactor': {
      const factor = Math.trunc((Number.parseFloat(value) || 0) * 100)
      return factor < 100 || factor > 10000 ? 'LoadFactor must be a number between 1..100' : undefined
    }
    case 'retry':
      return number < 0 ? 'Retry must be a positive value' : undefined
    case 'ttl':
      return number < 1 ? 'TTL must be at least one second' : undefined
    case 'min':
      return number < 0 ? 'Min must be a positive number' : undefined
    case 'max':
      return number < 0 ? 'Max must be a positive number' : undefined
    case 'smax':
      return number < 0 ? 'Smax must be a positive number' : undefined
    case 'acquire':
      return time('ms', 'Acquire timeout has wrong format', 'Acquire must be at least one millisecond')
    case 'timeout':
      return number < 1 ? 'Timeout must be at least one second' : undefined
    case 'iobuffersize':
      return number < 512 && number !== 0 ? 'IOBufferSize must be >= 512 bytes, or 0 for system default.' : undefined
    case 'receivebuffersize':
      return number < 512 && number !== 0
        ? 'ReceiveBufferSize must be >= 512 bytes, or 0 for system default.'
        : undefined
    case 'keepalive':
      return onOff('KeepAlive must be On|Off')
    case 'disablereuse':
      return onOff('DisableReuse must be On|Off')
    case 'enablereuse':
      return onOff('EnableReuse must be On|Off')
    case 'addressttl': {
      const micro = durationOf(value, 's')
      if (value === '-1' || (micro !== undefined && micro % 1e6 === 0 && micro <= 2147483647e6)) return undefined
      return 'AddressTTL must be -1 or a number of seconds not exceeding 2147483647'
    }
    case 'route':
      return value.length >= 96 ? 'Route length must be < 96 characters' : undefined
    case 'redirect':
      return value.length >= 96 ? 'Redirect length must be < 96 characters' : undefined
    case 'status':
      return /^(?:[+-]?[OINGUDSEHFCR])*$/i.test(value) ? undefined : 'Unknown status parameter option'
    case 'flushpackets':
      return /^(?:on|off|auto)$/i.test(value) ? undefined : 'flushpackets must be on|off|auto'
    case 'flushwait':
      return number > 1000 || number < 0
        ? 'flushwait must be <= 1000, or 0 for system default of 10 millseconds.'
        : undefined
    case 'ping':
      return time('s', 'Ping/Pong timeout has wrong format', 'Ping/Pong timeout must be at least one millisecond')
    case 'lbset':
      return number < 0 || number > 99 ? 'lbset must be between 0 and 99' : undefined
    case 'connectiontimeout':
      return time('s', 'Connectiontimeout has wrong format', 'Connectiontimeout must be at least one millisecond.')
    case 'flusher':
      return value.length >= 16 ? 'flusher name length must be < 16 characters' : undefined
    case 'upgrade':
      return value.length >= 16 ? 'upgrade protocol length must be < 16 characters' : undefined
    case 'responsefieldsize':
      return number < 0 ? 'ResponseFieldSize must be greater than 0 bytes, or 0 for system default.' : undefined
    case 'secret':
      return value.length >= 64 ? 'Secret length must be < 64 characters' : undefined
  }
  return call.environment.modules.has('proxy_hcheck_module')
    ? healthCheckFault(key, value, call)
    : 'unknown Worker parameter'
}

const HEALTH_CHECKS = /^(?:none|tcp|options|head|get|options11|head11|get11|cping|provider)$/i

/** What ProxyHCTemplate or ProxyHCExpr has named so far, in the server that a directive stands in. Case is ignored. */
export function healthCheckNames(kind: 'template' | 'expression', call: Call): Set<string> {
  return remember(call.scope.server.state, `health-check-${kind}`, () => new Set<string>())
}

/** Parameters of mod_proxy_hcheck. */
export function healthCheckFault(key: string, value: string, call: Call): string | undefined {
  const number = leadingInteger(value)
  switch (key.toLowerCase()) {
    case 'hctemplate':
      return healthCheckNames('template', call).has(value.toLowerCase())
        ? undefined
        : `Unknown ProxyHCTemplate name: ${value}`
    case 'hcexpr':
      return healthCheckNames('expression', call).has(value.toLowerCase())
        ? undefined
        : `Unknown health check condition expr: ${value}`
    case 'hcuri':
      return undefined
    case 'hcmethod':
      return HEALTH_CHECKS.test(value) ? undefined : 'Unknown method'
    case 'hcinterval': {
      const micro = durationOf(value, 's')
      if (micro === undefined) return 'Unparse-able hcinterval setting'
      return micro < 100_000 ? 'Interval must be a positive value greater than 100ms' : undefined
    }
    case 'hcpasses':
      return number < 0 ? 'Passes must be a positive value' : undefined
    case 'hcfails':
      return number < 0 ? 'Fails must be a positive value' : undefined
  }
  return 'unknown Worker hcheck parameter'
}

const BALANCING: ReadonlyMap<string, string> = new Map([
  ['byrequests', 'lbmethod_byrequests_module'],
  ['bytraffic', 'lbmethod_bytraffic_module'],
  ['bybusyness', 'lbmethod_bybusyness_module'],
  ['heartbeat', 'lbmethod_heartbeat_module'],
])

/** The same for a balancer. */
export function balancerFault(key: string, value: string, environment: Environment): string | undefined {
  const number = leadingInteger(value)
  const onOff = (message: string) => (/^o(?:n|ff)$/i.test(value) ? undefined : message)
  switch (key.toLowerCase()) {
    case 'stickysession':
      return undefined
    case 'stickysessionsep':
      return value.length === 1 || /^off$/i.test(value)
        ? undefined
        : 'stickysessionsep must be a single character or Off'
    case 'nofailover':
      return onOff('failover must be On|Off')
    case 'timeout':
      return number < 1 ? 'timeout must be at least one second' : undefined
    case 'maxattempts':
      return number < 0 ? 'maximum number of attempts must be a positive number' : undefined
    case 'lbmethod': {
      const module = BALANCING.get(value)
      return module !== undefined && environment.modules.has(module) ? undefined : 'unknown lbmethod'
    }
    case 'scolonpathdelim':
      return onOff('scolonpathdelim must be On|Off')
    case 'failonstatus': {
      const codes = value.split(/[, ]+/).filter((code) => code !== '')
      const valid = codes.every((code) => leadingInteger(code) >= 100 && leadingInteger(code) < 600)
      return valid ? undefined : 'failonstatus must be one or more HTTP response codes'
    }
    case 'failontimeout':
      return onOff('failontimeout must be On|Off')
    case 'nonce':
      return value.length >= 36 + 1 ? 'Provided nonce is too large' : undefined
    case 'growth':
      return number < 1 || number > 100 ? 'growth must be between 1 and 100' : undefined
    case 'forcerecovery':
      return onOff('forcerecovery must be On|Off')
  }
  return 'unknown Balancer parameter'
}
