import type { ResourceTypeInfo } from '../catalog/resource-type.ts'
import { type Diagnostic, fail } from '../source/diagnostic.ts'
import type { SourceFile, Span } from '../source/source-file.ts'
import type { CallContext, FunctionDefinition } from '../value/function.ts'
import { type Origin, unknownOrigin } from '../value/origin.ts'
import type { StringValue } from '../value/value.ts'
import { type BeaconWriter, beaconWriter } from './beacon.ts'
import { Bridge, type Frame, MachineLost, RubyRaised } from './bridge.ts'
import type { WireData } from './decode.ts'
import { machineLost } from './failures.ts'
import { type FileTree, mountedTree } from './file-tree.ts'
import { machineImage } from './image.ts'
import { type LoadedDataType, loadDataType } from './load-data-type.ts'
import { functionLoader } from './load-function.ts'
import { loadType } from './load-type.ts'
import { bootMachine } from './machine.ts'
import { rubyModule } from './module.ts'
import { type ModuleTree, moduleTree, type RubyModule } from './module-tree.ts'
import { answerer } from './questions.ts'
import { templateRenderer } from './render.ts'
import { shimTree } from './shim-tree.ts'

export interface RubyOptions {
  /** The modules whose `lib` folders Ruby may read, in the order of the modulepath. */
  readonly modules: Iterable<RubyModule>
  /** The environment itself, whose `lib` Puppet's loaders read too. */
  readonly environment?: RubyModule
  /** Where the environment lies, absolute: what relative directories of modules are below. */
  readonly root?: string
  /** What `Time.now` says; nanoseconds since 1970. */
  readonly now: bigint
  /** What `Puppet.version` says: `8.10.0`. */
  readonly version: string
  /** Ruby leaves the line it runs here, at the price of running much slower. */
  readonly beacon?: SharedArrayBuffer | undefined
}

/**
 * Ruby, sandboxed: templates, functions and resource types of modules. It boots when it is first used (about 0.3 s, less
 * after `prepareRuby`), and anew after it was lost. Failures are thrown as `Failure`.
 */
export interface Ruby {
  /**
   * Renders an ERB template of a file as Puppet's `template` does; `name` is what the manifest called it. The result's
   * origin is a `text` whose pieces are the template's texts and tags, with the variables that each tag read.
   */
  readonly renderErb: (template: SourceFile, name: string, context: CallContext) => StringValue
  /** Renders a text as Puppet's `inline_template` does; `source` is where the text came from. */
  readonly renderInlineErb: (template: string, source: Origin, context: CallContext) => StringValue
  /** The function of a file `lib/puppet/functions/…` or `lib/puppet/parser/functions/…`, by its full name. */
  readonly loadFunction: (file: SourceFile, name: string, context?: CallContext) => FunctionDefinition
  /** A function of the older API that a file has defined beside the one that it was loaded for. */
  readonly registeredFunction: (
    name: string,
  ) => { readonly definition: FunctionDefinition; readonly path: string } | undefined
  /** The resource type of a file `lib/puppet/type/….rb`; `undefined` where it defines none. */
  readonly loadResourceType: (file: SourceFile, name: string, context?: CallContext) => ResourceTypeInfo | undefined
  /** The data type of a file `lib/puppet/datatypes/….rb`, by its full name in lower case. */
  readonly loadDataType: (file: SourceFile, name: string, context?: CallContext) => LoadedDataType
  /** Whether any Ruby code has asked for a file of a module, by the path that people are shown. */
  readonly hasAsked: (path: string) => boolean
  /** Boots now, if that has not been done. */
  readonly boot: () => void
  /** Every node draws the same random numbers: a change between two states of a control repo is never chance. */
  readonly startNode: () => void
  /** Bytes that the interpreter holds; 0 before it boots. */
  readonly memorySize: () => number
}

/** One conversation with a booted interpreter, and what it has loaded so far. */
export interface Session {
  readonly bridge: Bridge
  readonly modules: ModuleTree
  /** Ruby's numbers for compiled templates and loaded functions, by what they were made from. */
  readonly templates: Map<string, number>
  readonly functions: Map<SourceFile, LoadedFunction[]>
  /** Whether the functions of a file give the same result to the same arguments, as far as they ask nothing. */
  readonly repeats: Map<SourceFile, boolean>
  readonly definitions: Map<number, FunctionDefinition>
}

/** What `Rehearsal::Functions` says of a function that a file defined. */
export interface LoadedFunction {
  readonly id: number
  readonly name: string
  readonly legacy?: boolean
  readonly rvalue?: boolean
  readonly dispatches?: readonly LoadedDispatch[]
  readonly types?: Readonly<Record<string, string>>
  /** The class takes its arguments apart itself. */
  readonly own?: boolean
}

