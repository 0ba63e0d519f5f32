import { NOT_IN_LOCATION } from '../bits.ts'
import { type Call, type Handlers, remember } from '../context.ts'
import { type Fault, fault } from '../faults.ts'
import { forbidden } from '../invoke.ts'
import { methodNumber, registerMethod } from '../methods.ts'
import { leadingInteger } from '../numbers.ts'
import { readWord } from '../words.ts'
import { oneOf } from './values.ts'

/** Modules that map requests to files: mod_dir, mod_autoindex, mod_negotiation, mod_mime, mod_actions, mod_userdir, mod_vhost_alias. */
export const MAPPING: Handlers = {
  DirectoryIndexRedirect: (call) => {
    const [text = ''] = call.args
    if (['on', 'off', 'permanent', 'temp', 'seeother'].includes(text.toLowerCase())) return undefined
    if (!/^\d/.test(text)) return fault('keyword', 'DirectoryIndexRedirect ON|OFF|permanent|temp|seeother|3xx', 0)
    const status = leadingInteger(text)
    if (status >= 300 && status < 400) return undefined
    return fault('number', 'DirectoryIndexRedirect only accepts values between 300 and 399', 0)
  },
  ForceLanguagePriority: (call) => {
    const [text = ''] = call.args
    const word = text.toLowerCase()
    const given = remember(call.scope.directory, 'force-language', () => new Set<string>())
    if (!['none', 'prefer', 'fallback'].includes(word))
      return fault('keyword', `Invalid ForceLanguagePriority option ${text}`, 0)
    if (word === 'none' && (given.has('prefer') || given.has('fallback')))
      return fault('keyword', 'Cannot combine ForceLanguagePriority options with None', 0)
    if (word !== 'none' && given.has('none'))
      return fault(
        'keyword',
        `Cannot combine ForceLanguagePriority options None and ${word === 'prefer' ? 'Prefer' : 'Fallback'}`,
        0,
      )
    given.add(word)
    return undefined
  },
  IndexOptions: indexOptions,
  IndexOrderDefault: (call) => {
    const [direction = '', key = ''] = call.args
    if (!['ascending', 'descending'].includes(direction.toLowerCase()))
      return fault('keyword', "First keyword must be 'Ascending' or 'Descending'", 0)
    if (['name', 'date', 'size', 'description'].includes(key.toLowerCase())) return undefined
    return fault('keyword', "Second keyword must be 'Name', 'Date', 'Size', or 'Description'", 1)
  },
  AddIcon: icon,
  AddIconByType: icon,
  AddIconByEncoding: icon,
  FancyIndexing: () =>
    fault('deprecated', 'The FancyIndexing directive is no longer supported. Use IndexOptions FancyIndexing.', 'name'),
  MultiviewsMatch: multiviews,
  Action: oneOf(['virtual'], (value) => `unrecognized option '${value}'`, 2),
  Script: (call) => {
    const [method = ''] = call.args
    if (method === 'TRACE') return fault('value', 'TRACE not allowed for Script', 0)
    if (methodNumber(method, call.environment) === undefined) {
      if (call.scope.htaccess) return fault('value', `Could not register method '${method}' for Script`, 0)
      registerMethod(method, call.environment)
    }
    return undefined
  },
  UserDir: (call) =>
    readWord(call.raw, 0).value === '' ? fault('argument-count', 'UserDir requires an argument.', 'name') : undefined,
  VirtualDocumentRoot: pathPattern,
  VirtualDocumentRootIP: pathPattern,
  VirtualScriptAlias: pathPattern,
  VirtualScriptAliasIP: pathPattern,
}

const INDEX_OPTIONS = new Set(
  'fancyindexing foldersfirst htmltable iconsarelinks ignorecase ignoreclient scanhtmltitles suppresscolumnsorting suppressdescription suppresshtmlpreamble suppressicon suppresslastmodified suppresssize suppressrules trackmodified versionsort xhtml showforbidden addaltclass'.split(
    ' ',
  ),
)

function indexOptions(call: Call): Fault | undefined {
  let none = false
  let other = false
  for (const [at, word] of call.args.entries()) {
    const refuse = (message: string) => fault('option', message, at)
    const sign = /^[+-]/.exec(word)?.[0] ?? ''
    const text = sign ? word.slice(1) : word
    const name = text.toLowerCase()
    if (INDEX_OPTIONS.has(name)) {
      if (sign === '') other = true
    } else if (name === 'none') {
      if (sign) return refuse("Cannot combine '+' or '-' with 'None' keyword")
      none = true
      other = false
    } else if (name === 'iconwidth' || name === 'iconheight' || name === 'useolddateformat') continue
    else if (/^icon(?:width|height)=/.test(name)) {
      if (sign === '-')
        return refuse(`Cannot combine '-' with ${name.startsWith('iconwidth') ? 'IconWidth' : 'IconHeight'}=n`)
    } else if (name === 'namewidth' || name === 'descriptionwidth') {
      const shown = name === 'namewidth' ? 'NameWidth' : 'DescriptionWidth'
      if (sign !== '-') return refuse(`${shown} with no value may only appear as '-${shown}'`)
    } else if (/^(?:name|description)width=/.test(name)) {
      const isName = name.startsWith('name')
      const shown = isName ? 'NameWidth' : 'DescriptionWidth'
      if (sign === '-') return refuse(`Cannot combine '-' with ${shown}=n`)
      const value = text.slice(shown.length + 1)
      const width = leadingInteger(value)
      const least = isName ? 5 : 12
      if (!value.startsWith('*') && width && width < least)
        return refuse(`${shown} value must be greater than ${least}`)
    } else if (!/^(?:type|charset)=/.test(name)) return refuse('Invalid directory indexing option')
  }
  return none && other ? fault('option', "Cannot combine other IndexOptions keywords with 'None'") : undefined
}

function icon(call: Call): Fault | undefined {
  const [text = ''] = call.args
  return text.startsWith('(') && !text.includes(')') ? fault('format', 'missing closing paren', 0) : undefined
}

const INCOMPATIBLE: Readonly<Record<string, readonly [readonly string[], string]>> = {
  any: [['negotiatedonly', 'filters', 'handlers'], 'Any is incompatible with NegotiatedOnly, Filters and Handlers'],
  negotiatedonly: [['any', 'filters', 'handlers'], 'NegotiatedOnly is incompatible with Any, Filters and Handlers'],
  filters: [['negotiatedonly', 'any'], 'Filters is incompatible with Any and NegotiatedOnly'],
  handlers: [['negotiatedonly', 'any'], 'Handlers is incompatible with Any and NegotiatedOnly'],
}

function multiviews(call: Call): Fault | undefined {
  const refused = forbidden(call, NOT_IN_LOCATION)
  if (refused) return refused
  const [text = ''] = call.args
  const word = text.toLowerCase()
  const rule = INCOMPATIBLE[word]
  if (!rule) return fault('keyword', `Unrecognized option '${text}'`, 0)
  const given = remember(call.scope.directory, 'multiviews', () => new Set<string>())
  if (rule[0].some((other) => given.has(other))) return fault('keyword', rule[1], 0)
  given.add(word)
  return undefined
}

function pathPattern(call: Call): Fault | undefined {
  const [text = ''] = call.args
  if (!text.startsWith('/')) {
    if (text.toLowerCase() === 'none') return undefined
    return fault('value', "format string must be an absolute path, or 'none'", 0)
  }
  if (/^(?:[^%]|%[p%]|%-?\d\+?(?:\.-?\d\+?)?)*$/s.test(text)) return undefined
  return fault('format', 'syntax error in format string', 0)
}
