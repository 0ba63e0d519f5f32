import { resolve } from 'node:path'
import { savedCatalogs } from '../../project/catalog-state.ts'
import type { ControlRepo } from '../../project/control-repo.ts'
import type { EarlierState } from '../../project/earlier-state.ts'
import { reportOf } from '../../project/problems.ts'
import { openRevisions } from '../../project/revision-state.ts'
import { run } from '../../project/run.ts'
import type { RunReport } from '../../project/run-report.ts'
import { timeoutOf } from '../../project/timeout.ts'
import { Failure } from '../../source/diagnostic.ts'
import { applyFixes } from '../apply-fixes.ts'
import { publish, readFormats } from '../formats.ts'
import { CannotRun, exitCodes } from '../io.ts'
import { chooseNodes, controlRepoOptions, openFromArguments } from '../open.ts'
import type { Runner, Session } from '../session.ts'

/** `rehearse run`: every node, or those that `--node` names. */
export const runner: Runner = {
  run: (session) => {
    const { args, io } = session
    readFormats(args.format)
    if (args.fix === true && args.to !== undefined)
      throw new CannotRun('--fix changes the work tree, and --to names another state', 'Leave one of them out.')
    const { repo, earlier } = open(session)
    if (repo.nodes.length === 0) {
      publish(reportOf('run', repo.directory, repo.diagnostics), args, io)
      return exitCodes.couldNotRun
    }
    let report = rehearse(session, repo, earlier)
    if (args.fix === true && applyFixes(report.findings, repo.directory, session.io)) {
      const mended = open(session)
      report = rehearse(session, mended.repo, mended.earlier)
    }
    return publish(report, args, io)
  },
}

function rehearse(
  { args, io, stalls, begin }: Session,
  repo: ControlRepo,
  earlier: EarlierState | undefined,
): RunReport {
  const report = run(repo, {
    nodes: chooseNodes(repo, args.node),
    stalls,
    ...(typeof args.deployed === 'string' ? { deployed: placeOf(args.deployed) } : {}),
    ...(earlier ? { earlier, all: args.all === true } : {}),
    onNode: (name, index, count) => {
      begin(name, timeoutOf(repo.configuration))
      if (count > 1) io.progress(`${index + 1}/${count} ${name}`)
    },
  })
  io.progress('')
  return report
}

function placeOf(deployed: string): string {
  return deployed.startsWith('ssh://') ? deployed : resolve(deployed)
}

/** The control repo, and what it is compared with. */
function open(session: Session): { readonly repo: ControlRepo; readonly earlier?: EarlierState } {
  const { args } = session
  const text = (name: string) => (typeof args[name] === 'string' ? (args[name] as string) : undefined)
  const [from, to, saved] = [text('from'), text('to'), text('fromCatalogs')]
  if (from !== undefined && saved !== undefined)
    throw new CannotRun('--from and --from-catalogs cannot go together', 'Name one state before the change.')
  if (from === undefined) {
    if (to !== undefined) throw new CannotRun('--to needs --from', 'Name the revision before the change: --from REF.')
    const repo = openFromArguments(args, session)
    return saved === undefined ? { repo } : { repo, earlier: savedCatalogs(repo, resolve(saved)) }
  }
  try {
    return openRevisions(controlRepoOptions(args, session), to === undefined ? { from } : { from, to })
  } catch (error) {
    if (error instanceof Failure) throw new CannotRun(error.diagnostic.message, error.diagnostic.remedy)
    throw error
  }
}