export interface LoadedDispatch {
  readonly parameters: readonly {
    readonly type: string
    readonly name: string
    readonly optional?: boolean
    readonly repeated?: boolean
    readonly required?: boolean
  }[]
  readonly block?: { readonly type: string; readonly name: string; readonly optional?: boolean } | null
  readonly returns?: string | null
  readonly method: string
  readonly mismatch: boolean
}

/** How the parts below make calls: `request` builds the JSON request, `read` takes the reply while the frame is open. */
export interface Caller {
  readonly session: () => Session
  readonly call: (call: {
    /** What runs, for the beacon and for messages. */
    readonly file: SourceFile
    readonly context: CallContext | undefined
    readonly origin: Origin
    readonly request: (frame: Frame, session: Session) => string
    readonly read: (reply: WireData, session: Session) => void
    /** The diagnostic for an exception of Ruby's. */
    readonly raised: (raised: RubyRaised) => Diagnostic
    readonly span: Span | undefined
    /** Whether the code gives the same reply to the same request, as far as it asks nothing. */
    readonly repeats?: boolean
  }) => void
}

/** Ruby for one environment and one thread. */
export function startRuby(options: RubyOptions): Ruby {
  const modules = moduleTree(options.modules, options.environment, options.root)
  const beacon = options.beacon && beaconWriter(options.beacon)
  let session: Session | undefined
  let begun = false
  let begin = (): void => {}
  let memorySize = (): number => 0

  const current = (): Session => {
    if (session && !session.bridge.isLost) return session
    const booted = bootSession(options, modules, beacon, () => functions.rubyBlock)
    session = booted.session
    begin = booted.begin
    begun = false
    memorySize = booted.memorySize
    return session
  }
  const caller: Caller = {
    session: current,
    call: ({ file, context, origin, request, read, raised, span, repeats }) => {
      const open = current()
      if (!begun) begin()
      begun = true
      beacon?.enter(file)
      try {
        open.bridge.call(
          context,
          origin,
          (frame) => request(frame, open),
          (reply) => read(reply, open),
          repeats,
        )
      } catch (error) {
        if (error instanceof RubyRaised) fail(raised(error))
        // The outermost call tells; those below it are part of what was lost.
        if (error instanceof MachineLost && open.bridge.frame === undefined)
          fail(machineLost([file.path, error.message], span ? { span } : {}))
        throw error
      } finally {
        beacon?.leave()
      }
    },
  }
  const functions = functionLoader(caller)
  const renderer = templateRenderer(caller)
  return {
    renderErb: renderer.renderFile,
    renderInlineErb: renderer.renderText,
    loadFunction: functions.load,
    // An interpreter that was never asked for anything has defined nothing.
    registeredFunction: (name) => (session ? functions.registered(name) : undefined),
    loadResourceType: (file, name, context) => loadType(caller, file, name, context),
    loadDataType: (file, name, context) => loadDataType(caller, file, name, context),
    hasAsked: modules.hasAsked,
    boot: () => {
      current()
    },
    startNode: () => {
      begun = false
    },
    memorySize: () => memorySize(),
  }
}

function bootSession(
  options: RubyOptions,
  modules: ModuleTree,
  beacon: BeaconWriter | undefined,
  rubyBlock: () => ReturnType<typeof functionLoader>['rubyBlock'],
): { session: Session; memorySize: () => number; begin: () => void } {
  const definitions = new Map<number, FunctionDefinition>()
  const bridge = new Bridge(
    answerer({
      modules,
      version: options.version,
      definition: (id) => definitions.get(id),
      rubyBlock: (data, context) => rubyBlock()(data, context),
      lineReached: (path, line) => beacon?.line(modules.shown(path), line),
    }),
  )
  const machine = bootMachine({
    module: rubyModule(),
    tree: mountedTree(
      new Map<string, FileTree>([
        ['rehearsal', shimTree],
        ['modules', modules],
      ]),
    ),
    door: bridge.door,
    now: () => options.now,
    output: () => {},
    image: machineImage(),
  })
  bridge.attach(machine)
  const tell = (...request: readonly unknown[]): void =>
    bridge.call(
      undefined,
      unknownOrigin,
      () => JSON.stringify(request),
      () => {},
    )
  tell('start', options.version, beacon !== undefined)
  const session: Session = {
    bridge,
    modules,
    templates: new Map(),
    functions: new Map(),
    repeats: new Map(),
    definitions,
  }
  const begin = (): void => {
    machine.reseed()
    tell('start-node')
  }
  return { session, memorySize: machine.memorySize, begin }
}
