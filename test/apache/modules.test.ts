import { describe, expect, it } from 'vitest'
import { modulesForFile, modulesFrom } from '../../src/apache/loaded-modules.ts'
import { moduleSet, modulesNamed } from '../../src/apache/modules.ts'
import { parseConfig } from '../../src/apache/parse.ts'
import { sourceFile } from '../../src/source/source-file.ts'

const tree = (path: string, text: string) => parseConfig(sourceFile(path, text))

describe('module sets', () => {
  it('knows all of Debian’s modules and what a fresh installation enables', () => {
    expect(moduleSet('all').size).toBe(124)
    expect(moduleSet('all').has('mpm_prefork_module')).toBe(false)
    expect(moduleSet('all', 'prefork').has('mpm_prefork_module')).toBe(true)
    expect([...moduleSet('debian-default')].filter((name) => !moduleSet('all').has(name))).toEqual([])
    expect(moduleSet('debian-default').has('rewrite_module')).toBe(false)
  })

  it('takes names as people write them', () => {
    expect([...modulesNamed(['rewrite', 'mod_ssl.c', 'headers_module'])].slice(-3)).toEqual([
      'rewrite_module',
      'ssl_module',
      'headers_module',
    ])
  })
})

describe('modulesFrom', () => {
  it('reads LoadModule lines, in conditions too, and links in mods-enabled', () => {
    const modules = modulesFrom({
      trees: [
        tree('/etc/httpd/conf.modules.d/00-base.conf', 'LoadModule rewrite_module modules/mod_rewrite.so\n'),
        tree(
          '/etc/httpd/conf.d/x.conf',
          '<IfModule !ssl_module>\nLoadModule ssl_module modules/mod_ssl.so\n</IfModule>\n',
        ),
        tree('/etc/apache2/mods-available/cgi.load', 'LoadModule cgi_module x\n'),
      ],
      paths: ['/etc/apache2/mods-enabled/headers.load', '/etc/apache2/mods-enabled/headers.conf'],
    })
    for (const name of ['rewrite_module', 'ssl_module', 'headers_module', 'core_module'])
      expect(modules?.has(name), name).toBe(true)
    expect(modules?.has('cgi_module')).toBe(false)
  })

  it('leaves out what is known to be disabled', () => {
    const paths = ['/etc/apache2/mods-enabled/headers.load', '/etc/apache2/mods-enabled/env.load']
    expect(modulesFrom({ paths, absent: [paths[0] as string] })?.has('headers_module')).toBe(false)
  })

  it('says nothing where nothing tells', () => {
    expect(modulesFrom({ trees: [tree('/var/www/.htaccess', 'Options None\n')] })).toBeUndefined()
  })

  it('counts the own module of a file in mods-available as loaded', () => {
    const modules = modulesForFile('/etc/apache2/mods-available/userdir.conf', moduleSet('debian-default'))
    expect(modules.has('userdir_module')).toBe(true)
    expect(modulesForFile('/x/mods-enabled/mpm_prefork.conf', moduleSet('all')).has('mpm_event_module')).toBe(false)
  })
})
