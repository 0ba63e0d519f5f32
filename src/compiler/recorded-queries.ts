import { define, fail } from '../source/diagnostic.ts'
import { anyType } from '../types/construct.ts'
import { valueToText } from '../types/text.ts'
import type { FunctionDefinition } from '../value/function.ts'
import { undef, type Value } from '../value/value.ts'

/** What PuppetDB answered to a query, kept in a file; `undefined` where nobody has kept it. */
export type RecordedQueries = (query: Value) => Value | undefined

const noAnswer = define(
  'error',
  'puppetdb/no-answer',
  (query: string) => `there is no PuppetDB here, and no recorded answer to the query ${query}`,
)

/** The function `puppetdb_query`, which comes with PuppetDB rather than with Puppet, answering from what is recorded. */
export function puppetdbQuery(recorded: RecordedQueries): FunctionDefinition {
  return {
    name: 'puppetdb_query',
    dispatches: [
      {
        parameters: [{ name: 'query', type: 'Variant[String, Array[Data]]' }],
        call: (context, [query]) => {
          const asked = query ?? undef({ kind: 'builtin', name: 'puppet' })
          const answer = recorded(asked)
          if (answer) return answer
          return fail(
            noAnswer([asked.kind === 'string' ? `'${asked.value}'` : valueToText(asked)], {
              ...(context.span.file.path === '' ? {} : { span: context.span }),
              remedy: 'Record it in a file such as puppetdb/answers.yaml: - { query: …, result: […] }',
            }),
          )
        },
        returns: anyType,
      },
    ],
  }
}
