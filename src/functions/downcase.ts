import { deepTextFunction, lowerCase } from './text-case.ts'

export const downcase = deepTextFunction('downcase', lowerCase)
