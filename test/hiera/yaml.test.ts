import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseYaml } from '../../src/hiera/yaml.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { tagged } from './tagged.ts'

interface Recorded {
  readonly answers: readonly { readonly yaml: string; readonly value?: unknown; readonly error?: string }[]
}

const recorded = JSON.parse(readFileSync(new URL('recorded/yaml.json', import.meta.url), 'utf8')) as Recorded

describe('YAML as Psych reads it', () => {
  it.each(recorded.answers.map((answer) => [JSON.stringify(answer.yaml).slice(0, 80), answer] as const))(
    '%s',
    (_, answer) => {
      const result = parseYaml(sourceFile('test.yaml', answer.yaml))
      const error = result.diagnostics.find((d) => d.severity === 'error')
      if (answer.error === 'stack level too deep' || error?.code === 'hiera/yaml-alias-cycle') {
        expect(error?.code).toBe('hiera/yaml-alias-cycle')
        return
      }
      // Puppet makes false of a document without a value.
      const value =
        result.value === undefined || result.value.kind === 'undef' ? { boolean: false } : tagged(result.value)
      expect(error ? { error: `(<unknown>): ${error.message}` } : { value }).toEqual(
        answer.error !== undefined
          ? { error: answer.error.startsWith('(<unknown>): ') ? answer.error : `(<unknown>): ${answer.error}` }
          : { value: answer.value },
      )
    },
  )
})
