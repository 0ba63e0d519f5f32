import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'

/** Builds the program once for a test run, so that tests of the command line run what is in `src/`. */
export function setup(): void {
  execFileSync(process.execPath, [resolve(import.meta.dirname, '../build.js')], { stdio: 'inherit' })
}
