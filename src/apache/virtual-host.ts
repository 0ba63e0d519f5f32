/** What is wrong with an address of `<VirtualHost>`, in httpd's words. */
export function addressFault(text: string): string | undefined {
  if (text === '') return undefined
  let address = text
  if (text === '*') return undefined
  if (text.endsWith(':*')) address = text.slice(0, -2)
  const parsed = parseAddress(address)
  if (!parsed) return 'The address or port is invalid'
  return parsed.host === undefined ? 'Missing address for VirtualHost' : undefined
}

/** `host`, `host:port`, `[address]:port` or `port`, as APR splits it; undefined where it cannot. */
export function parseAddress(text: string): { host?: string; port?: number } | undefined {
  if (/^\d+$/.test(text)) {
    const port = Number(text)
    return port >= 1 && port <= 65535 ? { port } : undefined
  }
  let host = text
  let port: number | undefined
  const tail = /:(\d*)$/.exec(text)
  if (tail && (!text.includes('[') || /\]:\d*$/.test(text))) {
    if (tail.index === 0 || tail[1] === '') return undefined
    port = Number(tail[1])
    if (port < 1 || port > 65535) return undefined
    host = text.slice(0, tail.index)
  } else if (text.endsWith(':')) return undefined
  if (host.startsWith('[')) {
    if (!/^\[[0-9a-fA-F:.]+(?:%[^\]]+)?\]$/.test(host)) return undefined
    host = host.slice(1, -1)
  }
  return port === undefined ? { host } : { host, port }
}
