import { directiveTable } from '../directive-table.ts'
import { at, type Found, isQuoted, type Line, type Lint } from './line.ts'

/** What the end of a line does: httpd knows no comments there, and a backslash takes in the next one. */
export const LINE_END_LINTS: readonly Lint[] = [
  {
    code: 'trailing-comment',
    needs: ['#'],
    why: 'httpd knows comments on lines of their own only: behind a directive, the words become arguments.',
    find: trailingComment,
  },
  {
    code: 'swallowed-line',
    needs: ['\\\n', '\\\r'],
    why: 'A backslash at the end of a line joins the next one to it, also that of a comment: the next directive disappears.',
    comments: true,
    find: swallowed,
  },
]

const REMEDY = 'Put the comment on a line of its own.'

/** Directives with a free text, which may begin with `#`. */
const FREE_TEXT =
  /^(?:setenv|setenvif|setenvifnocase|browsermatch|browsermatchnocase|header|requestheader|define|substitute|adddescription|redirect\w*|alias\w*|indexstylesheet|use|sslrequire|logformat|errordocument)$/

function trailingComment({ text, args, isSection, end, key }: Line): Found[] {
  if (!text.includes('#')) return []
  const behind = isSection ? text.slice(end + 1) : ''
  const mark = behind.search(/\S/)
  if (behind[mark] === '#')
    return [
      {
        start: end + 1 + mark,
        end: text.length,
        message:
          'httpd knows no comments at the end of a line: a > in this one would become the end of the section tag',
        remedy: REMEDY,
      },
    ]
  const from = args.findIndex((word, i) => {
    if (i === 0 || isQuoted(text, word)) return false
    if (/^#+$/.test(word.value)) return true
    if (!/^#+[A-Za-z]/.test(word.value)) return false
    if (key === 'rewriterule' || key === 'rewritecond') return i >= 2
    return !FREE_TEXT.test(key) && !/^#[0-9a-f]{3,8}$/i.test(word.value)
  })
  const first = args[from]
  if (!first) return []
  return [
    {
      ...at(first, 'httpd knows no comments at the end of a line: it takes these words as arguments', REMEDY),
      end: args.at(-1)?.end ?? first.end,
    },
  ]
}

/** Directives that take names of directives, and what they take of them. */
const OF_NAMES: Readonly<Record<string, RegExp>> = { allowoverridelist: /^[^<]/, allowoverride: /^(?:options|limit)$/i }

/** A line that httpd takes for the rest of the one before it, although it begins like one of its own. */
function swallowed({ text, joins, key, name, isComment }: Line): Found[] {
  if (joins.length === 0) return []
  return joins.flatMap((join) => {
    const found = /^\s*(<\/?[A-Za-z]\w*|[A-Za-z]\w+)(?=[\s>]|$)/.exec(text.slice(join))
    const word = found?.[1]
    if (!found || word === undefined || !isTag(word, text, join) || OF_NAMES[key]?.test(word)) return []
    const start = join + found[0].length - word.length
    const taker = isComment ? 'the comment' : name.value.replace(/^<\/?|>$/g, '')
    return [
      {
        start,
        end: start + word.length,
        message: `the backslash at the end of the line before makes ${word.replace(/^<\/?/, '')} part of ${taker}`,
        remedy: 'Take the backslash away.',
      },
    ]
  })
}

/**
 * The beginning of a section tag, or a directive's name: in httpd's own spelling, or in another outside of quotation
 * marks; words in capitals are more often methods and the like.
 */
function isTag(word: string, text: string, join: number): boolean {
  const name = word.replace('</', '<')
  const rows = directiveTable().directives.get(name.toLowerCase())
  if (!rows || name.startsWith('<')) return rows !== undefined
  if (rows.some((spec) => spec.name === name)) return true
  return name !== name.toUpperCase() && (text.slice(0, join).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 0
}
