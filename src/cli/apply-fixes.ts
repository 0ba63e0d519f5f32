import { realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path'
import { fixedFiles } from '../project/fixed-files.ts'
import type { Finding } from '../project/run-report.ts'
import { diskFiles } from '../source/files.ts'
import { positionAt } from '../source/source-file.ts'
import type { Io } from './io.ts'

/**
 * Writes the fixes of findings into the files that they are for and tells on standard error what it did. Left alone, and
 * told, are files outside of `directory` (where one is given; paths of files are relative to it, else to the working
 * directory), and files that are no longer what was read. True where something was written.
 */
export function applyFixes(findings: readonly Finding[], directory: string | undefined, io: Io): boolean {
  let written = false
  for (const { file, text, fixes } of fixedFiles(findings)) {
    const path = resolve(directory ?? '', file.path)
    const reason = refusal(path, file.text, directory)
    if (reason !== undefined) {
      io.err(`not fixed: ${file.path}: ${reason}\n`)
      continue
    }
    io.write(path, text)
    written = true
    for (const { span, description } of fixes) {
      const { line, column } = positionAt(file, span.start)
      io.err(`fixed: ${file.path}:${line}:${column}: ${description}\n`)
    }
  }
  return written
}

function refusal(path: string, text: string, directory: string | undefined): string | undefined {
  const bytes = diskFiles(dirname(path)).bytes(basename(path))
  if (!bytes) return 'it is not a file of the control repo'
  if (directory !== undefined) {
    const inside = relative(realpathSync(directory), realpathSync(path))
    if (inside.startsWith('..') || isAbsolute(inside)) return 'it lies outside of the environment'
  }
  return Buffer.from(text).equals(bytes) ? undefined : 'it is not what was read'
}
