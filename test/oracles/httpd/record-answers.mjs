#!/usr/bin/env node
// Turns measured verdicts into the compact files that the unit tests replay.
//
// Usage:  node record-answers.mjs probes QUIRKS.jsonl > ../../apache/recorded/probes.json
//         node record-answers.mjs matrix MATRIX.jsonl > ../../apache/recorded/matrix.json
//         node record-answers.mjs regexes TEXTS.jsonl VERDICTS.jsonl > ../../apache/recorded/regexes.json
//         node record-answers.mjs arguments TEXTS.jsonl VERDICTS.jsonl > ../../apache/recorded/arguments.json
// QUIRKS has {"id","text"|"repeat","finalNewline","htaccess","server","directory"}: a probe with the answers of
// htaccess.mjs and of config.mjs with wrap "none" and "dir". MATRIX has {"d","ctx","arg","verdict"}: a directive with an
// argument in a context. TEXTS and VERDICTS are input and output of htaccess.mjs for `RewriteRule "PATTERN" -`, or of config.mjs for directives.
import { readFileSync } from 'node:fs'
import { parseJsonLines } from './lib/tool.mjs'

const [kind, ...paths] = process.argv.slice(2)
const read = (path) => parseJsonLines(readFileSync(path), path)
const command = (what) => `node test/oracles/httpd/${what}, httpd 2.4.71-1~deb12u1 with all modules of apache2-bin`

if (kind === 'probes') {
  const probes = read(paths[0]).map(({ id, text, repeat, finalNewline, ...answers }) => {
    const answer = ({ verdict, message, line, phase }) => {
      if (verdict !== 'reject') return verdict
      return [message, ...(line === undefined ? [] : [line]), ...(phase === undefined ? [] : [phase])]
    }
    return {
      id,
      ...(repeat ? { repeat } : { text }),
      ...(finalNewline === false ? { finalNewline } : {}),
      htaccess: answer(answers.htaccess),
      server: answer(answers.server),
      directory: answer(answers.directory),
    }
  })
  print({ command: command('htaccess.mjs and config.mjs'), probes }, 'probes')
} else if (kind === 'matrix') {
  const args = new Map()
  const rows = new Map()
  for (const { d, ctx, arg, verdict } of read(paths[0])) {
    if (!args.has(ctx)) args.set(ctx, [])
    if (!args.get(ctx).includes(arg)) args.get(ctx).push(arg)
    if (!rows.has(d)) rows.set(d, {})
    rows.get(d)[ctx] = (rows.get(d)[ctx] ?? '') + { ok: '+', reject: '-', runtime500: '+', crash: '!' }[verdict]
  }
  const directives = [...rows].map(([name, verdicts]) => ({ name, ...verdicts }))
  print({ command: command('htaccess.mjs and config.mjs'), args: Object.fromEntries(args), directives }, 'directives')
} else if (kind === 'regexes') {
  const verdicts = new Map(read(paths[1]).map((answer) => [answer.id, answer.verdict]))
  const patterns = read(paths[0]).map(({ id }) => [id, verdicts.get(id) === 'reject' ? 'reject' : 'ok'])
  print({ command: command('htaccess.mjs'), patterns }, 'patterns')
} else if (kind === 'arguments') {
  const messages = new Map(read(paths[1]).map(({ id, message }) => [id, message ?? 'ok']))
  const texts = read(paths[0]).map(({ id, text }) => [text, messages.get(id)])
  print({ command: command('config.mjs'), texts }, 'texts')
} else throw new Error('probes, matrix, regexes or arguments?')

// One entry a line, so that a change of one can be read.
function print(document, list) {
  const { [list]: entries, ...head } = document
  const start = JSON.stringify(head).slice(0, -1)
  console.log(`${start},"${list}":[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]}`)
}
