import { textFunction } from './text-case.ts'

export const chomp = textFunction('chomp', (text) => text.replace(/(?:\r\n|\n|\r)$/, ''))
