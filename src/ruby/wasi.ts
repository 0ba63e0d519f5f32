import { normalise } from '../source/files.ts'
import type { FileTree } from './file-tree.ts'

/** The one door out of the machine: what is written is a question, what is read next is its answer. */
export interface Door {
  readonly ask: (question: Uint8Array) => void
  readonly answer: () => Uint8Array
}

export interface WasiOptions {
  readonly tree: FileTree
  readonly door: Door
  /** What `Time.now` says, nanoseconds since 1970: it stands still. */
  readonly now: () => bigint
  readonly memory: () => ArrayBuffer
  /** Text that Ruby wrote to its standard output or error. */
  readonly output: (text: string) => void
  /** Where random numbers have got to. */
  readonly random: { state: number }
  /** The door is open already, under this number. */
  readonly doorAt?: number | undefined
}

/** Every interpreter draws the same random numbers. */
export const randomStart = 0x2545f491

/** Thrown where Ruby leaves for good (`exit!`, a crash of the interpreter). */
export class MachineExit extends Error {
  readonly status: number
  constructor(status: number) {
    super(`Ruby left with status ${status}`)
    this.status = status
  }
}

/** The path at which the machine opens its door, once, before any other code runs. */
const doorPath = 'rehearsal/door'

const success = 0
const badDescriptor = 8
const invalid = 28
const isDirectory = 31
const noEntry = 44
const notSupported = 58
const notDirectory = 54
const readOnly = 69
const illegalSeek = 70
const notCapable = 76

const typeCharacter = 2
const typeDirectory = 3
const typeFile = 4

type Descriptor =
  | { readonly kind: 'output' }
  | { readonly kind: 'input' }
  | { readonly kind: 'door'; pending: Uint8Array }
  | { readonly kind: 'directory'; readonly path: string; readonly preopened: boolean }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; position: number }

type Import = (...args: never[]) => number

/**
 * WASI preview 1 over a tree in memory and a door. Whatever would change something, wait, reach a network or tell
 * machines apart answers with an error or with a fixed value.
 */
