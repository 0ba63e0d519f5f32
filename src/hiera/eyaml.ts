import { fail } from '../source/diagnostic.ts'
import type { Span } from '../source/source-file.ts'
import { encryptedPlaceholder, type Origin } from '../value/origin.ts'
import { array, hash, hashGet, type StringValue, string, type Value } from '../value/value.ts'
import { readLocation } from './data-hash.ts'
import { interpolate } from './interpolate.ts'
import type { Invocation } from './invocation.ts'
import type { Provider } from './layer.ts'
import type { Location } from './locations.ts'
import { decryptPkcs7 } from './pkcs7.ts'
import { eyamlWithoutKeys, lookupError, valuesWithoutKeys } from './problems.ts'
import { located } from './relocate.ts'
import { inside } from './sources.ts'

const encrypted = /ENC\[(?:(\w+),)?([a-zA-Z0-9+/ =\n]+?)\]/g

/** `eyaml_lookup_key`: a YAML file whose strings may hold `ENC[PKCS7,…]`. */
export function eyamlLookupKey(
  provider: Provider,
  location: Location | undefined,
  root: string,
  invocation: Invocation,
): Value | undefined {
  if (location?.type !== 'path')
    fail(
      lookupError(
        [
          "'eyaml_lookup_key': one of 'path', 'paths' 'glob', 'globs' or 'mapped_paths' must be declared in hiera.yaml when using this lookup_key function",
        ],
        provider.entry.span ? { span: provider.entry.span } : {},
      ),
    )
  const file = readLocation('yaml', location, invocation)
  const found = file.value?.kind === 'hash' ? hashGet(file.value, root) : undefined
  if (!found) return undefined
  const value = located(file, found, root, provider.entry.name)
  return decryptIn(value, { provider, location, key: root, invocation })
}

interface Decrypting {
  readonly provider: Provider
  readonly location: Location
  readonly key: string
  readonly invocation: Invocation
}

function decryptIn(value: Value, task: Decrypting): Value {
  switch (value.kind) {
    case 'string':
      return decryptString(value, task)
    case 'array':
      return array(
        value.values.map((v) => decryptIn(v, task)),
        value.origin,
      )
    case 'hash':
      return hash(
        [...value.entries.values()].map(
          (e) => [interpolate(e.key, task.invocation, true), decryptIn(e.value, task)] as const,
        ),
        value.origin,
      )
    default:
      return value
  }
}

function decryptString(value: StringValue, task: Decrypting): Value {
  if (!/ENC\[.*?\]/.test(value.value)) return interpolate(value, task.invocation, true)
  const { origin } = value
  const secret = (kind: 'decrypted' | 'masked'): Origin =>
    origin.kind === 'hiera' ? { ...origin, secret: kind } : origin
  try {
    const text = value.value.replace(encrypted, (_, scheme: string | undefined, data: string) =>
      decryptBlock(scheme ?? 'PKCS7', data, task),
    )
    return interpolate(string(text.replace(/\r?\n$|\r$/, ''), secret('decrypted')), task.invocation, true)
  } catch (error) {
    if (!(error instanceof Undecryptable)) throw error
    const place: { span?: Span } = origin.kind === 'hiera' ? { span: origin.span } : {}
    if (task.invocation.node.hiera.sources.undecryptable !== 'mask')
      fail(
        lookupError(
          [
            `hiera-eyaml backend error decrypting ENC[…] when looking up ${task.key} in ${task.location.text}. Error was ${error.message}`,
          ],
          place,
        ),
      )
    const { remedy } = error
    const shared = { cause: error.message, subject: task.key, message: valuesWithoutKeys(error.message) }
    const detail = { ...place, shared, ...(remedy === undefined ? {} : { remedy }) }
    task.invocation.context.report(eyamlWithoutKeys([task.key, error.message], detail))
    return string(encryptedPlaceholder(task.key), secret('masked'))
  }
}

class Undecryptable extends Error {
  readonly remedy: string | undefined
  constructor(message: string, remedy?: string) {
    super(message)
    this.remedy = remedy
  }
}

function decryptBlock(scheme: string, data: string, task: Decrypting): string {
  if (scheme.toUpperCase() !== 'PKCS7')
    throw new Undecryptable(`the encryption method ${scheme} is not supported here, only PKCS7 is`)
  const privateKey = readKey('pkcs7_private_key', task)
  if (privateKey === undefined) {
    const path = optionText('pkcs7_private_key', task)
    throw new Undecryptable(
      path === undefined ? 'pkcs7_private_key is not defined' : `No such file or directory @ rb_sysopen - ${path}`,
      'Name the directory that holds the keys: --eyaml-keys DIR, or eyaml_keys in rehearse.yaml.',
    )
  }
  try {
    return decryptPkcs7(data, privateKey, readKey('pkcs7_public_key', task))
  } catch (error) {
    throw new Undecryptable(error instanceof Error ? error.message : String(error))
  }
}

/** The text of the key that an option names by path, or by a variable of the environment. */
function readKey(option: string, task: Decrypting): string | undefined {
  const { provider, invocation } = task
  const { sources } = invocation.node.hiera
  const variable = optionText(`${option}_env_var`, task)
  const held = variable === undefined ? undefined : sources.environmentVariable?.(variable)
  if (held !== undefined) return held
  const path = optionText(option, task)
  if (path === undefined) return undefined
  const given = sources.eyamlKey?.(path, option)
  if (given !== undefined) return given
  const { files, base } = provider.layer
  const below = inside(files, base, path)
  return below === undefined ? undefined : files.text(below)
}

function optionText(option: string, { provider }: Decrypting): string | undefined {
  const value = provider.options?.kind === 'hash' ? hashGet(provider.options, option) : undefined
  return value?.kind === 'string' ? value.value : undefined
}
