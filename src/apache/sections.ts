import type { Call } from './context.ts'
import { type Fault, fault } from './faults.ts'
import { invoke } from './invoke.ts'
import { rootRelative } from './paths.ts'
import { checkRegex } from './regex.ts'
import { readWord } from './words.ts'

/** The httpd whose behaviour is followed, for `<IfVersion>`. */
const HTTPD_VERSION = [2, 4, 71] as const

/** The argument of a section without its `>`; a fault where that is missing or nothing stands in front of it. */
export function sectionArgument(call: Call): string | Fault {
  const bracket = call.raw.lastIndexOf('>')
  if (bracket < 0) return fault('missing-bracket', `${call.spec.name}> directive missing closing '>'`, 'name')
  return call.raw.slice(0, bracket)
}

export function missingArgument(call: Call): Fault {
  return fault('section-argument', `${call.spec.name}> directive requires additional arguments`, 'name')
}

/** Whether the body of `<IfModule>` and its kin is to be read. */
export function conditionHolds(call: Call): boolean | Fault {
  const key = call.spec.name.toLowerCase()
  if (key === '<ifversion') return versionHolds(call)
  const argument = sectionArgument(call)
  if (typeof argument === 'object') return argument
  const not = argument.startsWith('!')
  const { value } = readWord(argument, not ? 1 : 0)
  if (value === '') return missingArgument(call)
  return test(key, value, call) !== not
}

function test(key: string, value: string, call: Call): boolean {
  const { environment } = call
  switch (key) {
    case '<ifmodule':
      if (environment.modules.has(value)) return true
      for (const [module, file] of environment.table.modules) if (file === value) return environment.modules.has(module)
      return value.endsWith('.c') && environment.modules.has(`${value.replace(/^mod_/, '').slice(0, -2)}_module`)
    case '<ifdefine':
      return environment.defines.has(value)
    case '<iffile': {
      const path = rootRelative(value, environment)
      return environment.files?.kind(path) !== undefined
    }
    case '<ifdirective':
      return isKnown(value, call)
    case '<ifsection':
      return isKnown(`<${value}`, call)
  }
  throw new Error(`not a condition: ${key}`)
}

function isKnown(name: string, call: Call): boolean {
  const rows = call.environment.table.directives.get(name.toLowerCase())
  return rows?.some((row) => call.environment.modules.has(row.module)) ?? false
}

function versionHolds(call: Call): boolean | Fault {
  let holds = false
  const { faults } = invoke(call, (inner) => {
    const found = compareVersion(inner)
    if (typeof found === 'object') return found
    holds = found
    return undefined
  })
  return faults[0]?.fault ?? holds
}

function compareVersion(call: Call): boolean | Fault {
  let [operator = '', version, bracket] = call.args
  if (version === undefined) {
    version = operator
    operator = '='
  }
  if (bracket === undefined && version === '>') {
    bracket = '>'
    version = operator
    operator = '='
  }
  if (version === '' || (bracket !== '>' && !version.endsWith('>')))
    return fault('missing-bracket', `${call.spec.name}> directive missing closing '>'`)
  const wanted = bracket === '>' ? version : version.slice(0, -1)
  const reverse = operator.startsWith('!')
  const sign = reverse && operator.length > 1 ? operator.slice(1) : operator
  const orEqual = sign.length === 2 && sign[1] === '='
  if (!'=~<>'.includes(sign[0] ?? ' ') || (sign.length > 1 && !(orEqual && sign[0] !== '~')))
    return fault('value', `unrecognized operator '${operator}'`)
  let matches: boolean
  if (sign[0] === '~' || (sign[0] === '=' && wanted.startsWith('/'))) {
    const slashed = sign[0] === '='
    if (slashed && (wanted.length < 2 || !wanted.endsWith('/')))
      return fault('value', 'Missing delimiting / of regular expression.')
    const pattern = slashed ? wanted.slice(1, -1) : wanted
    if (checkRegex(pattern)) return fault('regex', 'Unable to compile regular expression')
    matches = matchesVersion(pattern)
  } else {
    const compared = orderOf(wanted)
    if (compared === undefined)
      return fault(
        'value',
        'Version appears to be invalid. It must have the format major[.minor[.patch]] where major, minor and patch are numbers.',
      )
    matches =
      sign[0] === '='
        ? compared === 0
        : orEqual && compared === 0
          ? true
          : sign[0] === '<'
            ? compared < 0
            : compared > 0
  }
  return matches !== reverse
}

/** How our httpd's version compares to the one written; undefined for one that is not a version. */
function orderOf(text: string): number | undefined {
  if (!/^\d[\d.]*$/.test(text)) return undefined
  const parts = text.split('.')
  if (parts.length > 3 && parts.slice(3).join('.') !== '') return undefined
  for (let i = 0; i < 3; i++) {
    const difference = (HTTPD_VERSION[i] as number) - Number(parts[i] || 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return 0
}

function matchesVersion(pattern: string): boolean {
  try {
    return new RegExp(pattern, 's').test(HTTPD_VERSION.join('.'))
  } catch {
    return false
  }
}
