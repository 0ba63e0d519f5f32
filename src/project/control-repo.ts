import { dirname, isAbsolute, join, resolve } from 'node:path'
import { type Environment, openEnvironment, type ParsedManifests } from '../compiler/environment.ts'
import { environmentModule, indexModules } from '../compiler/module-index.ts'
import type { RecordedQueries } from '../compiler/recorded-queries.ts'
import { openHiera } from '../hiera/sources.ts'
import { type Ruby, startRuby } from '../ruby/ruby.ts'
import { type Diagnostic, define } from '../source/diagnostic.ts'
import { below, diskFiles, type Files, normalise } from '../source/files.ts'
import { sourceFile } from '../source/source-file.ts'
import { type Configuration, readConfiguration } from './configuration.ts'
import { type DataUse, openDataUse } from './data-use.ts'
import { readEnvironmentConf, splitPath } from './environment-conf.ts'
import { type Exports, openExports } from './exported-resources.ts'
import { loadNodes } from './facts-nodes.ts'
import type { FactOverride } from './facts-overrides.ts'
import { linksOutside } from './links-outside.ts'
import { type Classified, openClassifier } from './node-classifier.ts'
import { outsideData } from './outside-data.ts'
import { missingModules } from './puppetfile.ts'
import type { NodeFacts } from './read-facts.ts'
import { readAnswers } from './recorded-answers.ts'
import { puppetSettings, puppetVersions } from './settings.ts'
import { refusals, type Stall } from './stalls.ts'
import { timeoutOf } from './timeout.ts'

/** What people ask for on the command line; it goes before what `rehearse.yaml` says. */
export interface ControlRepoOptions {
  /** The environment's directory, absolute. */
  readonly directory: string
  /** The environment's name; its directory's where left out. */
  readonly name?: string
  readonly modulePath?: string
  /** A file or directory, absolute, or the name of a bundled set. */
  readonly facts?: string
  /** The nodes that get the facts of a bundled set. */
  readonly nodeNames?: readonly string[]
  /** Facts that every node has instead of its own. */
  readonly factOverrides?: readonly FactOverride[]
  readonly puppet?: 7 | 8
  /** The configuration's path, absolute; `rehearse.yaml` in the environment where left out. */
  readonly config?: string
  /** Where Ruby leaves the line it runs, for a thread that watches; slow. */
  readonly beacon?: SharedArrayBuffer
  /** Whether the resource types of Puppet's own packages (`cron`, `mount`, …) are there without their modules; no where left out. */
  readonly vendoredTypes?: boolean
  /** A path, absolute: as in `OutsideSettings`. */
  readonly globalHiera?: string
  readonly eyamlKeys?: string
  /** Variables of the environment that hiera.yaml may name for eyaml's keys; none where left out. */
  readonly environmentVariable?: (name: string) => string | undefined
  /** What becomes of encrypted data whose keys are not here; `mask` where left out. */
  readonly undecryptable?: 'fail' | 'mask'
  /** What hung before: its templates are not tried again. */
  readonly stalls?: readonly Stall[]
  /** Where the environment's files come from; the disk where left out. */
  readonly files?: Files
  /** Where a directory of modules elsewhere comes from; the disk where it gives nothing. */
  readonly elsewhere?: (directory: string) => Files | undefined
  /** Whether programs may be run that `rehearse.yaml` names. */
  readonly allowExec?: boolean
  /** Whether a node is compiled as Puppet does by itself: with neither a classifier nor PuppetDB. */
  readonly alone?: boolean
  /** Told before a node is compiled for what it exports, with the seconds that it may take. */
  readonly onExporter?: (name: string, seconds: number) => void
  /** What the control repo became after this state: its nodes are the ones, and its settings hold where this state has none. */
  readonly later?: ControlRepo
  /** The moment of the run, in nanoseconds since 1970; now where left out. */
  readonly now?: bigint
  /** An interpreter that sees the same Ruby files of the modules; a new one where left out. */
  readonly ruby?: Ruby
  /** Manifests that are parsed already, by path and text. */
  readonly parsed?: ParsedManifests
}

