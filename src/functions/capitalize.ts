import { textFunction } from './text-case.ts'

export const capitalize = textFunction('capitalize', capitalizeText)

/** The first character in upper case, the rest in lower case. */
export function capitalizeText(text: string): string {
  const [first = ''] = text
  return first.toUpperCase() + text.slice(first.length).toLowerCase()
}
