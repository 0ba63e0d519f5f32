import { expect, it } from 'vitest'
import { endingError } from '../../src/puppet/ending-error.ts'
import { parseManifest } from '../../src/puppet/parse.ts'
import { sourceFile } from '../../src/source/source-file.ts'

/** What real Puppet ends with, by `puppet parser validate`. */
it.each([
  ['class a { }', undefined],
  ['"\\q" =~ /q/', undefined],
  ['class a { 1 }', /^This Literal Integer has no effect/],
  ['class a { 1 }\nclass b { 2 }', /^Language validation logged 2 errors\. Giving up$/],
  [
    'class a { 1 }\nclass b { 2 }\ndefine plan { }',
    /^Language validation logged 2 errors, and 1 warnings\. Giving up$/,
  ],
  ['$a = = 1\n$b = = 2', /^Syntax error at '='$/],
  ['$a += 1\n$b = @(X:pp)\n= 1\n| X\n', /^Invalid produced text having syntax: 'pp'/],
])('ends %j with one error', (code, expected) => {
  const error = endingError(parseManifest(sourceFile('a.pp', code)).diagnostics)
  if (expected) expect(error?.message).toMatch(expected)
  else expect(error).toBeUndefined()
})
