import { parseYaml } from '../hiera/yaml.ts'
import { positionAt, type SourceFile } from '../source/source-file.ts'
import { valueToText } from '../types/text.ts'
import type { Value } from '../value/value.ts'
import type { Statement } from './structure.ts'

interface Statements {
  readonly statements: Statement[]
  readonly comments: string[]
}

/** What a YAML or JSON file says, a statement a scalar, by its path of keys; `undefined` where it cannot be parsed. */
export function yamlStatements(file: SourceFile): Statements | undefined {
  const { value, diagnostics } = parseYaml(file, { objects: 'plain' })
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return undefined
  const statements: Statement[] = []
  const visit = (at: Value, path: readonly string[]): void => {
    if (at.kind === 'hash' && at.entries.size > 0) {
      for (const { key, value: inner } of at.entries.values())
        visit(inner, [...path, key.kind === 'string' ? key.value : valueToText(key)])
      return
    }
    if (at.kind === 'array' && at.values.length > 0) {
      for (const [i, inner] of at.values.entries())
        if (inner.kind === 'hash' || inner.kind === 'array') visit(inner, [...path, `[${i}]`])
        else add(inner, [...path, '[]'], true)
      return
    }
    add(at, path, false)
  }
  const add = (at: Value, path: readonly string[], orderMatters: boolean): void => {
    const span = at.origin.kind === 'literal' ? at.origin.span : undefined
    const line = span ? positionAt(file, span.start).line : 1
    statements.push({
      place: path.slice(0, -1),
      name: path.at(-1) ?? '',
      subject: '',
      meaning: `${at.kind} ${valueToText(at)}`,
      line,
      lastLine: span ? positionAt(file, Math.max(span.start, span.end - 1)).line : line,
      orderMatters,
    })
  }
  if (value) visit(value, [])
  const comments = file.text.split('\n').filter((line) => /^\s*#/.test(line))
  return { statements, comments: comments.map((line) => line.trim()) }
}

/**
 * What an INI file says: `key = value` lines below `[section]` lines, or all of them without sections; `undefined` for
 * a text of another kind. In one without sections the order decides where lines use others (`$name`), or say a key again.
 */
export function iniStatements(file: SourceFile): Statements | undefined {
  const statements: Statement[] = []
  const comments: string[] = []
  let section: string[] = []
  let sections = 0
  for (const [i, raw] of file.text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '') continue
    if (/^[#;]/.test(line)) {
      comments.push(line)
      continue
    }
    const head = /^\[([^\]]+)\]$/.exec(line)
    if (head) {
      section = [`[${head[1]}]`]
      sections++
      continue
    }
    const setting = /^([\w.\-/:%@+]+(?: [\w.-]+)*)(?:\s*[=:]\s*(.*))?$/.exec(line)
    if (!setting) return undefined
    const [, name, value] = setting as unknown as [string, string, string | undefined]
    const at = { place: section, name, subject: '', meaning: value ?? '', line: i + 1, lastLine: i + 1 }
    statements.push({ ...at, orderMatters: false })
  }
  if (sections > 0) return { statements, comments }
  if (!file.text.split('\n').every((line) => /^\s*(?:[#;].*|[^\s=:]+\s*=.*)?$/.test(line))) return undefined
  const times = new Map<string, number>()
  for (const { name } of statements) times.set(name, (times.get(name) ?? 0) + 1)
  const refers = statements.some(({ meaning }) => meaning.includes('$'))
  const decides = ({ name }: Statement): boolean => refers || (times.get(name) ?? 0) > 1
  const ordered = statements.map((statement) => ({ ...statement, orderMatters: decides(statement) }))
  return statements.length > 0 ? { statements: ordered, comments } : undefined
}