export function wasiImports(options: WasiOptions): Record<string, Import> {
  const descriptors: (Descriptor | undefined)[] = [
    { kind: 'input' },
    { kind: 'output' },
    { kind: 'output' },
    { kind: 'directory', path: '', preopened: true },
  ]
  let doorOpened = options.doorAt !== undefined
  if (options.doorAt !== undefined) descriptors[options.doorAt] = { kind: 'door', pending: new Uint8Array(0) }
  let ticks = 0n
  const view = () => new DataView(options.memory())
  const bytes = () => new Uint8Array(options.memory())
  const decoder = new TextDecoder()
  const textAt = (pointer: number, length: number) => decoder.decode(bytes().subarray(pointer, pointer + length))

  const resolve = (fd: number, pointer: number, length: number): string | undefined => {
    const base = descriptors[fd]
    if (base?.kind !== 'directory') return undefined
    return normalise(`${base.path}/${textAt(pointer, length)}`)
  }
  const open = (descriptor: Descriptor): number => {
    const free = descriptors.indexOf(undefined, 4)
    if (free < 0) return descriptors.push(descriptor) - 1
    descriptors[free] = descriptor
    return free
  }
  /** Runs over the buffers of a scatter or gather operation. */
  const vectors = function* (pointer: number, count: number): Generator<Uint8Array> {
    for (let i = 0; i < count; i++) {
      const table = view()
      const start = table.getUint32(pointer + i * 8, true)
      yield bytes().subarray(start, start + table.getUint32(pointer + i * 8 + 4, true))
    }
  }
  const writeStat = (pointer: number, type: number, size: number, inode: bigint): number => {
    bytes().fill(0, pointer, pointer + 64)
    const table = view()
    table.setBigUint64(pointer + 8, inode, true)
    table.setUint8(pointer + 16, type)
    table.setBigUint64(pointer + 24, 1n, true)
    table.setBigUint64(pointer + 32, BigInt(size), true)
    return success
  }
  const readInto = (source: Uint8Array, from: number, pointer: number, count: number, result: number): number => {
    let done = 0
    for (const target of vectors(pointer, count)) {
      const part = source.subarray(from + done, from + done + target.length)
      target.set(part)
      done += part.length
      if (part.length < target.length) break
    }
    view().setUint32(result, done, true)
    return done
  }
  const typeOf = (descriptor: Descriptor): number =>
    descriptor.kind === 'directory' ? typeDirectory : descriptor.kind === 'file' ? typeFile : typeCharacter
  const refuse = (): number => readOnly

  return {
    environ_get: () => success,
    environ_sizes_get: (count: number, size: number) => {
      view().setUint32(count, 0, true)
      view().setUint32(size, 0, true)
      return success
    },
    clock_res_get: (_clock: number, result: number) => {
      view().setBigUint64(result, 1000n, true)
      return success
    },
    clock_time_get: (clock: number, _precision: bigint, result: number) => {
      ticks += 1000n
      view().setBigUint64(result, clock === 0 ? options.now() : ticks, true)
      return success
    },
    // A fixed sequence (xorshift32): two runs over the same input give the same bytes.
    random_get: (pointer: number, length: number) => {
      const target = bytes()
      let { state } = options.random
      for (let i = 0; i < length; i++) {
        state ^= state << 13
        state ^= state >>> 17
        state ^= state << 5
        target[pointer + i] = state & 0xff
      }
      options.random.state = state
      return success
    },
    poll_oneoff: (subscriptions: number, events: number, count: number, result: number) => {
      const table = view()
      bytes().fill(0, events, events + 32 * count)
      for (let i = 0; i < count; i++) {
        table.setBigUint64(events + i * 32, table.getBigUint64(subscriptions + i * 48, true), true)
        table.setUint8(events + i * 32 + 10, table.getUint8(subscriptions + i * 48 + 8))
      }
      table.setUint32(result, count, true)
      return success
    },
    proc_exit: (status: number) => {
      throw new MachineExit(status)
    },

    fd_prestat_get: (fd: number, pointer: number) => {
      const found = descriptors[fd]
      if (found?.kind !== 'directory' || !found.preopened) return badDescriptor
      view().setUint8(pointer, 0)
      view().setUint32(pointer + 4, 1, true)
      return success
    },
    fd_prestat_dir_name: (fd: number, pointer: number) => {
      const found = descriptors[fd]
      if (found?.kind !== 'directory' || !found.preopened) return badDescriptor
      bytes()[pointer] = 0x2f
      return success
    },
    fd_fdstat_get: (fd: number, pointer: number) => {
      const found = descriptors[fd]
      if (!found) return badDescriptor
      bytes().fill(0, pointer, pointer + 24)
      view().setUint8(pointer, typeOf(found))
      view().setBigUint64(pointer + 8, 0xffff_ffffn, true)
      view().setBigUint64(pointer + 16, 0xffff_ffffn, true)
      return success
    },
    fd_fdstat_set_flags: () => success,
    fd_filestat_get: (fd: number, pointer: number) => {
      const found = descriptors[fd]
      if (!found) return badDescriptor
      return writeStat(pointer, typeOf(found), found.kind === 'file' ? found.bytes.length : 0, BigInt(fd))
    },
    fd_close: (fd: number) => {
      if (!descriptors[fd]) return badDescriptor
      descriptors[fd] = undefined
      return success
    },
    fd_seek: (fd: number, offset: bigint, whence: number, result: number) => {
      const found = descriptors[fd]
      if (!found) return badDescriptor
      if (found.kind !== 'file') return illegalSeek
      const base = whence === 0 ? 0 : whence === 1 ? found.position : found.bytes.length
      const position = base + Number(offset)
      if (position < 0) return invalid
      found.position = position
      view().setBigUint64(result, BigInt(position), true)
      return success
    },
    fd_tell: (fd: number, result: number) => {
      const found = descriptors[fd]
      if (found?.kind !== 'file') return found ? illegalSeek : badDescriptor
      view().setBigUint64(result, BigInt(found.position), true)
      return success
    },
    fd_read: (fd: number, pointer: number, count: number, result: number) => {
      const found = descriptors[fd]
      switch (found?.kind) {
        case 'file':
          found.position += readInto(found.bytes, found.position, pointer, count, result)
          return success
        case 'door': {
          if (found.pending.length === 0) found.pending = options.door.answer()
          const done = readInto(found.pending, 0, pointer, count, result)
          found.pending = found.pending.subarray(done)
          return success
        }
        case 'input':
          view().setUint32(result, 0, true)
          return success
        case 'directory':
          return isDirectory
        default:
          return badDescriptor
      }
    },
    fd_pread: (fd: number, pointer: number, count: number, offset: bigint, result: number) => {
      const found = descriptors[fd]
      if (found?.kind !== 'file') return found ? illegalSeek : badDescriptor
      readInto(found.bytes, Number(offset), pointer, count, result)
      return success
    },
    fd_write: (fd: number, pointer: number, count: number, result: number) => {
      const found = descriptors[fd]
      if (found?.kind !== 'door' && found?.kind !== 'output') return found ? readOnly : badDescriptor
      const parts = [...vectors(pointer, count)]
      const length = parts.reduce((sum, part) => sum + part.length, 0)
      const whole = new Uint8Array(length)
      let at = 0
      for (const part of parts) {
        whole.set(part, at)
        at += part.length
      }
      if (found.kind === 'door') {
        found.pending = new Uint8Array(0)
        options.door.ask(whole)
      }
      if (found.kind === 'output') options.output(decoder.decode(whole))
      // Memory may have moved while the question was answered.
      view().setUint32(result, length, true)
      return success
    },
    fd_readdir: (fd: number, pointer: number, length: number, cookie: bigint, result: number) => {
      const found = descriptors[fd]
      if (found?.kind !== 'directory') return found ? notDirectory : badDescriptor
      const names = options.tree.list(found.path) ?? []
      const encoder = new TextEncoder()
      let used = 0
      for (let i = Number(cookie); i < names.length && used < length; i++) {
        const name = names[i] as string
        const encoded = encoder.encode(name)
        const entry = new Uint8Array(24 + encoded.length)
        const table = new DataView(entry.buffer)
        table.setBigUint64(0, BigInt(i + 1), true)
        table.setUint32(16, encoded.length, true)
        const kind = options.tree.kind(found.path === '' ? name : `${found.path}/${name}`)
        table.setUint8(20, kind === 'directory' ? typeDirectory : typeFile)
        entry.set(encoded, 24)
        const part = entry.subarray(0, length - used)
        bytes().set(part, pointer + used)
        used += part.length
      }
      view().setUint32(result, used, true)
      return success
    },
    fd_advise: () => success,
    fd_datasync: () => success,
    fd_sync: () => success,
    fd_renumber: () => notSupported,
    fd_filestat_set_size: refuse,
    fd_pwrite: refuse,

    path_open: (
      fd: number,
      _lookup: number,
      pointer: number,
      length: number,
      flags: number,
      _rights: bigint,
      _inheriting: bigint,
      _descriptorFlags: number,
      result: number,
    ) => {
      const path = resolve(fd, pointer, length)
      if (path === undefined) return notCapable
      if (path === doorPath && !doorOpened) {
        doorOpened = true
        view().setUint32(result, open({ kind: 'door', pending: new Uint8Array(0) }), true)
        return success
      }
      const kind = options.tree.kind(path)
      // 1: create, 4: exclusive, 8: truncate.
      if (kind === undefined) return flags & 1 ? readOnly : outside(path)
      if (flags & 8) return readOnly
      if (kind === 'directory') {
        view().setUint32(result, open({ kind, path, preopened: false }), true)
        return success
      }
      if (flags & 2) return notDirectory
      const content = options.tree.bytes(path)
      if (!content) return noEntry
      view().setUint32(result, open({ kind: 'file', bytes: content, position: 0 }), true)
      return success
    },
    path_filestat_get: (fd: number, _flags: number, pointer: number, length: number, result: number) => {
      const path = resolve(fd, pointer, length)
      if (path === undefined) return notCapable
      const kind = options.tree.kind(path)
      if (kind === undefined) return noEntry
      const size = kind === 'file' ? (options.tree.bytes(path)?.length ?? 0) : 0
      return writeStat(result, kind === 'file' ? typeFile : typeDirectory, size, pathNumber(path))
    },
    path_readlink: () => invalid,
    path_create_directory: refuse,
    path_filestat_set_times: refuse,
    path_link: refuse,
    path_remove_directory: refuse,
    path_rename: refuse,
    path_symlink: refuse,
    path_unlink_file: refuse,
  }
}

/** A file of the host is not merely absent: it is out of reach, and the error says so. */
function outside(path: string): number {
  return path.startsWith('modules/') || path.startsWith('rehearsal/') ? noEntry : notCapable
}

/** A number that is the same for the same path only (FNV-1a, 64 bits): Ruby tells loaded files apart by it. */
function pathNumber(path: string): bigint {
  let number = 0xcbf29ce484222325n
  for (let i = 0; i < path.length; i++)
    number = ((number ^ BigInt(path.charCodeAt(i))) * 0x100000001b3n) & 0xffff_ffff_ffff_ffffn
  return number
}
