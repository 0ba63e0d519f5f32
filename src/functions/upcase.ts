import { deepTextFunction } from './text-case.ts'

export const upcase = deepTextFunction('upcase', (text) => text.toUpperCase())
