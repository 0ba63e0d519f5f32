import { isIPv6 } from 'node:net'
import { leadingInteger } from './numbers.ts'

/** What APR finds wrong with a network: it does not look like one at all, or its address or mask does not hold. */
export type NetworkFault = 'text' | 'address' | 'mask'

/** Whether `address[/mask]` is a network as APR reads it: dotted numbers may be cut short, the mask may be a number of bits or an address. */
export function isNetwork(text: string): boolean {
  return networkFault(text) === undefined
}

export function networkFault(text: string): NetworkFault | undefined {
  const cut = text.indexOf('/')
  const address = cut < 0 ? text : text.slice(0, cut)
  const mask = cut < 0 ? undefined : text.slice(cut + 1)
  // What does not begin like an address is taken for a name.
  if (!address.includes(':') && !/^[\d.]+$/.test(address)) return 'text'
  const six = isIPv6(address)
  if (!six && !isDotted(address) && !(mask === undefined && isPartial(address))) return 'address'
  if (mask === undefined) return undefined
  if (/^[ \t\n\v\f\r]*[+-]?\d+$/.test(mask)) {
    const bits = Number(mask)
    return bits > 0 && bits <= (six ? 128 : 32) ? undefined : 'mask'
  }
  return !six && isDotted(mask) ? undefined : 'mask'
}

/** APR's words for the fault. */
export function networkMessage(found: NetworkFault): string {
  switch (found) {
    case 'text':
      return 'Invalid argument'
    case 'address':
      return 'The specified IP address is invalid.'
    case 'mask':
      return 'The specified network mask is invalid.'
  }
}

function isDotted(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^\d+$/.test(part) && Number(part) <= 255)
}

/**
 * Whether the system's resolver takes a host name for an IPv4 address (`inet_aton`): one to four numbers, decimal,
 * octal or hexadecimal, of which the last one fills what is left.
 */
export function isNumericHost(text: string): boolean {
  const numbers = text.split('.').map((part) => {
    if (/^0x[\da-f]+$/i.test(part)) return Number.parseInt(part, 16)
    if (/^0[0-7]*$/.test(part)) return Number.parseInt(part, 8)
    return /^[1-9]\d*$/.test(part) ? Number(part) : Number.NaN
  })
  const last = numbers.pop() ?? Number.NaN
  return numbers.length < 4 && numbers.every((number) => number <= 255) && last < 256 ** (4 - numbers.length)
}

/** The first numbers of an address, in APR's buffer of 16 bytes. */
function isPartial(text: string): boolean {
  const parts = text.replace(/\.$/, '').split('.')
  const isByte = (value: number) => value >= 0 && value <= 255
  return (
    text.length < 16 && parts.length < 4 && parts.every((part) => /^\d+$/.test(part) && isByte(leadingInteger(part)))
  )
}

/**
 * An address as the kernel knows it, whichever way it is spelled: `[0::1]` without its brackets is `::1`, and
 * `::ffff:127.0.0.1` is `127.0.0.1`. `undefined` for names.
 */
export function canonicalAddress(host: string): string | undefined {
  if (isDotted(host)) return host.split('.').map(Number).join('.')
  if (!isIPv6(host)) return undefined
  const short = new URL(`http://[${host}]/`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(short) ?? []
  if (high === undefined || low === undefined) return short
  return [high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255]).join('.')
}
