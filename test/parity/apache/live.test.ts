import { spawnSync } from 'node:child_process'
import { readFileSync, realpathSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../../src/apache/check.ts'
import { lintConfig } from '../../../src/apache/lints.ts'
import { modulesForFile } from '../../../src/apache/loaded-modules.ts'
import { type ModuleSetName, moduleSet } from '../../../src/apache/modules.ts'
import { parseConfig } from '../../../src/apache/parse.ts'
import { diskFiles } from '../../../src/source/files.ts'
import { sourceFile } from '../../../src/source/source-file.ts'
import { machine } from '../../apache/machine.ts'
import probes from '../../apache/recorded/probes.json' with { type: 'json' }
import { judgeConfig } from '../../oracles/httpd/config.mjs'
import { judgeHtaccess } from '../../oracles/httpd/htaccess.mjs'
import { available } from '../reference.ts'
import { differences } from './differences.ts'
import { mutants } from './mutants.ts'
import { debianFiles, machineFiles } from './real-files.ts'

const httpd = available('verdicts of httpd', ['/usr/sbin/apache2', '-v'], ['gcc', '--version'])

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9))

describe.runIf(httpd)(`mutants of real files and of the probes, seed ${seed}`, () => {
  const texts = [
    ...debianFiles().map((path) => readFileSync(path, 'utf8')),
    ...(probes.probes as readonly { text?: string }[]).flatMap(({ text }) =>
      text && text.length < 2000 ? [`${text}\n`] : [],
    ),
  ]
  const items = mutants(texts, 1500, seed).map((text, id) => ({ id, text }))

  it.each([
    ['htaccess', 'all', undefined],
    ['htaccess', 'debian-default', undefined],
    ['server', 'all', undefined],
    ['server', 'debian-default', undefined],
    ['directory', 'all', 'dir'],
    ['vhost', 'all', 'vhost'],
  ] as const)('get httpd’s verdict as %s with modules %s', async (as, modules: ModuleSetName, wrap) => {
    const asked = wrap ? items.map((item) => ({ ...item, wrap })) : items
    const answers = as === 'htaccess' ? await judgeHtaccess(items, { modules }) : await judgeConfig(asked, { modules })
    const { verdicts, messages, rejected } = differences(items, answers, as, { modules: moduleSet(modules) })
    expect(verdicts.length, verdicts.slice(0, 5).join('\n---\n')).toBeLessThanOrEqual(items.length * 0.005)
    expect(messages.length, messages.slice(0, 10).join('\n')).toBeLessThanOrEqual(rejected * 0.05)
  })
})

describe.runIf(httpd)('what Debian ships', () => {
  const files = diskFiles('/', ['/'])

  it('gets no error that httpd does not have, and no lint', async () => {
    const items = debianFiles().map((path, id) => ({ id, path, text: readFileSync(path, 'utf8') }))
    const alone = items.filter(({ path }) => !path.endsWith('/apache2.conf'))
    const answers = await judgeConfig(alone)
    const wrong = alone.filter(({ path, text }, i) => {
      const options = { ...machine, files: machineFiles(), modules: modulesForFile(path, moduleSet('all')) }
      return (
        checkConfig(sourceFile(path, text), { ...options, as: 'server' }).verdict === 'reject' &&
        answers[i]?.verdict === 'ok'
      )
    })
    expect(wrong.map(({ path }) => path)).toEqual([])
    for (const { path, text } of items) expect(lintConfig(parseConfig(sourceFile(path, text))), path).toEqual([])
  })

  it('is accepted as a whole where apache2 -t accepts it', () => {
    const environment = {
      APACHE_RUN_USER: 'www-data',
      APACHE_RUN_GROUP: 'www-data',
      APACHE_PID_FILE: '/tmp/apache2.pid',
      APACHE_RUN_DIR: '/tmp',
      APACHE_LOCK_DIR: '/tmp',
      APACHE_LOG_DIR: '/tmp',
    }
    const path = realpathSync('/etc/apache2/apache2.conf')
    const told = spawnSync('/usr/sbin/apache2', ['-t', '-f', path], {
      env: { ...process.env, ...environment },
      encoding: 'utf8',
    })
    const verdict = checkConfig(sourceFile(path, readFileSync(path, 'utf8')), {
      as: 'server',
      modules: moduleSet('debian-default'),
      environment: new Map(Object.entries(environment)),
      files,
    })
    expect(verdict.diagnostics.map((diagnostic) => diagnostic.message)).toEqual([])
    expect(told.status, told.stderr).toBe(0)
  })
})
