import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileNode } from '../../src/compiler/compile-node.ts'
import { builtinFunction, builtinFunctions } from '../../src/functions/builtin-functions.ts'
import { readFacts } from '../../src/project/read-facts.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { functionsDirectory, openFunctionsEnvironment } from './answer.ts'

const environment = openFunctionsEnvironment(8)
const factsText = readFileSync(join(functionsDirectory, 'facts.json'), 'utf8')

function compile(code: string) {
  const [node] = readFacts(sourceFile('facts.json', factsText), 'web01.example.com').nodes
  if (!node) throw new Error('no facts')
  return compileNode(environment, { ...node, code: sourceFile('snippet.pp', code) })
}

describe('deprecations', () => {
  it.each([
    [
      "abs('-1')",
      "The abs() function's auto conversion of String to Numeric is deprecated - change to convert input before calling",
    ],
    [
      "floor('1.5')",
      "The floor() function's auto conversion of String to Float is deprecated - change to convert input before calling",
    ],
    [
      "max('10', '9')",
      "The max() function's auto conversion of String to Numeric is deprecated - change to convert input before calling, or use lambda",
    ],
    [
      "min([1, 'a'])",
      "The min() function's auto conversion of Any to String is deprecated - change to convert input before calling, or use lambda",
    ],
    ['empty(1)', 'Calling function empty() with Numeric value is deprecated.'],
    [
      "hiera('present')",
      "The function 'hiera' is deprecated in favor of using 'lookup'. See https://puppet.com/docs/puppet/8.11/deprecated_language.html",
    ],
    [
      "strftime('%%')",
      'The argument signature (String format, [String timezone]) is deprecated for #strftime. See #strftime documentation and Timespan type for more info',
    ],
    [
      "regsubst('a', 'b', 'c', 'G', 'U')",
      "The regsubst() function's encoding argument has been ignored since Ruby 1.9 and will be removed in a future release",
    ],
  ])('%s warns once a node', (expression, message) => {
    const twice = `[1, 2].each |$i| { $x = ${expression} }`
    for (const compiled of [compile(twice), compile(twice)])
      expect(compiled.logs.filter((log) => log.message === message)).toHaveLength(1)
  })
})

describe('generate', () => {
  it('is refused by name, after what Puppet refuses itself', () => {
    const [found] = compile("$x = generate('/usr/bin/id', '-u')").diagnostics
    expect(found?.code).toBe('puppet/generate-refused')
    expect(found?.message).toContain('/usr/bin/id -u')
    expect(compile("$x = generate('id')").diagnostics[0]?.message).toBe('Generators must be fully qualified')
  })
})

describe('the table', () => {
  it('has each function under its own name', () => {
    for (const [name, definition] of builtinFunctions) expect(definition.name).toBe(name)
    expect(builtinFunctions.size).toBeGreaterThan(95)
  })
  it('has what changed with Puppet 8 twice', () => {
    expect(builtinFunction('split', 7)).not.toBe(builtinFunction('split', 8))
    expect(builtinFunction('map', 7)).toBe(builtinFunction('map', 8))
    expect(builtinFunction('nope', 8)).toBeUndefined()
  })
})
