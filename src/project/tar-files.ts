import { type Files, normalise } from '../source/files.ts'
import { type TreeEntry, treeFiles } from './git/tree-files.ts'

const blockSize = 512

/** The text of a header's field, up to its first NUL. */
function field(block: Uint8Array, start: number, length: number): string {
  const bytes = block.subarray(start, start + length)
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
}

/** A number in octal, or in base 256 where its first bit is set (GNU). */
function number(block: Uint8Array, start: number, length: number): number {
  const bytes = block.subarray(start, start + length)
  if (((bytes[0] as number) & 0x80) !== 0) return bytes.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0)
  return Number.parseInt(field(block, start, length).trim() || '0', 8)
}

/**
 * The files, links and directories in a tar archive (POSIX ustar and pax, GNU's long names), in memory. Devices and the
 * like are left out. Throws `RangeError` for what is no archive, or one that ends too early.
 */
export function tarFiles(root: string, archive: Uint8Array): Files {
  const entries = new Map<string, TreeEntry>()
  const contents = new Map<string, Uint8Array>()
  const directories = new Set<string>()
  let longName: string | undefined
  let longLink: string | undefined
  let count = 0
  if (archive.length < blockSize) throw new RangeError('it is no tar archive')
  for (let at = 0; at + blockSize <= archive.length; ) {
    const header = archive.subarray(at, at + blockSize)
    if (header.every((byte) => byte === 0)) break
    if (!hasChecksum(header)) throw new RangeError('it is no tar archive')
    const size = number(header, 124, 12)
    const content = archive.subarray(at + blockSize, at + blockSize + size)
    if (content.length < size) throw new RangeError('it ends too early')
    at += blockSize + Math.ceil(size / blockSize) * blockSize
    const type = field(header, 156, 1) || '0'
    if (type === 'L') longName = field(content, 0, content.length)
    else if (type === 'K') longLink = field(content, 0, content.length)
    else if (type === 'x') {
      const records = paxRecords(content)
      longName = records.get('path') ?? longName
      longLink = records.get('linkpath') ?? longLink
    } else if (type !== 'g') {
      const prefix = field(header, 257, 5) === 'ustar' && header[262] === 0 ? field(header, 345, 155) : ''
      const name = longName ?? (prefix === '' ? field(header, 0, 100) : `${prefix}/${field(header, 0, 100)}`)
      const target = longLink ?? field(header, 157, 100)
      longName = undefined
      longLink = undefined
      const path = normalise(name)
      if (path === undefined || path === '') continue
      const id = String(count++)
      const common = {
        mode: number(header, 100, 8) & 0o7777,
        owner: number(header, 108, 8),
        group: number(header, 116, 8),
        id,
        size,
        store: '',
      }
      if (type === '0' || type === '7') {
        entries.set(path, { ...common, kind: 'file' })
        contents.set(id, content)
      } else if (type === '2') {
        entries.set(path, { ...common, kind: 'link' })
        contents.set(id, new TextEncoder().encode(target))
      } else if (type === '1') {
        const original = entries.get(normalise(target) ?? '')
        if (original) entries.set(path, original)
      } else if (type === '5') directories.add(path)
    }
  }
  return treeFiles(root, entries, (entry) => contents.get(entry.id) ?? new Uint8Array(), directories)
}

/** The sum of a header's bytes, its own field counted as blanks. */
function hasChecksum(header: Uint8Array): boolean {
  let sum = 0
  for (const [i, byte] of header.entries()) sum += i >= 148 && i < 156 ? 32 : byte
  return sum === number(header, 148, 8)
}

/** `LENGTH KEY=VALUE` lines; the length counts the whole line. */
function paxRecords(content: Uint8Array): Map<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < content.length; ) {
    const blank = content.indexOf(32, at)
    const length = blank < 0 ? 0 : Number(new TextDecoder().decode(content.subarray(at, blank)))
    if (!(length > 0)) break
    const record = new TextDecoder().decode(content.subarray(blank + 1, at + length - 1))
    const cut = record.indexOf('=')
    records.set(record.slice(0, cut), record.slice(cut + 1))
    at += length
  }
  return records
}
