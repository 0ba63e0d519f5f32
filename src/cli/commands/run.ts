import { resolve } from 'node:path'
import { reportOf } from '../../project/problems.ts'
import { run } from '../../project/run.ts'
import { timeoutOf } from '../../project/timeout.ts'
import { publish, readFormats } from '../formats.ts'
import { exitCodes } from '../io.ts'
import { chooseNodes, openFromArguments } from '../open.ts'
import type { Runner } from '../runners.ts'

/** `rehearse run`: every node, or those that `--node` names. */
export const runner: Runner = {
  run: (session) => {
    const { args, io, stalls, begin } = session
    readFormats(args.format)
    const repo = openFromArguments(args, session)
    if (repo.nodes.length === 0) {
      publish(reportOf('run', repo.directory, repo.diagnostics), args, io)
      return exitCodes.couldNotRun
    }
    const report = run(repo, {
      nodes: chooseNodes(repo, args.node),
      stalls,
      ...(typeof args.deployed === 'string' ? { deployed: resolve(args.deployed) } : {}),
      onNode: (name, index, count) => {
        begin(name, timeoutOf(repo.configuration))
        if (count > 1) io.progress(`${index + 1}/${count} ${name}`)
      },
    })
    io.progress('')
    return publish(report, args, io)
  },
}
