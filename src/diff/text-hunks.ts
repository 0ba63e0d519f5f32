import type { Hunk, HunkLine } from './file-change.ts'
import { type Block, changedBlocks, splitLines } from './line-blocks.ts'
import { type Mask, maskText, type Range } from './mask.ts'
import { type SecretLines, type Side, secretLines } from './secret-lines.ts'
import { pairLines } from './word-highlights.ts'

/**
 * The differences between two texts, with `context` unchanged lines around each; differences whose contexts meet share
 * a hunk. Secret stretches are masked already: a hunk can be shown as it is.
 */
export function textHunks(before: Side, after: Side, mask: Mask, context: number): Hunk[] {
  if (before.text === after.text) return []
  const beforeLines = splitLines(before.text)
  const afterLines = splitLines(after.text)
  const blocks = changedBlocks(beforeLines, afterLines)
  const secrets = secretLines(before, after, beforeLines, afterLines, blocks, mask)
  const sides: Sides = { beforeLines, afterLines, secrets, mask }
  return groupBlocks(blocks, context).map((group) => hunkOf(group, context, sides))
}

interface Sides {
  readonly beforeLines: readonly string[]
  readonly afterLines: readonly string[]
  readonly secrets: SecretLines
  readonly mask: Mask
}

function groupBlocks(blocks: readonly Block[], context: number): Block[][] {
  const groups: Block[][] = []
  for (const block of blocks) {
    const last = groups.at(-1)?.at(-1)
    if (last && block.afterStart - last.afterEnd <= 2 * context) groups.at(-1)?.push(block)
    else groups.push([block])
  }
  return groups
}

function hunkOf(blocks: readonly Block[], context: number, sides: Sides): Hunk {
  const first = blocks[0] as Block
  const last = blocks.at(-1) as Block
  const lead = Math.min(context, first.beforeStart, first.afterStart)
  const tail = Math.min(context, sides.beforeLines.length - last.beforeEnd, sides.afterLines.length - last.afterEnd)
  const lines: HunkLine[] = []
  let beforeLine = first.beforeStart - lead
  let afterLine = first.afterStart - lead
  const contextUntil = (end: number): void => {
    for (; afterLine < end; afterLine++, beforeLine++)
      lines.push({
        kind: 'context',
        ...shown(sides.afterLines[afterLine] as string, sides.secrets.after(afterLine), sides.mask),
        beforeLine: beforeLine + 1,
        afterLine: afterLine + 1,
        highlights: [],
      })
  }
  for (const block of blocks) {
    contextUntil(block.afterStart)
    lines.push(...blockLines(block, sides, lines.length))
    beforeLine = block.beforeEnd
    afterLine = block.afterEnd
  }
  contextUntil(last.afterEnd + tail)
  return {
    ...lineRange('before', first.beforeStart - lead, last.beforeEnd + tail),
    ...lineRange('after', first.afterStart - lead, last.afterEnd + tail),
    lines,
  }
}

/** As in a unified diff: an empty side names the line before it. */
function lineRange<S extends 'before' | 'after'>(side: S, start: number, end: number) {
  const from = end > start ? start + 1 : start
  return { [`${side}Start`]: from, [`${side}Lines`]: end - start } as Record<`${S}Start` | `${S}Lines`, number>
}

function blockLines(block: Block, sides: Sides, position: number): HunkLine[] {
  const removed: (Pick<HunkLine, 'text' | 'noNewline'> & { readonly line: number })[] = []
  for (let i = block.beforeStart; i < block.beforeEnd; i++)
    removed.push({ ...shown(sides.beforeLines[i] as string, sides.secrets.before(i), sides.mask), line: i + 1 })
  const added: typeof removed = []
  for (let i = block.afterStart; i < block.afterEnd; i++)
    added.push({ ...shown(sides.afterLines[i] as string, sides.secrets.after(i), sides.mask), line: i + 1 })
  const pairs = pairLines(
    removed.map((line) => line.text),
    added.map((line) => line.text),
  )
  const byRemoved = new Map(pairs.map((pair) => [pair.removed, pair]))
  const byAdded = new Map(pairs.map((pair) => [pair.added, pair]))
  return [
    ...removed.map(({ line, ...rest }, i): HunkLine => {
      const pair = byRemoved.get(i)
      return {
        kind: 'removed',
        ...rest,
        beforeLine: line,
        highlights: pair?.removedHighlights ?? [],
        ...(pair ? { counterpart: position + removed.length + pair.added } : {}),
      }
    }),
    ...added.map(({ line, ...rest }, i): HunkLine => {
      const pair = byAdded.get(i)
      return {
        kind: 'added',
        ...rest,
        afterLine: line,
        highlights: pair?.addedHighlights ?? [],
        ...(pair ? { counterpart: position + pair.removed } : {}),
      }
    }),
  ]
}

function shown(line: string, secrets: readonly Range[], mask: Mask): { text: string; noNewline?: true } {
  const ended = line.endsWith('\n')
  const text = ended ? line.slice(0, -1) : line
  return { text: maskText(mask, text, secrets).text, ...(ended ? {} : { noNewline: true }) }
}
