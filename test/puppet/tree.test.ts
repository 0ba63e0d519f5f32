// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Puppet interpolates with the same signs
import { describe, expect, it } from 'vitest'
import type { Node } from '../../src/puppet/ast.ts'
import { forEachChild, visit, walk } from '../../src/puppet/children.ts'
import { parseManifest, parseTemplate } from '../../src/puppet/parse.ts'
import { placeOf } from '../../src/puppet/place.ts'
import { sourceFile, spanText } from '../../src/source/source-file.ts'
import { parse } from './answers.ts'
import { snippets } from './snippets.ts'
import { shapeFaults } from './tree-invariants.ts'

const program = (code: string) => parseManifest(sourceFile('a.pp', code)).program

describe('the tree', () => {
  it('has spans that nest, and every child in the table', () => {
    for (const snippet of snippets) {
      const result = parse(snippet)
      const nested = !snippet.code.includes('@(')
      expect(shapeFaults(result.program, nested), JSON.stringify(snippet)).toEqual([])
    }
  })

  it('has spans that hold the text of their node', () => {
    const texts: Record<string, string[]> = {}
    walk(
      program('class a($b = 1) {\n  $c = f($b).g |$x| { $x + 2 }\n  file { "a${c}b": mode => [1, 2] }\n}\n'),
      (node) => {
        texts[node.kind] = [...(texts[node.kind] ?? []), spanText(node.span)]
        return undefined
      },
    )
    expect(texts).toMatchObject({
      HostClassDefinition: [expect.stringMatching(/^class a[\s\S]*\}$/)],
      Parameter: ['$b = 1', '$x'],
      AssignmentExpression: ['$c = f($b).g |$x| { $x + 2 }'],
      CallMethodExpression: ['f($b).g |$x| { $x + 2 }'],
      NamedAccessExpression: ['f($b).g'],
      LambdaExpression: ['|$x| { $x + 2 }'],
      ArithmeticExpression: ['$x + 2'],
      ResourceBody: ['"a${c}b": mode => [1, 2]'],
      ConcatenatedString: ['"a${c}b"'],
      TextExpression: ['c'],
      AttributeOperation: ['mode => [1, 2]'],
      LiteralList: ['[1, 2]'],
    })
  })

  it('lists the definitions of the file in order, with their full names', () => {
    const { definitions } = program(
      'class a { class b { define c { } } function d { } }\ntype E = Integer\nnode f { }\nclass ::g { class ::h { } }\n',
    )
    expect(definitions.map((each) => ('name' in each ? `${each.kind} ${each.name}` : each.kind))).toEqual([
      'ResourceTypeDefinition a::b::c',
      'HostClassDefinition a::b',
      'FunctionDefinition d',
      'HostClassDefinition a',
      'TypeAlias E',
      'NodeDefinition',
      'HostClassDefinition g::::h',
      'HostClassDefinition ::g',
    ])
  })

  it('tells which calls need a value', () => {
    const found: [string, boolean][] = []
    visit(program('f(g(1))\n$x = h(2)\ninclude(i(3))\nnotice k(4)'), {
      CallNamedFunctionExpression: (node) => found.push([spanText(node.functor.span), node.rvalueRequired]),
    })
    expect(found).toEqual([
      ['f', false],
      ['g', true],
      ['h', true],
      ['include', false],
      ['i', true],
      ['notice', false],
      ['k', true],
    ])
  })

  it('keeps text of a template with the place it came from', () => {
    const file = sourceFile('a.epp', 'one <%= $x -%>\n two <%# note %> three')
    const texts: [string, string][] = []
    visit(parseTemplate(file).program, {
      RenderStringExpression: (node) => texts.push([node.value, spanText(node.span)]),
      RenderExpression: (node) => texts.push(['', spanText(node.span)]),
    })
    expect(texts).toEqual([
      ['one ', 'one '],
      ['', '<%= $x -%>'],
      [' two  three', '\n two <%# note %> three'],
    ])
  })

  it('places text of heredocs in the file', () => {
    const code = '$a = @("END")\n    one ${b} two\n    three ${c}\n    | END\n'
    const found: string[] = []
    visit(program(code), { VariableExpression: (node) => found.push(spanText(node.span)) })
    expect(found).toEqual(['$a', 'b', 'c'])
  })

  it('tells where Puppet locates a node', () => {
    const places = new Map<string, string>()
    walk(program('$a = $b[1] + $c.d(2)\n$e ? { 1 => 2 }'), (node) => {
      places.set(node.kind, spanText(placeOf(node)))
      return undefined
    })
    expect(Object.fromEntries(places)).toMatchObject({
      AssignmentExpression: '=',
      ArithmeticExpression: '+',
      AccessExpression: '$b[1]',
      CallMethodExpression: '(2)',
      NamedAccessExpression: '.d',
      SelectorExpression: '$e ? { 1 => 2 }',
      SelectorEntry: '=> 2',
    })
  })

  it('is walked parents first, in order, with ancestors, and as far as wanted', () => {
    const kinds: string[] = []
    walk(program('if $a { f($b) }'), (node, ancestors) => {
      kinds.push(`${ancestors.length} ${node.kind}`)
      return node.kind === 'CallNamedFunctionExpression' ? false : undefined
    })
    expect(kinds).toEqual([
      '0 Program',
      '1 IfExpression',
      '2 VariableExpression',
      '2 CallNamedFunctionExpression',
      '2 Nop',
    ])
    const children: Node['kind'][] = []
    forEachChild(program('if $a { f($b) }').body, (child) => children.push(child.kind))
    expect(children).toEqual(['VariableExpression', 'CallNamedFunctionExpression', 'Nop'])
  })
})
