import type { Handler, Handlers } from '../context.ts'
import { isDuration } from '../durations.ts'
import { fault } from '../faults.ts'
import { leadingInteger } from '../numbers.ts'
import { inOrder, integer, oneOf } from './values.ts'

const onOff = oneOf(['on', 'off'], 'value must be On or Off')
const positive = integer((value) => value > 0, 'value must be > 0')
const kilobyte = integer((value) => value >= 1024, 'value must be >= 1024')

/** mod_http2. */
export const HTTP2: Handlers = {
  H2MaxSessionStreams: positive,
  H2WindowSize: kilobyte,
  H2MinWorkers: positive,
  H2MaxWorkers: positive,
  H2MaxWorkerIdleSeconds: duration('Invalid idle limit value'),
  H2StreamMaxMemSize: kilobyte,
  H2MaxDataFrameLen: integer((value) => value >= 0, 'value must be 0 or larger'),
  H2MaxHeaderBlockLen: integer((value) => value >= 0, 'value must be 0 or larger'),
  H2MaxStreamErrors: integer((value) => value >= 0, 'value must be 0 or larger'),
  H2Direct: onOff,
  H2Push: onOff,
  H2WebSockets: onOff,
  H2ModernTLSOnly: onOff,
  H2Upgrade: onOff,
  H2CopyFiles: onOff,
  H2EarlyHints: onOff,
  H2OutputBuffering: onOff,
  H2ProxyRequests: onOff,
  H2PushDiarySize: inOrder(
    integer((value) => value >= 0, 'value must be >= 0'),
    integer((value) => (value & (value - 1)) === 0, 'value must a power of 2'),
    integer((value) => value <= 32768, 'value must <= 65536'),
  ),
  H2Padding: inOrder(
    integer((value) => value >= 0, 'number of bits must be >= 0'),
    integer((value) => value <= 8, 'number of bits must be <= 8'),
  ),
  H2StreamTimeout: duration('Invalid timeout value'),
  H2PushPriority: (call) => {
    const [, given = ''] = call.args
    let [, dependency = '', weight] = call.args
    if (weight === undefined && /^\d/.test(given)) {
      weight = given
      dependency = 'after'
    }
    const word = dependency.toLowerCase()
    if (!['after', 'before', 'interleaved'].includes(word))
      return fault('keyword', "dependency must be one of 'After', 'Before' or 'Interleaved'", 1)
    if (word === 'before' && weight !== undefined)
      return fault('value', "dependency 'Before' does not allow a weight", 2)
    if (weight !== undefined && leadingInteger(weight) < 1) return fault('number', 'weight must be a number >= 1', 2)
    return undefined
  },
  H2PushResource: (call) => {
    const [first = '', second, third] = call.args
    const add = first.toLowerCase() === 'add'
    if (!add && third !== undefined) return fault('argument-count', 'too many parameter', 2)
    const last = add ? third : second
    if (last === undefined || last.toLowerCase() === 'critical') return undefined
    return fault('keyword', 'unknown last parameter', add ? 2 : 1)
  },
  H2EarlyHint: (call) => {
    const [, value = ''] = call.args
    if (value.trim() === '') return fault('value', 'Early Hint header value must not be empty/only space', 1)
    return /[\x00-\x08\x0a-\x1f\x7f]/.test(value)
      ? fault('value', 'Early Hint header value contains invalid characters', 1)
      : undefined
  },
}

function duration(message: string): Handler {
  return (call) => (isDuration(call.args[0] ?? '', 's') ? undefined : fault('number', message, 0))
}
