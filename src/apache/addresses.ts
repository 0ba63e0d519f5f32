import { isIPv6 } from 'node:net'

export type NetworkFault = 'address' | 'mask' | 'family'

/** Whether `address[/mask]` is a network as APR reads it: dotted numbers may be cut short, the mask may be a number of bits or an address. */
export function isNetwork(text: string): boolean {
  return networkFault(text) === undefined
}

export function networkFault(text: string): NetworkFault | undefined {
  const cut = text.indexOf('/')
  const address = cut < 0 ? text : text.slice(0, cut)
  const mask = cut < 0 ? undefined : text.slice(cut + 1)
  if (!looksLikeAddress(address)) return 'address'
  const six = isIPv6(address)
  const partial = /^\d+(?:\.\d+){0,3}\.?$/.test(address)
  if (!six && !isDotted(address) && !(partial && mask === undefined && isPartial(address))) return 'address'
  if (mask === undefined) return undefined
  if (/^\d+$/.test(mask) || /^\s*[+-]?\d+$/.test(mask)) {
    const bits = Number(mask)
    return bits > 0 && bits <= (six ? 128 : 32) ? undefined : 'mask'
  }
  return !six && isDotted(mask) ? undefined : 'mask'
}

function looksLikeAddress(text: string): boolean {
  return text !== '' && /^[\d.]+$/.test(text) ? true : /^[0-9a-fA-F:.]+$/.test(text) && text.includes(':')
}

export function isDotted(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

function isPartial(text: string): boolean {
  const parts = text.replace(/\.$/, '').split('.')
  return parts.length < 4 && parts.every((part) => /^\d+$/.test(part) && Number(part) <= 255)
}
