import { everywhere, nameOf, wordSpan, wordsOf } from '../server.ts'
import type { RequestContext, RequestFound, RequestLint } from './rule.ts'

/** Redirects that no browser can follow. */
export const REDIRECT_LINTS: readonly RequestLint[] = [
  {
    code: 'redirect-target',
    why: 'A redirect to something that is neither an address nor a path is answered with 500.',
    scope: 'part',
    find: targets,
  },
  {
    code: 'informational-status',
    why: 'Browsers go on waiting behind a status of 1xx.',
    scope: 'part',
    find: statuses,
  },
]

const STATUS = /^(?:\d{3}|permanent|temp|seeother|gone)$/i
const WITHOUT_TARGET = /^(?:[1245]\d\d|gone)$/i

function* targets({ model }: RequestContext): Generator<RequestFound> {
  for (const node of everywhere(model, 'redirectmatch')) {
    const words = wordsOf(node)
    const target = words[STATUS.test(words[0]?.value ?? '') && words.length > 2 ? 2 : 1]
    // What begins with a part of the request is only known then.
    if (
      !target ||
      WITHOUT_TARGET.test(words[0]?.value ?? '') ||
      /^(?:\\?[/$%]|[a-z][a-z0-9+.-]*:|$)/i.test(target.value)
    )
      continue
    yield {
      span: wordSpan(node, target),
      message: `cannot redirect to '${target.value}'; target is not a valid absoluteURI or abs_path (AH00674, status 500)`,
      remedy: 'Begin it with / or with a scheme such as https://.',
    }
  }
}

/** A browser goes on waiting for the answer behind a status of 1xx. */
function* statuses({ model }: RequestContext): Generator<RequestFound> {
  for (const node of everywhere(model, 'rewriterule', 'redirect', 'redirectmatch')) {
    const word = wordsOf(node)[nameOf(node) === 'rewriterule' ? 2 : 0]
    const status = word && /^(?:1\d\d)$|[[,]R(?:edirect)?=(1\d\d)[\],]/i.exec(word.value)
    if (!word || !status) continue
    yield {
      span: wordSpan(node, word),
      message: `a status of 1xx is no answer: browsers wait for the one that is to follow, and none does`,
      remedy: 'Use a status of 2xx to 5xx.',
    }
  }
}
