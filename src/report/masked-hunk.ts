import type { Hunk, HunkLine } from '../diff/file-change.ts'
import { knownSecrets, type Mask, maskText, mergeRanges } from '../diff/mask.ts'

/**
 * A hunk without the secrets that became known after it was made: what is secret on one node may stand in the open in
 * the files of a node that was compared before.
 */
export function maskedHunk(hunk: Hunk, mask: Mask): Hunk {
  return mask.secrets.size === 0 ? hunk : { ...hunk, lines: hunk.lines.map((line) => maskedLine(line, mask)) }
}

function maskedLine(line: HunkLine, mask: Mask): HunkLine {
  const secrets = knownSecrets(mask, line.text)
  if (secrets.length === 0) return line
  const { text, place } = maskText(mask, line.text, secrets)
  const highlights = mergeRanges(line.highlights.map(([start, end]) => [place(start), place(end, 'end')]))
  return { ...line, text, highlights }
}
