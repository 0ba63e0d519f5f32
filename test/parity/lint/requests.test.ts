import { expect, it } from 'vitest'
import { requestExamples } from '../../lint/request-examples.ts'
import { judgeHtaccess } from '../../oracles/httpd/htaccess.mjs'

/** What only those see who log in, what httpd answers only for a lack of modules, and answers that are none. */
const elsewhere = new Set(['no-auth-source', 'no-group-file', 'no-proxy', 'informational-status', 'endless-edit'])

it('says of requests what httpd answers', async () => {
  const examples = Object.entries(requestExamples).filter(
    ([name]) => !name.endsWith(' (server)') && !elsewhere.has(name),
  )
  const items = examples.flatMap(([name, { err, ok }]) => [
    ...err.map((text, i) => ({ name: `${name} err ${i}`, text: text.replace(/[⟦⟧]/g, '') })),
    ...ok.map((text, i) => ({ name: `${name} ok ${i}`, text })),
  ])
  const answers = await judgeHtaccess(
    items.map(({ text }, id) => ({ id, text })),
    { modules: 'all' },
  )
  for (const [i, { name }] of items.entries()) {
    const status = answers[i]?.status
    const fails = status === 500 || (name.startsWith('rewriting-forbidden') && status === 403)
    expect(`${name} ${fails}`).toBe(`${name} ${name.includes(' err ') || MAY_FAIL.has(name)}`)
  }
})

/** A near miss that is broken in another way: a loop for as long as the folder has no rules of its own. */
const MAY_FAIL = new Set(['rewrite-loop ok 5'])
