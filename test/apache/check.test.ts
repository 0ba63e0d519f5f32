import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../src/apache/check.ts'
import { moduleSet, modulesNamed } from '../../src/apache/modules.ts'
import { parseOverride } from '../../src/apache/override.ts'
import type { Verdict } from '../../src/apache/verdict.ts'
import { memoryFiles } from '../../src/source/files.ts'
import { positionAt, sourceFile, spanText } from '../../src/source/source-file.ts'
import { judge } from './machine.ts'

/** Place, code and marked text of each finding. */
function shown({ diagnostics }: Verdict): string[] {
  return diagnostics.map(({ code, span }) => {
    if (!span) return code
    const { line, column } = positionAt(span.file, span.start)
    return `${span.file.path}:${line}:${column} ${code} ${spanText(span)}`
  })
}

describe('checkConfig', () => {
  it('points at the argument that is wrong', () => {
    const verdict = judge(
      '<IfModule mod_expires.c>\n  ExpiresByType text/css "access plus 1 mnth"\n</IfModule>\n',
      'htaccess',
    )
    expect(shown(verdict)).toEqual(['$F:2:26 httpd/expires-code "access plus 1 mnth"'])
    expect(verdict.first?.diagnostic.message).toBe(
      "'ExpiresByType text/css access plus 1 mnth': bad expires code, unrecognised <type>'mnth'",
    )
  })

  it('tells all errors, those of reading first as httpd would', () => {
    const verdict = judge('FooBar x\nOptions Foo\n<Files a>\nHeader sett A b\n', 'htaccess')
    expect(shown(verdict)).toEqual([
      '$F:3:1 httpd/unclosed-section <Files',
      '$F:1:1 httpd/unknown-directive FooBar',
      '$F:2:9 httpd/option Foo',
      '$F:4:8 httpd/header sett',
    ])
    expect(verdict.first).toMatchObject({ phase: 'read', line: 3 })
  })

  it('lets nobody listen twice on an address that is written the same', () => {
    const twice = '$F:2:8 httpd/value'
    expect(shown(judge('Listen 80\nListen *:80\n', 'server'))).toEqual([`${twice} *:80`])
    expect(shown(judge('Listen 127.0.0.1:80\nListen 127.0.0.1:80 https\n', 'server'))).toEqual([
      `${twice} 127.0.0.1:80`,
    ])
    expect(shown(judge('Listen 80\nListen 0.0.0.0:80\nListen 127.0.0.1:80\nListen localhost:80\n', 'server'))).toEqual(
      [],
    )
  })

  it('knows the structure that a module of httpd’s own has', () => {
    const load = (name: string) =>
      judge(`LoadModule ${name} /usr/lib/apache2/modules/mod_proxy_http.so\n`, 'server', {
        modules: modulesNamed([]),
        files: memoryFiles('/', new Map([['usr/lib/apache2/modules/mod_proxy_http.so', '']])),
      })
    expect(shown(load('proxy_http_module'))).toEqual([])
    expect(load('proxy_module').first?.diagnostic.message).toBe(
      "Can't locate API module structure `proxy_module' in file /usr/lib/apache2/modules/mod_proxy_http.so: /usr/lib/apache2/modules/mod_proxy_http.so: undefined symbol: proxy_module",
    )
  })

  it('takes short and octal forms of addresses', () => {
    const refused = (host: string) => judge(`Listen ${host}:80\n`, 'server').verdict === 'reject'
    expect(['127.1', '127.0.01', '0x7f.1', '2130706433', '127.0.300', '0300.0.0.1'].filter(refused)).toEqual([])
    const wrong = ['127.0.0.09', '127.0.0.256', '127.0.0.1.', '127..1']
    expect(wrong.filter(refused)).toEqual(wrong)
  })

  it('goes on inside a section that is wrong itself', () => {
    expect(shown(judge('<FilesMatch "(">\nOptions Foo\n</FilesMatch>\nSetEnv\n', 'htaccess'))).toEqual([
      '$F:1:13 httpd/regex "("',
      '$F:2:9 httpd/option Foo',
      '$F:4:1 httpd/argument-count SetEnv',
    ])
  })

  it('suggests a name, or the module that would define it', () => {
    const remedy = (text: string, names: Iterable<string>) =>
      judge(text, 'htaccess', { modules: modulesNamed(names) }).diagnostics[0]?.remedy
    expect(remedy('RewritEngine On', ['rewrite'])).toBe("Did you mean 'RewriteEngine'?")
    expect(remedy('RewriteEngine On', [])).toBe('It is defined by rewrite_module, which is not loaded.')
    expect(remedy('php_flag engine on', [])).toBe('It is defined by php_module, which is not loaded.')
    expect(remedy('Require ldap-user x', ['authz_core'])).toBe(
      'It is provided by authnz_ldap_module, which is not loaded.',
    )
  })

  it('takes the MPM that the configuration loads, and one only', () => {
    const load = (name: string) => `LoadModule mpm_${name}_module /usr/lib/apache2/modules/mod_mpm_${name}.so\n`
    const options = { modules: modulesNamed(['mpm_event']) }
    const server = (text: string) => checkConfig(sourceFile('x', text), { ...options, as: 'server' })
    expect(server(`${load('prefork')}Listen 80\nMaxRequestWorkers 5\n`).verdict).toBe('ok')
    expect(server(load('prefork') + load('worker')).first?.diagnostic.message).toBe(
      'AH00534: apache2: Configuration error: More than one MPM loaded.',
    )
  })

  it('names the limit of XML bodies as httpd computes it', () => {
    // echo '{"id": 1, "text": "LimitXMLRequestBody 99999999999999999999"}' | node test/oracles/httpd/htaccess.mjs
    expect(judge('LimitXMLRequestBody 99999999999999999999\n', 'htaccess').first?.diagnostic.message).toBe(
      'LimitXMLRequestBody must not exceed 3074457345618258601',
    )
  })

  it('does not call a directive unknown that a foreign module may define', () => {
    const verdict = judge('FooBar on\n', 'htaccess', { modules: modulesNamed(['php']) })
    expect(verdict.verdict).toBe('ok')
    expect(shown(verdict)).toEqual(['$F:1:1 httpd/unknown-directive FooBar'])
    expect(verdict.diagnostics[0]?.severity).toBe('warning')
  })

  it('says nothing of directives that are named as those of a loaded foreign module', () => {
    for (const [text, module] of [
      ['php_flag a on', 'php7'],
      ['SecRuleEngine On', 'security2'],
    ] as const)
      expect(judge(`${text}\n`, 'directory', { modules: modulesNamed([module]) }).diagnostics).toEqual([])
  })

  it('takes AllowOverride and AllowOverrideList as they are given', () => {
    const { override } = parseOverride('FileInfo Options=Indexes Nonfatal=Unknown')
    const judged = judge('Nonsense\nOptions +Indexes\nOptions +ExecCGI\nAuthType Basic\n', 'htaccess', { override })
    expect(judged.diagnostics.map((diagnostic) => diagnostic.message)).toEqual([
      'Option ExecCGI not allowed here',
      'AuthType not allowed here',
    ])
    const listed = judge('AuthType Basic\n', 'htaccess', { override: { ...override, list: new Set(['authtype']) } })
    expect(listed.verdict).toBe('ok')
  })

  it('reads conditions, definitions and modules as inputs', () => {
    const text = '<IfDefine TEST>\nFooBar\n</IfDefine>\n<IfModule !mod_rewrite.c>\nSetEnv\n</IfModule>\n'
    expect(judge(text, 'htaccess').verdict).toBe('ok')
    expect(shown(judge(text, 'htaccess', { defines: new Map([['TEST', undefined]]) }))).toEqual([
      '$F:2:1 httpd/unknown-directive FooBar',
    ])
    expect(shown(judge(text, 'htaccess', { modules: moduleSet('debian-default') }))).toEqual([
      '$F:5:1 httpd/argument-count SetEnv',
    ])
  })

  it('puts in variables and still points at where they stand', () => {
    expect(shown(judge('Define FLAG Maybe\nRewriteEngine ${FLAG} # x\n', 'server'))).toEqual(['$F:2:15 httpd/on-off $'])
    expect(judge('Define NAME Engine\nRewrite${NAME} On\n', 'server').verdict).toBe('ok')
  })

  it('follows includes in the order of httpd and names the file of a fault', () => {
    const files = memoryFiles(
      '/',
      new Map([
        ['etc/apache2/conf.d/b.conf', 'Options Foo\n'],
        ['etc/apache2/conf.d/a.conf', 'Define X\n<IfDefine X>\nSetEnv\n</IfDefine>\n'],
        ['etc/apache2/loop.conf', 'Include loop.conf\n'],
      ]),
    )
    const check = (text: string) =>
      checkConfig(sourceFile('apache2.conf', text), { as: 'server', modules: moduleSet('all'), files })
    expect(shown(check('IncludeOptional conf.d/*.conf\nInclude none.conf\n'))).toEqual([
      'apache2.conf:2:9 httpd/include none.conf',
      '/etc/apache2/conf.d/a.conf:3:1 httpd/argument-count SetEnv',
      '/etc/apache2/conf.d/b.conf:1:9 httpd/option Foo',
    ])
    expect(check('Include loop.conf\n').first?.diagnostic.message).toBe(
      'Exceeded maximum include depth of 100, There appears to be a recursion.',
    )
    expect(checkConfig(sourceFile('x', 'Include a\n'), { as: 'server', modules: moduleSet('all') }).verdict).toBe('ok')
  })

  it('expands macros and points into their definition', () => {
    const macro = '<Macro Site $name>\n<VirtualHost *:80>\nServerName $name\nOptions Foo\n</VirtualHost>\n</Macro>\n'
    expect(shown(judge(`${macro}Use Site a.example\n`, 'server'))).toEqual(['$F:4:9 httpd/option Foo'])
    expect(judge(`${macro}Use Site\n`, 'server').first?.diagnostic.message).toBe(
      'macro \'site\' (defined on line 1 of "$F") used with 0 arguments instead of 1',
    )
    expect(judge('<Macro A>\nUse A\n</Macro>\nUse A\n', 'server').first?.diagnostic.message).toBe(
      "recursive use of macro 'a' is invalid",
    )
  })

  it('checks 10,000 lines in tens of milliseconds of the processor, and ten times as many in ten times that', () => {
    const block = [
      '<VirtualHost *:80>',
      '  ServerName www.example.com',
      '  <Directory "/var/www">',
      '    RewriteCond %{HTTP_HOST} ^example\\.com$ [NC]',
      '    RewriteRule ^(.*)$ https://www.example.com/$1 [R=301,L]',
      '    Header set Cache-Control "max-age=600" "expr=%{REQUEST_URI} =~ m#^/static/#"',
      '    Require all granted',
      '  </Directory>',
      '  # nothing',
      '</VirtualHost>',
    ].join('\n')
    const time = (blocks: number) => {
      const text = `${block}\n`.repeat(blocks)
      const started = process.cpuUsage()
      expect(judge(text, 'server').diagnostics).toEqual([])
      return process.cpuUsage(started).user / 1000
    }
    time(300)
    expect(Math.min(time(1000), time(1000), time(1000))).toBeLessThan(400)
    expect(time(10_000)).toBeLessThan(6000)
  })
})
