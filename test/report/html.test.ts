import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { compareFile } from '../../src/diff/compare-file.ts'
import { createMask } from '../../src/diff/mask.ts'
import { renderHtml } from '../../src/report/html.ts'
import { sourceFile, span } from '../../src/source/source-file.ts'
import { fleet, newPassword, oldPassword } from './fleet-report.ts'
import { deployed, rendered, ticketShop } from './ticket-shop-report.ts'

/** The content of the page's elements of one name. */
function elements(page: string, name: string): string[] {
  return [...page.matchAll(new RegExp(`<${name}[^>]*>(.*?)</${name}>`, 'gs'))].map((found) => found[1] as string)
}

/** What a browser shows: the page without its script, styles and tags. */
function shown(page: string): string {
  return page
    .replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
}

describe('the page', () => {
  const page = renderHtml(ticketShop())

  test('tells the verdict, the finding with its chain, the difference and the nodes', () => {
    const text = shown(page)
    expect(text).toContain('1 error. 1 file would change on 2 nodes.')
    expect(text).toContain('ExpiresByType: bad expires code, unrecognised <type>')
    expect(text).toContain("site/profile/templates/htaccess.erb:6:38 <%= rule['expires'] %>")
    expect(text).toContain('data/common.yaml:7:14 profile::web::cache_rules, level "common"')
    expect(text).toContain('web02.example.com 14 5 4')
    expect(page).toContain('access plus 1 </span><ins data-o="')
    expect(page).toMatch(/<ins data-o="\d+">mnth<\/ins>/)
    expect(page).toContain('<del>month</del>')
  })

  test('puts the finding below its line, and links both ways', () => {
    expect(page).toContain('<a class="jump" href="#file-1-line-6">')
    expect(page).toContain('id="file-1-line-6"')
    expect(page).toContain('<div class="note error"><a href="#finding-1">')
  })

  test('holds the chains of its lines once each', () => {
    const origins = JSON.parse(elements(page, 'script')[0] as string)
    expect(new Set(origins.steps.map(String)).size).toBe(origins.steps.length)
    const expires = /<ins data-o="(\d+)">mnth/.exec(page)?.[1]
    const chain = origins.chains[Number(expires)].map((step: number) => origins.steps[step])
    expect(
      chain.map((step: unknown[]) => [step[0], step[1], origins.paths[step[2] as number], step[3], step[4]]),
    ).toEqual([
      ['rendered by', "<%= rule['expires'] %>", 'site/profile/templates/htaccess.erb', 6, 38],
      ['from', "$cache_rules[1]['expires']", 'site/profile/manifests/web.pp', 3, 29],
      ['set in', 'profile::web::cache_rules, level "common"', 'data/common.yaml', 7, 14],
    ])
  })

  test('needs nothing from elsewhere, and allows nothing but its own style and script', () => {
    expect(page).not.toMatch(/\b(?:src|action)=|https?:|url\(|@import|<link|<base|style="|\son\w+="/)
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(elements(page, 'style')[0] as string)}; script-src ${hash(elements(page, 'script')[1] as string)}; base-uri 'none'; form-action 'none'`,
    )
    expect(elements(page, 'script')).toHaveLength(2)
  })
})

describe('text out of files and data', () => {
  const evil = `</script><img src=x onerror="alert(1)"><!--'"&`
  const mask = createMask()
  const file = rendered(`/etc/${evil}`, [
    {
      text: `${evil}\n`,
      template: span(sourceFile(evil, evil), 0, evil.length),
      origin: { kind: 'builtin', name: evil },
    },
    { text: `\u001b\u202e\n`, origin: { kind: 'builtin', name: evil } },
  ])
  const source = file.source ?? sourceFile('', '')
  const page = renderHtml(
    ticketShop({
      environment: evil,
      deployed: evil,
      nodes: [{ name: evil, status: 'compiled', resources: 1, files: 1, unchanged: 0, elapsed: 1 }],
      findings: [
        {
          diagnostic: {
            code: 'httpd/x',
            severity: 'error',
            message: evil,
            span: span(source, 0, evil.length),
            remedy: evil,
            related: [{ message: evil, span: span(source, 0, 1) }],
          },
          nodes: [evil],
          rendered: file,
          renderedPath: file.path,
          trace: [{ kind: 'builtin', text: evil }],
          impact: evil,
        },
      ],
      changes: [
        {
          change: compareFile(deployed(file.path, 'x\n', { owner: evil }), { ...file, owner: `${evil}2` }, { mask }),
          nodes: [evil],
        },
      ],
      mask,
    }),
  )

  test('stays text', () => {
    expect(page).not.toContain('<img')
    expect(page.match(/<script/g)).toHaveLength(2)
    expect(page.match(/<\/script/g)).toHaveLength(2)
    expect(page).not.toContain('<!--')
    expect(shown(page)).toContain(evil)
  })

  test('stays within its attributes', () => {
    for (const [tag] of page.replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, '').matchAll(/<[^!/][^>]*>/g))
      expect(tag).toMatch(/^<[a-z0-9]+(?:\s+[a-z-]+(?:="[^"<>]*")?)*\s*>$/i)
  })

  test('shows control characters instead of acting on them', () => {
    expect(page).not.toMatch(/[\u001b\u202e]/)
    expect(shown(page)).toContain('␛<U+202E>')
  })
})

test('secrets are nowhere in the page', () => {
  const page = renderHtml(fleet(3))
  expect(page).not.toContain(newPassword)
  expect(page).not.toContain(oldPassword)
  expect(page).toMatch(/••••[0-9a-f]{4}/)
})

describe('a fleet that shares its differences', () => {
  const page = renderHtml(fleet(1000))

  test('stays under a megabyte', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000)
  })

  test('names each node once in the table', () => {
    expect(page.match(/web777\.example\.com/g)).toHaveLength(1)
    expect(shown(page)).toContain('Numbers 1–500 in the table of nodes.')
    expect(page).toContain('data-nodes="0-499"')
  })
})

test('a page without nodes or differences', () => {
  const { deployed: _, ...report } = ticketShop({ command: 'validate', nodes: [], changes: [], findings: [] })
  expect(shown(renderHtml(report))).toContain('Nothing found wrong.')
})

test('both sides of the side-by-side view have the same number of cells', () => {
  const page = renderHtml(fleet(3))
  for (const block of page.split('<div class="block changed">').slice(1)) {
    const cells = block.slice(0, block.indexOf('<div class="hunk">') >>> 0)
    const rows = cells.split(/<div class="block|<\/details>/)[0] as string
    const left = rows.match(/<div class="(?:l d|filler)"/g)?.length ?? 0
    const right = rows.match(/<div class="(?:l a|note [a-z]+|filler after)"/g)?.length ?? 0
    expect(left).toBe(right)
  }
})
