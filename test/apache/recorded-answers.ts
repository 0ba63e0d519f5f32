import type { ConfigPlace } from '../../src/apache/check.ts'
import matrix from './recorded/matrix.json' with { type: 'json' }
import probes from './recorded/probes.json' with { type: 'json' }

/** What httpd answered: `ok`, or its message, with the line and the phase where it stands in a server configuration. */
type Answer = string | readonly [message: string, line?: number, phase?: string]

interface RecordedProbe {
  readonly id: string
  readonly text?: string
  readonly repeat?: { readonly prefix: string; readonly text: string; readonly times: number }
  readonly finalNewline?: boolean
  readonly htaccess: Answer
  readonly server: Answer
  readonly directory: Answer
}

export interface Probe {
  readonly id: string
  readonly text: string
  /** httpd's message; undefined where it accepts the text. */
  readonly message: string | undefined
  /** The line that httpd names, where it names one. */
  readonly line: number | undefined
}

export const probePlaces = ['htaccess', 'server', 'directory'] as const satisfies readonly ConfigPlace[]

/** The hand-made texts about lexing, sections, conditions, rewriting and expressions, with httpd's answers. */
export function probesAs(as: (typeof probePlaces)[number]): Probe[] {
  return (probes.probes as unknown as readonly RecordedProbe[]).map((probe) => {
    const answer = probe[as]
    const [message, line, phase] = typeof answer === 'string' ? [] : answer
    return { id: probe.id, text: textOf(probe), message, line: phase === undefined ? undefined : line }
  })
}

function textOf({ repeat, text = '', finalNewline }: RecordedProbe): string {
  const whole = repeat ? repeat.prefix + repeat.text.repeat(repeat.times) : text
  return finalNewline === false ? whole : `${whole}\n`
}

/** Each context as the place that a text is judged in, with the container that the text is put into there. */
const contexts: Readonly<Record<string, readonly [as: ConfigPlace, container?: string]>> = {
  htaccess: ['htaccess'],
  server: ['server'],
  vhost: ['vhost'],
  dir: ['directory'],
  location: ['location'],
  files: ['files'],
  proxy: ['proxy'],
  'dir>limit': ['directory', 'Limit GET'],
  'dir>if': ['directory', 'If "true"'],
  'dir>files': ['directory', 'Files "x"'],
  requireall: ['directory', 'RequireAll'],
}

interface Cell {
  readonly directive: string
  readonly as: ConfigPlace
  readonly text: string
  readonly accepted: boolean
}

/** Every directive with its arguments in every context, and whether httpd accepts it. A crash (`!`) counts as refused. */
export function* matrixCells(): Generator<Cell> {
  const args = matrix.args as Readonly<Record<string, readonly string[]>>
  for (const row of matrix.directives as unknown as readonly Readonly<Record<string, string>>[]) {
    const directive = row.name as string
    for (const [context, [as, container]] of Object.entries(contexts))
      for (const [i, expected] of Array.from(row[context] as string).entries()) {
        const line = `${directive} ${args[context]?.[i]}`
        const inner = directive.startsWith('<') ? `${line}>\n</${directive.slice(1)}>` : line
        const text = container ? `<${container}>\n${inner}\n</${container.split(' ')[0]}>\n` : `${inner}\n`
        yield { directive, as, text, accepted: expected === '+' }
      }
  }
}
