import { describe, expect, it } from 'vitest'
import { check, lines, rendered } from './server-node.ts'

/** What is said of `/srv/www/sub/.htaccess` under a main file; a document root is always set. */
function judged(main: string, text = 'Nonsense\n'): string[] {
  return lines(
    check(
      [
        rendered('/etc/apache2/apache2.conf', `DocumentRoot /srv/www\n${main}`),
        rendered('/srv/www/sub/.htaccess', text),
      ],
      undefined,
      { modules: 'all' },
    ),
  )
}

const none = '<Directory />\nAllowOverride None\n</Directory>\n'
const allow = (path: string, what = 'AllowOverride All') => `<Directory ${path}>\n${what}\n</Directory>\n`
const host = (text: string) => `<VirtualHost *:80>\nDocumentRoot /srv/www\n${text}</VirtualHost>\n`

/**
 * Whether httpd 2.4.71 reads a file in `sub` under these, asked with a request for a document there:
 * 500 for an unknown directive, 200 where the file is not read.
 */
const answers: readonly (readonly [name: string, main: string, status: 200 | 500])[] = [
  ['AllowOverride None', none, 200],
  ['nothing said', '', 500],
  ['a regular expression', `${none}<DirectoryMatch "^/srv/www/sub">\nAllowOverride All\n</DirectoryMatch>\n`, 200],
  ['a regular expression after ~', `${none}<Directory ~ "^/srv/www/sub">\nAllowOverride All\n</Directory>\n`, 200],
  [
    'a regular expression against it',
    `${allow('/srv/www')}<DirectoryMatch "^/srv">\nAllowOverride None\n</DirectoryMatch>\n`,
    500,
  ],
  [
    'an emptied list',
    `${none}${allow('/srv', 'AllowOverrideList Redirect')}${allow('/srv/www', 'AllowOverrideList None')}`,
    200,
  ],
  [
    'a list above AllowOverride None',
    `${none}${allow('/srv', 'AllowOverrideList Redirect')}${allow('/srv/www', 'AllowOverride None')}`,
    500,
  ],
  ['a wildcard', `${none}${allow('/srv/*/sub')}`, 500],
  ['a wildcard above', `${none}${allow('/s*')}`, 500],
  ['a relative path', `${none}${allow('www/sub')}`, 200],
  ['a deeper section of the main server', `${allow('/srv/www/sub')}${host(allow('/srv', 'AllowOverride None'))}`, 500],
  ['the same section in the virtual host', `${allow('/srv/www')}${host(allow('/srv/www', 'AllowOverride None'))}`, 200],
  ['a wildcard after a plain path', `${allow('/srv/www/sub', 'AllowOverride None')}${allow('/srv/*/sub')}`, 500],
  ['a plain path after a wildcard', `${allow('/srv/*/sub')}${allow('/srv/www/sub', 'AllowOverride None')}`, 200],
  ['another name', `${allow('/srv')}AccessFileName .acl\n`, 200],
]

describe('.htaccess files under their server', () => {
  it.each(answers)('are read as httpd reads them: %s', (_, main, status) => {
    const found = judged(main).filter((line) => line.includes('.htaccess:'))
    if (status === 500)
      expect(found).toEqual([
        "error httpd/unknown-directive srv/www/sub/.htaccess:1:1 Invalid command 'Nonsense', perhaps misspelled or defined by a module not included in the server configuration",
      ])
    else {
      expect(found[0]).toMatch(
        /^warning lint\/dead-htaccess srv\/www\/sub\/\.htaccess:1:1 httpd does not read this file/,
      )
      expect(found.filter((line) => line.startsWith('error'))).toEqual([])
    }
  })

  it.each([
    ['', 'Options None', 'Options not allowed here'],
    ['', 'Redirect /q /z', 'Redirect not allowed here'],
    [allow('/srv', 'AllowOverride FileInfo'), 'Options None', 'Options not allowed here'],
    [allow('/srv', 'AllowOverride Options=Indexes'), 'Options +ExecCGI', 'Option ExecCGI not allowed here'],
  ])('are refused what the server does not allow: %s%s', (main, text, message) => {
    expect(judged(main, text)).toEqual([expect.stringContaining(`httpd/not-allowed srv/www/sub/.htaccess:1:`)])
    expect(judged(main, text)[0]).toContain(message)
  })

  it.each([
    [allow('/srv', 'AllowOverrideList Options'), 'Options None'],
    [allow('/srv', 'AllowOverride Options=Indexes'), 'Options +Indexes'],
    ['', '# nothing'],
  ])('may do what the server allows: %s%s', (main, text) => {
    expect(judged(main, text)).toEqual([])
  })

  it('point at the directive that decides', () => {
    const [finding] = check([
      rendered('/etc/apache2/apache2.conf', `DocumentRoot /srv/www\n${none}`),
      rendered('/srv/www/.htaccess', 'Options None\n'),
    ])
    expect(finding?.diagnostic.related).toMatchObject([
      { message: 'AllowOverride None', span: { file: { path: 'etc/apache2/apache2.conf' } } },
    ])
  })

  it('have other names where AccessFileName gives them', () => {
    const files = [
      rendered('/etc/apache2/apache2.conf', `DocumentRoot /srv/www\nAccessFileName .acl\n${allow('/srv')}`),
      rendered('/srv/www/.acl', 'Nonsense\n'),
    ]
    expect(lines(check(files))).toEqual([expect.stringMatching(/^error httpd\/unknown-directive srv\/www\/\.acl:1:1 /)])
  })

  it('follow the settings where the node does not tell', () => {
    const file = [rendered('/srv/www/.htaccess', 'Options None\n')]
    expect(lines(check(file, undefined, { override: 'FileInfo' }))).toEqual([
      'error httpd/not-allowed srv/www/.htaccess:1:1 Options not allowed here',
    ])
    expect(lines(check(file))).toEqual([])
  })
})
