// What a line of Apache configuration costs, whatever the length of the file: processor time to read and judge 10,000,
// 100,000 and 1,000,000 lines of virtual hosts, directories, rewriting, headers and conditions, warm; with the lints
// that `rehearse validate` adds, and without them.
//   node test/bench/apache-lines.mjs [LINES…]
// Fails where 10,000 lines take 60 ms or more in either mode, where a line of the longest text costs more than one and a half times
// what a line of the shortest does, or where a text keeps more than 2 KB of memory a line.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { apacheLines } from '../apache/apache-lines.mjs'
import { bundled } from '../bundle.mjs'

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 100_000, 1_000_000]
const { judgeConfig, moduleSet, configLines, judgeAlone, sourceFile } = await bundled({
  'src/apache/check.ts': ['judgeConfig'],
  'src/apache/modules.ts': ['moduleSet'],
  'src/apache/lines.ts': ['configLines'],
  'src/project/apache-check.ts': ['judgeAlone'],
  'src/source/source-file.ts': ['sourceFile'],
})

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
const options = { as: 'server', modules: moduleSet('all') }
const modes = {
  'parse and check': (text) => judgeConfig(configLines(sourceFile('httpd.conf', text)), options).verdict,
  'with lints': (text) => judgeAlone(sourceFile('httpd.conf', text), options),
}

/** Milliseconds of processor time, the least of some rounds: other programs only ever add to it. */
function cost(run, text, rounds) {
  let least = Infinity
  collect()
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage()
    const { verdict, diagnostics } = run(text)
    const { user, system } = process.cpuUsage(before)
    if (verdict !== 'ok' || diagnostics.some(({ severity }) => severity === 'error'))
      throw new Error(`the text is to be fine: ${diagnostics[0]?.message}`)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

/** Bytes that the tree and the verdict of a text keep. */
function kept(text) {
  collect()
  const before = process.memoryUsage().heapUsed
  const tree = configLines(sourceFile('httpd.conf', text))
  const judged = judgeConfig(tree, options)
  collect()
  const used = process.memoryUsage().heapUsed - before
  return judged.verdict.verdict === 'ok' ? used : Number.NaN
}

let failed = false
for (const [mode, run] of Object.entries(modes)) {
  const warm = apacheLines(2_000)
  for (let i = 0; i < 30; i++) run(warm)
  const perLine = []
  for (const lines of sizes) {
    const text = apacheLines(lines)
    const milliseconds = cost(run, text, Math.max(3, Math.min(30, Math.round(600_000 / lines))))
    perLine.push((milliseconds * 1000) / lines)
    const memory = mode === 'parse and check' ? kept(text) / lines : 0
    const told = memory > 0 ? `, ${Math.round(memory)} bytes a line kept` : ''
    console.log(
      `${mode}: ${lines.toLocaleString('en')} lines in ${milliseconds.toFixed(0)} ms, ${perLine.at(-1).toFixed(2)} µs a line${told}`,
    )
    if (memory > 2048) failed = true
    if (lines === 10_000 && milliseconds >= 60) failed = true
  }
  const ratio = perLine.at(-1) / perLine[0]
  console.log(`${mode}: a line of the longest text costs ${ratio.toFixed(2)} times what one of the shortest does`)
  if (ratio > 1.5) failed = true
}
process.exitCode = failed ? 1 : 0
