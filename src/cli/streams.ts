import { chmodSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { CannotRun, type Io } from './io.ts'

/** The process's own streams. Colour follows `--color`, then `NO_COLOR`, then whether standard output is a terminal. */
export function streams(args: Readonly<Record<string, unknown>>): Io {
  const terminal = Boolean(process.stdout.isTTY)
  const asked = typeof args.color === 'boolean' ? args.color : undefined
  const progressShown = Boolean(process.stderr.isTTY) && !process.env.NO_COLOR && asked !== false
  let progressing = false
  const clearProgress = (): void => {
    if (progressing) process.stderr.write('\r\u001b[K')
    progressing = false
  }
  return {
    out: (text) => {
      clearProgress()
      process.stdout.write(text)
    },
    err: (text) => {
      clearProgress()
      process.stderr.write(text)
    },
    progress: (text) => {
      if (!progressShown) return
      process.stderr.write(`\r\u001b[K${text}`)
      progressing = text !== ''
    },
    write: writeWhole,
    colour: asked ?? (terminal && !process.env.NO_COLOR),
    columns: process.stdout.columns,
  }
}

/** Writes beside the file and renames, so that nobody ever sees half of it; links and permissions stay what they are. */
function writeWhole(path: string, text: string): void {
  const place = existsSync(path) ? realpathSync(path) : path
  const beside = `${place}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(beside, text)
    if (existsSync(place)) chmodSync(beside, statSync(place).mode)
    renameSync(beside, place)
  } catch (error) {
    removeQuietly(beside)
    throw new CannotRun(`cannot write '${path}': ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`)
  }
}

/** The first fault is the one to tell. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // What could not be written is not there either.
  }
}
