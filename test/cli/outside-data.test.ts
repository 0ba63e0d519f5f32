import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { directoryWith, rehearse } from './rehearse.ts'

const recorded = JSON.parse(readFileSync(new URL('../hiera/recorded/eyaml.json', import.meta.url), 'utf8')) as {
  readonly private_key: string
  readonly public_key: string
  readonly values: readonly { readonly text: string; readonly encrypted: string }[]
}
const secret = recorded.values.find(({ text }) => text === 'secret') ?? expect.fail()

const repo = {
  'environment.conf': '',
  'hiera.yaml': `version: 5
hierarchy:
  - name: Secrets
    lookup_key: eyaml_lookup_key
    path: secrets.eyaml
    options:
      pkcs7_private_key: /nowhere/eyaml/private_key.pkcs7.pem
      pkcs7_public_key: /nowhere/eyaml/public_key.pkcs7.pem
`,
  'data/secrets.eyaml': `site::password: ${secret.encrypted}\nsite::list:\n  - plain\n  - ${secret.encrypted}\n`,
  'manifests/site.pp': `$password = lookup('site::password')
file { '/etc/app.conf': content => "user=x\\npassword=\${password};\\nend=1\\n" }
file { '/etc/key.pem': content => "# key\\n\${password}\\n# end\\n" }
$list = lookup('site::list')
file { '/etc/list.conf': content => inline_template("<% @list.each do |x| %><%= x.upcase %>\\n<% end %>") }
`,
  'facts/a.example.com.yaml': 'os: {family: Debian}\n',
  'now/etc/app.conf': 'user=x\npassword=what is deployed;\nend=1\n',
  'now/etc/key.pem': '# key\nfirst line of a key\nsecond line of a key\n# end\n',
  'now/etc/list.conf': 'PLAIN\nWHAT IS DEPLOYED\n',
}
const keys = directoryWith({
  'private_key.pkcs7.pem': recorded.private_key,
  'public_key.pkcs7.pem': recorded.public_key,
  'other/private.pem': recorded.private_key,
})
const directory = directoryWith(repo)
const run = ['--environment', directory, '--deployed', join(directory, 'now')]
const look = (...more: string[]) =>
  rehearse(['lookup', 'site::list', '--node', 'a.example.com', '--environment', directory, '--format', 'json', ...more])

describe('encrypted data without their keys', () => {
  const { code, out } = rehearse(run)

  it('are a finding with the place, the key and the remedy', () => {
    expect(code).toBe(0)
    expect(out).toContain('! 1 warning.')
    expect(out).toContain('warning: 2 encrypted values could not be decrypted')
    expect(out).toMatch(/^ {2}site::list +data\/secrets\.eyaml:4:5$/m)
    expect(out).toContain('No such file or directory @ rb_sysopen - /nowhere/eyaml/private_key.pkcs7.pem')
    expect(out).toContain('data/secrets.eyaml:1:17')
    expect(out).toContain('--eyaml-keys DIR')
  })

  it('fit whatever is deployed in their place, and show nothing of it', () => {
    expect(out).toContain('files: 3 as deployed')
    expect(out).not.toMatch(/what is deployed|line of a key/i)
  })

  it('stand as a named placeholder in what a file would hold', () => {
    const { out: lines } = rehearse(['explain', 'a.example.com', '/etc/app.conf', '--environment', directory])
    expect(lines).toContain('password=<encrypted: site::password>;')
  })

  it('let other differences of the same file show', () => {
    const changed = directoryWith({ ...repo, 'now/etc/app.conf': 'user=y\npassword=what is deployed;\nend=1\n' })
    const { out: report } = rehearse(['--environment', changed, '--deployed', join(changed, 'now')])
    expect(report).toMatch(/- user=y\n.*\+ user=x\n.*│ {3}password=<encrypted: site::password>;/)
    expect(report).not.toContain('what is deployed')
  })

  it('are told of beside a catalog', () => {
    const { out: catalog, err } = rehearse(['catalog', '--node', 'a.example.com', '--environment', directory])
    expect(JSON.parse(catalog)).toMatchObject({ name: 'a.example.com' })
    expect(err).toContain('2 encrypted values could not be decrypted')
  })
})

