import { describe, expect, it } from 'vitest'
import { scanText } from '../../src/functions/scanf-format.ts'

// What the documentation of Ruby's scanf library says; Debian's Puppet comes without that library.
describe('scanf', () => {
  it.each([
    ['42', '%i', [42n]],
    ['-42 0x1f 017', '%i %i %i', [-42n, 31n, 15n]],
    ['12 abc', '%d %s', [12n, 'abc']],
    ['1234', '%2d%d', [12n, 34n]],
    ['-12', '%2d', [-1n]],
    ['ff 0xff', '%x %x', [255n, 255n]],
    ['17', '%o', [15n]],
    ['3.25', '%f', [3.25]],
    ['1.5e3', '%f', [1500]],
    ['  padded', '%s', ['padded']],
    ['ab', '%c%c', ['a', 'b']],
    [' a', '%c', [' ']],
    ['abc123', '%[a-z]%d', ['abc', 123n]],
    ['abc]x', '%[^]]', ['abc']],
    ['1 2 3', '%*d %d', [2n]],
    ['a=1', 'a=%d', [1n]],
    ['b=1', 'a=%d', []],
    ['50%', '%d%%', [50n]],
    ['1 x', '%d %d', [1n]],
    ['', '%d', []],
  ] as const)('reads %j by %j', (text, format, expected) => {
    expect(scanText(text, format)).toEqual(expected)
  })
})
