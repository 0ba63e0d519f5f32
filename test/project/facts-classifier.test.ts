import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readClassification } from '../../src/project/node-classifier.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { rehearse, repoWith } from '../cli/rehearse.ts'

const site = `
node default { }
class role (String $greeting, Integer $port = 80) {
  file { '/etc/role': content => "\${greeting} \${port} \${site} \${stage} \${environment}\\n" }
}
class base { file { '/etc/base': content => 'base' } }
`
const enc = `---
classes:
  base:
  role: { greeting: hello }
parameters: { site: berlin, stage: enc }
environment: production
`
const repo = (files: Record<string, string>) =>
  repoWith(site, { 'facts/a.example.com.yaml': 'stage: fact\n', ...files })

describe('an external classifier', () => {
  const files = { 'rehearse.yaml': 'classifier: enc/{node}.yaml\n', 'enc/a.example.com.yaml': enc }

  it('declares classes, and sets variables before facts', () => {
    const directory = repo(files)
    const { out } = rehearse(['catalog', '--node', 'a.example.com', '--environment', directory])
    expect(out).toContain('"content":"hello 80 berlin enc production\\n"')
    expect(out).toContain('"content":"base"')
    const explained = rehearse(['explain', 'a.example.com', '/etc/role', '--environment', directory]).out
    expect(explained).toContain('enc/a.example.com.yaml:4:21')
  })

  it('is missed where a node has no file', () => {
    const directory = repo({ 'rehearse.yaml': 'classifier: enc/{node}.yaml\n' })
    const { code, out } = rehearse(['--environment', directory])
    expect(code).toBe(0)
    expect(out).toContain('a.example.com is not classified: there is no enc/a.example.com.yaml')
  })

  it('gives variables to look-ups', () => {
    const directory = repo({
      ...files,
      'hiera.yaml': 'version: 5\nhierarchy: [{name: site, path: "%{site}.yaml"}]\n',
      'data/berlin.yaml': 'x: 1\n',
    })
    const { out } = rehearse(['lookup', 'x', '--node', 'a.example.com', '--environment', directory])
    expect(out).toMatch(/ {2}1 +data\/berlin\.yaml:1:4/)
  })

  it('runs a program only where that is allowed', () => {
    const directory = repo({ 'rehearse.yaml': 'classifier: { command: [bin/enc] }\n', 'bin/enc': '' })
    writeFileSync(
      join(directory, 'bin/enc'),
      `#!/bin/sh\ntest "$1" = a.example.com || exit 3\ncat <<'END'\n${enc}END\n`,
    )
    chmodSync(join(directory, 'bin/enc'), 0o755)
    const refused = rehearse(['--environment', directory])
    expect(refused.code).toBe(1)
    expect(refused.out).toContain("the classifier 'bin/enc {node}' is a program and was not run")
    expect(refused.out).toMatch(/rehearse\.yaml:1:13/)
    const { out } = rehearse(['catalog', '--node', 'a.example.com', '--environment', directory, '--allow-exec'])
    expect(out).toContain('"content":"hello 80 berlin enc production\\n"')
    writeFileSync(join(directory, 'bin/enc'), '#!/bin/sh\necho no such node >&2\nexit 3\n')
    expect(rehearse(['--environment', directory, '--allow-exec']).out).toContain(
      "the classifier 'bin/enc a.example.com' failed: it ended with status 3: no such node",
    )
  })

  it('does not count for batches', () => {
    const input = '{"node":"a.example.com","facts":{}}\n'
    const { out } = rehearse(['catalog', '--batch', '--files', '--environment', repo(files)], { input })
    expect(out).not.toContain('/etc/role')
  })

  it.each([
    ['- a', 'the classification in enc.yaml should be a hash', 1],
    ['classes: base', 'classes should be names of classes', 10],
    ['classes: {a: 1}', 'what a gets should be a hash of parameters', 14],
    ['parameters: [1]', 'parameters should be a hash of variables', 13],
    ['classes: [', 'did not find expected node content', 11],
  ])('says what is wrong with %j', (text, message, column) => {
    const { diagnostics } = readClassification(sourceFile('enc.yaml', text))
    expect(diagnostics[0]?.message).toContain(message)
    expect((diagnostics[0]?.span?.start ?? -1) + 1).toBe(column)
  })

  it('takes names alone', () => {
    const { classification } = readClassification(sourceFile('enc.yaml', 'classes: [a, b]\n'))
    expect([...(classification?.classes.keys() ?? [])]).toEqual(['a', 'b'])
  })
})
