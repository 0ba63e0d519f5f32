import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { look, lookupAnswers, lookupJson, openFixture } from './lookup-answers.ts'
import { copyOf, fixtures, rehearse, repoWith } from './rehearse.ts'

const repo = openFixture('hiera-levels')
const environment = ['--environment', join(fixtures, 'hiera-levels')]
const web01 = ['--node', 'web01.example.com', ...environment]

interface Place {
  readonly path: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}
interface Level extends Partial<Place> {
  readonly layer: string
  readonly name: string
  readonly status: string
  readonly location?: string
  readonly value?: unknown
  readonly keyPlace?: Place
}
interface Document {
  readonly found: boolean
  readonly value?: unknown
  readonly merge?: { readonly strategy: string; readonly by: string } & Partial<Place>
  readonly lookupOptions?: { readonly name: string } & Partial<Place>
  readonly origins: readonly ({ readonly at: readonly (string | number)[]; readonly level?: string } & Partial<Place>)[]
  readonly searches: readonly { readonly key: string; readonly levels: readonly Level[] }[]
  readonly findings: readonly { readonly code: string; readonly message: string; readonly remedy?: string }[]
}

const documentOf = (text: string) => JSON.parse(text) as Document

/** The text at a place of the fixture, by lines and columns alone. */
function textAt(place: Place): string {
  const lines = readFileSync(resolve(repo.directory, place.path), 'utf8').split('\n')
  const part = lines.slice(place.line - 1, place.endLine)
  part[part.length - 1] = (part.at(-1) as string).slice(0, place.endColumn - 1)
  part[0] = (part[0] as string).slice(place.column - 1)
  return part.join('\n')
}

describe('values are those of real Puppet', () => {
  it.each(lookupAnswers.map((answer) => [answer.node, answer.key, answer] as const))('%s %s', (_node, _key, answer) => {
    const found = look(repo, answer)
    const [, value] = /^ {2}"value": (.*?),?$/m.exec(lookupJson(repo, answer)) ?? []
    const error = found.diagnostics.find(({ severity }) => severity === 'error')?.message
    expect({ value, error }).toEqual({ value: answer.value, error: answer.error })
  })
})

describe('places', () => {
  const cases = lookupAnswers.filter(({ value }) => value !== undefined)

  it('of the parts of a value hold them in the data files', () => {
    let checked = 0
    for (const answer of cases) {
      const { value, origins } = documentOf(lookupJson(repo, answer))
      for (const { at, level, ...place } of origins) {
        if (place.path === undefined || !/\.(ya?ml|json)$/.test(place.path)) continue
        const part = at.reduce<unknown>((whole, key) => (whole as Record<string | number, unknown>)[key], value)
        const text = textAt(place as Place)
        expect(level, `${answer.key} ${at.join('.')}`).toBeDefined()
        // What an expression gave stands where the expression does; a converted text is no text any more.
        if (text.includes('%{')) expect(typeof part).toBe('string')
        else if (answer.key.startsWith('backup::')) expect(String(parse(text))).toBe(String(part))
        else if (part === '' && text === '"--"') expect(answer.key).toContain('limits')
        else expect(parse(text, { version: '1.1' }), `${answer.key} ${at.join('.')}`).toEqual(part)
        checked++
      }
    }
    expect(checked).toBeGreaterThan(300)
  })

  it('of the keys hold the keys, at every level that has them', () => {
    let checked = 0
    for (const answer of cases)
      for (const { key, levels } of documentOf(lookupJson(repo, answer)).searches)
        for (const { keyPlace, path, line, location, status } of levels) {
          if (!['used', 'merged', 'overridden'].includes(status) || !location) continue
          const root = key.split('.')[0] as string
          expect(textAt(keyPlace as Place).replaceAll('"', '')).toBe(root)
          expect(path).toBe(location)
          expect((line as number) - (keyPlace?.line ?? 0)).toBeLessThan(2)
          checked++
        }
    expect(checked).toBeGreaterThan(150)
  })
})

