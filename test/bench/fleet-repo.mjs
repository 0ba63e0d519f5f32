// The fleet of templates-fixtures as a repository of its own, with a last commit that changes a port.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const bin = resolve(import.meta.dirname, '../../bin/rehearse.js')
const fixture = resolve(import.meta.dirname, '../../templates-fixtures/fleet')

/**
 * Gives the repository's directory, in a new directory of its own. `copies`: how often each node is there. `modules`: the
 * name of the folder with the modules, which the fixture calls `site`.
 */
export function fleetRepo({ copies = 1, modules = 'site' } = {}) {
  const repo = join(mkdtempSync(join(tmpdir(), 'rehearse-bench-')), 'repo')
  cpSync(fixture, repo, { recursive: true })
  if (modules !== 'site') {
    renameSync(join(repo, 'site'), join(repo, modules))
    writeFileSync(join(repo, 'environment.conf'), `modulepath = ${modules}\n`)
  }
  const facts = join(repo, 'facts')
  for (const name of readdirSync(facts))
    for (let copy = 2; copy <= copies; copy++) {
      const [host] = name.split('.')
      const other = `${host}-${copy}`
      const text = readFileSync(join(facts, name), 'utf8').replaceAll(new RegExp(`\\b${host}\\b`, 'g'), other)
      writeFileSync(join(facts, name.replace(host, other)), text)
    }
  const git = (...args) =>
    execFileSync('git', ['-C', repo, '-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', ...args])
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-q', '-m', 'before')
  const data = join(repo, 'data/role/web.yaml')
  writeFileSync(data, readFileSync(data, 'utf8').replace('port: 8080', 'port: 8081'))
  git('commit', '-q', '-a', '-m', 'after')
  return repo
}
