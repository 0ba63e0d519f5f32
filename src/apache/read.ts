import { EXEC_ON_READ } from './bits.ts'
import { DEEPEST_SECTION } from './config-tree.ts'
import type { Call, ConfigNode, Environment, Scope } from './context.ts'
import type { DirectiveSpec } from './directive-table.ts'
import { type Fault, fault } from './faults.ts'
import { includeFiles } from './include.ts'
import { invoke, notAllowed } from './invoke.ts'
import type { LineSource } from './line-source.ts'
import { lineSource } from './line-source.ts'
import { configLines, type LogicalLine, lineSpan } from './lines.ts'
import { readLuaBlock } from './lua-block.ts'
import { type MacroUse, macroLines, readMacro } from './macros.ts'
import { readHandler } from './read-handlers.ts'
import { faultSpan, type Report } from './report.ts'
import { conditionHolds } from './sections.ts'
import { expandVariables } from './variables.ts'
import { readWord, type Word } from './words.ts'

/** Sections that are open, and what has been read at their level (httpd's `ap_build_config`). */
interface Frame {
  readonly roots: ConfigNode[]
  readonly open: ConfigNode[]
  /** The section around the frame, for a frame whose directives are put into another. */
  readonly outer: ConfigNode | undefined
  /** How many sections and conditions stand around it. */
  readonly depth: number
}

interface Reading {
  readonly source: LineSource
  readonly scope: Scope
  readonly environment: Environment
  readonly report: Report
  readonly includes: number
  /** The directive whose line httpd would name for an error without one of its own. */
  last: ConfigNode | undefined
  /** A line that was too long ends everything. */
  ended: boolean
}

/** httpd's first phase: the directives of a file that are left for the walk, with all that is carried out on reading done. */
export function readConfig(
  source: LineSource,
  scope: Scope,
  environment: Environment,
  report: Report,
  includes = 0,
  depth = 0,
): ConfigNode[] {
  const reading: Reading = { source, scope, environment, report, includes, last: undefined, ended: false }
  const frame: Frame = { roots: [], open: [], outer: undefined, depth }
  for (let line = nextLine(reading); line; line = nextLine(reading)) readLine(line, frame, reading)
  if (frame.open.length > 0 && !reading.ended) reportUnclosed(frame, reading)
  return frame.roots
}

function nextLine(reading: Reading): LogicalLine | undefined {
  if (reading.ended) return undefined
  const next = reading.source.next()
  if (!next?.tooLong) return next?.line
  reading.ended = true
  const { line } = next
  const message = `Error reading ${line.file.path} at line ${line.number}: Line too long`
  reading.report.addAt('read', fault('line-too-long', message), lineSpan(line, 0, line.text.length), reading.last?.line)
  return undefined
}

function reportUnclosed(frame: Frame, reading: Reading): void {
  const unclosed = frame.open.toReversed()
  const message = unclosed
    .map((node) => `${node.line.file.path}:${Math.max(1, node.line.number)}: ${node.name}> was not closed.`)
    .join('\n')
  const outermost = unclosed.at(-1) as ConfigNode
  const innermost = unclosed[0] as ConfigNode
  const related = unclosed
    .slice(1)
    .map((node) => ({ message: `${node.name}> was not closed either`, span: faultSpan(node, undefined) }))
  const remedy = `Close it with </${innermost.name.slice(1)}>.`
  reading.report.addAt(
    'read',
    { ...fault('unclosed-section', message), remedy },
    faultSpan(innermost, undefined),
    outermost.line,
    related,
  )
}

