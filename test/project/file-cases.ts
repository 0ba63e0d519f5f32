import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { repoWith } from '../cli/rehearse.ts'
import { type ChangeJson, compare, type ReportJson } from './control-repo.ts'

/** What is deployed and what a manifest wants; `DIR` in the manifest is a directory of the case's own. */
export interface FileCase {
  readonly name: string
  /** By path: a text, `-> target` for a link, a path with `/` at its end for a directory; `0640 ` in front for a mode. */
  readonly before: Readonly<Record<string, string>>
  readonly code: string
}

/** The module `m` of the cases. */
export const moduleFiles: Readonly<Record<string, string>> = {
  'files/one': 'one\n',
  'files/two': 'two\n',
  'files/tree/a': 'a\n',
  'files/tree/b.bak': 'b\n',
  'files/tree/sub/c': 'c\n',
  'files/tree/sub/deep/d': 'd\n',
  'files/other/a': 'other a\n',
  'files/other/e': 'e\n',
  'files/linked/target': 'target\n',
  'files/linked/link': '-> target',
  'files/alias': '-> one',
}

const fileCases: readonly FileCase[] = [
  {
    name: 'replace_false_there',
    before: { f: '0600 old\n' },
    code: "file { 'DIR/f': content => \"new\\n\", replace => false, mode => '0640' }",
  },
  {
    name: 'replace_no_missing',
    before: { 'x/': '' },
    code: "file { 'DIR/f': content => \"new\\n\", replace => 'no' }",
  },
  {
    name: 'replace_false_source',
    before: { f: 'old\n' },
    code: "file { 'DIR/f': source => 'puppet:///modules/m/one', replace => false }",
  },
  {
    name: 'replace_false_link_wanted',
    before: { f: 'old\n' },
    code: "file { 'DIR/f': ensure => link, target => '/x', replace => false }",
  },
  {
    name: 'replace_false_other_link',
    before: { f: '-> /y' },
    code: "file { 'DIR/f': ensure => link, target => '/x', replace => false }",
  },
  {
    name: 'replace_false_recursive',
    before: { 't/a': 'mine\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, source => 'puppet:///modules/m/tree', replace => false }",
  },
  { name: 'present_missing', before: { 'x/': '' }, code: "file { 'DIR/f': ensure => present }" },
  { name: 'present_directory', before: { 'f/': '' }, code: "file { 'DIR/f': ensure => present }" },
  { name: 'present_link', before: { f: '-> /x' }, code: "file { 'DIR/f': ensure => present }" },
  {
    name: 'present_content_link',
    before: { t: 'old\n', f: '-> t' },
    code: 'file { \'DIR/f\': ensure => present, content => "new\\n" }',
  },
  { name: 'content_link', before: { t: 'old\n', f: '-> t' }, code: 'file { \'DIR/f\': content => "new\\n" }' },
  { name: 'content_link_same', before: { t: 'new\n', f: '-> t' }, code: 'file { \'DIR/f\': content => "new\\n" }' },
  {
    name: 'content_link_follow',
    before: { t: 'old\n', f: '-> t' },
    code: 'file { \'DIR/f\': content => "new\\n", links => follow }',
  },
  {
    name: 'file_link',
    before: { t: 'old\n', f: '-> t' },
    code: 'file { \'DIR/f\': ensure => file, content => "new\\n" }',
  },
  {
    name: 'file_link_follow',
    before: { t: 'old\n', f: '-> t' },
    code: 'file { \'DIR/f\': ensure => file, content => "new\\n", links => follow }',
  },
  { name: 'file_no_content_there', before: { f: 'old\n' }, code: "file { 'DIR/f': ensure => file }" },
  { name: 'file_no_content_missing', before: { 'x/': '' }, code: "file { 'DIR/f': ensure => file }" },
  { name: 'mode_only_missing', before: { 'x/': '' }, code: "file { 'DIR/f': mode => '0600' }" },
  { name: 'mode_only_there', before: { f: '0644 old\n' }, code: "file { 'DIR/f': mode => '0600' }" },
  { name: 'mode_only_directory', before: { 'f/': '0755 ' }, code: "file { 'DIR/f': mode => '0640' }" },
  { name: 'mode_symbolic', before: { f: '0640 old\n' }, code: "file { 'DIR/f': mode => 'u+x,g+w,o=r' }" },
  {
    name: 'mode_symbolic_new',
    before: { 'x/': '' },
    code: "file { 'DIR/f': content => \"x\\n\", mode => 'u=rw,go=r' }",
  },
  { name: 'mode_link_target', before: { t: '0644 x\n', f: '-> t' }, code: "file { 'DIR/f': mode => '0600' }" },
  { name: 'absent_file', before: { f: 'old\n' }, code: "file { 'DIR/f': ensure => absent }" },
  { name: 'absent_link', before: { t: 'x\n', f: '-> t' }, code: "file { 'DIR/f': ensure => absent }" },
  { name: 'absent_directory', before: { 'f/a': 'x\n' }, code: "file { 'DIR/f': ensure => absent }" },
  { name: 'absent_directory_empty', before: { 'f/': '' }, code: "file { 'DIR/f': ensure => absent }" },
  {
    name: 'absent_directory_force',
    before: { 'f/a': 'x\n', 'f/s/b': 'y\n' },
    code: "file { 'DIR/f': ensure => absent, force => true }",
  },
  {
    name: 'absent_directory_recurse',
    before: { 'f/a': 'x\n' },
    code: "file { 'DIR/f': ensure => absent, recurse => true }",
  },
  {
    name: 'absent_directory_rmdirs',
    before: { 'f/a': 'x\n' },
    code: "file { 'DIR/f': ensure => absent, recurse => true, purge => true, force => true }",
  },
  { name: 'directory_over_file', before: { f: 'x\n' }, code: "file { 'DIR/f': ensure => directory }" },
  {
    name: 'directory_over_file_force',
    before: { f: 'x\n' },
    code: "file { 'DIR/f': ensure => directory, force => true }",
  },
  { name: 'directory_over_link', before: { 't/': '', f: '-> t' }, code: "file { 'DIR/f': ensure => directory }" },
  {
    name: 'file_over_directory',
    before: { 'f/a': 'x\n' },
    code: 'file { \'DIR/f\': ensure => file, content => "new\\n" }',
  },
  {
    name: 'file_over_directory_force',
    before: { 'f/a': 'x\n' },
    code: 'file { \'DIR/f\': ensure => file, content => "new\\n", force => true, backup => false }',
  },
  { name: 'content_over_directory', before: { 'f/a': 'x\n' }, code: 'file { \'DIR/f\': content => "new\\n" }' },
  { name: 'link_over_file', before: { f: 'x\n' }, code: "file { 'DIR/f': ensure => link, target => 't' }" },
  { name: 'link_over_directory', before: { 'f/a': 'x\n' }, code: "file { 'DIR/f': ensure => link, target => 't' }" },
  {
    name: 'link_over_directory_force',
    before: { 'f/a': 'x\n' },
    code: "file { 'DIR/f': ensure => link, target => 't', force => true }",
  },
  { name: 'link_other', before: { f: '-> a' }, code: "file { 'DIR/f': ensure => link, target => 'b' }" },
  { name: 'link_ensure_path', before: { 'x/': '' }, code: "file { 'DIR/f': ensure => '/some/where' }" },
  { name: 'link_ensure_relative', before: { 'x/': '' }, code: "file { 'DIR/f': ensure => 'some/where' }" },
  { name: 'target_only', before: { 'x/': '' }, code: "file { 'DIR/f': target => '/some/where' }" },
  {
    name: 'target_with_ensure_file',
    before: { 'x/': '' },
    code: "file { 'DIR/f': ensure => file, target => '/some/where' }",
  },
  {
    name: 'source_directory_plain',
    before: { 'x/': '' },
    code: "file { 'DIR/f': source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'source_directory_ensure_file',
    before: { 'x/': '' },
    code: "file { 'DIR/f': ensure => file, source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'source_directory_present',
    before: { 'x/': '' },
    code: "file { 'DIR/f': ensure => present, source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'source_file_ensure_directory',
    before: { 'x/': '' },
    code: "file { 'DIR/f': ensure => directory, source => 'puppet:///modules/m/one' }",
  },
  {
    name: 'source_first',
    before: { f: 'old\n' },
    code: "file { 'DIR/f': source => ['puppet:///modules/m/none', 'puppet:///modules/m/two'] }",
  },
  {
    name: 'source_none',
    before: { f: 'old\n' },
    code: "file { 'DIR/f': source => ['puppet:///modules/m/none', 'puppet:///modules/m/nor'] }",
  },
  { name: 'source_link', before: { 'x/': '' }, code: "file { 'DIR/f': source => 'puppet:///modules/m/alias' }" },
  {
    name: 'source_link_manage',
    before: { 'x/': '' },
    code: "file { 'DIR/f': source => 'puppet:///modules/m/alias', links => manage }",
  },
  {
    name: 'source_link_follow',
    before: { 'x/': '' },
    code: "file { 'DIR/f': source => 'puppet:///modules/m/alias', links => follow }",
  },
  {
    name: 'source_over_link',
    before: { t: 'old\n', f: '-> t' },
    code: "file { 'DIR/f': source => 'puppet:///modules/m/one' }",
  },
  {
    name: 'recurse_source',
    before: { 't/a': 'mine\n', 't/z': 'stays\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'recurse_source_links',
    before: { 'x/': '' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, source => 'puppet:///modules/m/linked' }",
  },
  {
    name: 'recurse_source_links_follow',
    before: { 'x/': '' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, links => follow, source => 'puppet:///modules/m/linked' }",
  },
  {
    name: 'recurse_remote',
    before: { 't/z': '0644 stays\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => remote, mode => '0600', source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'recurse_mode',
    before: { 't/z': '0644 stays\n', 't/s/y': '0600 y\n', 't/l': '-> z' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, mode => '0640' }",
  },
  {
    name: 'recurse_limit',
    before: { 't/z': '0644 z\n', 't/s/y': '0644 y\n', 't/s/r/x': '0644 x\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, recurselimit => 1, mode => '0640', source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'recurse_limit_two',
    before: { 't/z': '0644 z\n', 't/s/y': '0644 y\n', 't/s/r/x': '0644 x\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, recurselimit => 2, mode => '0640', source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'recurse_limit_zero',
    before: { 't/z': '0644 z\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, recurselimit => 0, mode => '0640', source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'recurse_ignore',
    before: { 't/z.bak': '0644 z\n', 't/y': '0644 y\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, ignore => '*.bak', mode => '0640', source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'recurse_ignore_list',
    before: { 'x/': '' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, ignore => ['deep', '[ab]*'], source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'recurse_own_child',
    before: { 'x/': '' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, source => 'puppet:///modules/m/tree' }\nfile { 'DIR/t/a': content => \"own\\n\" }\nfile { 'DIR/t/sub/c': ensure => absent }",
  },
  {
    name: 'sources_first',
    before: { 'x/': '' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, source => ['puppet:///modules/m/none', 'puppet:///modules/m/tree', 'puppet:///modules/m/other'] }",
  },
  {
    name: 'sources_all',
    before: { 'x/': '' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, sourceselect => all, source => ['puppet:///modules/m/tree', 'puppet:///modules/m/other'] }",
  },
  {
    name: 'recurse_no_ensure',
    before: { 'x/': '' },
    code: "file { 'DIR/t': recurse => true, source => 'puppet:///modules/m/tree' }",
  },
  { name: 'recurse_missing', before: { 'x/': '' }, code: "file { 'DIR/t': recurse => true, mode => '0700' }" },
  {
    name: 'purge_plain',
    before: { 't/z': 'z\n', 't/l': '-> z', 't/s/y': 'y\n', 't/keep': 'k\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, purge => true }\nfile { 'DIR/t/keep': ensure => file }",
  },
  {
    name: 'purge_force',
    before: { 't/z': 'z\n', 't/s/y': 'y\n', 't/s/r/x': 'x\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, purge => true, force => true }",
  },
  { name: 'purge_no_recurse', before: { 't/z': 'z\n' }, code: "file { 'DIR/t': ensure => directory, purge => true }" },
  {
    name: 'purge_limit',
    before: { 't/z': 'z\n', 't/s/y': 'y\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, recurselimit => 1, purge => true, force => true }",
  },
  {
    name: 'purge_limit_nested',
    before: { 't/z': 'z\n', 't/s/y': 'y\n', 't/s/r/x': 'x\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, recurselimit => 1, purge => true }",
  },
  {
    name: 'purge_ignore',
    before: { 't/z.bak': 'z\n', 't/y': 'y\n', 't/s/q.bak': 'q\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, purge => true, ignore => '*.bak' }",
  },
  {
    name: 'purge_source',
    before: { 't/z': 'z\n', 't/a': 'a\n', 't/sub/y': 'y\n', 't/old/o': 'o\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, purge => true, source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'purge_source_force',
    before: { 't/z': 'z\n', 't/old/o': 'o\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, purge => true, force => true, source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'purge_remote',
    before: { 't/z': 'z\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => remote, purge => true, source => 'puppet:///modules/m/tree' }",
  },
  {
    name: 'purge_nested_managed',
    before: { 't/s/y': 'y\n', 't/s/keep': 'k\n', 't/u/v': 'v\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, purge => true, force => true }\nfile { 'DIR/t/s': ensure => directory }\nfile { 'DIR/t/s/keep': ensure => file }",
  },
  {
    name: 'purge_below_unmanaged',
    before: { 't/s/keep': 'k\n', 't/s/y': 'y\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, purge => true, force => true }\nfile { 'DIR/t/s/keep': content => \"new\\n\" }",
  },
  {
    name: 'purge_nested_own',
    before: { 't/s/y': 'y\n', 't/z': 'z\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, purge => true }\nfile { 'DIR/t/s': ensure => directory, recurse => false }",
  },
  {
    name: 'purge_file_resource_mode',
    before: { 't/z': '0644 z\n', 't/keep': '0600 k\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, purge => true, mode => '0750' }\nfile { 'DIR/t/keep': ensure => file }",
  },
  {
    name: 'recurse_string_true',
    before: { 't/z': 'z\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => 'true', purge => 'true' }",
  },
  { name: 'noop_resource', before: { f: 'old\n' }, code: 'file { \'DIR/f\': content => "new\\n", noop => true }' },
  {
    name: 'noop_purge',
    before: { 't/z': 'z\n' },
    code: "file { 'DIR/t': ensure => directory, recurse => true, purge => true, noop => true }",
  },
  {
    name: 'checksum_lite',
    before: { f: 'old\n' },
    code: "file { 'DIR/f': source => 'puppet:///modules/m/one', checksum => md5lite }",
  },
  { name: 'content_empty', before: { f: 'old\n' }, code: "file { 'DIR/f': content => '' }" },
  { name: 'ensure_false', before: { f: 'old\n' }, code: "file { 'DIR/f': ensure => false }" },
  { name: 'content_to_directory_name', before: { 'x/': '' }, code: "file { 'DIR/f/': ensure => directory }" },
]

/** One entry of a tree: a text for a file, `-> target` for a link, `/` for a directory, with its mode in front. */
export function readTree(root: string): Map<string, string> {
  const entries = new Map<string, string>()
  const visit = (path: string): void => {
    for (const name of readdirSync(join(root, path))) {
      const at = path === '' ? name : `${path}/${name}`
      const stat = lstatSync(join(root, at))
      const mode = (stat.mode & 0o7777).toString(8).padStart(4, '0')
      if (stat.isSymbolicLink()) entries.set(at, `-> ${readlinkSync(join(root, at))}`)
      else if (stat.isDirectory()) {
        entries.set(at, `${mode} /`)
        visit(at)
      } else entries.set(at, `${mode} ${readFileSync(join(root, at), 'utf8')}`)
    }
  }
  visit('')
  return entries
}

/** Writes entries as `before` of a case has them. */
export function writeTree(root: string, entries: Readonly<Record<string, string>>): void {
  for (const [path, entry] of Object.entries(entries)) {
    const at = join(root, path)
    const [, mode, text] = /^(?:([0-7]{4}) )?([\s\S]*)$/.exec(entry) as unknown as [string, string | undefined, string]
    mkdirSync(path.endsWith('/') ? at : dirname(at), { recursive: true })
    if (text.startsWith('-> ')) symlinkSync(text.slice(3), at)
    else if (!path.endsWith('/')) writeFileSync(at, text)
    if (mode) chmodSync(at, Number.parseInt(mode, 8))
  }
}

/** The manifest of all cases, for trees at `root`. */
export function casesManifest(root: string): string {
  return fileCases.map(({ name, code }) => `${code.replaceAll('DIR', `${root}/${name}`)}\n`).join('')
}

/** What happened to each path of a case: its entry after a run, `gone` for one that is no more. Unchanged ones are left out. */
function changedEntries(before: Map<string, string>, after: Map<string, string>): Record<string, string> {
  const changed: Record<string, string> = {}
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort())
    if (before.get(path) !== after.get(path)) changed[path] = after.get(path) ?? 'gone'
  return changed
}

/** What happened to each path, in words that a report has too: how, what is there then, and a mode that changed. */
export function outcomes(before: Map<string, string>, after: Map<string, string>): Record<string, string> {
  const told: Record<string, string> = {}
  for (const [path, entry] of Object.entries(changedEntries(before, after))) {
    const [old, fresh] = [before.get(path), entry].map((each) => /^([0-7]{4} )?(\/$)?([\s\S]*)$/.exec(each ?? ''))
    const [text, oldText] = [fresh?.[3] ?? '', old?.[3] ?? '']
    const sameKind = fresh?.[2] === old?.[2] && text.startsWith('-> ') === oldText.startsWith('-> ')
    const mode = sameKind && fresh?.[1] !== old?.[1] ? fresh?.[1]?.trim() : undefined
    if (entry === 'gone') told[path] = 'removed'
    else if (!before.has(path)) told[path] = `added ${JSON.stringify(text)}`
    else if (sameKind && text === oldText) told[path] = `attributes ${mode}`
    else told[path] = `changed ${JSON.stringify(text)}${mode === undefined ? '' : ` ${mode}`}`
  }
  return told
}

/** The same out of a report. */
function reportedOutcomes(changes: readonly ChangeJson[]): Record<string, string> {
  const told: Record<string, string> = {}
  for (const { path, kind, hunks, attributes, noop } of changes) {
    if (noop) continue
    const lines = hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind !== 'removed')
    const target = attributes.find(({ name }) => name === 'target')?.after
    const text = target === undefined ? lines.map((line) => `${line.text}\n`).join('') : `-> ${target}`
    const mode = attributes.find(({ name, before }) => name === 'mode' && before !== undefined)?.after
    const at = path.slice(1)
    if (kind === 'removed') told[at] = 'removed'
    else if (kind === 'attributes') told[at] = `attributes ${mode}`
    else told[at] = `${kind} ${JSON.stringify(text)}${mode === undefined ? '' : ` ${mode}`}`
  }
  return Object.fromEntries(Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Writes what the cases find on a node, below `root`. */
export function writeCases(root: string): void {
  for (const { name, before } of fileCases) {
    mkdirSync(join(root, name), { recursive: true })
    writeTree(join(root, name), before)
  }
}

/** What the product says of the cases, in one run. */
export function rehearseCases(): { readonly told: Record<string, string>; readonly report: ReportJson } {
  const repo = repoWith(casesManifest(''))
  writeTree(join(repo, 'modules/m'), moduleFiles)
  const tree = join(repo, 'deployed/a.example.com')
  writeCases(tree)
  const listing = [...readTree(tree)].filter(([, entry]) => !entry.startsWith('->'))
  const lines = listing.map(([path, entry]) => `${entry.slice(0, 4)} root root ${path}\n`)
  writeFileSync(join(tree, '.rehearse-attributes'), lines.join(''))
  const report = compare(repo, '--deployed', tree)
  return { told: reportedOutcomes(report.changes), report }
}
