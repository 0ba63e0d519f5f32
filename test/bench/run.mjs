// Runs every benchmark of this folder, one after the other, each in a process of its own.
//   npm run bench            all of them; those that need reference programs say so in their heads
//   npm run bench -- NAME    one
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const asked = process.argv.slice(2)
const names = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.mjs') && name !== 'run.mjs')
let failed = false
for (const name of names.filter((n) => asked.length === 0 || asked.includes(n.replace(/\.mjs$/, '')))) {
  console.log(`== ${name}`)
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, name)], { stdio: 'inherit' })
  failed ||= status !== 0
}
process.exitCode = failed ? 1 : 0
