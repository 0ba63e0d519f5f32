import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openControlRepo } from '../../src/project/control-repo.ts'
import { openRevisions } from '../../src/project/revision-state.ts'
import { run } from '../../src/project/run.ts'
import type { RunReport } from '../../src/project/run-report.ts'
import { renderHtml } from '../../src/report/html.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { renderPretty } from '../../src/report/pretty.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { colourStyle, plainStyle } from '../../src/report/style.ts'
import { committed, edit } from '../project/control-repo.ts'
import { directoryWith, rehearse } from './rehearse.ts'

/** Two texts as eyaml has encrypted them, and the keys that open them. */
const { private_key, public_key, values } = JSON.parse(
  readFileSync(new URL('recorded/secrets.json', import.meta.url), 'utf8'),
) as {
  private_key: string
  public_key: string
  values: readonly { readonly text: string; readonly encrypted: string }[]
}
const [old, fresh] = values as [(typeof values)[0], (typeof values)[0]]

/** How a secret could look where it got through. */
function formsOf(secret: string): [string, string][] {
  const bytes = Buffer.from(secret)
  const forms: [string, string][] = [
    ['plain', secret],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['JSON within JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['HTML', secret.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')],
    ['HTML, as EJS writes it', secret.replace(/&/g, '&amp;').replace(/"/g, '&#34;').replace(/</g, '&lt;')],
    ['URL', encodeURIComponent(secret)],
    ['hex', bytes.toString('hex')],
    ['base64', bytes.toString('base64').replace(/=+$/, '')],
    ['base64url', bytes.toString('base64url')],
    ['SHA-256', createHash('sha256').update(secret).digest('hex')],
    ['MD5', createHash('md5').update(secret).digest('hex')],
    ['backwards', [...secret].reverse().join('')],
    ['a stretch of it', secret.slice(2, 12)],
    ['upper case', secret.toUpperCase()],
    ['its last word', 'Ragwort'],
    ['its new last word', 'Horsemint'],
  ]
  return forms
}

function leaks(output: string): string[] {
  return [old.text, fresh.text].flatMap((secret) =>
    formsOf(secret)
      .filter(([, form]) => output.includes(form))
      .map(([name]) => name),
  )
}

/** Code of a module in Ruby that makes something else of a text. */
const functions = {
  'site/made/lib/puppet/functions/made/base64.rb':
    "Puppet::Functions.create_function(:'made::base64') do\n  def base64(text) = [text].pack('m0')\nend\n",
  'site/made/lib/puppet/functions/made/to_json.rb':
    "require 'json'\nPuppet::Functions.create_function(:'made::to_json') do\n  def to_json(data) = JSON.generate(data)\nend\n",
  'site/made/lib/puppet/functions/made/to_yaml.rb':
    "require 'yaml'\nPuppet::Functions.create_function(:'made::to_yaml') do\n  def to_yaml(data) = YAML.dump(data)\nend\n",
  'site/made/lib/puppet/type/concat_file.rb':
    'Puppet::Type.newtype(:concat_file) do\n  ensurable\n  newparam(:path, namevar: true)\n  newparam(:tag)\n  newparam(:format)\nend\n',
  'site/made/lib/puppet/type/concat_fragment.rb':
    'Puppet::Type.newtype(:concat_fragment) do\n  newparam(:name, namevar: true)\n  newparam(:target)\n  newparam(:content)\n  newparam(:order)\nend\n',
}

/** Ways in which a secret gets somewhere: code with `$secret`, a text. */
const ways: Readonly<Record<string, string>> = {
  'an ERB template': "file { '/etc/a': content => template('made/a.erb') }",
  'a computed tag of ERB': "file { '/etc/a': content => inline_template('x <%= @secret.reverse.reverse %>') }",
  'an EPP template': "file { '/etc/a': content => epp('made/a.epp', { 'secret' => $secret }) }",
  'a fragment of concat':
    "concat_file { '/etc/a': }\nconcat_fragment { 'a': target => '/etc/a', content => \"password ${secret}\\n\" }",
  interpolation: 'file { \'/etc/a\': content => "password = ${secret}\\n" }',
  'a text that runs on': 'file { \'/etc/a\': content => "password=x${secret}x\\n" }',
  base64: 'file { \'/etc/a\': content => "token ${made::base64($secret)}\\n" }',
  'base64 of more': 'file { \'/etc/a\': content => "token ${made::base64("user:${secret}")}\\n" }',
  'a hash': "$data = { 'a' => [$secret] }\nfile { '/etc/a': content => \"${data}\\n\" }",
  'a list that is joined': "file { '/etc/a': content => ['a', $secret, 'b'].join(':') }",
  JSON: "file { '/etc/a.json': content => made::to_json({ 'a' => { 'b' => $secret } }) }",
  YAML: "file { '/etc/a.yaml': content => made::to_yaml({ 'a' => { 'b' => $secret } }) }",
  sprintf: "file { '/etc/a': content => sprintf('%s:%s', 'user', $secret) }",
  'a command': 'exec { \'x\': command => "/bin/login ${secret}" }',
  'a title': 'file { "/etc/a-${secret.regsubst(\'/\', \'_\')}": content => "x\\n" }\nnotify { "hello ${secret}": }',
  'an error': 'fail("cannot use ${secret}")',
  'an error of a type': '$n = Integer($secret)\nnotify { "${n}": }',
  'a duplicate': 'notify { "a ${secret}": }\nnotify { "a ${secret}": }',
  'a warning': 'warning("careful with ${secret}")\nfile { \'/etc/a\': content => "x ${secret}\\n" }',
  'an exception in a template': "file { '/etc/a': content => inline_template('<% raise \"bad #{@secret}\" %>') }",
  'an exception of Ruby itself': "file { '/etc/a': content => inline_template('<%= Integer(@secret) %>') }",
  'an exception about its base64':
    "file { '/etc/a': content => inline_template('<% raise [@secret].pack(\"m0\") %>') }",
  'a finding in Apache':
    'file { \'/etc/apache2/sites-available/a.conf\': content => "Bogus \\"${secret}\\"\\nListen \'x${secret}\\n" }',
  'digests of it': 'file { \'/etc/a\': content => "a ${sha256($secret)}\\nb ${md5($secret)}\\n" }',
  'what Ruby makes of it':
    "file { '/etc/a': content => inline_template('<%= @secret.reverse %> <%= @secret[2..11] %> <%= @secret.upcase %> <% s = @secret.crypt(\"$6$salt\") %><%= s %>') }",
  'what Puppet makes of it':
    "file { '/etc/a': content => \"${secret.upcase} ${secret[2, 10]} ${secret.split(' ')[0]}\\n\" }",
  'a part of it': 'file { \'/etc/a\': content => "${secret[4, 30]}\\n" }',
}

const sources = {
  eyaml: "$secret = lookup('secret::encrypted')",
  Sensitive: "$held = lookup('secret::sensitive')\n$secret = $held.unwrap",
}

const data = (source: keyof typeof sources, { text, encrypted }: typeof old) =>
  source === 'eyaml'
    ? `secret::encrypted: ${encrypted}\n`
    : `lookup_options:\n  secret::sensitive: {convert_to: Sensitive}\nsecret::sensitive: ${JSON.stringify(text)}\n`

function repo(source: keyof typeof sources, way: string): string {
  return directoryWith({
    ...functions,
    'environment.conf': 'modulepath = site\n',
    'rehearse.yaml': 'deployed: deployed/{node}\n',
    'hiera.yaml':
      'version: 5\nhierarchy:\n  - name: secrets\n    lookup_key: eyaml_lookup_key\n    path: secrets.yaml\n    options: {pkcs7_private_key: keys/private.pem, pkcs7_public_key: keys/public.pem}\n',
    'keys/private.pem': private_key,
    'keys/public.pem': public_key,
    'data/secrets.yaml': data(source, old),
    'site/made/templates/a.erb': 'user = a\npassword = <%= @secret %>\n',
    'site/made/templates/a.epp': '<%- | $secret | -%>\nuser = a\npassword = <%= $secret %>\n',
    'facts/a.example.com.yaml': 'os: {family: Debian}\n',
    'deployed/a.example.com/etc/a': `user = a\npassword = ${old.text}\n`,
    'manifests/site.pp': `${sources[source]}\n${ways[way]}\n`,
  })
}

const formats: Readonly<Record<string, (report: RunReport) => string>> = {
  pretty: (report) => renderPretty(report, plainStyle),
  'pretty with colours': (report) => renderPretty(report, colourStyle),
  json: renderJson,
  html: renderHtml,
  markdown: renderMarkdown,
  sarif: (report) => renderSarif(report, report.environment),
}

const ruby = openControlRepo({ directory: repo('eyaml', 'interpolation') }).ruby

/** The reports of a run against what is deployed, and of one against the commit before the secret changed. */
function reportsOf(source: keyof typeof sources, way: string): RunReport[] {
  const directory = committed(repo(source, way))
  edit(directory, 'data/secrets.yaml', data(source, old), data(source, fresh))
  const { repo: later, earlier } = openRevisions({ directory, ruby }, { from: 'HEAD' })
  const { nodes } = later
  const deployed = 'deployed/{node}'
  return [run(later, { nodes, deployed, stalls: [] }), run(later, { nodes, deployed, earlier, stalls: [] })]
}

describe.each(Object.keys(sources) as (keyof typeof sources)[])('a secret out of %s', { timeout: 60_000 }, (source) => {
  test.each(Object.keys(ways))('is in no report: %s', (way) => {
    const reports = reportsOf(source, way)
    for (const report of reports)
      for (const [format, render] of Object.entries(formats))
        expect([format, leaks(render(report))]).toEqual([format, []])
    if (/error|exception|duplicate/.test(way)) return
    const report = reports[1] as RunReport
    expect(report.changes.length + (report.resources?.length ?? 0)).toBeGreaterThan(0)
    // The old one and the new one, as two tokens.
    expect(new Set(renderJson(report).match(/••••[0-9a-f]{4}/g)).size).toBeGreaterThanOrEqual(way === 'a title' ? 1 : 2)
  })

  test('is in no answer of explain, lookup and catalog', { timeout: 60_000 }, () => {
    const directory = repo(source, 'an ERB template')
    const at = ['--environment', directory]
    for (const format of ['text', 'json']) {
      const how = format === 'json' ? ['--format', 'json'] : []
      for (const command of [
        ['explain', 'a.example.com', '/etc/a'],
        ['lookup', source === 'eyaml' ? 'secret::encrypted' : 'secret::sensitive', '--node', 'a.example.com'],
      ]) {
        const { out, err } = rehearse([...command, ...at, ...how])
        expect([command, leaks(out + err)]).toEqual([command, []])
        expect(out).not.toBe('')
      }
    }
    const { out, err } = rehearse(['catalog', '--files', ...at])
    expect(leaks(out + err)).toEqual([])
    expect(out.match(/••••/g)?.length).toBe(2)
    expect(leaks(rehearse(['catalog', '--show-secrets', ...at]).out)).toContain('JSON')
  })

  test('is in no error of any command', { timeout: 60_000 }, () => {
    const at = ['--environment', repo(source, 'an error')]
    const request = { input: JSON.stringify({ node: 'a.example.com', facts: {} }) }
    for (const [args, invocation] of [
      [['explain', 'a.example.com', '/etc/a']],
      [['lookup', 'nothing', '--compile', '--node', 'a.example.com']],
      [['catalog', '--node', 'a.example.com']],
      [['catalog', '--batch'], request],
      [['catalog', '--batch', '--files'], request],
    ] as const) {
      const { out, err } = rehearse([...args, ...at], invocation)
      expect(out + err).toContain('cannot use ••••')
      expect([args, leaks(out + err)]).toEqual([args, []])
    }
  })
})

test('an ordinary text stays readable though a secret is the same', () => {
  const directory = directoryWith({
    'manifests/site.pp': `
      $port = Sensitive('80')
      $switch = Sensitive('yes')
      $user = Sensitive('shop')
      $stage = Sensitive('production')
      file { '/etc/a': content => "port \${port.unwrap}\nswitch \${switch.unwrap}\nuser \${user.unwrap}\nstage \${stage.unwrap}\n" }
      file { '/etc/b': content => "Listen 80\nEnableMMAP yes\nshop 8080 yesterday\nproductions reproduction\n" }
      notify { 'yes, 80 of the shop': }`,
    'facts/a.example.com.yaml': 'os: {family: Debian}\n',
    'deployed/etc/b': '',
    'deployed/etc/a': '',
  })
  const { out } = rehearse(['--environment', directory, '--deployed', `${directory}/deployed`])
  expect(out).toMatch(/port ••••[0-9a-f]{4}\n.*switch ••••[0-9a-f]{4}\n.*user ••••[0-9a-f]{4}\n.*stage ••••/)
  for (const line of ['Listen 80', 'EnableMMAP yes', 'shop 8080 yesterday', 'productions reproduction'])
    expect(out).toContain(line)
})
