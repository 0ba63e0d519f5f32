import { everywhere, wordSpan, wordsOf } from '../server.ts'
import type { RequestContext, RequestFound, RequestLint } from './rule.ts'

/** Headers that httpd puts together at each answer and then refuses to send. */
export const HEADER_LINTS: readonly RequestLint[] = [
  {
    code: 'header-name',
    why: 'httpd answers with 500 rather than send a header whose name has characters that names may not have.',
    scope: 'part',
    find: names,
  },
  {
    code: 'header-value',
    why: 'httpd answers with 500 rather than send a header with control characters or line ends.',
    scope: 'part',
    find: values,
  },
  {
    code: 'endless-edit',
    why: '`edit*` with a pattern that matches empty text never ends.',
    scope: 'part',
    find: edits,
  },
]

const PUTS = /^(?:set|append|add|merge|setifempty)$/i
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

function* headers({ model }: RequestContext, action: RegExp) {
  for (const node of everywhere(model, 'header')) {
    const words = wordsOf(node)
    if (/^(?:always|onsuccess)$/i.test(words[0]?.value ?? '')) words.shift()
    const [verb, name, value, last] = words
    if (!verb || !name || !action.test(verb.value)) continue
    const depends = /^(?:env|expr)=/i.test(last?.value ?? '') ? { depends: 'request' as const } : {}
    yield { node, name, value, depends }
  }
}

function* names(context: RequestContext): Generator<RequestFound> {
  for (const { node, name, depends } of headers(context, PUTS)) {
    const sent = name.value.replace(/:$/, '')
    if (TOKEN.test(sent)) continue
    const message =
      sent === ''
        ? 'Empty response header name, aborting request (AH02428, status 500)'
        : `Response header name '${sent}' contains invalid characters, aborting request (AH02429, status 500)`
    yield { span: wordSpan(node, name), message, ...depends }
  }
}

function* values(context: RequestContext): Generator<RequestFound> {
  for (const { node, name, value, depends } of headers(context, PUTS)) {
    if (!value || value.value.startsWith('expr=')) continue
    // Two characters after a backslash stand for what ends a line.
    if (!/(?:^|[^\\])(?:\\\\)*\\[nr]|[\u0001-\u0008\u000a-\u001f\u007f]/.test(value.value)) continue
    yield {
      span: wordSpan(node, value),
      message: `Response header '${name.value.replace(/:$/, '')}' value contains invalid characters, aborting request (AH02430, status 500)`,
      remedy: 'A value is one line without control characters.',
      ...depends,
    }
  }
}

function* edits(context: RequestContext): Generator<RequestFound> {
  for (const { node, value } of headers(context, /^edit\*$/i)) {
    if (!value || !matchesNothing(value.value)) continue
    yield {
      span: wordSpan(node, value),
      message:
        'edit* looks for text that may be empty, finds it over and over, and takes the process with it where the header is there',
      remedy: 'Write an expression that takes at least one character.',
      depends: 'request',
    }
  }
}

/** Whether an expression finds nothing in front of text. */
function matchesNothing(pattern: string): boolean {
  try {
    return new RegExp(pattern).exec('~ ~')?.[0] === ''
  } catch {
    return false
  }
}
