// One `apache2 -t` process that checks one configuration text after another.
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRunDirectory, HTTPD, helperDirectory, httpdEnvironment, removeRunDirectory } from './directories.mjs'
import { loadModuleLines } from './modules.mjs'

// The fork server ends with its standard input, so also when the node process dies.
const SUPERVISOR = `
  LD_PRELOAD="$2/nosleep.so" ${HTTPD} -t -f "$1/httpd.conf"
  rm -rf "$1"
`

// The text to check is included after this, so it stands at the top level.
function baseConfig({ directory, helpers, modules, mpm }) {
  return `
ServerRoot ${directory}
ServerName localhost
PidFile ${directory}/run/httpd.pid
DefaultRuntimeDir ${directory}/run
ErrorLog ${directory}/logs/error.log
${loadModuleLines({ modules, mpm }).join('\n')}
LoadModule forksrv_module ${helpers}/mod_forksrv.so
User www-data
Group www-data
Listen 127.0.0.1:18082
${modules === 'all' ? 'MIMEMagicFile /etc/apache2/magic' : ''}
DocumentRoot ${directory}/htdocs
ForkServerHere
Include \${ORACLE_CONF}
`
}

// Resolves with {directory, snippet, check, stop}. check(bytes) resolves with
// {status, lines}: the wait(2) status of the check, and what httpd printed.
export async function startForkServer({ modules = 'all', mpm = 'event' } = {}) {
  const directory = createRunDirectory('config')
  const snippet = join(directory, 'run/text.conf')
  let supervisor
  try {
    const helpers = helperDirectory(directory)
    writeFileSync(join(directory, 'httpd.conf'), baseConfig({ directory, helpers, modules, mpm }))
    supervisor = spawn('sh', ['-c', SUPERVISOR, 'sh', directory, helpers], {
      detached: true,
      env: httpdEnvironment(directory),
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  } catch (error) {
    removeRunDirectory(directory)
    throw error
  }

  let output = ''
  let errors = ''
  let waiting = null
  let isEnded = false
  const settle = () => {
    if (waiting === null) {
      return
    }
    const newline = output.indexOf('\n')
    if (newline >= 0) {
      waiting.resolve(Number(output.slice(0, newline)))
      output = output.slice(newline + 1)
      waiting = null
    } else if (isEnded) {
      waiting.reject(new Error(`the fork server ended:\n${errors}`))
      waiting = null
    }
  }
  supervisor.stdout.on('data', (data) => {
    output += data
    settle()
  })
  supervisor.stderr.on('data', (data) => {
    errors += data
  })
  supervisor.stdin.on('error', () => {})
  const ended = new Promise((resolve) => supervisor.on('close', resolve))
  ended.then(() => {
    isEnded = true
    settle()
  })

  const check = async (bytes) => {
    writeFileSync(snippet, bytes)
    const status = await new Promise((resolve, reject) => {
      waiting = { resolve, reject }
      supervisor.stdin.write(`${snippet}\n`)
      settle()
    })
    const lines = readFileSync(`${snippet}.err`, 'latin1')
      .split('\n')
      .filter((line) => line !== '')
    return { status, lines }
  }

  const stop = async () => {
    supervisor.stdin.end()
    await ended
  }
  return { directory, snippet, check, stop }
}
