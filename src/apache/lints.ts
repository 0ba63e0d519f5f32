import type { Diagnostic } from '../source/diagnostic.ts'
import { type ConfigLines, type LogicalLine, lineSpan } from './lines.ts'
import { readWord, readWords, skipSpace, type Word } from './words.ts'

export interface LintOptions {
  /** Names that Define or the environment has values for, besides those that the file defines itself. */
  readonly known?: ReadonlySet<string>
}

/** A fault of text that httpd accepts. */
interface Lint {
  /** Without `lint/`. */
  readonly code: string
  readonly find: (line: Line, options: Context) => Iterable<Found>
}

interface Found {
  readonly start: number
  readonly end: number
  readonly message: string
  readonly remedy?: string
}

/** A line that is not a comment, split once for all lints. */
interface Line {
  readonly text: string
  readonly name: Word
  readonly isSection: boolean
  /** Where the arguments end: before the `>` of a section. */
  readonly end: number
  readonly args: readonly Word[]
}

interface Context {
  readonly known: ReadonlySet<string>
}

/** What Debian's envvars and other start scripts set. */
const FROM_ENVIRONMENT = /^(?:APACHE_\w+|HOSTNAME|HOME|PATH|LANG|USER|TZ)$/
const OPENING_QUOTES = '“”„‘’‚«»'
const SMART_QUOTES = /[“”„‘’‚«»]/

/** One row a lint; examples of each are in the tests. */
export const LINTS: readonly Lint[] = [
  {
    code: 'template-tag',
    find: ({ text }) =>
      all(
        text,
        /<%|-%>/g,
        (tag) => `'${tag}' of a template is left in the text`,
        'The template was not rendered here.',
      ),
  },
  {
    code: 'interpolation',
    find: ({ text }) =>
      all(
        text,
        /#\{[A-Za-z_@$:][^}]*\}/g,
        (found) => `'${found}' of a Ruby string is left in the text`,
        'It was not interpolated.',
      ),
  },
  {
    code: 'hiera-interpolation',
    find: ({ text }) =>
      all(
        text,
        /%\{(?:(?:facts|trusted|server_facts|::)[^}]*|(?:lookup|hiera|alias|literal|scope)\([^}]*)\}/g,
        (found) => `'${found}' of Hiera is left in the text`,
        'Only values that come through Hiera are interpolated.',
      ),
  },
  { code: 'unresolved-variable', find: unresolved },
  { code: 'undef-value', find: unset },
  { code: 'empty-value', find: empty },
  { code: 'smart-quotes', find: smartQuotes },
  { code: 'lost-quote', find: lostQuote },
]

/** What httpd accepts although it is broken: warnings, in the order of the text. */
export function lintConfig({ lines }: ConfigLines, options: LintOptions = {}): Diagnostic[] {
  const known = new Set(options.known)
  for (const { text } of lines) {
    const defined = /^\s*define\s+(\S+)/i.exec(text)?.[1]
    if (defined !== undefined) known.add(defined)
  }
  const diagnostics: Diagnostic[] = []
  for (const line of lines) {
    if (line.text === '' || line.text.startsWith('#')) continue
    const split = splitLine(line)
    for (const lint of LINTS) {
      for (const { start, end, message, remedy } of lint.find(split, { known })) {
        diagnostics.push({
          code: `lint/${lint.code}`,
          severity: 'warning',
          message,
          span: lineSpan(line, start, end),
          ...(remedy === undefined ? {} : { remedy }),
        })
      }
    }
  }
  return diagnostics
}

function splitLine({ text }: LogicalLine): Line {
  const name = readWord(text, 0)
  const isSection = text.startsWith('<') && !text.startsWith('</')
  const bracket = isSection ? text.lastIndexOf('>') : -1
  const end = bracket > name.start ? bracket : text.length
  return { text, name, isSection, end, args: name.next < end ? readWords(text, name.next, end) : [] }
}

function all(text: string, pattern: RegExp, message: (found: string) => string, remedy: string): Found[] {
  // Matches are rare, and asking for all is dear.
  if (text.search(pattern) < 0) return []
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    message: message(match[0]),
    remedy,
  }))
}

function unresolved({ text }: Line, { known }: Context): Found[] {
  if (!text.includes('${')) return []
  return [...text.matchAll(/\$\{([^}:\s]*)\}/g)]
    .filter((match) => !known.has(match[1] as string) && !FROM_ENVIRONMENT.test(match[1] as string))
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      message: `Nothing defines ${match[0]}, so httpd leaves it as it stands`,
      remedy: `Define ${match[1]}, or put the value in its place.`,
    }))
}

/** `undef` and `nil` are what template languages print for no value. */
function unset({ args }: Line): Found[] {
  return args
    .filter((word) => /^(?::?undef|nil|\[undef\])$/.test(word.value))
    .map((word) => ({
      start: word.start,
      end: word.end,
      message: `'${word.value}' looks like a value that was not set`,
    }))
}

/** Names for which an empty text can mean nothing sensible. */
const NEED_VALUES = new Set([
  'serveralias',
  'allowoverride',
  'options',
  'require',
  'redirectmatch',
  'proxypass',
  'directoryindex',
])

function empty({ args, isSection, name }: Line): Found[] {
  if (!isSection && !NEED_VALUES.has(name.value.toLowerCase())) return []
  return args
    .filter((word) => word.value === '' && word.end > word.start)
    .map((word) => ({
      start: word.start,
      end: word.end,
      message: `${name.value.replace(/^</, '')} has an empty argument`,
    }))
}

function smartQuotes({ text, name, end }: Line): Found[] {
  const found: Found[] = []
  for (let at = name.next; at < end; ) {
    const word = readWord(text, at, end)
    const quoted = /["']/.test(text[word.start] ?? '')
    if (!quoted && OPENING_QUOTES.includes(text[word.start] ?? ' ')) {
      // Up to the word that closes it, or to the end of this one.
      const close = text.slice(word.start + 1, end).search(SMART_QUOTES)
      const stop = close < 0 ? word.end : word.start + close + 2
      found.push({
        start: word.start,
        end: stop,
        message: `${text[word.start]} is not a quotation mark for httpd, so it becomes part of the value`,
        remedy: 'Use ".',
      })
      at = skipSpace(text, stop, end)
    } else at = word.next
  }
  return found
}

/** A quotation mark without its partner: httpd takes the rest of the line, or the mark itself, as the value. */
function lostQuote({ text, args, isSection, name, end }: Line): Found[] {
  const what = name.value.replace(/^<|>$/g, '')
  const last = args.at(-1)
  if (!last) return []
  const quote = text[last.start]
  const unclosed = (quote === '"' || quote === "'") && !closes(text, last)
  if (unclosed)
    return [
      {
        start: last.start,
        end: last.end,
        message: `${what}: the argument lacks its closing ${quote}`,
        remedy: `Add ${quote} at its end.`,
      },
    ]
  if (!isSection || quote === '"' || quote === "'" || /^<(?:if|elseif)$/i.test(name.value)) return []
  const mark = text[end - 1]
  if (mark !== '"' && mark !== "'") return []
  return [
    {
      start: last.start,
      end: last.end,
      message: `${what}: the argument lacks its opening ${mark}`,
      remedy: `Add ${mark} at its beginning.`,
    },
  ]
}

function closes(text: string, word: Word): boolean {
  const quote = text[word.start]
  if (word.end - word.start < 2 || text[word.end - 1] !== quote) return false
  let escapes = 0
  for (let at = word.end - 2; at > word.start && text[at] === '\\'; at--) escapes++
  return escapes % 2 === 0
}
