import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { judgeConfig } from '../../../src/apache/check.ts'
import { modulesNamed } from '../../../src/apache/modules.ts'
import { lintServer } from '../../../src/lint/apache/lint-server.ts'
import { serverModel } from '../../../src/lint/apache/server.ts'
import { diskFiles } from '../../../src/source/files.ts'
import { sourceFile } from '../../../src/source/source-file.ts'
import { available } from '../reference.ts'

const httpd = available('starts of httpd', ['/usr/sbin/apache2', '-v'], ['openssl', 'version'])

const directory = mkdtempSync(join(tmpdir(), 'rehearse-start-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const ADDRESS = '127.0.0.1:18181'
const LISTEN = `Listen ${ADDRESS}\n`
const host = (inside: string) => `<VirtualHost ${ADDRESS}>\nServerName a.example\n${inside}\n</VirtualHost>\n`
const certificate = join(directory, 'plain.pem')

/** Only ever on the loopback address. */
function configuration(text: string): string {
  const modules = ['mpm_event', 'authz_core', 'socache_shmcb', 'ssl']
  const load = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`).join('')
  const own = ['ServerRoot', 'DefaultRuntimeDir'].map((name) => `${name} "${directory}"\n`).join('')
  return `${own}${load}ServerName localhost\nUser www-data\nGroup www-data\nErrorLog "${directory}/error.log"\nPidFile "${directory}/pid"\n${text}`
}

function apache(path: string, timeout: number, ...args: string[]) {
  const { status, stderr } = spawnSync('/usr/sbin/apache2', ['-f', path, ...args], { encoding: 'utf8', timeout })
  return { status, stderr }
}

describe.runIf(httpd)('what passes the syntax test and does not start', () => {
  mkdirSync(directory, { recursive: true })
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=a.example', '-days', '2']
  if (httpd) spawnSync('openssl', [...request, '-keyout', join(directory, 'key.pem'), '-out', certificate])

  it.each([
    [
      'lint/no-certificate',
      LISTEN + host('SSLEngine on'),
      'AH02572: Failed to configure at least one certificate and key for',
    ],
    [
      'lint/certificate-without-key',
      LISTEN + host(`SSLEngine on\nSSLCertificateFile "${certificate}"`),
      'AH02579: Init: Private key not found',
    ],
    [undefined, LISTEN + host(''), ''],
    [
      undefined,
      LISTEN + host(`SSLEngine on\nSSLCertificateFile "${certificate}"\nSSLCertificateKeyFile "${directory}/key.pem"`),
      '',
    ],
  ])('is told of: %s', (code, text, reason) => {
    const path = join(directory, 'httpd.conf')
    const log = join(directory, 'error.log')
    rmSync(log, { force: true })
    const whole = configuration(text)
    writeFileSync(path, whole)
    expect(apache(path, 30_000, '-t').stderr).toContain('Syntax OK')
    const { status, stderr } = apache(path, code === undefined ? 2000 : 30_000, '-DFOREGROUND')
    // What runs is asked to end after a while.
    expect(status).toBe(code === undefined ? 0 : 1)
    const files = diskFiles('/', ['/'])
    if (code !== undefined) expect(`${stderr}${files.text(log.slice(1)) ?? ''}`).toContain(reason)

    const options = { as: 'server', modules: modulesNamed([]), files, serverRoot: directory } as const
    const { verdict, nodes, environment } = judgeConfig(sourceFile(path, whole), options)
    expect(verdict.verdict).toBe('ok')
    const context = {
      model: serverModel(nodes, environment),
      htaccess: false,
      complete: true,
      text: (name: string) => readFileSync(name, 'utf8'),
    }
    const errors = lintServer(context, true).filter(({ severity }) => severity === 'error')
    expect(errors.map((error) => error.code)).toEqual(code === undefined ? [] : [code])
    if (code !== undefined) expect(errors[0]?.message).toContain(reason)
  })
})
