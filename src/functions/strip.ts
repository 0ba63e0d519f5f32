import { textFunction } from './text-case.ts'

// Ruby takes off NUL too, at the end only, and none of Unicode's spaces.
const leading = /^[\0\t\n\v\f\r ]+/
const trailing = /[\0\t\n\v\f\r ]+$/

export const lstrip = textFunction('lstrip', (text) => text.replace(leading, ''))
export const rstrip = textFunction('rstrip', (text) => text.replace(trailing, ''))
export const strip = textFunction('strip', (text) => text.replace(leading, '').replace(trailing, ''))
