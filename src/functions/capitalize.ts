import { lowerCase, textFunction } from './text-case.ts'

export const capitalize = textFunction('capitalize', capitalizeText)

/** The first character in upper case, the rest in lower case. */
export function capitalizeText(text: string): string {
  const [first = ''] = text
  const [capital = '', ...more] = first.toUpperCase()
  return capital + lowerCase(more.join('') + text.slice(first.length))
}
