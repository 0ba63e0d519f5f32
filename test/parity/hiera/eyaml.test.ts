import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { decryptPkcs7 } from '../../../src/hiera/pkcs7.ts'
import { available } from '../reference.ts'

const root = resolve(import.meta.dirname, '../../..')

it.runIf(available('round trip with eyaml', ['ruby', '-e', 'require "hiera/backend/eyaml"']))(
  'opens what hiera-eyaml closes',
  () => {
    const result = spawnSync('ruby', ['test/oracles/hiera-eyaml.rb'], { cwd: root, encoding: 'utf8' })
    const { private_key, public_key, values } = JSON.parse(result.stdout) as {
      private_key: string
      public_key: string
      values: { text: string; encrypted: string }[]
    }
    expect(values.length).toBeGreaterThan(10)
    for (const { text, encrypted } of values)
      expect(decryptPkcs7(encrypted.replace(/^ENC\[PKCS7,|\]$/g, ''), private_key, public_key)).toBe(text)
  },
)