function readLine(written: LogicalLine, frame: Frame, reading: Reading): void {
  const { environment, report } = reading
  if (written.text === '' || written.text.startsWith('#')) return
  const line = expandVariables(written, environment, () => {})
  const node = toNode(line, environment)
  if (!node) return
  const rows = loadedRows(node.name, environment)
  const [spec] = rows
  if (spec && spec.bits & EXEC_ON_READ) {
    reading.last = node
    runNow(node, rows, frame, reading)
    return
  }
  if (node.name.startsWith('</')) {
    reading.last = node
    closeSection(node, frame, report)
    return
  }
  attach(node, frame)
  if (!node.name.startsWith('<')) return
  frame.open.push(node)
  if (frame.depth + frame.open.length === DEEPEST_SECTION) tooDeep(node, report)
}

function tooDeep(node: ConfigNode, report: Report): void {
  const message = `${node.name}> stands in ${DEEPEST_SECTION - 1} other sections, and what is in it is not judged`
  report.warn(node, fault('nesting', message, 'name'))
}

function closeSection(tag: ConfigNode, frame: Frame, report: Report): void {
  const { name } = tag
  const add = (message: string, remedy?: string) => {
    const found = { ...fault('section-mismatch', message, 'name'), ...(remedy ? { remedy } : {}) }
    report.add('read', tag, { fault: found, place: undefined })
  }
  const current = frame.open.at(-1)
  if (!current) {
    add(`${name} without matching <${name.slice(2)} section`)
    return
  }
  if (!name.endsWith('>')) {
    add(`${name}> directive missing closing '>'`)
    frame.open.pop()
    return
  }
  const closed = name.slice(2, -1).toLowerCase()
  if (closed === current.name.slice(1).toLowerCase()) {
    frame.open.pop()
    return
  }
  add(`Expected </${current.name.slice(1)}> but saw ${name}`, `Line ${current.line.number} opens ${current.name}>.`)
  // A tag that closes an outer section closes what stands open inside; any other closes nothing.
  const innermost = frame.open.slice(-DEEPEST_SECTION)
  const inside = innermost.toReversed().findIndex((open) => open.name.slice(1).toLowerCase() === closed)
  if (inside >= 0) frame.open.length -= inside + 1
}

function attach(node: ConfigNode, frame: Frame): void {
  const parent = frame.open.at(-1)
  node.parent = parent ?? frame.outer
  if (frame.depth + frame.open.length >= DEEPEST_SECTION) return
  ;(parent?.children ?? frame.roots).push(node)
}

/** The first word of the line, and the rest. */
function toNode(line: LogicalLine, environment: Environment): ConfigNode | undefined {
  const word: Word = readWord(line.text, 0)
  let name = word.value
  if (name === '') return undefined
  let args = line.text.slice(word.next)
  let argsAt = word.next
  if (name[1] !== '/') {
    if (name.endsWith('>')) name = name.slice(0, -1)
    if (name.startsWith('<') && args === '') {
      args = '>'
      argsAt = Math.max(0, word.end - 1)
    }
  }
  const known = loadedRows(name, environment)[0]
  return {
    name: known?.name ?? name,
    line,
    nameStart: word.start,
    nameEnd: word.end,
    args,
    argsAt,
    children: [],
    parent: undefined,
  }
}

/** The rows of a directive in the modules that are loaded, in httpd's order. */
export function loadedRows(name: string, environment: Environment): readonly DirectiveSpec[] {
  const rows = environment.table.directives.get(name.toLowerCase())
  if (!rows) return []
  if (rows.length === 1) return environment.modules.has((rows[0] as DirectiveSpec).module) ? rows : []
  return rows.filter((row) => environment.modules.has(row.module))
}

