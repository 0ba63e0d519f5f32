import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { forNode, lookup } from '../../src/hiera/lookup.ts'
import { decryptPkcs7 } from '../../src/hiera/pkcs7.ts'
import { openHiera } from '../../src/hiera/sources.ts'
import { Failure } from '../../src/source/diagnostic.ts'
import { memoryFiles } from '../../src/source/files.ts'
import { lineOf } from '../../src/source/source-file.ts'
import { contextFor, type NodeFacts, nodes } from './lookup-setup.ts'

const recorded = JSON.parse(readFileSync(new URL('recorded/eyaml.json', import.meta.url), 'utf8')) as {
  readonly private_key: string
  readonly public_key: string
  readonly values: readonly { readonly text: string; readonly encrypted: string }[]
}
const secret = recorded.values[0]?.encrypted as string

const config = `version: 5
hierarchy:
  - name: Secrets
    lookup_key: eyaml_lookup_key
    path: secrets.yaml
    options:
      pkcs7_private_key: keys/private.pem
      pkcs7_public_key: keys/public.pem
`

function look(data: string, key: string, keys: boolean, undecryptable: 'fail' | 'mask' = 'fail') {
  const files = memoryFiles(
    '/env',
    new Map([
      ['hiera.yaml', config],
      ['data/secrets.yaml', data],
      ...(keys
        ? ([
            ['keys/private.pem', recorded.private_key],
            ['keys/public.pem', recorded.public_key],
          ] as const)
        : []),
    ]),
  )
  const node = forNode(openHiera({ files, environment: 'x', modules: [], undecryptable }))
  const context = contextFor(nodes.web as NodeFacts, () => node)
  return { value: lookup(node, context, { names: [key], required: true }).value, reported: context.reported }
}

describe('eyaml', () => {
  it.each(recorded.values.map((v) => [JSON.stringify(v.text).slice(0, 40), v] as const))('opens %s', (_, value) => {
    const base64 = value.encrypted.replace(/^ENC\[PKCS7,|\]$/g, '')
    expect(decryptPkcs7(base64, recorded.private_key, recorded.public_key)).toBe(value.text)
    expect(decryptPkcs7(base64, recorded.private_key, undefined)).toBe(value.text)
  })

  it('decrypts inside of strings, lists and hashes, and marks what was secret', () => {
    const data = `plain: open\nlist: ["user:${secret}@host", open]\nhash:\n  inner: >\n    ${secret}\n`
    const list = look(data, 'list', true).value
    expect(list).toMatchObject({
      values: [
        { value: 'user:secret@host', origin: { kind: 'hiera', level: 'Secrets', secret: 'decrypted' } },
        { value: 'open', origin: { kind: 'hiera' } },
      ],
    })
    if (list?.kind !== 'array') throw new Error('no list')
    expect(list.values[1]?.origin).not.toHaveProperty('secret')
    const hash = look(data, 'hash.inner', true).value
    expect(hash).toMatchObject({ value: 'secret', origin: { secret: 'decrypted' } })
  })

  it('fails with a place where the keys are missing', () => {
    try {
      look(`a: 1\nb: ${secret}\n`, 'b', false)
      throw new Error('it did not fail')
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      const { message, span } = error.diagnostic
      expect(message).toContain('hiera-eyaml backend error decrypting')
      expect(message).not.toContain('MII')
      expect(span && `${span.file.path}:${lineOf(span)}`).toBe('data/secrets.yaml:2')
    }
  })

  it('stands a mask for the value where that is wanted, and names it in a finding', () => {
    const { value, reported } = look(`b: ${secret}\n`, 'b', false, 'mask')
    expect(value).toMatchObject({ value: '<encrypted: b>', origin: { secret: 'masked' } })
    expect(reported.map((d) => d.code)).toEqual(['hiera/eyaml-without-keys'])
  })

  it('reads values that are not encrypted without any key', () => {
    expect(look('a: "%{facts.role}"\n', 'a', false).value).toMatchObject({ value: 'web' })
  })
})
