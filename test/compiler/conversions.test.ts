import { beforeAll, describe, expect, it } from 'vitest'
import { conversionWarnings } from '../../src/compiler/conversions.ts'
import type { Environment } from '../../src/compiler/environment.ts'
import { lineOf } from '../../src/source/source-file.ts'
import { compileSnippet, openCompilerEnvironment } from './answer.ts'

let environment: Environment
beforeAll(() => {
  environment = openCompilerEnvironment(7)
})

function warnings(code: string): string[] {
  const { catalog } = compileSnippet(environment, code)
  if (!catalog) throw new Error('no catalog')
  return conversionWarnings(catalog).map(({ message, span }) => `${message}${span ? ` @${lineOf(span)}` : ''}`)
}

// What real Puppet 7.23 logs while it writes these catalogs (test/oracles/puppet-catalogs.rb).
describe('values that a catalog without rich data cannot hold', () => {
  it('are none in most catalogs', () => {
    expect(warnings("include shop\nnotify { 'a': message => [1, 1.5, true, undef, {k => File['/x']}] }")).toEqual([])
  })

  it('become texts, and Puppet says so at the resource', () => {
    expect(warnings("\nnotify { 'n': message => Optional[Integer] }")).toEqual([
      "Notify[n]['message'] contains an Optional-Type value. It will be converted to the String 'Optional[Integer]' @2",
    ])
    expect(warnings("notify { 'n': message => Deferred('upcase', [/x/]) }")).toEqual([
      "Notify[n]['message'] contains a Deferred value. It will be converted to the String 'Deferred({'name' => 'upcase', 'arguments' => [/x/]})' @1",
    ])
  })

  it('are named with a path that grows with each of them', () => {
    const code = "notify { 'a': message => {k => [{1 => default}, [/r/]], 'a b' => {\"q'\" => URI('http://a/b')}} }"
    const first = "Notify[a]['message']['k'][0]"
    const second = `${first}['message']['k'][0]['1']`
    const third = `${second}['message']['k'][1][0]`
    expect(warnings(code)).toEqual([
      `${first} contains a hash with an Integer key. It will be converted to the String '1' @1`,
      `${second} contains the special value default. It will be converted to the String 'default' @1`,
      `${third} contains a Regexp value. It will be converted to the String '/r/' @1`,
      `${third}['message']['a b']['q\\''] contains an URI::HTTP value. It will be converted to the String 'http://a/b' @1`,
    ])
  })
})
