import { describe, expect, test } from 'vitest'
import type { RenderedFile } from '../../src/catalog/rendered-file.ts'
import { asDeployed, compareFile } from '../../src/diff/compare-file.ts'
import type { DeployedFile } from '../../src/diff/file-change.ts'
import { createMask } from '../../src/diff/mask.ts'
import { deployedFile, renderedFile } from './texts.ts'

const path = '/etc/motd'
const resource = { type: 'File', title: path }

function compare(before: DeployedFile | undefined, after: RenderedFile | undefined) {
  return compareFile(before, after, { mask: createMask('key') })
}

function other(kind: RenderedFile['kind'], more: Partial<RenderedFile> = {}): RenderedFile {
  return { path, kind, resource, segments: [], sensitive: false, ...more }
}

describe('what happens to a file', () => {
  test('added, with its attributes', () => {
    const change = compare(undefined, renderedFile(path, 'hello\n', { mode: '644', owner: 'root' }))
    expect(change).toMatchObject({ path, kind: 'added', resource })
    expect(change.hunks[0]?.lines.map((line) => line.kind)).toEqual(['added'])
    expect(change.attributes).toEqual([
      { name: 'mode', after: '0644' },
      { name: 'owner', after: 'root' },
    ])
  })

  test('removed, by ensure or by a purge', () => {
    const before = deployedFile(path, 'hello\n')
    expect(compare(before, other('absent'))).toMatchObject({ kind: 'removed', resource, attributes: [] })
    const purged = compare(before, undefined)
    expect(purged).toMatchObject({ path, kind: 'removed' })
    expect(purged.hunks[0]?.lines.map((line) => line.kind)).toEqual(['removed'])
    expect(compare(undefined, other('absent')).kind).toBe('unchanged')
  })

  test('changed, unchanged', () => {
    expect(compare(deployedFile(path, 'a\n'), renderedFile(path, 'b\n')).kind).toBe('changed')
    expect(compare(deployedFile(path, 'a\n'), renderedFile(path, 'a\n'))).toMatchObject({
      kind: 'unchanged',
      hunks: [],
    })
  })

  test('content that Puppet does not manage stays, and a file without any is created empty', () => {
    expect(compare(deployedFile(path, 'a\n'), other('file')).kind).toBe('unchanged')
    expect(compare(undefined, other('file'))).toMatchObject({ kind: 'added', hunks: [] })
  })

  test('files that are no text are told by size', () => {
    const bytes = (length: number, fill: number) => new Uint8Array(length).fill(fill)
    const before: DeployedFile = { path, kind: 'file', bytes: bytes(3, 0xff) }
    expect(compare(before, other('file', { bytes: bytes(3, 0xff) })).kind).toBe('unchanged')
    expect(compare(before, other('file', { bytes: bytes(3, 0xfe) }))).toMatchObject({
      kind: 'changed',
      hunks: [],
      binary: { before: 3, after: 3 },
    })
    expect(compare(undefined, other('file', { bytes: bytes(2, 0xff) })).binary).toEqual({ after: 2 })
    expect(compare(before, renderedFile(path, 'é\n')).binary).toEqual({ before: 3, after: 3 })
  })

  test('links are told by target, and have no mode of their own', () => {
    const link: DeployedFile = { path, kind: 'link', target: '../a', mode: 0o777 }
    expect(compare(link, other('link', { target: '../a', mode: '0644' })).kind).toBe('unchanged')
    expect(compare(link, other('link', { target: '../b' }))).toMatchObject({
      kind: 'changed',
      attributes: [{ name: 'target', before: '../a', after: '../b' }],
    })
    expect(compare(undefined, other('link', { target: '../b' })).attributes).toEqual([
      { name: 'target', after: '../b' },
    ])
  })

  test('a file in place of a link or a directory', () => {
    expect(compare({ path, kind: 'link', target: 'x' }, renderedFile(path, 'a\n'))).toMatchObject({
      kind: 'changed',
      attributes: [{ name: 'kind', before: 'link', after: 'file' }],
    })
    expect(compare(deployedFile(path, 'a\n'), other('directory')).attributes).toEqual([
      { name: 'kind', before: 'file', after: 'directory' },
    ])
  })
})

describe('attributes', () => {
  const change = (before: Partial<DeployedFile>, after: Partial<RenderedFile>) =>
    compare(deployedFile(path, 'a\n', before), renderedFile(path, 'a\n', after))

  test.each([
    [0o644, '0644'],
    [0o644, '644'],
    [0o644, 'u=rw,go=r'],
    [0o600, 'u+r'],
  ])('mode %o is what %s asks for', (mode, wanted) => {
    expect(change({ mode }, { mode: wanted }).kind).toBe('unchanged')
  })

  test('another mode', () => {
    expect(change({ mode: 0o600 }, { mode: '0644' })).toMatchObject({
      kind: 'attributes',
      attributes: [{ name: 'mode', before: '0600', after: '0644' }],
    })
    expect(change({ mode: 0o664 }, { mode: 'g-w' }).attributes).toEqual([
      { name: 'mode', before: '0664', after: '0644' },
    ])
  })

  test('what one side does not know is no difference', () => {
    expect(change({}, { mode: '0644', owner: 'root', group: 'root' }).kind).toBe('unchanged')
    expect(change({ mode: 0o600, owner: 'root' }, {}).kind).toBe('unchanged')
  })

  test('owners by name; a number is comparable with a number and with root', () => {
    expect(change({ owner: 'root', group: 'adm' }, { owner: 'www-data', group: 'adm' }).attributes).toEqual([
      { name: 'owner', before: 'root', after: 'www-data' },
    ])
    expect(change({ owner: '0' }, { owner: 'root' }).kind).toBe('unchanged')
    expect(change({ owner: '33' }, { owner: 'www-data' }).kind).toBe('unchanged')
    expect(change({ owner: '33' }, { owner: 'root' }).kind).toBe('attributes')
    expect(change({ owner: '33' }, { owner: '34' }).kind).toBe('attributes')
  })
})

test('an earlier catalog is compared like a node', () => {
  const before = asDeployed(renderedFile(path, 'a\n', { mode: '0644', owner: 'root' }))
  expect(before).toMatchObject({ path, kind: 'file', mode: 0o644, owner: 'root' })
  expect(compare(before, renderedFile(path, 'a\n', { mode: '0600' })).attributes).toEqual([
    { name: 'mode', before: '0644', after: '0600' },
  ])
  expect(asDeployed(other('absent'))).toBeUndefined()
})
