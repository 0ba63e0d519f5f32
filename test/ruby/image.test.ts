import { expect, it } from 'vitest'
import { Bridge } from '../../src/ruby/bridge.ts'
import type { WireData } from '../../src/ruby/decode.ts'
import { makeImage, readImage } from '../../src/ruby/image.ts'
import { bootMachine } from '../../src/ruby/machine.ts'
import { rubyModule } from '../../src/ruby/module.ts'
import { shimTree } from '../../src/ruby/shim-tree.ts'
import { unknownOrigin } from '../../src/value/origin.ts'

it('starts from the memory of a booted machine, as often as wanted', () => {
  const bytes = makeImage()
  const image = readImage(bytes)
  expect(image).toBeDefined()
  for (let i = 0; i < 2; i++) {
    const bridge = new Bridge((_, operation) => ({ data: operation === 'variable?' ? true : 'answered' }))
    bridge.attach(
      bootMachine({ module: rubyModule(), tree: shimTree, door: bridge.door, now: () => 0n, output: () => {}, image }),
    )
    const run = (...request: unknown[]): WireData => {
      let reply: WireData = null
      bridge.call(
        undefined,
        unknownOrigin,
        () => JSON.stringify(request),
        (data) => {
          reply = data
        },
      )
      return reply
    }
    run('start', '8.10.0', false)
    const code =
      '_erbout.__value(0, ($left = $left.to_i + 1)); _erbout.__value(1, (Rehearsal.ask("fact", "x"))); _erbout.__value(2, (YAML.dump([1])))'
    expect(run('compile-template', `${code}; _erbout`, 't.erb')).toBe(0)
    expect(run('render', 0, null, [])).toMatchObject(['1answered---\n- 1\n', expect.anything(), []])
  }
  const other = Buffer.from(bytes)
  other.write('0', other.indexOf('"fingerprint":"') + 15 + 3)
  other.write('1', other.indexOf('"fingerprint":"') + 15 + 4)
  expect(readImage(other)).toBeUndefined()
})
