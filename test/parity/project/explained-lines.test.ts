import { holdExplainedLines } from '../../project/explained-lines.ts'

holdExplainedLines(new URL('explained-lines.txt', import.meta.url), 100)
