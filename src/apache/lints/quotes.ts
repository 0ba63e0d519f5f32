import { readWord, skipSpace, type Word } from '../words.ts'
import { at, type Found, isQuoted, type Line, type Lint } from './line.ts'

/** Quotation marks that are none for httpd, or that lack their partner. */
export const QUOTE_LINTS: readonly Lint[] = [
  {
    code: 'smart-quotes',
    needs: [...'“”„‘’‚«»'],
    why: 'Typographic quotation marks come in with text from word processors and web pages; for httpd they are letters.',
    find: smartQuotes,
  },
  {
    code: 'lost-quote',
    needs: ['"', "'"],
    why: 'Without its partner a quotation mark makes the rest of the line, or the mark itself, part of the value.',
    find: lostQuote,
  },
]

const OPENING_QUOTES = '“”„‘’‚«»'
const SMART_QUOTES = /[“”„‘’‚«»]/

function smartQuotes({ text, name, end }: Line): Found[] {
  if (!SMART_QUOTES.test(text)) return []
  const found: Found[] = []
  for (let from = name.next; from < end; ) {
    const word = readWord(text, from, end)
    if (!isQuoted(text, word) && OPENING_QUOTES.includes(text[word.start] ?? ' ')) {
      // Up to the word that closes it, or to the end of this one.
      const close = text.slice(word.start + 1, end).search(SMART_QUOTES)
      const stop = close < 0 ? word.end : word.start + close + 2
      found.push({
        start: word.start,
        end: stop,
        message: `${text[word.start]} is not a quotation mark for httpd, so it becomes part of the value`,
        remedy: 'Use ".',
      })
      from = skipSpace(text, stop, end)
    } else from = word.next
  }
  return found
}

/** A quotation mark without its partner: httpd takes the rest of the line, or the mark itself, as the value. */
function lostQuote({ text, args, isSection, name, end, key }: Line): Found[] {
  const what = name.value.replace(/^<|>$/g, '')
  const last = args.at(-1)
  if (!last) return []
  if (isQuoted(text, last) && !closes(text, last)) {
    const quote = text[last.start]
    return [at(last, `${what}: the argument lacks its closing ${quote}`, `Add ${quote} at its end.`)]
  }
  const split = isExpression(key) ? undefined : args.find((word, i) => isSplit(text, word, args[i + 1]))
  if (split) {
    const quote = text[split.start]
    return [at(split, `${what}: ${quote} closes the argument in the middle of a word`, `Put ${quote} where it ends.`)]
  }
  if (!isSection || isQuoted(text, last) || isExpression(key)) return []
  const mark = text[end - 1]
  if (mark !== '"' && mark !== "'") return []
  return [at(last, `${what}: the argument lacks its opening ${mark}`, `Add ${mark} at its beginning.`)]
}

/** Where quotation marks have another meaning. */
function isExpression(key: string): boolean {
  return /^(?:<if|<elseif|sslrequire|require)$/.test(key)
}

/** A quoted word and one that ends with the same mark, with nothing between the two: the mark between them opens. */
function isSplit(text: string, word: Word, next: Word | undefined): boolean {
  const quote = text[word.start] as string
  if (!isQuoted(text, word) || !next || next.start !== word.end) return false
  return text.slice(next.start, next.end).endsWith(quote)
}

function closes(text: string, word: Word): boolean {
  const quote = text[word.start]
  if (word.end - word.start < 2 || text[word.end - 1] !== quote) return false
  let escapes = 0
  for (let i = word.end - 2; i > word.start && text[i] === '\\'; i--) escapes++
  return escapes % 2 === 0
}
