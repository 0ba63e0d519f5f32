import { capitalizeText } from './capitalize.ts'
import { textFunction } from './text-case.ts'

export const camelcase = textFunction('camelcase', (text) => text.split('_').map(capitalizeText).join(''))
