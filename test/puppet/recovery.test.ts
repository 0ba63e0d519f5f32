import { describe, expect, it } from 'vitest'
import { parseManifest, parseTemplate, parseTypeExpression } from '../../src/puppet/parse.ts'
import { positionAt, sourceFile, spanText } from '../../src/source/source-file.ts'

function errors(code: string, template = false): string[] {
  const file = sourceFile('a.pp', code)
  const { diagnostics } = (template ? parseTemplate : parseManifest)(file)
  return diagnostics.map(({ message, span }) => {
    const { line, column } = positionAt(file, (span as { start: number }).start)
    return `${line}:${column} ${message}`
  })
}

function definitions(code: string): string[] {
  const { program } = parseManifest(sourceFile('a.pp', code))
  return program.definitions.map((each) => {
    const statements = 'body' in each ? each.body.statements.map((statement) => statement.kind).join(' ') : ''
    return `${'name' in each ? each.name : each.kind}: ${statements}`
  })
}

describe('recovery from syntax errors', () => {
  const broken = [
    'class a {',
    "  file { '/x':",
    '    ensure => present',
    "    mode => '0644',",
    '  }',
    '',
    "  service { 'y':",
    '    enable = true,',
    '  }',
    '',
    '  include b',
    '  $q = [1, 2',
    '  $r = 3',
    '}',
    '',
    'define c::d($x, $y = ) {',
    '  notice($x)',
    '}',
    '',
    'node e {',
    '  include a',
    '}',
  ].join('\n')

  it('reports several independent ones, each in its place', () => {
    expect(errors(broken)).toEqual([
      "4:5 Syntax error at 'mode'",
      "8:12 Syntax error at '='",
      "13:3 Syntax error at 'r'",
      "16:22 Syntax error at ')'",
    ])
  })

  it('keeps the well-formed rest', () => {
    expect(definitions(broken)).toEqual([
      'a: CallNamedFunctionExpression AssignmentExpression',
      'c::d: CallNamedFunctionExpression',
      'NodeDefinition: CallNamedFunctionExpression',
    ])
  })

  it('takes a brace that is further out for the end of the block', () => {
    const code =
      "class a {\n  file { '/x':\n    ensure => present,\n\n  service { 'y': }\n}\n\nclass b {\n  include c\n}\n"
    expect(errors(code)).toEqual(["5:11 Syntax error at '{'"])
    expect(definitions(code)).toEqual(['a: ', 'b: CallNamedFunctionExpression'])
  })

  it('reports faults of lexing along with others', () => {
    expect(errors('$a = 08\n$b = 1 +\n}\n$c = @(END)\nx')).toEqual([
      '1:6 Not a valid octal number 08',
      "3:1 Syntax error at '}'",
      '5:1 Heredoc without end-tagged line',
    ])
  })

  it('says nothing of an end of input that follows from another fault', () => {
    expect(errors('class a {\n  $x = = 1\n  if $y {')).toEqual(["2:8 Syntax error at '='"])
  })

  it('points to what is not closed', () => {
    const file = sourceFile('a.pp', 'class a {\n  if $y {\n}\n')
    const [first] = parseManifest(file).diagnostics
    expect(first?.message).toBe('Syntax error at end of input')
    expect(first?.related?.map((each) => [positionAt(file, each.span.start), spanText(each.span)])).toEqual([
      [{ line: 1, column: 9 }, '{'],
    ])
  })

  it('does not validate a tree that lacks something', () => {
    expect(errors('$a = = 1\nclass b { 1 }\n')).toEqual(["1:6 Syntax error at '='"])
  })

  it('works in templates', () => {
    expect(errors('<% if $a = = 1 { %>\nx\n<% } %>\n<%= $b $c %>\n<%= 1 + %>\n', true).length).toBeGreaterThanOrEqual(3)
  })

  it('gives up after twenty', () => {
    expect(errors('$a = = 1\n'.repeat(100)).length).toBe(20)
  })
})

describe('hints', () => {
  /** The text with the first diagnostic's fix applied. */
  function mended(code: string): string | undefined {
    const fix = parseManifest(sourceFile('a.pp', code)).diagnostics[0]?.fix
    return fix && code.slice(0, fix.span.start) + fix.replacement + code.slice(fix.span.end)
  }

  it.each([
    ["file { 'a':\n  mode => '1'\n  owner => b,\n}", "file { 'a':\n  mode => '1',\n  owner => b,\n}"],
    ["$a = { 'b' => [1] 'c' => 2 }", "$a = { 'b' => [1], 'c' => 2 }"],
    ['$a = $b ? { 1 => 2 3 => 4 }', '$a = $b ? { 1 => 2, 3 => 4 }'],
    ["file { 'a': mode = '1' }", "file { 'a': mode => '1' }"],
    ["file { 'a': mode => '1', owner = 'b' }", "file { 'a': mode => '1', owner => 'b' }"],
    ['if $a { } else if $b { }', 'if $a { } elsif $b { }'],
  ])('mend %j', (broken, expected) => {
    expect(mended(broken)).toBe(expected)
    expect(errors(expected)).toEqual([])
  })

  it('stay away where there is doubt', () => {
    for (const code of ['$a = 1 2 =', '$a = [1 2]', 'a => b', "file { 'a' }", '$a = = 1', 'else if'])
      expect(mended(code)).toBeUndefined()
  })
})

describe('limits', () => {
  it('names nesting that is too deep', () => {
    const deep = 100_000
    for (const code of [
      `$a = ${'('.repeat(deep)}`,
      `$a = ${'['.repeat(deep)}1${']'.repeat(deep)}`,
      `${'if true { '.repeat(deep)}`,
      `$a = ${'!'.repeat(deep)}1`,
      `$a = ${'"${'.repeat(deep)}`,
      `$a = ${'$b ? { 1 => '.repeat(deep)}`,
    ])
      expect(errors(code)[0]).toMatch(/stand within one another|Unclosed quote/)
  })

  it('bears long chains', () => {
    expect(errors(`$a = 1${' + 1'.repeat(50_000)}`)).toEqual([])
    expect(errors(`$a = $b${'.f'.repeat(20_000)}`)).toEqual([])
  })

  it('needs time in proportion to the text', () => {
    const started = performance.now()
    errors('$a = = 1 }) '.repeat(50_000))
    errors(`f(${'( '.repeat(300)}`.repeat(200))
    errors('"${a'.repeat(50_000))
    errors("'a ".repeat(100_000))
    errors('@(END) '.repeat(5_000))
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('parseTypeExpression', () => {
  it('parses one type', () => {
    const { expression, diagnostics } = parseTypeExpression(sourceFile('a', 'Optional[Variant[String[1], Undef]]'))
    expect(diagnostics).toEqual([])
    expect(expression).toMatchObject({
      kind: 'AccessExpression',
      left: { kind: 'QualifiedReference', value: 'Optional' },
      keys: [{ kind: 'AccessExpression', keys: [{ kind: 'AccessExpression' }, { value: 'Undef' }] }],
    })
  })

  it('refuses more and less than one', () => {
    for (const [text, message] of [
      ['Integer String', "Syntax error at 'String'"],
      ['Integer[', 'Syntax error at end of input'],
      ['', 'Syntax error at end of input'],
    ] as const)
      expect(parseTypeExpression(sourceFile('a', text))).toMatchObject({ diagnostics: [{ message }] })
  })
})
