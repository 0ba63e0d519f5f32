import type { FileChange } from '../diff/file-change.ts'
import type { ResourceChange } from '../diff/resource-changes.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { lineOf, lineText, type Span } from '../source/source-file.ts'
import { didYouMean } from '../source/suggest.ts'
import type { Value } from '../value/value.ts'
import type { Finding } from './run-report.ts'

/**
 * Differences that people know of and do not want to see; every condition that a rule names must hold. A rule with a
 * code is about findings instead.
 */
export interface IgnoreRule {
  /** Patterns with `*` and `?`: a finding's code, which is that of a lint. */
  readonly code?: string
  /** Type of resources, in lower case. */
  readonly type?: string
  /** Patterns with `*` and `?`. */
  readonly title?: string
  readonly path?: string
  /** An attribute of files (`mode`, `owner`, `group`, `target`, `content`) or a parameter of other resources. */
  readonly attribute?: string
  /** A regular expression: hunks of which every changed line matches. */
  readonly line?: RegExp
  readonly reason: string
  /** As it is shown in reports. */
  readonly text: string
}

const noList = define('error', 'project/ignore-shape', () => "'ignore' in rehearse.yaml should be a list of rules")
const badRule = define('error', 'project/ignore-rule', (problem: string) => `a rule to ignore differences ${problem}`)
const example = "Write each as `- { path: /etc/motd, reason: 'changes daily' }`."
const conditions = ['code', 'type', 'title', 'path', 'attribute', 'line'] as const
/** What a rule with a code may name besides. */
const withCode: ReadonlySet<string> = new Set(['code', 'path', 'line'])
/** Only what the reference programs accept is a matter of opinion. */
const LINT_CODE = /^(?:lint|request|data)\//

/** Reads the rules under `ignore` in `rehearse.yaml`. */
export function readIgnoreRules(value: Value): { rules: IgnoreRule[]; diagnostics: Diagnostic[] } {
  const rules: IgnoreRule[] = []
  const diagnostics: Diagnostic[] = []
  if (value.kind !== 'array') return { rules, diagnostics: [noList([], { ...placeOf(value), remedy: example })] }
  for (const item of value.values) {
    const problem = (text: string, at: Value = item, remedy = '') =>
      diagnostics.push(badRule([text], { ...placeOf(at), ...(remedy === '' ? {} : { remedy }) }))
    if (item.kind !== 'hash') {
      problem('should be a hash of conditions and a reason', item, example)
      continue
    }
    const found: Record<string, string> = {}
    let complete = true
    for (const { key, value: setting } of item.entries.values()) {
      const name = key.kind === 'string' ? key.value : ''
      if (name !== 'reason' && !conditions.some((condition) => condition === name)) {
        const known = ['reason', ...conditions]
        problem(
          `has no condition '${name}'`,
          key,
          didYouMean(name, known) ?? `Conditions are ${conditions.join(', ')}.`,
        )
        complete = false
      } else if (setting.kind !== 'string' || setting.value === '') {
        problem(`needs a string as '${name}'`, setting, setting.kind === 'string' ? '' : 'Put it in quotes.')
        complete = false
      } else found[name] = setting.value
    }
    if (!complete) continue
    const { reason, line, type, ...rest } = found
    if (reason === undefined)
      problem("needs a 'reason'", item, 'Say in it why nobody has to see the difference: reports repeat it.')
    else if (!conditions.some((condition) => found[condition] !== undefined))
      problem(`needs a condition: ${conditions.join(', ')}`)
    else if (rest.code !== undefined && !LINT_CODE.test(rest.code))
      problem(`can only name codes of lint/, request/ or data/, not '${rest.code}'`)
    else if (rest.code !== undefined && conditions.some((name) => found[name] !== undefined && !withCode.has(name)))
      problem("with a 'code' can only have a path and a line besides")
    else {
      const pattern = line === undefined ? undefined : regularExpression(line)
      if (typeof pattern === 'string') {
        const setting = [...item.entries.values()].find(({ key }) => key.kind === 'string' && key.value === 'line')
        problem(`has no regular expression as 'line': ${pattern}`, setting?.value)
      } else
        rules.push({
          ...rest,
          ...(type === undefined ? {} : { type: type.toLowerCase() }),
          ...(pattern ? { line: pattern } : {}),
          reason,
          text: conditions.flatMap((name) => (found[name] === undefined ? [] : [`${name} ${found[name]}`])).join(', '),
        })
    }
  }
  return { rules, diagnostics }
}

function placeOf(value: Value): { span?: Span } {
  return value.origin.kind === 'literal' ? { span: value.origin.span } : {}
}

