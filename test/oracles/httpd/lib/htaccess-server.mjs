// Runs one httpd on a free loopback port, as long as the node process lives.
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRunDirectory, HTTPD, httpdEnvironment, removeRunDirectory } from './directories.mjs'
import { loadModuleLines } from './modules.mjs'

const START_SECONDS = 15
const STOP_SECONDS = 15
const PORT_ATTEMPTS = 5

// httpd runs until standard input closes. That happens when stop() is called, and also
// when the node process ends in any other way, even by SIGKILL.
const SUPERVISOR = `
  exec 3<&0
  ${HTTPD} -D FOREGROUND -f "$1/httpd.conf" </dev/null 3<&- &
  server=$!
  { read -r _; kill -TERM "$server"; } <&3 &
  watcher=$!
  wait "$server"
  kill "$watcher" 2>/dev/null
  rm -rf "$1"
`

// Directives that only the set of all modules knows.
const ALL_MODULES_CONFIG = (directory) => `
MIMEMagicFile /etc/apache2/magic
ScriptSock ${directory}/run/cgid.sock
MDStoreDir ${directory}/run/md
HeartbeatStorage ${directory}/run/hb
ProxyBlock *
<Proxy "*">
 Require all denied
</Proxy>
`

function serverConfig({ directory, port, modules, override }) {
  return `
ServerRoot ${directory}
ServerName localhost
PidFile ${directory}/run/httpd.pid
DefaultRuntimeDir ${directory}/run
Mutex file:${directory}/run default
${loadModuleLines({ modules }).join('\n')}
Listen 127.0.0.1:${port}
User www-data
Group www-data
ErrorLog ${directory}/logs/error.log
ErrorLogFormat "[%{X-Id}i] [%m:%l] %M"
LogLevel warn
TypesConfig /etc/mime.types
KeepAlive On
MaxKeepAliveRequests 0
KeepAliveTimeout 60
StartServers 2
ServerLimit 4
ThreadsPerChild 16
MaxRequestWorkers 64
MinSpareThreads 16
MaxSpareThreads 64
${modules === 'all' ? ALL_MODULES_CONFIG(directory) : ''}
DocumentRoot ${directory}/htdocs
<Directory />
 AllowOverride None
 Require all denied
</Directory>
<Directory ${directory}/htdocs>
 Options FollowSymLinks
 AllowOverride ${override}
 Require all granted
</Directory>
`
}

// One place for .htaccess files: its directory is $DIR in messages.
export function createSite(directory, name) {
  const path = join(directory, 'htdocs', name)
  mkdirSync(path)
  chmodSync(path, 0o755)
  for (const file of ['.htaccess', 'x.txt']) {
    writeFileSync(join(path, file), '')
    chmodSync(join(path, file), 0o644)
  }
  return { path, url: `/${name}/`, htaccess: join(path, '.htaccess') }
}

// Resolves with the HTTP status.
export function requestStatus({ port, path, headers, agent, timeout }) {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, headers, agent, timeout }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode))
      response.on('error', reject)
    })
    request.on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'TIMEOUT' })))
    request.on('error', reject)
  })
}

async function freePort() {
  const probe = createServer()
  await new Promise((resolve, reject) => {
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', resolve)
  })
  const { port } = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return port
}

// An unreadable directory would turn every text into "ok" with status 403: rule that out.
async function checkSites(port, directory) {
  const expectStatus = async (name, text, expected) => {
    const site = createSite(directory, name)
    writeFileSync(site.htaccess, text)
    const status = await requestStatus({ port, path: `${site.url}x.txt`, timeout: 5000 })
    if (status !== expected) {
      const hint = `can www-data read ${directory}?`
      throw new Error(`${name} got HTTP status ${status} instead of ${expected}; ${hint}`)
    }
  }
  await expectStatus('self-check-good', '# nothing\n', 200)
  await expectStatus('self-check-bad', 'NoSuchDirective\n', 500)
}

async function startOnce(options) {
  const directory = createRunDirectory('htaccess')
  const port = await freePort()
  let supervisor
  try {
    writeFileSync(join(directory, 'httpd.conf'), serverConfig({ ...options, directory, port }))
    supervisor = spawn('sh', ['-c', SUPERVISOR, 'sh', directory], {
      detached: true,
      env: httpdEnvironment(directory),
      stdio: ['pipe', 'ignore', 'pipe'],
    })
  } catch (error) {
    removeRunDirectory(directory)
    throw error
  }
  let output = ''
  supervisor.stderr.on('data', (data) => {
    output += data
  })
  const ended = new Promise((resolve) => supervisor.on('close', resolve))

  const stop = async () => {
    supervisor.ref()
    supervisor.stderr.ref()
    supervisor.stdin.end()
    const tooLate = sleep(STOP_SECONDS * 1000, false, { ref: false })
    const inTime = await Promise.race([ended.then(() => true), tooLate])
    if (!inTime) {
      process.kill(-supervisor.pid, 'SIGKILL')
      removeRunDirectory(directory)
    }
  }

  const answers = async () => {
    const deadline = Date.now() + START_SECONDS * 1000
    while (Date.now() < deadline && supervisor.exitCode === null) {
      const status = await requestStatus({ port, path: '/', timeout: 1000 }).catch(() => null)
      if (status !== null) {
        return true
      }
      await sleep(50)
    }
    return false
  }

  if (!(await answers())) {
    await stop()
    throw new Error(`httpd did not start:\n${output}`)
  }
  try {
    await checkSites(port, directory)
  } catch (error) {
    await stop()
    throw error
  }
  // A caller that forgets stop() can still end, and httpd ends with it.
  supervisor.unref()
  supervisor.stdin.unref()
  supervisor.stderr.unref()
  return { port, directory, errorLog: join(directory, 'logs/error.log'), stop }
}

// Resolves with {port, directory, errorLog, stop}.
export async function startHtaccessServer({ modules = 'all', override = 'All' } = {}) {
  if (!/^[A-Za-z]+[A-Za-z0-9=, ]*$/.test(override)) {
    throw new Error(`not a value for AllowOverride: ${override}`)
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce({ modules, override })
    } catch (error) {
      // Somebody else may have taken the port in the meantime.
      if (attempt === PORT_ATTEMPTS || !/could not bind/.test(error.message)) {
        throw error
      }
    }
  }
}