describe('the explanation', () => {
  const documentFor = (key: string, node = 'web01.example.com') => documentOf(lookupJson(repo, { node, key }))

  it('names every level with what became of it', () => {
    const [search] = documentFor('site::log_directory').searches
    expect(search?.levels.map(({ name, status, line, column }) => [name, status, line, column])).toEqual([
      ['node', 'no-key', undefined, undefined],
      ['role', 'no-key', undefined, undefined],
      ['operating system', 'used', 3, 22],
      ['operating system', 'overridden', 4, 22],
      ['mounts', 'no-key', undefined, undefined],
      ['mounts', 'no-key', undefined, undefined],
      ['shared', 'no-key', undefined, undefined],
      ['shared', 'no-key', undefined, undefined],
      ['figures', 'no-key', undefined, undefined],
      ['common', 'overridden', 32, 22],
    ])
  })

  it('tells missing files from missing keys', () => {
    const [search] = documentFor('site::log_directory', 'db01.example.com').searches
    expect(search?.levels.slice(0, 3).map(({ location, status }) => [location, status])).toEqual([
      ['data/nodes/db01.example.com.yaml', 'no-file'],
      ['data/roles/database.yaml', 'no-file'],
      ['data/os/Rocky-9.yaml', 'no-file'],
    ])
  })

  it('tells the merge and who chose it', () => {
    expect(documentFor('profile::web::limits')).toMatchObject({
      merge: { strategy: 'deep (knockout_prefix: "--")', by: 'lookup_options', path: 'data/common.yaml', line: 15 },
      lookupOptions: { name: '^profile::web::(aliases|limits)$', line: 14 },
    })
    expect(documentFor('site::domain').merge).toEqual({ strategy: 'first', by: 'default' })
  })

  it('follows modules and their default hierarchies', () => {
    const [search] = documentFor('profile::web::template_note').searches
    expect(search?.levels.at(-1)).toMatchObject({
      layer: 'Module profile',
      fallback: true,
      status: 'used',
      path: 'site/profile/data/defaults.yaml',
    })
  })
})

describe('rehearse lookup', () => {
  it('shows a value with its places, the merge and the levels', () => {
    const { code, out, err } = rehearse(['lookup', 'profile::web::aliases', ...web01])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('profile::web::aliases on web01.example.com\n')
    expect(out).toMatch(/ {2}- web01\.example\.com +data\/roles\/web\.yaml:7:5 +role\n/)
    expect(out).toContain('Merge: deep (knockout_prefix: "--"), chosen by lookup_options  data/common.yaml:15:7')
    expect(out).toMatch(/✓ common +data\/common\.yaml:41:24 +merged +\[example\.com, old\.example\.com\]/)
    expect(out).toContain('site::domain: example.com  data/common.yaml:22:15  common')
  })

  it('prints one JSON document', () => {
    const { out } = rehearse(['lookup', 'site::figures.big', '--format', 'json', ...web01])
    expect(out).toContain('"value": 9007199254740993,')
    expect(documentOf(out).found).toBe(true)
  })

  it('masks what becomes Sensitive, at every level', () => {
    for (const format of ['pretty', 'json']) {
      const { code, out, err } = rehearse(['lookup', 'site::token', '--format', format, ...web01])
      expect(code).toBe(0)
      expect(out).toMatch(/••••[0-9a-f]{4}/)
      expect(out + err).not.toContain('not-so-secret')
    }
  })

  it('does not find, and suggests', () => {
    const { code, out } = rehearse(['lookup', 'profile::web::alaises', ...web01])
    expect(code).toBe(1)
    expect(out).toContain("Function lookup() did not find a value for the name 'profile::web::alaises'")
    expect(out).toContain("Did you mean 'profile::web::aliases'?")
    expect(out).toMatch(/· common +data\/common\.yaml +no such key/)
  })

  it('takes the options of puppet lookup', () => {
    const value = (...args: string[]) =>
      documentOf(rehearse(['lookup', ...args, '--format', 'json', ...web01]).out).value
    expect(value('packages', '--merge', 'first')).toEqual(['apache2', 'curl'])
    expect(value('profile::web::aliases', '--merge', 'deep', '--knock-out-prefix=--', '--sort-merged-arrays')).toEqual([
      'example.com',
      'old.example.com',
      'tickets.example.com',
      'web01.example.com',
      'www.example.com',
    ])
    expect(value('nope', '--default', 'x')).toBe('x')
    expect(value('nope', 'site::domain')).toBe('example.com')
    const refused = rehearse(['lookup', 'site::domain', '--type', 'Integer', ...web01])
    expect(refused.code).toBe(1)
    expect(refused.out).toContain('Found value has wrong type, expects an Integer value, got String')
    expect(rehearse(['lookup', 'packages', '--merge-hash-arrays', ...web01]).code).toBe(2)
    expect(rehearse(['lookup', 'packages', '--explain-options', ...web01]).out).toContain(
      'Levels asked for lookup_options',
    )
  })

  it('knows variables of manifests where asked to compile', () => {
    const directory = repoWith("$role = 'web'\nnode default { }\n", {
      'hiera.yaml': 'version: 5\nhierarchy:\n  - {name: role, path: "%{role}.yaml"}\n',
      'data/web.yaml': 'port: 80\n',
    })
    const args = ['lookup', 'port', '--node', 'a.example.com', '--environment', directory]
    expect(rehearse([...args, '--compile']).out).toMatch(/ {2}80 +data\/web\.yaml:1:7/)
    const without = rehearse(args)
    expect(without.code).toBe(1)
    expect(without.out).toContain("Undefined variable 'role'")
    expect(without.out).toContain('--compile')
  })

  it('says what is encrypted, and why it stays so', () => {
    const directory = copyOf('hiera-levels')
    const hiera = readFileSync(join(directory, 'hiera.yaml'), 'utf8')
    writeFileSync(
      join(directory, 'hiera.yaml'),
      `${hiera}  - name: secrets\n    lookup_key: eyaml_lookup_key\n    path: secrets.eyaml\n    options: {pkcs7_private_key: keys/private.pem, pkcs7_public_key: keys/public.pem}\n`,
    )
    const sealed = 'MIIBeQYJKoZIhvcNAQcDoIIBajCCAWYCAQAxggEhMIIBHQIBADAFMAACAQAwDQYJKoZIhvcNAQEBBQAEggEA'
    writeFileSync(join(directory, 'data/secrets.eyaml'), `site::password: ENC[PKCS7,${sealed}]\n`)
    const { code, out } = rehearse([
      'lookup',
      'site::password',
      '--node',
      'web01.example.com',
      '--environment',
      directory,
    ])
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}<encrypted: site::password> +data\/secrets\.eyaml:1:17 +secrets$/m)
    expect(out).toContain("The encrypted value of 'site::password' could not be decrypted")
    expect(out).toContain('[hiera/eyaml-without-keys]')
  })
})

