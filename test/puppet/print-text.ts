import { numberValue } from '../../src/puppet/number.ts'

/** A quoted string on one line. */
export function quoted(text: string): string {
  return /[\r\n]/.test(text) ? `"${escaped(text, '"')}"` : `'${text.replace(/[\\']/g, '\\$&')}'`
}

/** Text between double quotes, or of a heredoc whose tag ends in `/$r`; line ends stay in a heredoc only. */
export function escaped(text: string, quote: '"' | ''): string {
  const signs = quote === '"' ? text.replace(/[\\"$]/g, '\\$&') : text.replace(/[\\$]/g, '\\$&')
  const returns = signs.replaceAll('\r', '\\r')
  return quote === '"' ? returns.replaceAll('\n', '\\n') : returns
}

export function regularExpression(pattern: string): string {
  return `/${pattern.replaceAll('/', '\\/')}/`
}

export function integer(value: bigint, radix: 8 | 10 | 16): string {
  return `${radix === 16 ? '0x' : radix === 8 ? '0' : ''}${value.toString(radix)}`
}

export function float(value: number): string {
  const text = String(value).replace('e+', 'e')
  return numberValue(text).kind === 'float' ? text : `${text}.0`
}

/** Text between the tags of a template. */
export function templateText(text: string): string {
  return text.replace(/<%|%>/g, (sign) => (sign === '<%' ? '<%%' : '%%>'))
}

/** The lines below a heredoc's tag, which is made to be none of their words. `body` has its escapes already. */
export function heredoc(
  body: string,
  syntax: string,
  kind: 'plain' | 'escaped' | 'interpolated',
): { readonly tag: string; readonly lines: string } {
  let word = 'END'
  for (let number = 1; body.includes(word); number++) word = `END${number}`
  const name = kind === 'interpolated' ? `"${word}"` : word
  const tag = `@(${name}${syntax === '' ? '' : `:${syntax}`}${kind === 'plain' ? '' : '/$r'})`
  const whole = body === '' || body.endsWith('\n')
  return { tag, lines: `${body}${whole ? '' : '\n'}${whole ? '' : '-'}${word}\n` }
}
