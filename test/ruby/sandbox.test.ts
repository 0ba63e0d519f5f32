import { existsSync, rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { makeBeacon, readBeacon } from '../../src/ruby/beacon.ts'
import { startRuby } from '../../src/ruby/ruby.ts'
import { positionAt, sourceFile } from '../../src/source/source-file.ts'
import { contextOf, failure } from './context.ts'

const ruby = startRuby({ modules: [], now: 1_700_000_000_000_000_000n, version: '8.10.0' })
const render = (template: string): string =>
  ruby.renderErb(sourceFile('site/t.erb', template), 'demo/t.erb', contextOf({ x: 'fine' })).value

it.each([
  ["File.read('/etc/passwd')", 'ruby/sandbox'],
  ["File.open('/proc/self/environ').read", 'ruby/sandbox'],
  ["File.write('/tmp/rehearsal-probe', 'x')", 'ruby/sandbox'],
  ["Dir.mkdir('/tmp/rehearsal-probe')", 'ruby/sandbox'],
  ["File.delete('/etc/hostname')", 'ruby/sandbox'],
  ["require 'tempfile'; Tempfile.new('x')", 'ruby/sandbox'],
  ['`ls`', 'ruby/sandbox'],
  ["system('touch /tmp/rehearsal-probe')", 'ruby/sandbox'],
  ["spawn('touch /tmp/rehearsal-probe')", 'ruby/sandbox'],
  ["exec('ls')", 'ruby/sandbox'],
  ['fork', 'ruby/sandbox'],
  ["IO.popen('ls')", 'ruby/sandbox'],
  ["require 'open3'; Open3.capture2('ls')", 'ruby/sandbox'],
  ['Process.kill(9, 1)', 'ruby/sandbox'],
  ["require 'socket'; TCPSocket.new('localhost', 80)", 'ruby/sandbox'],
  ["require 'net/http'; Net::HTTP.get(URI('http://localhost/'))", 'ruby/sandbox'],
  ["require 'js'; JS.eval('process.exit(7)')", 'ruby/sandbox'],
  ["require 'fiddle'", 'ruby/sandbox'],
  ['Thread.new { }', 'ruby/sandbox'],
  ['exit', 'ruby/sandbox'],
  ['exit!', 'ruby/sandbox'],
  ["abort 'x'", 'ruby/sandbox'],
  ['at_exit { }; Process.exit!', 'ruby/sandbox'],
  ["a = 'x' * 50_000_000; b = []; loop { b << a + 'y' }", 'ruby/memory'],
  ['def f(n) = f(n + 1); f(0)', 'ruby/template-failed'],
  ['Rehearsal.send(:remove_const, :DOOR)', 'ruby/template-failed'],
])('ends %s in a finding at its line', (code, expected) => {
  const diagnostic = failure(() => render(`one\ntwo\n<% ${code} %>\n`))
  expect(diagnostic.code).toBe(expected)
  expect(diagnostic.span?.file.path).toBe('site/t.erb')
  expect(positionAt(diagnostic.span!.file, diagnostic.span!.start).line).toBe(3)
  expect(diagnostic.message).toMatch(/^Failed to parse template demo\/t\.erb:\n {2}Filepath: /)
  expect(render('<%= @x %>')).toBe('fine')
})

it('left nothing on the host', () => {
  expect(existsSync('/tmp/rehearsal-probe')).toBe(false)
  rmSync('/tmp/rehearsal-probe', { force: true, recursive: true })
})

it.each([
  ['ENV.to_h', '{}'],
  ["ENV['PATH'].inspect", 'nil'],
  ['Time.now.utc', '2023-11-14 22:13:20 UTC'],
  ['Process.pid == Process.pid', 'true'],
  ["File.exist?('/etc/passwd')", 'false'],
  ["Dir.glob('/etc/*').inspect", '[]'],
  ['gets.inspect', 'nil'],
  ['sleep(100); 1', '1'],
  ['defined?(JS).inspect', 'nil'],
])('answers %s from inside', (code, expected) => {
  expect(render(`<%= ${code} %>`)).toBe(expected)
})

it('gives the same random numbers in every run', () => {
  const template = "<% require 'securerandom' %><%= rand %> <%= SecureRandom.hex %>"
  const fresh = () =>
    startRuby({ modules: [], now: 0n, version: '8.10.0' }).renderErb(sourceFile('t.erb', template), 't', contextOf())
      .value
  expect(fresh()).toBe(fresh())
})

it('names a lost interpreter and goes on with another', () => {
  const original =
    'ObjectSpace.each_object(UnboundMethod).find { |m| m.name == :require && m.owner == Kernel && m.source_location.nil? }'
  const diagnostic = failure(() => render(`<% ${original}.bind_call(self, 'js'); JS.eval('globalThis.escaped = 1') %>`))
  expect(diagnostic.code).toBe('ruby/lost')
  expect(diagnostic.message).toContain('site/t.erb')
  expect((globalThis as { escaped?: number }).escaped).toBeUndefined()
  expect(render('<%= @x %>')).toBe('fine')
})

it('does not mistake what a template writes to the door for a question', () => {
  expect(render("<% ObjectSpace.each_object(IO) { |io| io.syswrite('[\"call\"') rescue 1 } %><%= scope['x'] %>")).toBe(
    'fine',
  )
})

it('leaves the line in the beacon', () => {
  const beacon = makeBeacon()
  const traced = startRuby({ modules: [], now: 0n, version: '8.10.0', beacon })
  expect(readBeacon(beacon)).toBeUndefined()
  const seen: (number | undefined)[] = []
  const file = sourceFile('site/t.erb', 'one\n<% a = 1 %>\n<%= scope["x"] %>\n<%= @x %>\n')
  const scope = contextOf({ x: 'fine' })
  const lookup = scope.scope.lookup
  traced.renderErb(file, 't', {
    ...scope,
    scope: {
      ...scope.scope,
      lookup: (name) => {
        seen.push(readBeacon(beacon)?.line)
        return lookup(name)
      },
    },
  })
  expect(seen).toContain(3)
  expect(readBeacon(beacon)).toBeUndefined()
})
