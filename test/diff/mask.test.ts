import { describe, expect, test } from 'vitest'
import { asDeployed, compareFile } from '../../src/diff/compare-file.ts'
import { createMask, hideSecrets, learnSecrets, maskText, secretToken } from '../../src/diff/mask.ts'
import { deployedFile, renderedFile, unified } from './texts.ts'

const path = '/etc/mysql/my.cnf'

function diff(before: string, after: string, more: Parameters<typeof renderedFile>[2] = {}): string {
  const file = renderedFile(path, after, more)
  return compareFile(deployedFile(path, before), file, { mask: createMask('key') })
    .hunks.map(unified)
    .join('\n')
}

const token = (secret: string): string => secretToken(createMask('key'), secret)

describe('secrets in differences', () => {
  test('the new value and the deployed one are masked, and differ', () => {
    expect(diff('[client]\npassword = old-one\nuser = shop\n', '[client]\npassword = [[new-one]]\nuser = shop\n')).toBe(
      `@@ -1,3 +1,3 @@\n [client]\n-password = {${token('old-one')}}\n+password = {${token('new-one')}}\n user = shop`,
    )
  })

  test('an unchanged value is masked in the context', () => {
    const shown = diff('password = same\nuser = a\n', 'password = [[same]]\nuser = b\n')
    expect(shown).toContain(` password = ${token('same')}`)
    expect(shown).not.toContain('same')
  })

  test('a value that moved is masked where it was', () => {
    const shown = diff('password = old-one\na\nb\nc\nd\ne\nf\n', 'a\nb\nc\nd\ne\nf\npassword = [[new-one]]\n')
    expect(shown).not.toMatch(/old-one|new-one/)
  })

  test('a line written in another way is masked from its first word, or as a whole', () => {
    expect(diff('password: old-one\n', 'password = [[new-one]]\n')).not.toMatch(/old-one|new-one/)
    expect(diff('DB_SECRET old-one\n', 'password = [[new-one]]\n')).not.toMatch(/old-one|new-one|DB_SECRET/)
  })

  test('a secret of several lines', () => {
    const shown = diff('key:\nOLDKEY1\nOLDKEY2\nOLDKEY3\nend\n', 'key:\n[[NEWKEY1\nNEWKEY2]]\nend\n')
    expect(shown).not.toMatch(/OLDKEY|NEWKEY/)
    expect(shown).toContain(' end')
  })

  test('a file that is secret as a whole shows that it changes, and no line', () => {
    const shown = diff('a = 1\nb = 2\n', 'a = 1\nb = 3\n', { sensitive: true })
    expect(shown.replaceAll(/[{}]/g, '')).toBe(
      `@@ -1,2 +1,2 @@\n ${token('a = 1')}\n-${token('b = 2')}\n+${token('b = 3')}`,
    )
  })

  test('an earlier catalog tells its own secrets', () => {
    const mask = createMask('key')
    const before = asDeployed(renderedFile(path, 'token [[before]]\n'))
    const change = compareFile(before, renderedFile(path, 'nothing secret\n'), { mask })
    expect(JSON.stringify(change.hunks)).not.toContain('before"')
    expect(change.hunks[0]?.lines[0]?.text).toBe(`token ${token('before')}`)
  })

  test('lines far from the secret stay readable', () => {
    const shown = diff('a = 1\nx\nx\nx\nx\nx\npassword = old-one\n', 'a = 2\nx\nx\nx\nx\nx\npassword = [[new-one]]\n')
    expect(shown).toContain('-a = {1}')
    expect(shown).toContain('+a = {2}')
  })
})

describe('known secrets', () => {
  test('are hidden wherever they turn up, as whole words', () => {
    const mask = createMask('key')
    learnSecrets(mask, renderedFile(path, 'password = [[hunter2-x]]\n'))
    expect(hideSecrets(mask, "Invalid command 'hunter2-x', perhaps misspelled")).toBe(
      `Invalid command '${token('hunter2-x')}', perhaps misspelled`,
    )
    expect(hideSecrets(mask, 'hunter2-xy')).toBe('hunter2-xy')
  })

  test('may hold any characters', () => {
    const mask = createMask('key')
    const secret = 'a.*+?^$ {}()|[\\]-/b'
    mask.secrets.add(secret)
    expect(hideSecrets(mask, `<${secret}>`)).toBe(`<${token(secret)}>`)
  })

  test('short ones and ordinary lines of a secret file are not learned', () => {
    const mask = createMask('key')
    learnSecrets(mask, renderedFile(path, 'password = [[root]]\n'))
    learnSecrets(mask, renderedFile(path, 'RewriteEngine On\n', { sensitive: true }))
    learnSecrets(mask, renderedFile(path, '[[-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nx]]\n'))
    expect([...mask.secrets]).toEqual(['MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'])
  })

  test('tokens depend on the run', () => {
    expect(secretToken(createMask(), 'x')).toMatch(/^••••[0-9a-f]{4}$/)
    expect(secretToken(createMask('one key'), 'x')).not.toBe(secretToken(createMask('other key'), 'x'))
  })
})

test('offsets follow a masked text', () => {
  const masked = maskText(createMask('key'), 'a secret b', [[2, 8]])
  expect(masked.text).toBe(`a ${token('secret')} b`)
  expect([0, 2, 5, 8, 10].map((offset) => masked.place(offset))).toEqual([0, 2, 2, 10, 12])
  expect(masked.place(5, 'end')).toBe(10)
})
