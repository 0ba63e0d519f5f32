import { expect, it } from 'vitest'
import type { ConfigPlace } from '../../src/apache/check.ts'
import { judge } from './machine.ts'
import recorded from './recorded/matrix.json' with { type: 'json' }

/** Each context as the place that a text is judged in, with the container that the text is put into there. */
const contexts: Readonly<Record<string, readonly [as: ConfigPlace, container?: string]>> = {
  htaccess: ['htaccess'],
  server: ['server'],
  vhost: ['vhost'],
  dir: ['directory'],
  location: ['location'],
  files: ['files'],
  proxy: ['proxy'],
  'dir>limit': ['directory', 'Limit GET'],
  'dir>if': ['directory', 'If "true"'],
  'dir>files': ['directory', 'Files "x"'],
  requireall: ['directory', 'RequireAll'],
}

it('gets the verdict of httpd for every directive, argument and context', () => {
  const args = recorded.args as Readonly<Record<string, readonly string[]>>
  const differing = new Map<string, number>()
  let cells = 0
  for (const row of recorded.directives as unknown as readonly Readonly<Record<string, string>>[]) {
    const name = row.name as string
    for (const [context, [as, container]] of Object.entries(contexts)) {
      for (const [i, expected] of Array.from(row[context] as string).entries()) {
        cells++
        const line = `${name} ${args[context]?.[i]}`
        const inner = name.startsWith('<') ? `${line}>\n</${name.slice(1)}>` : line
        const text = container ? `<${container}>\n${inner}\n</${container.split(' ')[0]}>\n` : `${inner}\n`
        // Whoever deploys what makes httpd crash (`!`) has no server either: that counts as refused.
        if ((judge(text, as).verdict === 'ok') !== (expected === '+'))
          differing.set(name, (differing.get(name) ?? 0) + 1)
      }
    }
  }
  expect(cells).toBe(107_300)
  // httpd’s own answers vary here: they depend on what lies in memory.
  expect(Object.fromEntries(differing)).toEqual({
    InputSed: 2,
    OutputSed: 3,
  })
})
