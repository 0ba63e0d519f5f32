import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { environmentsBelow } from '../../src/project/find-environment.ts'
import { commitOf, openRepository } from '../../src/project/git/git.ts'
import { openRevisions } from '../../src/project/revision-state.ts'
import { run } from '../../src/project/run.ts'
import { renderJson } from '../../src/report/json.ts'
import { Failure } from '../../src/source/diagnostic.ts'
import { directoryWith, repoWith } from '../cli/rehearse.ts'
import { changedLines, commit, committed, edit, git, type ReportJson } from './control-repo.ts'

function reportOf(directory: string, from: string, to?: string): ReportJson {
  const revisions = to === undefined ? { from } : { from, to }
  const { repo, earlier } = openRevisions({ directory, stalls: [] }, revisions)
  return JSON.parse(renderJson(run(repo, { nodes: repo.nodes, earlier, stalls: [] })))
}

/** What people are told of a revision that git does not know. */
function remedyFor(directory: string, revision: string): string | undefined {
  try {
    return commitOf(openRepository(directory, [revision]), revision)
  } catch (error) {
    if (error instanceof Failure) return error.diagnostic.remedy
    throw error
  }
}

test('a revision that git does not know comes with what gets it', () => {
  const empty = directoryWith({ 'manifests/site.pp': '' })
  git(empty, 'init', '-q')
  expect(remedyFor(empty, 'HEAD')).toBe('This repository has no commit yet.')
  const origin = committed(directoryWith({ 'manifests/site.pp': '' }))
  git(origin, 'commit', '-q', '--allow-empty', '-m', 'Second')
  git(origin, 'branch', 'feature/port')
  expect(remedyFor(origin, 'featur/port')).toBe("Did you mean 'feature/port'?")
  expect(remedyFor(origin, 'HEAD~5')).toBe('The history of HEAD does not reach back that far.')
  expect(remedyFor(origin, 'main..HEAD')).toBe('Name both ends: --from main --to HEAD')
  expect(remedyFor(origin, 'zzzzzz')).toBe('Name a branch, a tag or a commit; `git fetch` gets those of the remote.')
  const shallow = join(mkdtempSync(join(tmpdir(), 'rehearse-test-')), 'clone')
  git(origin, 'clone', '-q', '--depth', '1', `file://${origin}`, shallow)
  const part = 'This clone holds a part of the history only'
  expect(remedyFor(shallow, 'HEAD~1')).toBe(`${part}: \`git fetch --unshallow\` gets the rest.`)
  expect(remedyFor(shallow, 'zzzzzz')).toBe(`${part}: \`git fetch --unshallow --tags\` gets the rest.`)
  // What the remedy says must help.
  const remedy = remedyFor(shallow, 'origin/feature/port') ?? ''
  const command = /^`git (.+)` gets it\.$/.exec(remedy)?.[1] ?? ''
  git(shallow, ...command.split(' '))
  expect(remedyFor(shallow, 'origin/feature/port')).toBe(git(origin, 'rev-parse', 'feature/port').trim())
})

test('modules beside the environment, in the same repository, belong to each revision', () => {
  const top = directoryWith({
    'shared/note/manifests/init.pp': 'class note { file { \'/etc/note\': content => "one\\n" } }\n',
    'environments/production/environment.conf': 'modulepath = ../../shared:modules\n',
    'environments/production/manifests/site.pp': 'include note\n',
    'environments/production/facts/a.example.com.yaml': 'os: {family: Debian}\n',
  })
  committed(top)
  edit(top, 'shared/note/manifests/init.pp', 'one', 'two')
  commit(top, 'Second')
  edit(top, 'shared/note/manifests/init.pp', 'two', 'three')
  const directory = join(top, 'environments/production')
  expect(reportOf(directory, 'HEAD~1', 'HEAD').changes.map(changedLines)).toEqual([['-one', '+two']])
  expect(reportOf(directory, 'HEAD').changes.map(changedLines)).toEqual([['-two', '+three']])
  expect(environmentsBelow(top)).toEqual(['environments/production'])
  expect(environmentsBelow(join(top, 'environments'))).toEqual(['production'])
})

test('files that Git LFS keeps are those that it has fetched, and never their pointers', () => {
  const site = "file { '/etc/large': source => 'puppet:///modules/note/large' }\n"
  const large = 'modules/note/files/large'
  const pointer = (text: string): string =>
    `version https://git-lfs.github.com/spec/v1\noid sha256:${hash(text)}\nsize ${text.length}\n`
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
  const directory = committed(repoWith(site, { [large]: pointer('one\n') }))
  writeFileSync(join(directory, large), pointer('two\n'))
  commit(directory, 'Second')
  const missing = reportOf(directory, 'HEAD~1', 'HEAD')
  expect(missing.changes.flatMap(changedLines)).toEqual([])
  expect(missing.findings.map(({ code, message }) => [code, message])).toContainEqual([
    'catalog/unknown-content',
    `The content of File[/etc/large] cannot be shown: Git LFS has not fetched ${large}: git lfs pull`,
  ])
  for (const text of ['one\n', 'two\n']) {
    const id = hash(text)
    const place = join(directory, '.git/lfs/objects', id.slice(0, 2), id.slice(2, 4), id)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, text)
  }
  expect(reportOf(directory, 'HEAD~1', 'HEAD').changes.map(changedLines)).toEqual([['-one', '+two']])
  rmSync(join(directory, large))
  writeFileSync(join(directory, large), 'two\n')
  expect(reportOf(directory, 'HEAD~1').changes.map(changedLines)).toEqual([['-one', '+two']])
})
