import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareFile } from '../../src/diff/compare-file.ts'
import { openDeployedTree } from '../../src/diff/deployed-tree.ts'
import { createMask } from '../../src/diff/mask.ts'
import { diskFiles, type Files, memoryFiles } from '../../src/source/files.ts'
import { positionAt } from '../../src/source/source-file.ts'
import { renderedFile } from './texts.ts'

describe('a tree on disk', () => {
  let root = ''
  const write = (path: string, content: string | Uint8Array, mode = 0o644): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content, { mode })
  }
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'deployed-tree-'))
    write('etc/apache2/sites-available/shop.conf', 'ServerName shop\n', 0o640)
    mkdirSync(join(root, 'etc/apache2/sites-enabled'))
    symlinkSync('../sites-available/shop.conf', join(root, 'etc/apache2/sites-enabled/shop.conf'))
    write('srv/releases/3/.htaccess', 'RewriteEngine On\n')
    mkdirSync(join(root, 'var/www'), { recursive: true })
    symlinkSync('/srv/releases/3', join(root, 'var/www/shop'))
    symlinkSync('releases', join(root, 'srv/all'))
    symlinkSync('loop', join(root, 'var/www/loop'))
    symlinkSync('/etc', join(root, 'srv/out'))
    write('var/logo.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff]))
    write('var/nul', 'a\0b')
  })
  afterAll(() => rmSync(root, { recursive: true }))
  const tree = (attributes?: 'disk') => openDeployedTree(diskFiles(root), attributes ? { attributes } : {})

  test('texts, other files, directories and links', () => {
    const open = tree()
    expect(open.file('/etc/apache2/sites-available/shop.conf')).toEqual({
      path: '/etc/apache2/sites-available/shop.conf',
      kind: 'file',
      source: { path: 'etc/apache2/sites-available/shop.conf', text: 'ServerName shop\n' },
    })
    expect(open.file('/var/logo.png')?.bytes).toHaveLength(5)
    expect(open.file('/var/nul')?.source).toBeUndefined()
    expect(open.file('/etc/apache2')).toEqual({ path: '/etc/apache2', kind: 'directory' })
    expect(open.file('/etc/apache2/sites-enabled/shop.conf')).toMatchObject({
      kind: 'link',
      target: '../sites-available/shop.conf',
    })
    expect(open.file('/etc/nothing')).toBeUndefined()
    expect(open.list('/etc/apache2')).toEqual(['sites-available', 'sites-enabled'])
    expect(open.list('/etc/nothing')).toBeUndefined()
    expect(open.diagnostics()).toEqual([])
  })

  test('links on the way lead where they would on the node, never out of the tree', () => {
    const open = tree()
    expect(open.file('/var/www/shop/.htaccess')).toMatchObject({
      path: '/var/www/shop/.htaccess',
      source: { text: 'RewriteEngine On\n' },
    })
    expect(open.file('/srv/all/3/.htaccess')?.source?.text).toBe('RewriteEngine On\n')
    expect(open.list('/var/www/shop')).toEqual(['.htaccess'])
    expect(open.file('/srv/out/passwd')).toBeUndefined()
    expect(open.file('/srv/out/apache2/sites-available/shop.conf')?.source?.text).toBe('ServerName shop\n')
    expect(open.file('/var/www/loop/x')).toBeUndefined()
    expect(open.file('/../../etc/passwd')).toBeUndefined()
  })

  test('modes come from the disk only when told so', () => {
    expect(tree().file('/etc/apache2/sites-available/shop.conf')?.mode).toBeUndefined()
    expect(tree('disk').file('/etc/apache2/sites-available/shop.conf')?.mode).toBe(0o640)
  })
})

describe('attributes', () => {
  const listing = `# made on the node
640 root adm etc/motd
644 root root /etc/hosts
- www-data - ./var/www

nonsense
`
  const tree = openDeployedTree(
    memoryFiles(
      'deployed',
      new Map([
        ['.rehearse-attributes', listing],
        ['etc/motd', 'hello\n'],
        ['etc/hosts', ''],
        ['etc/fstab', ''],
        ['var/www/index.html', ''],
      ]),
    ),
  )

  test('come from the listing', () => {
    expect(tree.file('/etc/motd')).toMatchObject({ mode: 0o640, owner: 'root', group: 'adm' })
    expect(tree.file('/etc/hosts')).toMatchObject({ mode: 0o644, owner: 'root', group: 'root' })
    expect(tree.file('/var/www')).toEqual({ path: '/var/www', kind: 'directory', owner: 'www-data' })
    expect(tree.file('/etc/fstab')?.mode).toBeUndefined()
  })

  test('a line that cannot be read is named', () => {
    tree.file('/etc/motd')
    const [problem, ...rest] = tree.diagnostics()
    expect(rest).toEqual([])
    expect(problem).toMatchObject({
      severity: 'warning',
      code: 'deployed/bad-listing',
      message: "expected 'MODE OWNER GROUP PATH', found 'nonsense'",
    })
    expect(problem?.span && positionAt(problem.span.file, problem.span.start)).toEqual({ line: 6, column: 1 })
  })

  test('owners on disk get the names of the node', () => {
    const files: Files = {
      ...memoryFiles('snapshot', new Map([['etc/passwd', 'root:x:0:0::/:/bin/sh\nshop:x:1042:1042::/:/bin/sh\n']])),
      entry: () => ({ kind: 'directory', mode: 0o755, owner: 1042, group: 7 }),
    }
    expect(openDeployedTree(files, { attributes: 'disk' }).file('/srv')).toEqual({
      path: '/srv',
      kind: 'directory',
      mode: 0o755,
      owner: 'shop',
      group: '7',
    })
  })
})

describe('what cannot be read', () => {
  test('no tree at all', () => {
    const tree = openDeployedTree(diskFiles('/does/not/exist'))
    expect(tree.file('/etc/motd')).toBeUndefined()
    expect(tree.diagnostics()).toMatchObject([
      { code: 'deployed/missing-tree', severity: 'error', message: "no deployed tree at '/does/not/exist'" },
    ])
  })

  test('a file without permission is a diagnostic, once; the others are read', () => {
    const files = memoryFiles(
      'deployed',
      new Map([
        ['etc/shadow', 'x'],
        ['etc/motd', 'hello\n'],
      ]),
    )
    const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })
    const tree = openDeployedTree({
      ...files,
      bytes: (path) => {
        if (path === 'etc/shadow') throw denied
        return files.bytes(path)
      },
    })
    const unread = tree.file('/etc/shadow')
    expect(unread).toEqual({ path: '/etc/shadow', kind: 'file', unreadable: true })
    expect(tree.file('/etc/shadow')).toEqual(unread)
    expect(compareFile(unread, renderedFile('/etc/shadow', 'y\n'), { mask: createMask() }).kind).toBe('unchanged')
    expect(tree.file('/etc/motd')?.source?.text).toBe('hello\n')
    expect(tree.diagnostics()).toMatchObject([
      { code: 'deployed/unreadable', message: "cannot read '/etc/shadow' of the deployed tree: permission denied" },
    ])
  })

  test('a fault of ours is not taken for one of the disk', () => {
    const tree = openDeployedTree({
      ...memoryFiles('deployed', new Map([['etc/motd', '']])),
      bytes: () => {
        throw new TypeError('bug')
      },
    })
    expect(() => tree.file('/etc/motd')).toThrow('bug')
  })
})
