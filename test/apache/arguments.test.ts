import { expect, it } from 'vitest'
import { comparable, judge, loggedMessage } from './machine.ts'
import recorded from './recorded/arguments.json' with { type: 'json' }

it('takes numbers, durations, sizes, addresses, ports, caches and names of health checks as httpd does', () => {
  const texts = recorded.texts as unknown as readonly (readonly [text: string, message: string])[]
  const differing = texts.filter(([text, message]) => {
    const given = judge(text, 'server')
    return comparable(message) !== (given.verdict === 'ok' ? 'ok' : loggedMessage(given))
  })
  expect(texts.length).toBeGreaterThan(300)
  expect(differing).toEqual([])
})
