import { fail } from '../source/diagnostic.ts'
import { unknownOrigin } from '../value/origin.ts'
import { type HashValue, hash, type Value } from '../value/value.ts'
import { parseFailure } from './config.ts'
import { type Invocation, warnOnce } from './invocation.ts'
import type { Provider } from './layer.ts'
import type { Location } from './locations.ts'
import { lookupError } from './problems.ts'
import { located } from './relocate.ts'
import { type DataFile, type DataFormat, readData } from './sources.ts'

/** A data file as a hash whose values know their level. */
interface OpenData {
  readonly file: DataFile | undefined
  readonly data: Value
  readonly value: (root: string) => Value | undefined
}

type DataHash = (provider: Provider, location: Location | undefined, invocation: Invocation) => OpenData

const functions: ReadonlyMap<string, DataHash> = new Map(
  (['yaml', 'json', 'hocon'] as const).map((format) => [
    `${format}_data`,
    (provider, location, invocation) => openData(format, provider, location, invocation),
  ]),
)

/** `yaml_data`, `json_data` and `hocon_data`; `undefined` for a function of somebody else's. */
export function builtInDataHash(name: string): DataHash | undefined {
  return functions.get(name)
}

const noData: HashValue = hash([], unknownOrigin)

function openData(
  format: DataFormat,
  provider: Provider,
  location: Location | undefined,
  invocation: Invocation,
): OpenData {
  const extra = provider.options?.kind === 'hash' && provider.options.entries.size > 0
  if (location?.type !== 'path' || extra)
    fail(
      lookupError(
        [
          `'${format}_data' one of 'path', 'paths' 'glob', 'globs' or 'mapped_paths' must be declared in hiera.yaml when using this data_hash function`,
        ],
        provider.entry.span ? { span: provider.entry.span } : {},
      ),
    )
  const file = readLocation(format, location, invocation)
  // Only YAML files are forgiven for holding no hash.
  const data = file.value?.kind === 'hash' ? file.value : format === 'yaml' ? noData : (file.value ?? noData)
  return {
    file,
    data,
    value: (root) => {
      const found = data.kind === 'hash' ? data.entries.get(`'${root}`) : undefined
      return found && located(file, found.value, root, provider.entry.name)
    },
  }
}

/** The data file at a location; fails with Puppet's words where it cannot be parsed. */
export function readLocation(format: DataFormat, location: Location, invocation: Invocation): DataFile {
  const { node, context } = invocation
  const path = location.path as string
  const file = readData(node.hiera, location.files, path, format)
  if (!file) {
    const isDirectory = location.files.kind(path) === 'directory'
    const message = isDirectory
      ? `Is a directory @ io_fread - ${location.text}`
      : `${location.text}: the file cannot be read`
    return fail(lookupError([message], location.span ? { span: location.span } : {}))
  }
  if (!node.reads.files.has(file.file.path)) {
    node.reads.files.add(file.file.path)
    for (const note of file.notes) context.report(note)
  }
  if (file.error) {
    const named = file.error.code === 'hiera/too-large' || file.error.code === 'hiera/not-utf8'
    const message = named
      ? file.error.message
      : format === 'yaml'
        ? `Unable to parse ${parseFailure(file)}`
        : `Unable to parse (${file.path}): ${file.error.message}`
    fail({
      ...lookupError([message], file.error.span ? { span: file.error.span } : {}),
      ...(file.error.related ? { related: file.error.related } : {}),
    })
  }
  if (file.value?.kind !== 'hash' && format === 'yaml') {
    const message = `${file.path}: file does not contain a valid yaml hash`
    const isEmpty =
      file.value === undefined || file.value.kind === 'undef' || (file.value.kind === 'boolean' && !file.value.value)
    if (context.settings.strict === 'error' && !isEmpty)
      fail(lookupError([message], { span: { file: file.file, start: 0, end: Math.min(1, file.file.text.length) } }))
    warnOnce(invocation, message)
  }
  return file
}
