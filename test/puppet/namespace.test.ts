import { expect, it } from 'vitest'
import { moduleNamespace } from '../../src/puppet/namespace.ts'

it.each([
  ['apache/manifests/init.pp', { kind: 'module', name: 'apache' }],
  ['apache/manifests/mod/ssl.pp', { kind: 'module', name: 'apache::mod::ssl' }],
  ['Apache/manifests/Mod/SSL.pp', { kind: 'module', name: 'apache::mod::ssl' }],
  ['apache/manifests/mod/init.pp', { kind: 'module', name: 'apache::mod::init' }],
  ['apache/functions/f.pp', { kind: 'module', name: 'apache::f' }],
  ['apache/types/port.pp', { kind: 'module', name: 'apache::port' }],
  ['apache/examples/init.pp', { kind: 'misplaced' }],
  ['apache/templates/x.epp', { kind: 'none' }],
])('knows what %s may define', (path, expected) => {
  expect(moduleNamespace(path)).toEqual(expected)
})
