import { createHmac, randomBytes } from 'node:crypto'
import type { RenderedFile } from '../catalog/rendered-file.ts'
import { isEncryptedPlaceholder } from '../value/origin.ts'

/**
 * What a run knows of secrets. Plain data, so that it can travel between workers. Tokens are made with a key of the
 * run's own: equal secrets look equal and a changed one looks changed, but no token can be guessed back.
 */
export interface Mask {
  readonly key: string
  /** Values that are replaced wherever they turn up: in messages, code frames and lines of other files. */
  readonly secrets: Set<string>
}

/** UTF-16 offsets, half-open. */
export type Range = readonly [start: number, end: number]

/** What a masked stretch looks like; `hideSecrets` and the word differences keep it whole. */
export const tokenPattern = /••••[0-9a-f]{4}/

export function createMask(key: string = randomBytes(16).toString('hex')): Mask {
  return { key, secrets: new Set() }
}

/** The token that stands for a secret: `••••a1b2`. Its length tells nothing. What is a placeholder already stays one. */
export function secretToken(mask: Mask, secret: string): string {
  if (isEncryptedPlaceholder(secret)) return secret
  return `••••${createHmac('sha256', mask.key).update(secret).digest('hex').slice(0, 4)}`
}

/** The stretches of a rendered file that are secret, sorted, none touching another. */
export function secretRanges(file: RenderedFile): readonly Range[] {
  const length = file.source?.text.length ?? 0
  if (file.sensitive || file.showDiff === false) return length > 0 ? [[0, length]] : []
  const ranges: [number, number][] = []
  for (const segment of file.segments) {
    if (!segment.sensitive || segment.end <= segment.start) continue
    const last = ranges.at(-1)
    if (last && last[1] >= segment.start) last[1] = Math.max(last[1], segment.end)
    else ranges.push([segment.start, segment.end])
  }
  return ranges
}

/** Shorter values are ordinary words as often as secrets: those are masked in their own place only. */
const shortestLearned = 6
/** Lines of a longer secret (a private key) that are nothing but a run of characters. */
const keyLine = /^\S{16,}$/

/**
 * Remembers the secret values of a rendered file, so that `hideSecrets` finds them elsewhere. A file that is secret
 * as a whole teaches nothing: its lines are mostly ordinary configuration.
 */
export function learnSecrets(mask: Mask, file: RenderedFile): void {
  if (file.sensitive || file.showDiff === false || !file.source) return
  for (const [start, end] of secretRanges(file)) {
    const lines = file.source.text.slice(start, end).split('\n')
    for (const line of lines) {
      const value = line.trim()
      if (isEncryptedPlaceholder(value)) continue
      if (lines.length === 1 ? value.length >= shortestLearned : keyLine.test(value)) mask.secrets.add(value)
    }
  }
}

/** Remembers secret texts that a compilation came across, and the ways in which programs write them. */
export function learnTexts(mask: Mask, secrets: Iterable<string>): void {
  for (const secret of secrets) {
    const text = secret.trim()
    if (text.length < shortestLearned) continue
    const lines = text.split('\n').filter((line) => keyLine.test(line.trim()))
    for (const each of [text, ...(text.includes('\n') ? lines : [])])
      for (const form of formsOf(each)) if (form.length >= shortestLearned) mask.secrets.add(form)
  }
}

/** A text as messages may hold it: itself, quoted by Ruby or JSON, as part of a URL or of HTML, encoded. */
function formsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text)
  const json = JSON.stringify(text).slice(1, -1)
  return [
    text,
    json,
    JSON.stringify(json).slice(1, -1),
    text.replace(/['\\]/g, '\\$&'),
    encodeURIComponent(text),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ]
}

const searches = new WeakMap<Set<string>, { size: number; pattern: RegExp | undefined }>()

/** The text with every known secret replaced by its token. */
export function hideSecrets(mask: Mask, text: string): string {
  const pattern = searchFor(mask.secrets)
  return pattern ? text.replace(pattern, (secret) => secretToken(mask, secret)) : text
}

/** The stretches of a text that are known secrets. */
export function knownSecrets(mask: Mask, text: string): Range[] {
  const pattern = searchFor(mask.secrets)
  return pattern ? [...text.matchAll(pattern)].map((found) => [found.index, found.index + found[0].length]) : []
}

function searchFor(secrets: Set<string>): RegExp | undefined {
  const known = searches.get(secrets)
  if (known?.size === secrets.size) return known.pattern
  const pattern =
    secrets.size === 0
      ? undefined
      : new RegExp(
          [...secrets]
            .sort((a, b) => b.length - a.length)
            .map(wholeWord)
            .join('|'),
          'gu',
        )
  searches.set(secrets, { size: secrets.size, pattern })
  return pattern
}

/** Longer secrets are found within words too. */
const surelyNoWord = 12

function wholeWord(secret: string): string {
  const escaped = secret.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  if (secret.length >= surelyNoWord && /[^\p{L}]/u.test(secret)) return escaped
  const before = /^[\p{L}\p{N}_]/u.test(secret) ? '(?<![\\p{L}\\p{N}_])' : ''
  const after = /[\p{L}\p{N}_]$/u.test(secret) ? '(?![\\p{L}\\p{N}_])' : ''
  return `${before}${escaped}${after}`
}

/** A text with stretches replaced, and where its offsets went. */
export interface MaskedText {
  readonly text: string
  /** The place of an offset of the unmasked text; one within a secret goes to the token's start, or end for `end`. */
  readonly place: (offset: number, side?: 'start' | 'end') => number
}

/** One line with its secret stretches (offsets in the line) replaced by tokens. */
export function maskText(mask: Mask, text: string, ranges: readonly Range[]): MaskedText {
  const merged = mergeRanges(ranges)
  if (merged.length === 0) return { text, place: (offset) => offset }
  let masked = ''
  let at = 0
  const moves: { start: number; end: number; to: number; length: number }[] = []
  for (const [start, end] of merged) {
    masked += text.slice(at, start)
    const token = secretToken(mask, text.slice(start, end))
    moves.push({ start, end, to: masked.length, length: token.length })
    masked += token
    at = end
  }
  masked += text.slice(at)
  const place = (offset: number, side: 'start' | 'end' = 'start'): number => {
    let shift = 0
    for (const move of moves) {
      if (offset <= move.start) break
      if (offset < move.end) return side === 'start' ? move.to : move.to + move.length
      shift = move.to + move.length - move.end
    }
    return offset + shift
  }
  return { text: masked, place }
}

/** Sorted, overlapping and touching ones joined, empty ones dropped. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: [number, number][] = []
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (end <= start) continue
    const last = merged.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}

/** The part of sorted ranges that lies in [start, end), counted from `start`. */
export function clipRanges(ranges: readonly Range[], start: number, end: number): Range[] {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle] as Range)[1] <= start) low = middle + 1
    else high = middle
  }
  const clipped: Range[] = []
  for (let i = low; i < ranges.length; i++) {
    const [from, to] = ranges[i] as Range
    if (from >= end) break
    clipped.push([Math.max(from, start) - start, Math.min(to, end) - start])
  }
  return clipped
}
