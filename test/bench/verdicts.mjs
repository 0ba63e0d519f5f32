// How often the answers are httpd's: the recorded probes in three places (verdict, message, line, and whether there is a
// column) and the recorded matrix of every directive, argument and context.
//   node test/bench/verdicts.mjs
// Fails below 100 % of the probes' verdicts, 95 % of their messages, 100 % of their lines, 99.9 % of the matrix.
// For freshly drawn mutants of real files: MUTANTS=20000 npx vitest run --project parity test/parity/apache/real-files
import { bundled } from '../bundle.mjs'

const { comparable, judge, loggedMessage, matrixCells, probePlaces, probesAs } = await bundled({
  'test/apache/machine.ts': ['comparable', 'judge', 'loggedMessage'],
  'test/apache/recorded-answers.ts': ['matrixCells', 'probePlaces', 'probesAs'],
})

let failed = false

function share(what, same, all, least) {
  // Rounded down, so that 100.00 % means all of them.
  const percent = Math.floor((same / all) * 10_000) / 100
  console.log(`${what}: ${same} of ${all}, ${percent.toFixed(2)} %, at least ${least} % asked`)
  if (percent < least) failed = true
}

for (const as of probePlaces) {
  const answers = probesAs(as).map((probe) => ({ probe, given: judge(probe.text, as) }))
  const count = (test) => answers.filter(test).length
  const refused = answers.filter(({ probe }) => probe.message !== undefined)
  const withLine = refused.filter(({ probe }) => probe.line !== undefined)
  const verdicts = count(({ probe, given }) => (given.verdict === 'reject') === (probe.message !== undefined))
  const messages = refused.filter(({ probe, given }) => comparable(probe.message) === loggedMessage(given)).length
  const lines = withLine.filter(({ probe, given }) => given.first?.line === probe.line).length
  const placed = refused.filter(({ given }) => given.first?.diagnostic.span !== undefined).length
  share(`probes as ${as}, same verdict`, verdicts, answers.length, 100)
  share(`probes as ${as}, same message`, messages, refused.length, 95)
  if (withLine.length > 0) share(`probes as ${as}, same line`, lines, withLine.length, 100)
  share(`probes as ${as}, with a column`, placed, refused.length, 100)
}

let cells = 0
let same = 0
for (const { as, text, accepted } of matrixCells()) {
  cells++
  if ((judge(text, as).verdict === 'ok') === accepted) same++
}
share('matrix, same verdict', same, cells, 99.9)
process.exitCode = failed ? 1 : 0
