import { describe, expect, it } from 'vitest'
import { LINTS, lintConfig } from '../../src/apache/lints.ts'
import { parseConfig } from '../../src/apache/parse.ts'
import { sourceFile, spanText } from '../../src/source/source-file.ts'

/** Texts that a lint speaks of, with the stretch that it marks between ⟦ and ⟧, and texts that no lint speaks of. */
const examples: Readonly<Record<string, { readonly bad: readonly string[]; readonly good: readonly string[] }>> = {
  'template-tag': {
    bad: ['ServerName ⟦<%⟧= @name %>', 'Options None ⟦-%>⟧'],
    good: ['LogFormat "%h %>s %b" common', '# <% nothing %>'],
  },
  interpolation: {
    bad: ['ServerName ⟦#{name}⟧', 'Header set A "⟦#{a.b}⟧"'],
    good: ['Header set A "#x"', 'RewriteRule ^a#{2} -'],
  },
  'hiera-interpolation': {
    bad: ['ServerName ⟦%{facts.networking.fqdn}⟧', 'ServerName ⟦%{::fqdn}⟧', "ServerAdmin ⟦%{lookup('admin')}⟧"],
    good: ['RewriteCond %{HTTP_HOST} ^a', 'Header set A "%{UNIQUE_ID}e"', '<If "%{req:Host} == \'a\'">\n</If>'],
  },
  'unresolved-variable': {
    bad: ['DocumentRoot ⟦${ROOT}⟧/x', 'Define A 1\nSetEnv X "${A}⟦${B}⟧"'],
    good: ['Define A 1\nSetEnv X ${A}', 'ErrorLog ${APACHE_LOG_DIR}/x', 'RewriteRule ^(.*)$ ${map:$1}'],
  },
  'undef-value': {
    bad: ['ServerName ⟦undef⟧', 'SetEnv A ⟦nil⟧', 'SSLCertificateFile ⟦:undef⟧'],
    good: ['ServerName undef.example', 'SetEnv A none'],
  },
  'empty-value': {
    bad: ['<Directory ⟦""⟧>\n</Directory>', 'ServerAlias ⟦""⟧', "<Files ⟦''⟧>\n</Files>"],
    good: ['SetEnv A ""', 'AddDescription "" *'],
  },
  'smart-quotes': {
    bad: ['AuthName ⟦“My site”⟧', 'Header set A ⟦„x“⟧', '<Files ⟦“x”⟧>\n</Files>'],
    good: ['AuthName "the users’ site"', 'ErrorDocument 404 "“not found”"'],
  },
  'lost-quote': {
    bad: [
      '<FilesMatch ⟦"\\.php$⟧>\n</FilesMatch>',
      '<FilesMatch ⟦\\.php$"⟧>\n</FilesMatch>',
      'AuthName ⟦"My site⟧',
      'ErrorDocument 404 ⟦"Not found\\"⟧',
    ],
    good: [
      '<FilesMatch "\\.php$">\n</FilesMatch>',
      'AuthName "a \\"b\\""',
      '<If "%{HTTP_HOST} == \'a\'">\n</If>',
      "SetEnv A ''",
    ],
  },
}

const lint = (text: string) => lintConfig(parseConfig(sourceFile('x', text)))

describe('lintConfig', () => {
  it('has examples of every lint', () => {
    expect(Object.keys(examples)).toEqual(LINTS.map((row) => row.code))
  })

  describe.each(Object.entries(examples))('lint/%s', (code, { bad, good }) => {
    it.each(bad)('marks %s', (marked) => {
      const found = lint(marked.replace(/[⟦⟧]/g, '')).filter((diagnostic) => diagnostic.code === `lint/${code}`)
      expect(found.map(({ span }) => span && spanText(span))).toEqual([/⟦(.*?)⟧/.exec(marked)?.[1]])
      expect(found[0]?.severity).toBe('warning')
    })

    it.each(good)('passes %s', (text) => {
      expect(lint(text)).toEqual([])
    })
  })

  it('takes names that others define', () => {
    expect(lintConfig(parseConfig(sourceFile('x', 'SetEnv A ${B}')), { known: new Set(['B']) })).toEqual([])
  })
})
