import type { Span } from '../../source/source-file.ts'
import type { Found, LintContext, ServerLint } from './rule.ts'
import { type Host, nameOf, wordSpan, wordsOf } from './server.ts'

/** Numbers of servers and threads that httpd changes when it starts. */
export const WORKER_LINTS: readonly ServerLint[] = [
  {
    code: 'worker-limits',
    why: 'httpd changes numbers of servers and threads that do not fit together, and logs it when it starts.',
    severity: 'warning',
    scope: 'server',
    find: limits,
  },
]

/** The codes that the modules log with; what they say is the same. */
interface Codes {
  readonly serversOver: string
  readonly serversUnder: string
  readonly threadLimitOver: string
  readonly threadLimitUnder: string
  readonly threadsOver: string
  readonly threadsUnder: string
  readonly workersUnder: string
  readonly workersOdd: string
  readonly workersOver: string
  /** ThreadLimit as it was compiled in. */
  readonly mostThreads: number
}

const THREADED: Readonly<Record<string, Codes>> = {
  mpm_event_module: {
    serversOver: 'AH00497',
    serversUnder: 'AH00499',
    threadLimitOver: 'AH00502',
    threadLimitUnder: 'AH00504',
    threadsOver: 'AH00507',
    threadsUnder: 'AH00509',
    workersUnder: 'AH00511',
    workersOdd: 'AH00513',
    workersOver: 'AH00515',
    mostThreads: 100_000,
  },
  mpm_worker_module: {
    serversOver: 'AH00300',
    serversUnder: 'AH00302',
    threadLimitOver: 'AH00305',
    threadLimitUnder: 'AH00307',
    threadsOver: 'AH00310',
    threadsUnder: 'AH00312',
    workersUnder: 'AH00314',
    workersOdd: 'AH00316',
    workersOver: 'AH00318',
    mostThreads: 20_000,
  },
}

/** A number of the configuration, or the one that httpd was built with. */
interface Setting {
  readonly value: number
  readonly span?: Span
}

function setting({ nodes }: Host, names: readonly string[], preset: number): Setting {
  const node = nodes.findLast((each) => names.includes(nameOf(each)))
  const [word] = node ? wordsOf(node) : []
  return node && word ? { value: Number.parseInt(word.value, 10) || 0, span: wordSpan(node, word) } : { value: preset }
}

function* limits({ model: { main, environment } }: LintContext): Generator<Found> {
  if (environment.modules.has('mpm_prefork_module')) yield* preforked(main)
  for (const [name, codes] of Object.entries(THREADED)) if (environment.modules.has(name)) yield* threaded(main, codes)
}

function* told(settings: readonly Setting[], message: string): Generator<Found> {
  const [first, ...others] = settings.flatMap(({ span }) => span ?? [])
  if (first) yield { span: first, message, related: others.map((span) => ({ message: 'together with this', span })) }
}

/** In the order in which httpd's threaded modules look at their settings, each after what came of the ones before. */
function* threaded(main: Host, codes: Codes): Generator<Found> {
  const servers = setting(main, ['serverlimit'], 16)
  const limit = setting(main, ['threadlimit'], 64)
  const threads = setting(main, ['threadsperchild'], 25)
  const workers = setting(main, ['maxrequestworkers', 'maxclients'], 400)
  let [mostServers, mostThreads, perChild, all] = [servers.value, limit.value, threads.value, workers.value]
  if (mostServers > 20_000) {
    yield* told(
      [servers],
      `${codes.serversOver}: WARNING: ServerLimit of ${mostServers} exceeds compile-time limit of 20000 servers, decreasing to 20000.`,
    )
    mostServers = 20_000
  } else if (mostServers < 1) {
    yield* told(
      [servers],
      `${codes.serversUnder}: WARNING: ServerLimit of ${mostServers} not allowed, increasing to 1.`,
    )
    mostServers = 1
  }
  if (mostThreads > codes.mostThreads) {
    yield* told(
      [limit],
      `${codes.threadLimitOver}: WARNING: ThreadLimit of ${mostThreads} exceeds compile-time limit of ${codes.mostThreads} threads, decreasing to ${codes.mostThreads}.`,
    )
    mostThreads = codes.mostThreads
  } else if (mostThreads < 1) {
    yield* told(
      [limit],
      `${codes.threadLimitUnder}: WARNING: ThreadLimit of ${mostThreads} not allowed, increasing to 1.`,
    )
    mostThreads = 1
  }
  if (perChild > mostThreads) {
    yield* told(
      [threads, limit],
      `${codes.threadsOver}: WARNING: ThreadsPerChild of ${perChild} exceeds ThreadLimit of ${mostThreads} threads, decreasing to ${mostThreads}. To increase, please see the ThreadLimit directive.`,
    )
    perChild = mostThreads
  } else if (perChild < 1) {
    yield* told(
      [threads],
      `${codes.threadsUnder}: WARNING: ThreadsPerChild of ${perChild} not allowed, increasing to 1.`,
    )
    perChild = 1
  }
  if (all < perChild) {
    yield* told(
      [workers, threads],
      `${codes.workersUnder}: WARNING: MaxRequestWorkers of ${all} is less than ThreadsPerChild of ${perChild}, increasing to ${perChild}. MaxRequestWorkers must be at least as large as the number of threads in a single server.`,
    )
    all = perChild
  } else if (all % perChild > 0) {
    const nearest = all - (all % perChild)
    yield* told(
      [workers, threads],
      `${codes.workersOdd}: WARNING: MaxRequestWorkers of ${all} is not an integer multiple of ThreadsPerChild of ${perChild}, decreasing to nearest multiple ${nearest}, for a maximum of ${nearest / perChild} servers.`,
    )
    all = nearest
  }
  if (all / perChild > mostServers)
    yield* told(
      [workers, servers, threads],
      `${codes.workersOver}: WARNING: MaxRequestWorkers of ${all} would require ${all / perChild} servers and would exceed ServerLimit of ${mostServers}, decreasing to ${mostServers * perChild}. To increase, please see the ServerLimit directive.`,
    )
}

function* preforked(main: Host): Generator<Found> {
  const servers = setting(main, ['serverlimit'], 256)
  const workers = setting(main, ['maxrequestworkers', 'maxclients'], 256)
  let most = servers.value
  if (most > 200_000) {
    yield* told(
      [servers],
      `AH00175: WARNING: ServerLimit of ${most} exceeds compile-time limit of 200000 servers, decreasing to 200000.`,
    )
    most = 200_000
  } else if (most < 1) {
    yield* told([servers], `AH00177: WARNING: ServerLimit of ${most} not allowed, increasing to 1.`)
    most = 1
  }
  if (workers.value > most)
    yield* told(
      [workers, servers],
      `AH00180: WARNING: MaxRequestWorkers of ${workers.value} exceeds ServerLimit value of ${most} servers, decreasing MaxRequestWorkers to ${most}. To increase, please see the ServerLimit directive.`,
    )
  else if (workers.value < 1)
    yield* told([workers], `AH00182: WARNING: MaxRequestWorkers of ${workers.value} not allowed, increasing to 1.`)
}