/** A control repo, opened: the environment, its nodes and its settings. */
export interface ControlRepo {
  readonly directory: string
  readonly environment: Environment
  readonly ruby: Ruby
  readonly configuration: Configuration
  readonly modules: { readonly path: readonly string[]; readonly files: (directory: string) => Files }
  /** The file or directory with the environment's own manifests. */
  readonly manifests: string
  /** Sorted by name. */
  readonly nodes: readonly NodeFacts[]
  readonly diagnostics: readonly Diagnostic[]
  /** What the external node classifier says of a node; left out where there is none. */
  readonly classify?: (node: string) => Classified
  /** What its nodes export, and PuppetDB's recorded answers; left out where PuppetDB is not stood in for. */
  readonly exports?: Exports
  readonly queries?: RecordedQueries
  /** What nodes that were compiled use of the data. */
  readonly dataUse?: DataUse
  readonly onExporter?: (name: string) => void
}

const noConfiguration = define('error', 'project/no-configuration', (path: string) => `no configuration file '${path}'`)

/** Opens a control repo. What is wrong with it comes as diagnostics; whatever can be used is there. */
export function openControlRepo(options: ControlRepoOptions): ControlRepo {
  const { directory } = options
  const diagnostics: Diagnostic[] = []
  const disk = diskFiles(directory)
  const configuration = loadConfiguration(options, disk, diagnostics)
  const ownFiles = options.files ?? disk
  const conf = readEnvironmentConf(textOf(ownFiles, 'environment.conf'))
  diagnostics.push(...conf.diagnostics)
  const asked = options.modulePath ?? configuration.modulePath
  const modulePath = (asked === undefined ? conf.modulePath : splitPath(asked)).map((path) =>
    isAbsolute(path) || normalise(path) !== undefined ? path : resolve(directory, path),
  )
  const outside = modulePath.filter((path) => isAbsolute(path))
  const files = options.files ?? diskFiles(directory, [directory, ...outside])
  const moduleFiles = (path: string): Files =>
    isAbsolute(path) ? (options.elsewhere?.(path) ?? sharedModules(path)) : below(files, path)
  const name = options.name ?? (directory.split('/').at(-1) || 'production')
  const absolute = (path: string): string => resolve(files.root, path)
  diagnostics.push(...linksOutside(files, modulePath))
  const settings = puppetSettings(options.puppet ?? configuration.puppet ?? 8, name, {
    environmentpath: dirname(files.root),
    manifest: absolute(conf.manifest ?? 'manifests'),
    modulepath: modulePath.map(absolute).join(':'),
    config_version: conf.configVersion ?? '',
  })
  const modules = indexModules(modulePath, moduleFiles)
  const puppetfile = textOf(ownFiles, 'Puppetfile')
  const missing = puppetfile && missingModules(puppetfile, modules)
  diagnostics.push(...(missing?.diagnostics ?? []))
  const now = options.now ?? BigInt(Date.now()) * 1_000_000n
  const ruby =
    options.ruby ??
    startRuby({
      modules: modules.values(),
      environment: environmentModule(files),
      root: files.root,
      now,
      version: puppetVersions[settings.puppet],
      beacon: options.beacon,
    })
  const environment = openEnvironment({
    now,
    ruby,
    ...(options.parsed ? { parsed: options.parsed } : {}),
    vendoredTypes: options.vendoredTypes ?? false,
    refused: refusals(options.stalls ?? []),
    hiera: openHiera({
      files,
      environment: name,
      undecryptable: options.undecryptable ?? 'mask',
      ...outsideData(
        directory,
        files,
        {
          globalHiera: options.globalHiera ?? configuration.globalHiera,
          eyamlKeys: options.eyamlKeys ?? configuration.eyamlKeys,
        },
        diagnostics,
      ),
      ...(options.environmentVariable ? { environmentVariable: options.environmentVariable } : {}),
      modules: [...modules.values()].map((module) => ({
        name: module.name,
        files: below(moduleFiles(dirname(module.directory)), module.name),
        shown: module.directory,
      })),
    }),
    name,
    files,
    modulePath,
    moduleFiles,
    ...(conf.manifest === undefined ? {} : { manifest: conf.manifest }),
    settings,
  })
  const nodes = nodesOf(options, configuration, diagnostics)
  return {
    directory,
    environment,
    ruby,
    configuration,
    modules: { path: modulePath, files: moduleFiles },
    nodes,
    manifests: (conf.manifest ?? 'manifests').replace(/^\.\//, '').replace(/\/$/, ''),
    diagnostics,
    dataUse: openDataUse(environment, nodes, missing?.names),
    ...(options.alone ? {} : surroundings(options, configuration, files, nodes, diagnostics)),
  }
}

/** What a Puppet server has beside the environment: a classifier, and PuppetDB. */
function surroundings(
  { directory, allowExec = false, onExporter }: ControlRepoOptions,
  configuration: Configuration,
  files: Files,
  nodes: readonly NodeFacts[],
  diagnostics: Diagnostic[],
): Pick<ControlRepo, 'classify' | 'exports' | 'queries' | 'onExporter'> {
  const seconds = timeoutOf(configuration)
  const setting = configuration.classifier
  const answers = readAnswers(files)
  diagnostics.push(...answers.diagnostics)
  return {
    ...(setting ? { classify: openClassifier({ setting, files, directory, allowExec, seconds }) } : {}),
    exports: openExports(nodes.map(({ name }) => name)),
    queries: answers.queries,
    ...(onExporter ? { onExporter: (name: string) => onExporter(name, seconds) } : {}),
  }
}

/** A directory of modules outside the repo. Its own links count as modules: packages install them that way. */
function sharedModules(directory: string): Files {
  const own = diskFiles(directory)
  const targets = (own.list('') ?? []).flatMap((name) => {
    const target = own.entry(name)?.target
    return target === undefined ? [] : [resolve(directory, target)]
  })
  return targets.length === 0 ? own : diskFiles(directory, [directory, ...targets])
}

function textOf(files: Files, path: string) {
  const text = files.text(path)
  return text === undefined ? undefined : sourceFile(path, text)
}

/** `rehearse.yaml` belongs to the state that is opened; one that is not committed yet holds for every state. */
function loadConfiguration(options: ControlRepoOptions, disk: Files, diagnostics: Diagnostic[]): Configuration {
  const path = options.config ?? join(options.directory, 'rehearse.yaml')
  const own = options.config ? undefined : options.files?.text('rehearse.yaml')
  if (own === undefined && options.later) return options.later.configuration
  const text = options.config
    ? diskFiles(join(path, '..')).text(path.split('/').at(-1) as string)
    : (own ?? disk.text('rehearse.yaml'))
  if (text === undefined) {
    if (options.config) diagnostics.push(noConfiguration([path]))
    return {}
  }
  const read = readConfiguration(sourceFile(options.config ? path : 'rehearse.yaml', text))
  diagnostics.push(...read.diagnostics)
  return read.configuration
}

/** The nodes with the facts of the state that is opened; what has no facts in it has the later ones. */
function nodesOf(
  options: ControlRepoOptions,
  configuration: Configuration,
  diagnostics: Diagnostic[],
): readonly NodeFacts[] {
  const { directory, nodeNames, factOverrides, files, later } = options
  const asked = options.facts ?? configuration.facts
  const sources = { directory, asked, names: nodeNames, overrides: factOverrides, files }
  if (!later) return loadNodes(sources, diagnostics)
  const own = new Map(loadNodes({ ...sources, known: later.nodes }, diagnostics).map((node) => [node.name, node]))
  return later.nodes.map((node) => own.get(node.name) ?? node)
}
