import { holdExplainedLines } from './explained-lines.ts'

holdExplainedLines(new URL('explained-lines.txt', import.meta.url), 400)
