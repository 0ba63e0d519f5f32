import type { Call, Handlers } from '../context.ts'
import { type Fault, fault } from '../faults.ts'

/** mod_sed; scripts are judged as far as their commands, addresses and substitutions go. */
export const SED: Handlers = { InputSed: sed, OutputSed: sed }

function sed(call: Call): Fault | undefined {
  const [script = ''] = call.args
  for (const line of script.split('\n')) {
    const said = lineFault(line)
    if (said) return fault('format', `Failed to compile sed expression. ${said}`, 0)
  }
  return undefined
}

const ADDRESS = /^(?:\d+|\$|\/(?:\\.|[^\\/])*\/|\\(.)(?:(?!\1).)*\1)/s

function lineFault(line: string): string | undefined {
  let at = 0
  const rest = () => line.slice(at)
  for (;;) {
    at += (/^[ \t;]*/.exec(rest()) as RegExpExecArray)[0].length
    if (rest() === '' || rest().startsWith('#')) return undefined
    if (/^\/[^/]*$/.test(rest())) return `command garbled: ${line}`
    const first = ADDRESS.exec(rest())
    if (first) {
      at += first[0].length
      if (/^[,;]/.test(rest())) {
        at++
        const second = ADDRESS.exec(rest())
        if (!second) return `command garbled: ${line}`
        at += second[0].length
      }
    }
    at += (/^[ \t]*!*[ \t]*/.exec(rest()) as RegExpExecArray)[0].length
    const command = rest()[0] ?? ''
    at++
    if (command === '' || !'{}=:acibtnNpPrdDqlswyxgGhHT'.includes(command)) return `unrecognized command: ${line}`
    if (command === '{' || command === '}') continue
    if ('acirwbt:'.includes(command)) return undefined
    if (command === 's' || command === 'y') {
      const end = substitution(line, at)
      if (end === undefined)
        return command === 's'
          ? `ending delimiter missing on substitution: ${line}`
          : `ending delimiter missing on string: ${line}`
      at = end
      if (command === 's') {
        at += (/^g?\d*p?P?/.exec(rest()) as RegExpExecArray)[0].length
        if (rest().startsWith('w')) return /^w /.test(rest()) ? undefined : `Space missing before filename: ${line}`
      }
    }
    if (rest() === '') return undefined
    if (!rest().startsWith(';')) return `command garbled: ${line}`
  }
}

/** The offset behind `/…/…/`. */
function substitution(line: string, from: number): number | undefined {
  const delimiter = line[from]
  if (delimiter === undefined) return undefined
  let at = from + 1
  for (let part = 0; part < 2; part++) {
    while (at < line.length && line[at] !== delimiter) at += line[at] === '\\' ? 2 : 1
    if (at >= line.length) return undefined
    at++
  }
  return at
}