/** What is wrong with it, where it is none. */
function regularExpression(source: string): RegExp | string {
  try {
    return new RegExp(source, 'u')
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression: /, '')
  }
}

/** Applies rules and counts what each of them hid. */
export interface Ignoring {
  file(change: FileChange): FileChange
  resource(change: ResourceChange): ResourceChange | undefined
  /** Whether a finding stays. */
  finding(finding: Finding): boolean
  counts(): readonly { readonly rule: IgnoreRule; readonly count: number }[]
}

export function ignoring(all: readonly IgnoreRule[]): Ignoring {
  const rules = all.filter(({ code }) => code === undefined)
  const ofFindings = all.filter(({ code }) => code !== undefined)
  const counts = new Map<IgnoreRule, number>()
  const hide = (rule: IgnoreRule, number = 1): void => {
    if (number > 0) counts.set(rule, (counts.get(rule) ?? 0) + number)
  }
  return {
    file: (change) => rules.reduce((left, rule) => hideInFile(left, rule, hide), change),
    resource: (change) =>
      rules.reduce<ResourceChange | undefined>((left, rule) => left && hideInResource(left, rule, hide), change),
    finding: (finding) => {
      const rule = ofFindings.find((each) => isAbout(each, finding))
      if (rule) hide(rule)
      return rule === undefined
    },
    counts: () => [...counts].map(([rule, count]) => ({ rule, count })),
  }
}

function isAbout({ code, path, line }: IgnoreRule, { diagnostic, renderedPath }: Finding): boolean {
  const { span } = diagnostic
  if (code === undefined || !matches(code, diagnostic.code)) return false
  if (line && !(span && line.test(lineText(span.file, lineOf(span))))) return false
  return path === undefined || [renderedPath, span?.file.path].some((each) => each !== undefined && matches(path, each))
}

type Hide = (rule: IgnoreRule, number?: number) => void

function hideInFile(change: FileChange, rule: IgnoreRule, hide: Hide): FileChange {
  if (change.kind === 'unchanged') return change
  if (rule.type !== undefined && rule.type !== (change.resource?.type ?? 'file').toLowerCase()) return change
  if (rule.title !== undefined && !matches(rule.title, change.resource?.title ?? change.path)) return change
  if (rule.path !== undefined && !matches(rule.path, change.path)) return change
  const unchanged: FileChange = { ...withoutStructure(change), kind: 'unchanged', hunks: [], attributes: [] }
  if (rule.line) {
    const { line: pattern } = rule
    const left = change.hunks.filter((hunk) => !hunk.lines.every((l) => l.kind === 'context' || pattern.test(l.text)))
    hide(rule, change.hunks.length - left.length)
    if (left.length === change.hunks.length) return change
    return remaining({ ...withoutStructure(change), hunks: left }, unchanged)
  }
  if (rule.attribute === undefined) {
    hide(rule)
    return unchanged
  }
  if (change.kind !== 'changed' && change.kind !== 'attributes') return change
  if (rule.attribute === 'content') {
    if (change.hunks.length === 0 && !change.binary) return change
    hide(rule)
    const { binary: _, ...rest } = withoutStructure(change)
    return remaining({ ...rest, hunks: [] }, unchanged)
  }
  const left = change.attributes.filter(({ name }) => name !== rule.attribute)
  hide(rule, change.attributes.length - left.length)
  return left.length === change.attributes.length ? change : remaining({ ...change, attributes: left }, unchanged)
}

function withoutStructure({ structure: _, ...change }: FileChange): FileChange {
  return change
}

/** What is left of a change of a file that is there on both sides. */
function remaining(change: FileChange, unchanged: FileChange): FileChange {
  if (change.kind === 'added' || change.kind === 'removed') return change.hunks.length > 0 ? change : unchanged
  if (change.hunks.length > 0 || change.binary) return change
  return change.attributes.length > 0 ? { ...change, kind: 'attributes' } : unchanged
}

function hideInResource(change: ResourceChange, rule: IgnoreRule, hide: Hide): ResourceChange | undefined {
  if (rule.path !== undefined || rule.line) return change
  if (rule.type !== undefined && rule.type !== change.resource.type.toLowerCase()) return change
  if (rule.title !== undefined && !matches(rule.title, change.resource.title)) return change
  if (rule.attribute === undefined) {
    hide(rule)
    return undefined
  }
  const left = change.parameters.filter(({ name }) => name !== rule.attribute)
  hide(rule, change.parameters.length - left.length)
  if (left.length === change.parameters.length) return change
  return left.length === 0 && change.kind === 'changed' ? undefined : { ...change, parameters: left }
}

function matches(glob: string, text: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${pattern}$`, 's').test(text)
}
