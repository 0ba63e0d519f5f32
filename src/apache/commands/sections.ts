import { ACCESS_CONF, ALL_OVERRIDES, GLOBAL_ONLY, NOT_IN_DIR_CONTEXT, NOT_IN_LIMIT, NOT_IN_LOCATION } from '../bits.ts'
import { type Call, type Handlers, remember, type Scope } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { forbidden } from '../invoke.ts'
import { methodNumber, registerMethod } from '../methods.ts'
import { missingArgument, sectionArgument } from '../sections.ts'
import { addressFault } from '../virtual-host.ts'
import { readWord } from '../words.ts'
import { expressionFault, regexFault } from './values.ts'

const NOT_COMPILED = 'Regex could not be compiled'

/** core: sections. */
export const SECTIONS: Handlers = {
  '<Directory': (call) => container(call, NOT_IN_DIR_CONTEXT, false),
  '<DirectoryMatch': (call) => container(call, NOT_IN_DIR_CONTEXT, true),
  '<Location': (call) => container(call, NOT_IN_DIR_CONTEXT, false),
  '<LocationMatch': (call) => container(call, NOT_IN_DIR_CONTEXT, true),
  '<Files': (call) => container(call, NOT_IN_LOCATION | NOT_IN_LIMIT, false),
  '<FilesMatch': (call) => container(call, NOT_IN_LOCATION | NOT_IN_LIMIT, true),
  '<If': condition,
  '<ElseIf': condition,
  '<Else': condition,
  '<Limit': (call) => limit(call, false),
  '<LimitExcept': (call) => limit(call, true),
  '<VirtualHost': virtualHost,
}

function container(call: Call, where: number, match: boolean): Fault | undefined {
  const refused = forbidden(call, where)
  if (refused) return walkAnyway(call, refused)
  const argument = sectionArgument(call)
  if (typeof argument === 'object') return walkAnyway(call, argument)
  if (argument === '') return walkAnyway(call, missingArgument(call))
  const files = call.spec.name.toLowerCase().startsWith('<files')
  const isDirectorySection = call.spec.name === '<Directory'
  let word = readWord(argument, 0)
  let regex = match
  if (word.value === '~') {
    word = readWord(argument, word.next)
    regex = true
  }
  if (regex) {
    const bad = regexFault(word.value, NOT_COMPILED, [word.start, word.end])
    if (bad) return walkAnyway(call, bad)
  }
  const clean = call.walk(call.node.children, {
    ...call.scope,
    override: files && call.scope.path !== undefined ? call.scope.override : IN_CONTAINER,
    path: isDirectorySection && !regex ? `${word.value.replace(/\/$/, '')}/` : word.value,
    directory: new Map(),
  })
  if (clean && word.next < argument.length)
    return fault('section-argument', `Multiple ${call.spec.name}> arguments not (yet) supported.`, [
      word.next,
      argument.length,
    ])
  return undefined
}

const IN_CONTAINER = ALL_OVERRIDES | ACCESS_CONF

/** Goes on inside a section that is wrong itself, so that what is wrong inside is told as well. */
function walkAnyway(call: Call, found: Fault): Fault {
  call.afterwards(() => {
    const override = call.scope.path === undefined ? IN_CONTAINER : call.scope.override
    call.walk(call.node.children, { ...call.scope, override, path: call.scope.path ?? '', directory: new Map() })
  })
  return found
}

function condition(call: Call): Fault | undefined {
  const refused = forbidden(call, NOT_IN_LIMIT)
  if (refused) return walkAnyway(call, refused)
  const argument = sectionArgument(call)
  if (typeof argument === 'object') return walkAnyway(call, argument)
  const key = call.spec.name.toLowerCase()
  let rest = ''
  let restAt = 0
  if (key === '<else') {
    if (argument !== '')
      return walkAnyway(call, fault('section-argument', '<Else> does not take an argument', [0, argument.length]))
  } else {
    if (argument === '') return walkAnyway(call, missingArgument(call))
    const word = readWord(argument, 0)
    const bad = expressionFault(word.value, call, 'Cannot parse condition clause: ', [word.start, word.end])
    if (bad) {
      remember(call.scope.directory, 'if-sections', () => true)
      return walkAnyway(call, bad)
    }
    rest = argument.slice(word.next)
    restAt = word.next
  }
  const outer = call.scope
  const clean = call.walk(call.node.children, {
    ...outer,
    override: outer.path === undefined ? IN_CONTAINER : outer.override,
    path: '*If',
    directory: new Map(),
  })
  if (!clean) {
    remember(outer.directory, 'if-sections', () => true)
    return undefined
  }
  if (key !== '<if' && !outer.directory.get('if-sections'))
    return fault(
      'section-order',
      '<Else> or <ElseIf> section without previous <If> or <ElseIf> section in same scope',
      'name',
    )
  outer.directory.set('if-sections', key !== '<else')
  if (rest !== '')
    return fault('section-argument', `Multiple ${call.spec.name}> arguments not supported.`, [restAt, argument.length])
  return undefined
}

function limit(call: Call, except: boolean): Fault | undefined {
  const argument = sectionArgument(call)
  if (typeof argument === 'object') return walkAnyway(call, argument)
  if (argument === '') return walkAnyway(call, missingArgument(call))
  let limited = 0n
  for (let at = 0; at < argument.length; ) {
    const word = readWord(argument, at)
    at = word.next
    const place = [word.start, word.end] as const
    let number = methodNumber(word.value, call.environment)
    if (word.value === 'TRACE' && !except)
      return walkAnyway(
        call,
        fault('section-argument', 'TRACE cannot be controlled by <Limit>, see TraceEnable', place),
      )
    if (number === undefined) {
      if (call.scope.htaccess)
        return walkAnyway(
          call,
          fault(
            'section-argument',
            `Could not register method '${word.value}' for ${call.spec.name} from .htaccess configuration`,
            place,
          ),
        )
      number = registerMethod(word.value, call.environment)
    }
    limited |= 1n << BigInt(number)
  }
  if (except) limited = ~limited
  const before = call.scope.limited
  if ((before & limited) === 0n)
    return walkAnyway(call, fault('section-argument', `${call.spec.name}> directive excludes all methods`, 'name'))
  if ((before & limited) === before)
    return walkAnyway(
      call,
      fault('section-argument', `${call.spec.name}> directive specifies methods already excluded`, 'name'),
    )
  call.walk(call.node.children, { ...call.scope, limited: before & limited })
  return undefined
}

function virtualHost(call: Call): Fault | undefined {
  const { line } = call.node
  const inner: Scope = {
    ...call.scope,
    server: { virtual: true, definedAt: `${line.file.path}:${line.number}`, state: new Map() },
    directory: new Map(),
  }
  const anyway = (found: Fault): Fault => {
    call.afterwards(() => call.walk(call.node.children, inner))
    return found
  }
  const refused = forbidden(call, GLOBAL_ONLY)
  if (refused) return anyway(refused)
  const argument = sectionArgument(call)
  if (typeof argument === 'object') return anyway(argument)
  if (argument === '') return anyway(missingArgument(call))
  for (let at = 0; at < argument.length; ) {
    const word = readWord(argument, at)
    at = word.next
    const bad = addressFault(word.value)
    if (bad) return anyway(fault('section-argument', bad, [word.start, word.end]))
  }
  call.walk(call.node.children, inner)
  return undefined
}
