import { textFunction } from './text-case.ts'

export const chop = textFunction('chop', (text) =>
  text.endsWith('\r\n') ? text.slice(0, -2) : [...text].slice(0, -1).join(''),
)