function runNow(node: ConfigNode, rows: readonly DirectiveSpec[], frame: Frame, reading: Reading): void {
  const { scope, environment, report } = reading
  for (const spec of rows) {
    const call: Call = {
      spec,
      scope: { ...scope, node: undefined },
      node,
      raw: node.args,
      args: [],
      environment,
      flag: false,
      walk: () => true,
      afterwards: () => {},
      warn: (found) => report.warn(node, found),
      later: () => {},
    }
    const key = spec.name.toLowerCase()
    const around = frame.depth + frame.open.length
    const refused = notAllowed(spec, call)
    if (refused === 'ignored') continue
    if (refused) {
      report.add('read', node, { fault: refused, place: undefined })
      if (spec.name.startsWith('<')) skipSection(node, reading, false)
      continue
    }
    const add = (found: Fault) =>
      report.add(
        'read',
        node,
        { fault: found, place: typeof found.at === 'object' ? found.at : undefined },
        reading.last?.line,
      )
    if (key === '<macro') {
      const found = readMacro(call, () => nextLine(reading))
      if (found) add(found)
    } else if (key === 'use') {
      const used: Fault | MacroUse = macroLines(call, reading.source)
      if ('message' in used) add(used)
      else reading.source.push(used.lines, used.where)
    } else if (key.startsWith('<lua')) {
      const found = readLuaBlock(call, () => nextLine(reading))
      if (found) add(found)
    } else if (key.startsWith('<')) {
      const section = around < DEEPEST_SECTION && conditionHolds(call)
      if (typeof section === 'object') {
        add(section)
        skipSection(node, reading, false)
      } else if (section) {
        if (around + 1 === DEEPEST_SECTION) tooDeep(node, report)
        merge(readInside(node, frame, reading), frame)
      } else skipSection(node, reading, true)
    } else if (key === 'include' || key === 'includeoptional') {
      const { faults } = invoke(call, (inner) => {
        const found = includeFiles(inner, reading.includes)
        if ('message' in found) return found
        for (const file of found.files) {
          const included = configLines(file)
          environment.included.push(included)
          const source = lineSource(file, included.lines, false)
          merge(readConfig(source, scope, environment, report, reading.includes + 1, around), frame)
        }
        return undefined
      })
      for (const placed of faults) report.add('read', node, placed)
    } else for (const placed of invoke(call, readHandler(key)).faults) report.add('read', node, placed)
  }
}

function merge(nodes: readonly ConfigNode[], frame: Frame): void {
  for (const node of nodes) attach(node, frame)
}

/** The body of a condition that holds: everything up to its exact closing tag, or to the end of the file. */
function readInside(node: ConfigNode, frame: Frame, reading: Reading): ConfigNode[] {
  const inner: Frame = {
    roots: [],
    open: [],
    outer: frame.open.at(-1) ?? frame.outer,
    depth: frame.depth + frame.open.length + 1,
  }
  const closing = `</${node.name.slice(1)}>`.toLowerCase()
  for (let line = nextLine(reading); line; line = nextLine(reading)) {
    if (inner.open.length === 0 && line.text.startsWith('</') && line.text.toLowerCase() === closing) break
    readLine(line, inner, reading)
  }
  return inner.roots
}

/** Passes over the body of a condition that does not hold; only the nesting of its sections matters. */
function skipSection(node: ConfigNode, reading: Reading, judge: boolean): void {
  const open = [node.name]
  const complain = (message: string) => {
    if (judge)
      reading.report.add(
        'read',
        node,
        { fault: fault('section-mismatch', message), place: undefined },
        reading.last?.line,
      )
  }
  for (let line = nextLine(reading); line; line = nextLine(reading)) {
    const word = readWord(line.text, 0)
    let name = word.value
    if (!name.startsWith('<')) continue
    const current = open.at(-1) as string
    if (name.startsWith('</')) {
      name = name.slice(0, -1)
      if (name.slice(2).toLowerCase() !== current.slice(1).toLowerCase()) {
        complain(`Expected </${current.slice(1)}> but saw ${name}>`)
        return
      }
      open.pop()
      if (open.length === 0) return
    } else {
      if (word.next >= line.text.length && name.endsWith('>')) name = name.slice(0, -1)
      open.push(name)
    }
  }
  if (!reading.ended) complain(`Expected </${(open.at(-1) as string).slice(1)}> before end of configuration`)
}
