import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { includes, tree } from '../../apache/include-cases.ts'
import { directoryWith } from '../../cli/rehearse.ts'
import { available } from '../reference.ts'

const httpd = available('includes of httpd', ['/usr/sbin/apache2', '-v'])
const root = directoryWith(Object.fromEntries(tree.map((path) => [path, ''])))

it.skipIf(!httpd).each(includes.map(([line, answer]) => [line, answer] as const))('%s', (line, answer) => {
  const path = join(root, 'main.conf')
  const frame = `LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\nServerName x\nErrorLog "|cat"\nDefaultRuntimeDir ${root}\n`
  writeFileSync(path, `${frame}${line.replace('ROOT', root)}\n`)
  const { stderr } = spawnSync('/usr/sbin/apache2', ['-t', '-d', root, '-f', path], { encoding: 'utf8' })
  const told = /^apache2: Syntax error on line 5 of [^\n]*?: (.*)$/m.exec(stderr.replaceAll(root, 'ROOT'))?.[1]
  expect(told).toBe(answer)
  if (answer === undefined) expect(stderr).toContain('Syntax OK')
})
