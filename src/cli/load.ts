import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'
import { isMainThread, workerData } from 'node:worker_threads'
import { baselineOnly } from '../ruby/flags.ts'

// The bundle's chunks are CommonJS, for V8 takes its own compiled form of those: a run starts in half the time when
// nothing has to be parsed. That form fits one release of Node with the same flags; where it does not fit, the text does.

/** A chunk as Node wraps it. */
type Wrapped = (exports: object, require: (name: string) => unknown, filename: string) => void

const loaded = new Map<string, { readonly exports: object; readonly script: Script }>()
const outside = createRequire(__filename)

// Most of what a run makes it keeps: with room for it at once, less is copied about to make room.
const roomAtOnce = '--min-semi-space-size=32'

// V8 forgets the compiled form of functions that have not run for a while, and with it that of whole chunks, which run
// once: it would be missing in what is left beside the chunks.
const keepAll = '--no-flush-bytecode'

// Flags are part of what the compiled form has to fit: all are set here, and none later, or the worker parses again.
if (isMainThread) for (const flag of [...baselineOnly, roomAtOnce, keepAll]) setFlagsFromString(flag)

/** The exports of a chunk, which runs when it is first asked for. */
export function load(name: string): object {
  const known = loaded.get(name)
  if (known) return known.exports
  const filename = join(__dirname, `${name}.js`)
  const cachedData = compiledForm(name)
  const text = `(function (exports, require, __filename) {${readFileSync(filename, 'utf8')}\n})`
  const script = new Script(text, { filename, ...(cachedData ? { cachedData } : {}) })
  const exports = {}
  loaded.set(name, { exports, script })
  const run = script.runInThisContext() as Wrapped
  run(exports, (asked) => (asked.startsWith('./') ? load(basename(asked, '.js')) : outside(asked)), filename)
  return exports
}

/** Leaves V8's compiled form of every chunk that was loaded, with the functions that have run, beside the chunks. */
export function keepCompiled(): void {
  for (const [name, { script }] of loaded) writeFileSync(join(__dirname, `${name}.cache`), script.createCachedData())
}

function compiledForm(name: string): Buffer | undefined {
  try {
    return readFileSync(join(__dirname, `${name}.cache`))
  } catch {
    return undefined
  }
}

if (!isMainThread && typeof workerData === 'string') load(workerData)
