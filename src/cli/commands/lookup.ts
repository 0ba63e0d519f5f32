import { type KeyLookup, type KeyRequest, lookupForNode } from '../../compiler/lookup-key.ts'
import { createMask, learnTexts } from '../../diff/mask.ts'
import { shown } from '../../project/facts-nodes.ts'
import { groupFindings } from '../../project/group.ts'
import { requestFor } from '../../project/rendered-node.ts'
import { stallDiagnostic } from '../../project/stalls.ts'
import { timeoutOf } from '../../project/timeout.ts'
import { renderLookup } from '../../report/lookup.ts'
import { renderLookupJson } from '../../report/lookup-json.ts'
import { colourStyle, plainStyle } from '../../report/style.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import { boolean, hash, string, type Value } from '../../value/value.ts'
import { CannotRun, exitCodes } from '../io.ts'
import { chooseNode, openFromArguments } from '../open.ts'
import { refuse } from '../refusal.ts'
import type { Runner } from '../session.ts'

/** `rehearse lookup KEY --node NODE`: a value of Hiera's and where it comes from. */
export const runner: Runner = {
  run: (session) => {
    const { args, io, begin, stalls } = session
    const request = requestFrom(args)
    const repo = openFromArguments(args, session)
    const node = chooseNode(repo, args.node ?? '*')
    const stall = stalls.find(({ name }) => name === node.name)
    if (stall) return refuse(repo, [stallDiagnostic(stall)], session)
    begin(node.name, timeoutOf(repo.configuration))
    const { environment } = repo
    const asked = requestFor(repo, node)
    const found = withFindings(lookupForNode(environment, asked.request, request), request, asked.diagnostics)
    const mask = createMask()
    learnTexts(mask, found.secrets)
    const report = {
      node: node.name,
      keys: request.keys,
      found,
      context: {
        dataFile: found.dataFile,
        shownPath: (path: string) => shown(path, environment.files.root.replace(/\/$/, '')),
      },
      mask,
    }
    io.out(
      args.format === 'json'
        ? renderLookupJson(report)
        : renderLookup(report, io.colour ? colourStyle : plainStyle, { options: args.explainOptions === true }),
    )
    return found.diagnostics.some(({ severity }) => severity === 'error') ? exitCodes.findings : exitCodes.clean
  },
}

/** Variables of manifests are there only where the catalog was compiled. */
function withFindings(found: KeyLookup, request: KeyRequest, others: readonly Diagnostic[]): KeyLookup {
  const remedy = 'If a manifest sets it, compile the catalog first: --compile.'
  const findings = [...others, ...found.diagnostics].map((diagnostic) => ({
    diagnostic:
      !request.compile && diagnostic.message.startsWith('Undefined variable') ? { remedy, ...diagnostic } : diagnostic,
    nodes: [],
    trace: [],
  }))
  return { ...found, diagnostics: groupFindings(findings).map(({ diagnostic }) => diagnostic) }
}

type Args = Readonly<Record<string, unknown>>

function requestFrom(args: Args): KeyRequest {
  const keys = (Array.isArray(args.keys) ? args.keys : [args.keys]).map(String)
  const merge = mergeFrom(args)
  return {
    keys,
    ...(merge ? { merge } : {}),
    ...(typeof args.default === 'string' ? { defaultValue: args.default } : {}),
    ...(typeof args.type === 'string' ? { type: args.type } : {}),
    ...(args.compile === true ? { compile: true } : {}),
  }
}

const origin = { kind: 'builtin', name: 'the command line' } as const

/** `--merge` with the options that only `deep` takes. */
function mergeFrom(args: Args): Value | undefined {
  const strategy = args.merge
  const { knockOutPrefix: prefix, sortMergedArrays: sort, mergeHashArrays: hashes } = args
  const deep = prefix !== undefined || sort !== undefined || hashes !== undefined
  if (deep && strategy !== 'deep')
    throw new CannotRun(
      '--knock-out-prefix, --sort-merged-arrays and --merge-hash-arrays are only available with --merge deep',
    )
  if (typeof strategy !== 'string') return undefined
  const option = (name: string, value: Value) => [string(name, origin), value] as const
  return hash(
    [
      option('strategy', string(strategy, origin)),
      ...(sort === undefined ? [] : [option('sort_merged_arrays', boolean(sort === true, origin))]),
      ...(hashes === undefined ? [] : [option('merge_hash_arrays', boolean(hashes === true, origin))]),
      ...(typeof prefix === 'string' ? [option('knockout_prefix', string(prefix, origin))] : []),
    ],
    origin,
  )
}