describe("eyaml's keys", () => {
  const decrypted = (text: string) =>
    (JSON.parse(text) as { findings: readonly unknown[]; value: readonly string[] }).findings.length === 0 &&
    /"value": \[\s*"plain",\s*"••••[0-9a-f]{4}"/.test(text)

  it.each([
    ['in a directory', keys],
    ['in a file', join(keys, 'other/private.pem')],
  ])('%s are named with --eyaml-keys', (_, path) => {
    expect(decrypted(look('--eyaml-keys', path).out)).toBe(true)
    expect(decrypted(look().out)).toBe(false)
  })

  it('are named in rehearse.yaml', () => {
    const named = directoryWith({ ...repo, 'rehearse.yaml': `eyaml_keys: ${keys}\n` })
    const { out } = rehearse(['--environment', named, '--deployed', join(named, 'now')])
    expect(out).toContain('files: 3 changed')
    expect(out).not.toContain('eyaml-without-keys')
    expect(out).not.toMatch(/what is deployed|line of a key/i)
  })

  it('may be held by variables of the environment that hiera.yaml names', () => {
    const variables = repo['hiera.yaml'].replaceAll(/_key: .*\/(private|public)_.*/g, '_key_env_var: TEST_$1')
    const named = directoryWith({ ...repo, 'hiera.yaml': variables })
    const { out } = rehearse(
      ['lookup', 'site::list', '--node', 'a.example.com', '--environment', named, '--format', 'json'],
      {
        env: { TEST_private: recorded.private_key, TEST_public: recorded.public_key },
      },
    )
    expect(decrypted(out)).toBe(true)
  })

  it('that are not there cannot be named', () => {
    expect(look('--eyaml-keys', join(keys, 'nope'))).toMatchObject({ code: 2, out: '' })
    const { code, out } = rehearse(['--environment', directoryWith({ ...repo, 'rehearse.yaml': 'eyaml_keys: nope\n' })])
    expect([code, out.includes("no eyaml keys at 'nope'")]).toEqual([1, true])
  })
})

describe('the global layer', () => {
  const global = {
    'hiera.yaml': 'version: 5\nhierarchy:\n  - {name: Server, path: "%{trusted.certname}.yaml"}\n',
    'data/a.example.com.yaml': 'k: from the server\nlookup_options: {m: {merge: unique}}\nm: [g]\n',
  }
  const environment = {
    'environment.conf': '',
    'hiera.yaml': 'version: 5\nhierarchy: [{name: Common, path: common.yaml}]\n',
    'data/common.yaml': 'k: from the environment\nm: [e]\n',
    'manifests/site.pp': "$k = lookup('k') $m = lookup('m')\n",
    'facts/a.example.com.yaml': 'x: 1\n',
  }
  const answers = (place: string, ...more: string[]) =>
    rehearse(['lookup', 'm', '--node', 'a.example.com', '--environment', place, ...more]).out

  it.each([
    ['a directory', ''],
    ['a file', 'hiera.yaml'],
  ])('is named as %s', (_, path) => {
    const outside = directoryWith(global)
    const out = answers(directoryWith(environment), '--global-hiera', join(outside, path))
    expect(out).toMatch(/- g +.*data\/a\.example\.com\.yaml:3:5 +Server\n +- e +data\/common\.yaml:2:5 +Common/)
    expect(out).toContain('Merge: unique, chosen by lookup_options')
  })

  it('may stand in the control repo', () => {
    const inside = Object.fromEntries(Object.entries(global).map(([path, text]) => [`server/${path}`, text]))
    const place = directoryWith({ ...environment, ...inside, 'rehearse.yaml': 'global_hiera: server/hiera.yaml\n' })
    expect(answers(place)).toMatch(/- g +server\/data\/a\.example\.com\.yaml:3:5 +Server/)
    // Its hiera.yaml is no data.
    expect(rehearse(['--environment', place]).out).toContain('0 errors, 0 warnings')
  })

  it('of version 3 is refused with what to do', () => {
    const old = directoryWith({ 'hiera.yaml': '---\n:backends: [yaml]\n:hierarchy: [common]\n' })
    const { code, out } = rehearse(['--environment', directoryWith(environment), '--global-hiera', old])
    expect(code).toBe(1)
    expect(out).toContain("Use of 'hiera.yaml' version 3 is deprecated. It should be converted to version 5")
    expect(out).toMatch(/hiera\.yaml:2:1/)
    expect(out).toContain("Begin it with 'version: 5'")
  })
})

it('refuses a hiera.yaml of version 3 in the environment with its place and what to do', () => {
  const old = directoryWith({ ...repo, 'hiera.yaml': ':backends: [yaml]\n:hierarchy: [common]\n' })
  const { code, out } = rehearse(['--environment', old])
  expect(code).toBe(1)
  expect(out).toContain('hiera.yaml version 3 cannot be used in an environment')
  expect(out).toMatch(/^ {2}hiera\.yaml:1:1 on a\.example\.com/m)
  expect(out).toContain("Begin it with 'version: 5'")
})
