import { stringifyJson, valueToJson } from '../catalog/catalog-json.ts'
import { define, fail } from '../source/diagnostic.ts'
import { anyType } from '../types/construct.ts'
import { valueToText } from '../types/text.ts'
import type { CallContext, FunctionDefinition } from '../value/function.ts'
import { array, string, undef, type Value } from '../value/value.ts'

/** What PuppetDB answered to a query, kept in a file; `undefined` where nobody has kept it. */
export type RecordedQueries = (query: Value) => Value | undefined

const noAnswer = define(
  'error',
  'puppetdb/no-answer',
  (query: string) => `there is no PuppetDB here, and no recorded answer to the query ${query}`,
)

const builtIn = { kind: 'builtin', name: 'puppet' } as const

/** The function `puppetdb_query`, which comes with PuppetDB rather than with Puppet, answering from what is recorded. */
export function puppetdbQuery(recorded: RecordedQueries): FunctionDefinition {
  return {
    name: 'puppetdb_query',
    dispatches: [
      {
        parameters: [{ name: 'query', type: 'Variant[String, Array[Data]]' }],
        call: (context, [query]) => {
          const asked = query ?? undef(builtIn)
          const text = asked.kind === 'string' ? asked.value : json(asked)
          const shown = asked.kind === 'string' ? `'${asked.value}'` : valueToText(asked)
          const ask = `curl -G http://localhost:8080/pdb/query/v4 --data-urlencode ${shellQuoted(`query=${text}`)}`
          return recorded(asked) ?? refuse(context, shown, yamlQuoted(asked), `what PuppetDB answers (${ask})`)
        },
        returns: anyType,
      },
    ],
  }
}

/** Functions of modules that ask PuppetDB over the network; a call of theirs is recorded as a list of its name and arguments. */
export const askingFunctions: ReadonlySet<string> = new Set(['query_facts', 'query_nodes', 'query_resources'])

/** One of them, answering from what is recorded. */
export function recordedCall(name: string, recorded: RecordedQueries): FunctionDefinition {
  return {
    name,
    dispatches: [
      {
        parameters: [{ name: 'arguments', type: 'Any', repeated: true }],
        call: (context, args) => {
          const asked = array([string(name, builtIn), ...args], builtIn)
          const shown = `${name}(${args.map((one) => json(one)).join(', ')})`
          return recorded(asked) ?? refuse(context, shown, json(asked), 'what it returns on a server')
        },
        returns: anyType,
      },
    ],
  }
}

function refuse(context: CallContext, query: string, key: string, answer: string): never {
  return fail(
    noAnswer([query], {
      ...(context.span.file.path === '' ? {} : { span: context.span }),
      remedy: `Record ${answer} in a file such as puppetdb/answers.yaml:\n- query: ${key}\n  result: […]`,
    }),
  )
}

function json(value: Value): string {
  return stringifyJson(valueToJson(value, valueToText))
}

/** A text in single quotes, which YAML takes as it is; a list as JSON, which is YAML. */
function yamlQuoted(value: Value): string {
  return value.kind === 'string' ? `'${value.value.replaceAll("'", "''")}'` : json(value)
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
