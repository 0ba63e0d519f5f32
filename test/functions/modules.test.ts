import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { functionsDirectory } from './answer.ts'
import modules from './module-functions.json' with { type: 'json' }

const snippets = readFileSync(join(functionsDirectory, 'snippets', 'stdlib.txt'), 'utf8').split('\n')

/** A call in Puppet, or in Ruby where only that reaches the older of two functions of one name. */
function calls(name: string): string[] {
  const call = new RegExp(`(?<![\\w:$'])(?:function_)?${name}\\(`)
  return snippets.filter((line) => call.test(line))
}

// What Puppet answers to them is held by test/parity/functions/modules.test.ts, which needs the modules.
it.each(modules.functions.stdlib.map(({ name }) => name))(
  '%s is called three times or more in the snippets',
  (name) => {
    expect(calls(name).length).toBeGreaterThanOrEqual(3)
  },
)

it('has nothing to call of concat, which brings no functions', () => {
  expect(modules.functions.concat).toEqual([])
})

it('calls the older function of a name in Ruby where Puppet or the module has a newer one', () => {
  const { shadowed } = modules
  for (const name of shadowed) {
    const inRuby = snippets.filter((line) => line.includes(`function_${name}(`))
    expect(inRuby.length, name).toBeGreaterThanOrEqual(3)
  }
})