it('values keep their places through back ends in Ruby, whichever way they read YAML', () => {
  const ways = [
    "context.cached_file_data(options['path']) { |text| YAML.safe_load(text) }",
    "Puppet::Util::Yaml.safe_load_file(options['path'])",
    "Puppet::Util::Yaml.safe_load_file_if_valid(options['path'])",
    "YAML.load_file(options['path']).transform_keys(&:to_s)",
    "YAML.safe_load(File.read(options['path']))",
  ]
  const backEnd = (way: string, index: number) => `Puppet::Functions.create_function(:'be::way${index}') do
  dispatch(:data) { param 'String', :key; param 'Hash', :options; param 'Puppet::LookupContext', :context }
  def data(key, options, context)
    all = ${way}
    all.key?(key) ? context.interpolate(all[key]) : context.not_found
  end
end
`
  const directory = repoWith('notice(1)', {
    'environment.conf': 'modulepath = modules\n',
    'hiera.yaml': `version: 5\nhierarchy:\n${ways.map((_, i) => `  - {name: way${i}, lookup_key: "be::way${i}", path: ${i}.yaml}\n`).join('')}`,
    ...Object.fromEntries(ways.map((_, i) => [`data/${i}.yaml`, `x: 1\nk:\n  - one\n  - deep: "two ${i}"\n`])),
    ...Object.fromEntries(ways.map((way, i) => [`modules/be/lib/puppet/functions/be/way${i}.rb`, backEnd(way, i)])),
  })
  const { out } = rehearse(['lookup', 'k', '--merge', 'unique', '--explain', '--environment', directory])
  expect(out).toMatch(/^ {2}- one +data\/0\.yaml:3:5 +way0$/m)
  for (const index of ways.keys())
    expect(out).toMatch(new RegExp(`^ {2}- deep: two ${index} +data/${index}\\.yaml:4:11 +way${index}$`, 'm'))
})
