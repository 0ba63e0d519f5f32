import { deepTextFunction } from './text-case.ts'

export const downcase = deepTextFunction('downcase', (text) => text.toLowerCase())
