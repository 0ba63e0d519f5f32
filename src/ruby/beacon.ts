import type { SourceFile } from '../source/source-file.ts'

/** The line that Ruby runs: the file as people are shown it, its text, the line counted from 1. */
export interface BeaconPlace {
  readonly path: string
  readonly line: number
  readonly text: string
}

/** Line, bytes of the path, bytes of the text; then both. */
const headerLength = 12
const capacity = 1 << 20

/**
 * Memory in which Ruby leaves the line it is about to run, for a thread that has to end a worker: hand it to
 * `startRuby`, keep it, and read it when the worker hangs. Tracing makes Ruby some ten times slower, so use it for a
 * second run, to learn where the first one hung.
 */
export function makeBeacon(): SharedArrayBuffer {
  return new SharedArrayBuffer(headerLength + capacity)
}

/** What runs; `undefined` while Ruby does not. Texts beyond a megabyte are cut. */
export function readBeacon(beacon: SharedArrayBuffer): BeaconPlace | undefined {
  const header = new Int32Array(beacon, 0, 3)
  const line = Atomics.load(header, 0)
  if (line === 0) return undefined
  const pathLength = Atomics.load(header, 1)
  const bytes = new Uint8Array(beacon, headerLength).slice()
  const decoder = new TextDecoder()
  return {
    path: decoder.decode(bytes.subarray(0, pathLength)),
    line,
    text: decoder.decode(bytes.subarray(pathLength, pathLength + Atomics.load(header, 2))),
  }
}

export interface BeaconWriter {
  /** A file's code begins, within what ran before. */
  readonly enter: (file: SourceFile) => void
  /** A line of some file; those of other files than the innermost entered one say nothing to people. */
  readonly line: (path: string, line: number) => void
  readonly leave: () => void
}

export function beaconWriter(beacon: SharedArrayBuffer): BeaconWriter {
  const header = new Int32Array(beacon, 0, 3)
  const content = new Uint8Array(beacon, headerLength)
  const encoder = new TextEncoder()
  const stack: { readonly file: SourceFile; line: number }[] = []
  const show = (): void => {
    const top = stack.at(-1)
    Atomics.store(header, 0, 0)
    if (!top) return
    const path = encoder.encode(top.file.path).subarray(0, capacity)
    const text = encoder.encode(top.file.text).subarray(0, capacity - path.length)
    content.set(path)
    content.set(text, path.length)
    Atomics.store(header, 1, path.length)
    Atomics.store(header, 2, text.length)
    Atomics.store(header, 0, top.line)
  }
  return {
    enter: (file) => {
      stack.push({ file, line: 1 })
      show()
    },
    line: (path, line) => {
      const top = stack.at(-1)
      if (top?.file.path !== path) return
      top.line = line
      Atomics.store(header, 0, line)
    },
    leave: () => {
      stack.pop()
      show()
    },
  }
}
