/** One word of a line: where it stands, its text with quotes. */
interface Piece {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** How people and templates break a line; `undefined` where the line gives no room for it. */
interface Breakage {
  readonly name: string
  readonly apply: (line: string, pick: Pick) => string | undefined
}

type Pick = <T>(list: readonly T[]) => T | undefined

const isSection = (line: string) => /^\s*<[A-Za-z]/.test(line)
const isDirective = (line: string) => /^\s*[A-Za-z]/.test(line)

export const BREAKAGES: readonly Breakage[] = [
  {
    name: 'lost quote in a section tag',
    apply: (line, pick) => {
      const quotes = isSection(line) ? [...line.matchAll(/(?<!\\)"/g)] : []
      const lost = quotes.length === 2 ? pick(quotes) : undefined
      return lost && cut(line, lost.index, lost.index + 1)
    },
  },
  {
    name: 'missing closing quote',
    apply: (line, pick) => {
      const quoted = pick(argumentsOf(line).filter(({ text }) => isDirective(line) && /^".+"$/.test(text)))
      return quoted && cut(line, quoted.end - 1, quoted.end)
    },
  },
  {
    name: 'bad number',
    apply: (line, pick) => {
      // What stands in a variable, a header or a pattern need not be a number.
      if (!isDirective(line) || /^\s*(?:\w*SetEnv|BrowserMatch|RewriteCond|Define|AddDescription)/i.test(line))
        return undefined
      if (/^\s*\w*Header\b(?!.*max-age=)/i.test(line)) return undefined
      const number = pick([...line.matchAll(/(?<=\s|\s"|max-age=|\bR=|\bS=)\d+(?=\s|"|$|,|\]|;)/g)])
      if (!number) return undefined
      const [digits] = number
      const bad = pick([
        digits.replace(/0/, 'O'),
        digits.replace(/1/, 'l'),
        `${digits}x`,
        `-${digits}`,
        `${digits},000`,
        `${digits}.5`,
        'ten',
        '0x1F',
      ])
      return bad === undefined || bad === digits
        ? undefined
        : put(line, number.index, number.index + digits.length, bad)
    },
  },
  {
    name: 'smart quotes',
    apply: (line, pick) => {
      const quoted = pick(argumentsOf(line).filter(({ text }) => /^".*"$/.test(text)))
      const pair = pick(['“”', '„“', '‘’', '««'])
      if (!quoted || !pair) return undefined
      return put(line, quoted.start, quoted.end, `${pair[0]}${quoted.text.slice(1, -1)}${pair[1]}`)
    },
  },
  {
    name: 'odd flag value',
    apply: (line, pick) => {
      const flags = /\s\[([^\]\s]*)\]\s*$/.exec(line)
      if (/^\s*RewriteRule/i.test(line) && flags) {
        const odd = pick(['R=abc', 'R=30', 'R=3o1', 'R=moved', 'S=x', 'R=999', 'R=permanently'])
        const kept = (flags[1] as string).split(',').filter((flag) => !/^(?:R|S|redirect|skip)(?:=|$)/i.test(flag))
        return put(line, flags.index + 1, line.length, `[${[odd, ...kept].filter(Boolean).join(',')}]`)
      }
      const flag = pick(argumentsOf(line).filter(({ text }) => isDirective(line) && /^(?:on|off)$/i.test(text)))
      const odd = pick(['yes', 'true', 'enabled', 'Onn', 'of', 'none', 'On;'])
      return flag && odd && put(line, flag.start, flag.end, odd)
    },
  },
  { name: 'trailing backslash', apply: (line) => `${line.trimEnd()} \\` },
  {
    name: 'ERB remnant',
    apply: (line, pick) => {
      const tag = pick(['<%= @name %>', '<%= $name -%>', "<%= scope['a::b'] %>", '<%= @list.join(" ") %>'])
      return tag && (pick([true, false]) ? inPlace(line, pick, tag) : within(line, pick, tag))
    },
  },
  {
    name: 'undef or empty value',
    apply: (line, pick) => {
      const nothing = pick(['undef', ':undef', 'nil', '""', "''", ''])
      if (nothing === undefined) return undefined
      return pick([true, true, false]) || nothing === '' || /["']/.test(nothing)
        ? inPlace(line, pick, nothing)
        : within(line, pick, 'undef')
    },
  },
  {
    name: 'unresolved variable',
    apply: (line, pick) => {
      const variable = pick(['${DOCROOT}', '${site_name}', '${profile::web::port}', '${SERVER_NAME}', '${name}'])
      return variable && (pick([true, false]) ? inPlace(line, pick, variable) : within(line, pick, variable))
    },
  },
  {
    name: 'trailing comment',
    apply: (line, pick) => {
      const comment = pick(['# enable', '# see the manual', '#FIXME', '# was: off', '## end', '# for now'])
      return isDirective(line) || isSection(line) ? `${line.trimEnd()} ${comment}` : undefined
    },
  },
]

/** The words behind the name; a section's without its `>`. */
function argumentsOf(line: string): Piece[] {
  const end = isSection(line) ? line.lastIndexOf('>') : line.length
  const words = [...line.slice(0, Math.max(end, 0)).matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\S+/g)]
  return words.slice(1).map(({ 0: text, index }) => ({ text, start: index, end: index + text.length }))
}

/** Something instead of the value of an argument, whose quotes stay. */
function inPlace(line: string, pick: Pick, text: string): string | undefined {
  const argument = pick(argumentsOf(line))
  if (!argument) return undefined
  const quoted = /^".*"$/.test(argument.text) && !text.includes('"') && !text.includes("'") ? 1 : 0
  return put(line, argument.start + quoted, argument.end - quoted, text)
}

/** Something instead of a part of an argument that a template could have put there: a name in a path or an address. */
function within(line: string, pick: Pick, text: string): string | undefined {
  const parts = argumentsOf(line).flatMap((argument) =>
    [...argument.text.matchAll(/(?<=[/.@:])[a-z][\w-]+(?=[/.:"]|$)/gi)].map((match) => ({ argument, match })),
  )
  const part = pick(parts)
  if (!part) return undefined
  const start = part.argument.start + part.match.index
  return put(line, start, start + part.match[0].length, text)
}

function cut(line: string, start: number, end: number): string {
  return put(line, start, end, '')
}

function put(line: string, start: number, end: number, text: string): string {
  return line.slice(0, start) + text + line.slice(end)
}
