import { expect, it } from 'vitest'
import { environmentModule, indexModules } from '../../src/compiler/module-index.ts'
import { startRuby } from '../../src/ruby/ruby.ts'
import { memoryFiles } from '../../src/source/files.ts'
import { sourceFile } from '../../src/source/source-file.ts'
import { contextOf, failure } from './context.ts'

const root = '/srv/code/production'
const files = memoryFiles(
  root,
  new Map([
    ['data/common/web.yaml', 'port: 80\n'],
    ['.git/config', 'token'],
    ['site/profile/files/motd', 'hello\n'],
  ]),
)
const ruby = startRuby({
  modules: indexModules(['site'], (directory) =>
    memoryFiles(`${root}/${directory}`, new Map([['profile/files/motd', 'hello\n']])),
  ).values(),
  environment: environmentModule(files),
  root,
  now: 0n,
  version: '8.10.0',
})
const render = (template: string): string =>
  ruby.renderErb(sourceFile('site/t.erb', template), 'demo/t.erb', contextOf({})).value

it.each([
  [`File.read('${root}/data/common/web.yaml')`, 'port: 80\n'],
  [`IO.readlines('${root}/site/profile/files/motd').inspect`, '["hello\\n"]'],
  [`YAML.load_file('${root}/data/common/web.yaml')['port'] + 1`, '81'],
  [`Dir.glob('${root}/data/**/*.yaml').inspect`, `["${root}/data/common/web.yaml"]`],
  [`Dir.entries('${root}/data/common').sort.inspect`, '[".", "..", "web.yaml"]'],
  [`File.exist?('${root}/data/../site/profile/files/motd')`, 'true'],
  [`File.realpath('${root}/site/profile/files/motd')`, `${root}/site/profile/files/motd`],
  [`Pathname.new('${root}/data').children.map(&:to_s).inspect`, `["${root}/data/common"]`],
  [`File.exist?('${root}/.git/config')`, 'false'],
  [`Dir.exist?('${root}2')`, 'false'],
])('reads the files of the environment and its modules by the paths that code is told: %s', (code, text) => {
  expect(render(`<%= ${code} %>`)).toBe(text)
})

it('names files that are not there as code knows them', () => {
  expect(failure(() => render(`<% File.read('${root}/site/profile/files/none') %>`)).message).toContain(
    `Detail: No such file or directory @ rb_sysopen - ${root}/site/profile/files/none\n`,
  )
})
