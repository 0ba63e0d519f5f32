import type { ConfigItem } from '../apache/config-tree.ts'
import { parseConfig } from '../apache/parse.ts'
import { positionAt, type SourceFile } from '../source/source-file.ts'
import type { Statement } from './structure.ts'

/**
 * Directives of which a second one of the same name adds to the first or takes precedence over it, so that their order
 * decides (httpd documentation, the directives' own pages).
 */
const ordered =
  /^(rewrite|redirect|alias|scriptalias|proxypass|header$|requestheader$|setenvif|browsermatch|include|loadmodule|setenv|allow$|deny$|require$|errordocument|addhandler|removehandler|files|directory|location|if$|elseif|else|virtualhost)/i

/** What an Apache configuration says, directive by directive; sections open places and are statements of their own. */
export function apacheStatements(file: SourceFile): { statements: Statement[]; comments: string[] } {
  const statements: Statement[] = []
  const comments: string[] = []
  const line = (offset: number): number => positionAt(file, offset).line
  const visit = (items: readonly ConfigItem[], place: readonly string[]): void => {
    for (const item of items) {
      if (item.kind === 'comment') {
        comments.push(file.text.slice(item.span.start, item.span.end).trim())
        continue
      }
      const values = item.args.map((argument) => argument.value)
      const section = item.kind === 'section'
      const end = section ? Math.max(item.nameSpan.end, item.args.at(-1)?.span.end ?? 0) : item.span.end
      statements.push({
        place,
        name: item.name,
        subject: section ? values.join(' ') : subjectOf(item.name, values),
        meaning: JSON.stringify([item.name.toLowerCase(), values]),
        line: line(item.span.start),
        lastLine: line(Math.max(item.span.start, end - 1)),
        orderMatters: ordered.test(item.name),
      })
      if (item.kind === 'section') visit(item.items, [...place, sectionLabel(item)])
    }
  }
  visit(parseConfig(file).items, [])
  return { statements, comments }
}

/** The first argument; of a header, all up to its name. */
function subjectOf(name: string, values: readonly string[]): string {
  if (!/^(request)?header$/i.test(name)) return values[0] ?? ''
  const words = /^(always|onsuccess)$/i.test(values[0] ?? '') ? 3 : 2
  return values.slice(0, words).join(' ')
}

/** `VirtualHost shop.example.com:443`: a virtual host by its name as well as its address. */
function sectionLabel(section: Extract<ConfigItem, { kind: 'section' }>): string {
  const args = section.args.map((argument) => argument.value).join(' ')
  if (section.name.toLowerCase() !== 'virtualhost') return `${section.name} ${args}`.trim()
  const name = section.items.find((item) => item.kind === 'directive' && item.name.toLowerCase() === 'servername')
  const server = name?.kind === 'directive' ? name.args[0]?.value : undefined
  const port = /:(\d+|\*)$/.exec(args)?.[1]
  return server === undefined || server.includes(':')
    ? `VirtualHost ${server ?? args}`
    : `VirtualHost ${server}${port ? `:${port}` : ''}`
}
