import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Debian's modules, as the packages put them. */
export const modulePath = '/usr/share/puppet/modules'

export interface RealAnswer {
  readonly catalog?: {
    readonly resources: readonly { type: string; title: string; parameters?: Record<string, unknown> }[]
  }
  readonly error?: string
  readonly error_class?: string
  readonly logs: readonly { level: string; message: string }[]
}

/** What real Puppet answers to snippets of code over Debian's modules, in order. */
export function realPuppet(code: readonly string[], facts: Record<string, unknown>): RealAnswer[] {
  const root = mkdtempSync(join(tmpdir(), 'puppet-'))
  try {
    mkdirSync(join(root, 'corpus'))
    writeFileSync(join(root, 'corpus/environment.conf'), `modulepath = ${modulePath}\n`)
    const input = code.map((c) => JSON.stringify({ node: 'web01.example.com', facts, code: c })).join('\n')
    const driver = fileURLToPath(new URL('../../oracles/puppet-catalogs.rb', import.meta.url))
    const output = execFileSync('ruby', [driver, '--environmentpath', root, '--environment', 'corpus'], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    return output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as RealAnswer)
  } finally {
    rmSync(root, { recursive: true })
  }
}

/** Data as a Puppet literal. */
export function literal(data: unknown): string {
  if (data === null || data === undefined) return 'undef'
  if (typeof data === 'string')
    return /[\n\r\t]/.test(data)
      ? `"${data
          .replace(/[\\"$]/g, '\\$&')
          .replace(/\n/g, '\\n')
          .replace(/\r/g, '\\r')
          .replace(/\t/g, '\\t')}"`
      : `'${data.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`
  if (Array.isArray(data)) return `[${data.map(literal).join(', ')}]`
  if (typeof data === 'object')
    return `{${Object.entries(data)
      .map(([k, v]) => `${literal(k)} => ${literal(v)}`)
      .join(', ')}}`
  return String(data)
}
