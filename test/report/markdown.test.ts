import { describe, expect, test } from 'vitest'
import { compareFile } from '../../src/diff/compare-file.ts'
import { createMask } from '../../src/diff/mask.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { fleet } from './fleet-report.ts'
import { deployed, rendered, ticketShop } from './ticket-shop-report.ts'

const nodes = ['web01.example.com']

function textChange(path: string, text: string) {
  const file = rendered(path, [{ text, origin: { kind: 'builtin', name: 'x' } }])
  return { change: compareFile(deployed(path, 'before\n'), file, { mask: createMask('key') }), nodes }
}

test('the incident, as a comment', () => {
  expect(renderMarkdown(ticketShop())).toBe(`## ❌ 1 error. 1 file would change on 2 nodes.

\`\`\`text
error: ExpiresByType: bad expires code, unrecognised <type>  [httpd/expires-code]
  var/www/shop/.htaccess:6:26 on web01.example.com and web02.example.com
  6 │   ExpiresByType text/css "access plus 1 mnth"
    │                          ^^^^^^^^^^^^^^^^^^^^
  rendered by   site/profile/templates/htaccess.erb:6:38   <%= rule['expires'] %>
  from          site/profile/manifests/web.pp:3:29         $cache_rules[1]['expires']
  set in        data/common.yaml:7:14                      profile::web::cache_rules, level "common"
  Apache answers every request below this directory with 500 while the file is like this.
\`\`\`

<details open><summary>changed <b><code>/var/www/shop/.htaccess</code></b> +1 −1 on <code>web01.example.com and web02.example.com</code></summary>

\`\`\`diff
  File[/var/www/shop/.htaccess], site/profile/manifests/web.pp:5:3
@@ -3,5 +3,5 @@
   ExpiresActive On
   ExpiresDefault "access plus 10 minutes"
   ExpiresByType text/html "access plus 5 minutes"
-  ExpiresByType text/css "access plus 1 month"
+  ExpiresByType text/css "access plus 1 mnth"
! error [httpd/expires-code]
 </IfModule>
\`\`\`

</details>

<sub>Puppet Rehearsal: 2 of 2 nodes compiled, 812 ms</sub>
`)
})

test('every kind of change of a fleet has a part of its own', () => {
  const text = renderMarkdown(fleet(47))
  for (const part of ['  mode 0644 → 0640\n', '  not text, 14.2 kB → 15.0 kB\n', '\\ No newline at end of file\n'])
    expect(text).toContain(part)
  expect(text).toContain('<summary>new <b><code>/var/www/shop/robots.txt</code></b> +1 on <code>all 47 nodes</code>')
  expect(text.match(/^<details/gm)?.length).toBe(text.match(/^<\/details>$/gm)?.length)
})

describe('text out of files', () => {
  test('cannot leave its fence', () => {
    const text = renderMarkdown(ticketShop({ findings: [], changes: [textChange('/a', '```\n@somebody\n````\n')] }))
    expect(text).toContain('\n`````diff\n')
    expect(text).toContain('\n+```\n+@somebody\n+````\n`````\n')
  })

  test('is no markup in a heading', () => {
    const text = renderMarkdown(ticketShop({ findings: [], changes: [textChange('/a</code><img src=x>', 'b\n')] }))
    expect(text).toContain('<code>/a&lt;/code&gt;&lt;img src=x&gt;</code>')
  })
})

describe('a comment has a limit', () => {
  const long = Array.from({ length: 400 }, (_, i) => `line ${i}`).join('\n')

  test('a long file is cut', () => {
    const text = renderMarkdown(ticketShop({ findings: [], changes: [textChange('/a', `${long}\n`)] }))
    expect(text).toContain('\n# … 252 more lines\n```\n')
  })

  test('what does not fit is counted', () => {
    const changes = Array.from({ length: 300 }, (_, i) => textChange(`/file-${i}`, `${long}\n`))
    const text = renderMarkdown(ticketShop({ findings: [], changes }))
    expect(text.length).toBeLessThan(60_000)
    const shown = text.match(/^<details>/gm)?.length ?? 0
    expect(shown).toBeGreaterThan(20)
    expect(text).toContain(`**${300 - shown} more parts** did not fit`)
    expect(text.endsWith('</sub>\n')).toBe(true)
  })
})
