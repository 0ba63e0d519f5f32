import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { judgeConfig } from '../../../src/apache/check.ts'
import { modulesNamed } from '../../../src/apache/modules.ts'
import { openDeployedTree } from '../../../src/diff/deployed-tree.ts'
import { lintServer } from '../../../src/lint/apache/lint-server.ts'
import { serverModel } from '../../../src/lint/apache/server.ts'
import { missingPaths } from '../../../src/project/apache/missing-paths.ts'
import { nodeFiles } from '../../../src/project/apache/node-files.ts'
import { diskFiles } from '../../../src/source/files.ts'
import { sourceFile } from '../../../src/source/source-file.ts'
import { available } from '../reference.ts'

const httpd = available('starts of httpd', ['/usr/sbin/apache2', '-v'], ['openssl', 'version'])

const directory = mkdtempSync(join(tmpdir(), 'rehearse-start-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const PORT = 18181
const ADDRESS = `127.0.0.1:${PORT}`
const LISTEN = `Listen ${ADDRESS}\n`
const inside = (name: string) => join(directory, name)
const host = (text: string) => `<VirtualHost ${ADDRESS}>\nServerName a.example\n${text}\n</VirtualHost>\n`
const tls = (...lines: string[]) => LISTEN + host(['SSLEngine on', ...lines].join('\n'))
const pair = (certificate: string, key: string, ...more: string[]) =>
  tls(`SSLCertificateFile ${inside(certificate)}`, `SSLCertificateKeyFile ${inside(key)}`, ...more)
const ours = pair('a.pem', 'a.key')
const listen = (...addresses: string[]) => addresses.map((address) => `Listen ${address}:${PORT}\n`).join('')

/** Only ever on the loopback address, but for the ports that cannot be opened. */
function configuration(text: string): string {
  const modules = ['mpm_event', 'authz_core', 'socache_shmcb', 'ssl', 'mime']
  const load = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so\n`).join('')
  const roots = ['ServerRoot', 'DefaultRuntimeDir'].map((name) => `${name} "${directory}"\n`).join('')
  const own = [
    ['ErrorLog', `"${inside('error.log')}"`],
    ['PidFile', `"${inside('pid')}"`],
    ['TypesConfig', '/etc/mime.types'],
  ]
    .filter(([name]) => !new RegExp(`^${name}`, 'm').test(text))
    .map((line) => `${line.join(' ')}\n`)
    .join('')
  return `${roots}${load}ServerName localhost\nUser www-data\nGroup www-data\n${own}${text}`
}

function apache(path: string, timeout: number, ...args: string[]) {
  const { status, stderr } = spawnSync('/usr/sbin/apache2', ['-f', path, ...args], { encoding: 'utf8', timeout })
  return { status, stderr }
}

function makeFiles(): void {
  const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: directory })
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2']
  for (const name of ['a', 'b'])
    openssl(...request, '-subj', `/CN=${name}.example`, '-keyout', `${name}.key`, '-out', `${name}.pem`)
  openssl('rsa', '-aes256', '-passout', 'pass:x', '-in', 'a.key', '-out', 'locked.key')
  writeFileSync(inside('text.pem'), 'hello\n')
  for (const name of ['a.pem', 'a.key']) {
    const text = readFileSync(inside(name), 'utf8')
    writeFileSync(inside(`cut-${name}`), text.replace(/\n.{64}\n/, '\n'))
  }
  const [certificate, key, other] = ['a.pem', 'a.key', 'b.pem'].map((name) => readFileSync(inside(name), 'utf8'))
  writeFileSync(inside('both.pem'), `${certificate}${key}`)
  writeFileSync(inside('other-first.pem'), `${other}${certificate}`)
  writeFileSync(inside('ours-first.pem'), `${certificate}${other}`)
  mkdirSync(inside('folder'))
}

/** Codes of the lints and the words of the first out of httpd's log; neither where httpd starts. */
const cases: readonly (readonly [text: string, code?: string, reason?: string])[] = [
  [tls(), 'no-certificate', 'AH02572: Failed to configure at least one certificate and key for a.example'],
  [tls(`SSLCertificateFile ${inside('a.pem')}`), 'certificate-without-key', 'AH02579: Init: Private key not found'],
  [pair('a.pem', 'text.pem'), 'certificate-without-key', 'AH02579: Init: Private key not found'],
  [pair('a.pem', 'cut-a.key'), 'certificate-without-key', 'AH02579: Init: Private key not found'],
  [
    tls(
      `SSLCertificateFile ${inside('a.pem')}`,
      `SSLCertificateFile ${inside('b.pem')}`,
      `SSLCertificateKeyFile ${inside('a.key')}`,
    ),
    'certificate-without-key',
    'AH02579: Init: Private key not found',
  ],
  [
    pair('text.pem', 'a.key'),
    'bad-certificate',
    `AH02562: Failed to configure certificate a.example:443:0 (with chain), check ${inside('text.pem')}`,
  ],
  [
    pair('cut-a.pem', 'a.key'),
    'bad-certificate',
    `AH02562: Failed to configure certificate a.example:443:0 (with chain), check ${inside('cut-a.pem')}`,
  ],
  [
    pair('a.key', 'a.pem'),
    'bad-certificate certificate-without-key',
    `AH02562: Failed to configure certificate a.example:443:0 (with chain), check ${inside('a.key')}`,
  ],
  [
    pair('a.pem', 'b.key'),
    'wrong-key',
    `AH02565: Certificate and private key a.example:443:0 from ${inside('a.pem')} and ${inside('b.key')} do not match`,
  ],
  [
    pair('other-first.pem', 'a.key'),
    'wrong-key',
    `AH02565: Certificate and private key a.example:443:0 from ${inside('other-first.pem')} and ${inside('a.key')} do not match`,
  ],
  [
    `SSLCertificateFile ${inside('b.pem')}\n${tls(`SSLCertificateKeyFile ${inside('a.key')}`)}`,
    'wrong-key',
    `AH02565: Certificate and private key a.example:443:0 from ${inside('b.pem')} and ${inside('a.key')} do not match`,
  ],
  [
    pair('a.pem', 'a.key', `SSLCACertificateFile ${inside('text.pem')}`),
    'bad-authority-file',
    'AH01895: Unable to configure verify locations for client authentication',
  ],
  [
    pair('a.pem', 'a.key', `SSLCARevocationFile ${inside('text.pem')}`),
    'bad-authority-file',
    'AH01901: Host a.example:443: unable to configure X.509 CRL storage for certificate revocation',
  ],
  [
    pair('a.pem', 'a.key', 'SSLProtocol +TLSv1.2 -TLSv1.2'),
    'no-protocol',
    'AH02231: No SSL protocols available [hint: SSLProtocol]',
  ],
  [
    pair('a.pem', 'a.key', 'SSLUseStapling on'),
    'stapling-without-cache',
    'AH01958: SSLStapling: no stapling cache available',
  ],
  [`SSLUseStapling on\n${ours}`, 'stapling-without-cache', 'AH01958: SSLStapling: no stapling cache available'],
  [listen('*', '127.0.0.1'), 'listened-twice', inUse('127.0.0.1')],
  [listen('127.0.0.1', '*'), 'listened-twice', inUse('[::]')],
  [listen('127.0.0.1', '0.0.0.0'), 'listened-twice', inUse('0.0.0.0')],
  [listen('0.0.0.0', '127.0.0.1'), 'listened-twice', inUse('127.0.0.1')],
  [listen('127.0.0.1', '[::]'), 'listened-twice', inUse('[::]')],
  [listen('[::1]', '[0:0:0:0:0:0:0:1]'), 'listened-twice', '(98)Address already in use: AH00072'],
  [listen('127.0.0.1', '[::ffff:127.0.0.1]'), 'listened-twice', '(98)Address already in use: AH00072'],
  [
    `${LISTEN}TypesConfig ${inside('no.types')}\n`,
    'missing-types',
    `(2)No such file or directory: AH01597: could not open mime types config file ${inside('no.types')}.`,
  ],
  [
    `${LISTEN}PidFile ${inside('none/pid')}\n`,
    'missing-pid-folder',
    `(2)No such file or directory: AH00099: could not create ${inside('none/pid')}`,
  ],
  [
    `${LISTEN}CustomLog "|/none/rotate x" "%h"\n`,
    'missing-log-program',
    "(2)No such file or directory: AH00104: unable to start piped log program '/none/rotate x'",
  ],
  [
    `${LISTEN}ErrorLog "||/none/rotate x"\n`,
    'missing-log-program',
    "(2)No such file or directory: AH00089: Couldn't start ErrorLog process '|/none/rotate x'.",
  ],
  [
    `${LISTEN}CustomLog ${inside('folder')} "%h"\n`,
    'log-is-directory',
    `(21)Is a directory: AH00649: could not open transfer log file ${inside('folder')}.`,
  ],
  [LISTEN + ours.replace(LISTEN, '')],
  [
    `SSLCertificateFile ${inside('b.pem')}\nSSLCertificateKeyFile ${inside('b.key')}\n${pair('ours-first.pem', 'a.key', 'SSLProtocol all -SSLv3 TLSv1.2')}`,
  ],
  [
    `SSLUseStapling on\nSSLCertificateKeyFile ${inside('a.key')}\n${tls(`SSLCertificateFile ${inside('both.pem')}`, 'SSLUseStapling off')}`,
  ],
  [listen('127.0.0.1', '127.0.0.2')],
]

function inUse(address: string): string {
  return `(98)Address already in use: AH00072: make_sock: could not bind to address ${address}:${PORT}`
}

describe.runIf(httpd)('what passes the syntax test and does not start', () => {
  if (httpd) makeFiles()

  it.each(cases.map(([text, code, reason = '']) => ({ text, code, reason })))('$text', ({ text, code, reason }) => {
    const path = inside('httpd.conf')
    const log = inside('error.log')
    rmSync(log, { force: true })
    const whole = configuration(text)
    writeFileSync(path, whole)
    expect(apache(path, 30_000, '-t').stderr).toContain('Syntax OK')
    const { status, stderr } = apache(path, code === undefined ? 1500 : 30_000, '-DFOREGROUND')
    // What runs is asked to end after a while.
    expect(status).toBe(code === undefined ? 0 : 1)
    const files = diskFiles('/', ['/'])
    expect(`${stderr}${files.text(log.slice(1)) ?? ''}`).toContain(reason)

    const options = { as: 'server', modules: modulesNamed([]), files, serverRoot: directory } as const
    const { verdict, nodes, environment } = judgeConfig(sourceFile(path, whole), options)
    expect(verdict.verdict).toBe('ok')
    const model = serverModel(nodes, environment)
    const ofNode = { ...nodeFiles([], openDeployedTree(diskFiles('/')), undefined), knows: () => true }
    const found = [
      ...lintServer({ model, htaccess: false, complete: true, text: ofNode.text }, true),
      ...missingPaths(model, ofNode),
    ]
    const errors = found.filter(({ severity }) => severity === 'error')
    expect(errors.map((error) => error.code)).toEqual((code?.split(' ') ?? []).map((each) => `lint/${each}`))
    expect(errors[0]?.message ?? '').toContain(reason)
  })

  it('is told of a key that asks for its pass phrase, where nobody can answer', () => {
    const path = inside('httpd.conf')
    const whole = configuration(pair('a.pem', 'locked.key'))
    writeFileSync(path, whole)
    expect(apache(path, 30_000, '-t').stderr).toContain('Syntax OK')
    expect(apache(path, 30_000, '-DFOREGROUND').status).toBe(1)
    const { nodes, environment } = judgeConfig(sourceFile(path, whole), { as: 'server', modules: modulesNamed([]) })
    const text = (name: string) => readFileSync(name, 'utf8')
    const context = { model: serverModel(nodes, environment), htaccess: false, complete: true, text }
    expect(lintServer(context, true).map(({ code }) => code)).toEqual(['lint/encrypted-key'])
  })
})
