import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyOf, rehearse } from '../cli/rehearse.ts'

const identity = { GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 'test@example.com' }

/** Runs git in a directory, apart from the configuration of whoever runs the tests. */
export function git(directory: string, ...args: readonly string[]): string {
  const env = {
    ...process.env,
    ...identity,
    GIT_COMMITTER_NAME: identity.GIT_AUTHOR_NAME,
    GIT_COMMITTER_EMAIL: identity.GIT_AUTHOR_EMAIL,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
  }
  return execFileSync('git', ['-C', directory, '-c', 'protocol.file.allow=always', ...args], { encoding: 'utf8', env })
}

/** Makes a directory a repository with everything in one commit. */
export function committed(directory: string): string {
  git(directory, 'init', '-q', '-b', 'main')
  commit(directory, 'First')
  return directory
}

export function commit(directory: string, message: string): void {
  git(directory, 'add', '-A')
  git(directory, 'commit', '-q', '-m', message)
}

/** A fixture as a repository of its own. */
export function repositoryOf(fixture: string): string {
  return committed(copyOf(fixture))
}

/** Changes the text of a file; what is to be replaced must be there. */
export function edit(directory: string, path: string, from: string, to: string): void {
  const file = join(directory, path)
  const text = readFileSync(file, 'utf8')
  if (!text.includes(from)) throw new Error(`${path} has no '${from}'`)
  writeFileSync(file, text.replace(from, to))
}

export interface ReportJson {
  readonly summary: {
    readonly verdict: string
    readonly unexplained: number
    readonly nodes: { readonly total: number; readonly failed: number; readonly changing: number; notReached: number }
  }
  readonly comparison: { readonly before: string; readonly after: string; readonly paths: readonly string[] }
  readonly nodes: readonly {
    readonly name: string
    readonly status: string
    readonly reachedBy: readonly string[]
    readonly notCompared?: boolean
  }[]
  readonly findings: readonly {
    readonly code: string
    readonly message: string
    readonly standing?: boolean
    readonly nodes: readonly string[]
  }[]
  readonly changes: readonly ChangeJson[]
  readonly resources: readonly {
    readonly resource: string
    readonly kind: string
    readonly nodes: readonly string[]
    readonly parameters: readonly { readonly name: string; readonly before?: string; readonly after?: string }[]
  }[]
  readonly effects: readonly {
    readonly kind: string
    readonly resource: string
    readonly because: readonly string[]
    readonly nodes: readonly string[]
    readonly section?: string
  }[]
  readonly ignored: readonly {
    readonly rule: string
    readonly reason: string
    readonly what: string
    readonly count: number
  }[]
}

export interface ChangeJson {
  readonly path: string
  readonly kind: string
  readonly nodes: readonly string[]
  readonly section?: string
  readonly perNode?: readonly string[]
  readonly outlier?: boolean
  readonly noop?: boolean
  readonly hidden?: { readonly added: number; readonly removed: number }
  readonly attributes: readonly { readonly name: string; readonly before?: string; readonly after?: string }[]
  readonly structure?: {
    readonly format: string
    readonly verdict: string
    readonly items: readonly { readonly kind: string; readonly place: readonly string[]; readonly name: string }[]
  }
  readonly hunks: readonly { readonly lines: readonly { readonly kind: string; readonly text: string }[] }[]
  readonly causes?: readonly {
    readonly unexplained: boolean
    readonly causes: readonly {
      readonly path: string
      readonly line: number
      readonly side: string
      readonly text: string
      readonly how: string
    }[]
  }[]
}

/** The report of a comparison, which must be able to run. */
export function compare(directory: string, ...args: readonly string[]): ReportJson {
  const { code, out, err } = rehearse(['--environment', directory, '--format', 'json', ...args])
  if (code === 2 || out === '') throw new Error(err || out)
  return JSON.parse(out) as ReportJson
}

/** The lines that hunks add and remove, with their signs. */
export function changedLines(change: ChangeJson): string[] {
  return change.hunks
    .flatMap((hunk) => hunk.lines)
    .filter((line) => line.kind !== 'context')
    .map((line) => `${line.kind === 'added' ? '+' : '-'}${line.text}`)
}
