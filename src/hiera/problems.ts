import { type Diagnostic, define } from '../source/diagnostic.ts'
import { encryptedPlaceholder } from '../value/origin.ts'

/** What Puppet raises as a lookup error; in the global layer it says which key it was for. */
export const lookupError = define('error', 'hiera/lookup', (message: string) => message)
/** Faults of a hiera.yaml. */
export const configError = define('error', 'hiera/config', (message: string) => message)
export const interpolationError = define('error', 'hiera/interpolation', (message: string) => message)
export const wrongType = define('error', 'hiera/type', (message: string) => message)
export const mergeError = define('error', 'hiera/merge', (message: string) => message)
export const undefinedVariable = define('error', 'hiera/undefined-variable', (message: string) => message)

export const notFound = define('error', 'hiera/not-found', (names: readonly string[]) =>
  names.length === 1
    ? `Function lookup() did not find a value for the name '${names[0]}'`
    : `Function lookup() did not find a value for any of the names [${names.map((n) => `'${n}'`).join(', ')}]`,
)
export const recursion = define(
  'error',
  'hiera/recursion',
  (names: readonly string[]) => `Recursive lookup detected in [${names.join(', ')}]`,
)
export const outside = define(
  'warning',
  'hiera/outside',
  (path: string) => `The hierarchy names '${path}', which lies outside of what may be read here; it counts as missing`,
)
export const linkOutside = define(
  'warning',
  'hiera/outside',
  (path: string, target: string) =>
    `'${path}' is a link to '${target}', which lies outside of what may be read here or is not there; it counts as missing`,
)
export const noDatadir = define(
  'warning',
  'hiera/no-datadir',
  (path: string) => `There is no directory '${path}', so no level below it has data`,
)
export const tooLarge = define(
  'error',
  'hiera/too-large',
  (path: string, size: number, limit: number) =>
    `${path}: the file has ${Math.round(size / 1048576)} MB; data files of more than ${limit / 1048576} MB are not read`,
)
export const notUtf8 = define('error', 'hiera/not-utf8', (path: string) => `${path}: the file is not UTF-8 text`)
export const unsupportedVersion3 = define(
  'error',
  'hiera/version-3',
  (path: string) => `${path}: Use of 'hiera.yaml' version 3 is deprecated. It should be converted to version 5`,
)
export const eyamlWithoutKeys = define(
  'warning',
  'hiera/eyaml-without-keys',
  (key: string, reason: string) =>
    `The encrypted value of '${key}' could not be decrypted (${reason}), so ${encryptedPlaceholder(key)} stands for it and fits whatever is deployed`,
)

/** The same of several values. */
export const valuesWithoutKeys = (reason: string): string =>
  `{count} encrypted values could not be decrypted (${reason}), so placeholders with their keys stand for them and fit whatever is deployed`

/** What to do with a hiera.yaml of Hiera 3. */
export const convertVersion3 =
  "Begin it with 'version: 5', list each level of ':hierarchy:' below 'hierarchy:' as {name: …, path: ….yaml}, and write ':datadir:' as 'datadir' below 'defaults:', beside 'data_hash: yaml_data'."

/** Whether Puppet raises it as a lookup error, which knows no place in a manifest. */
export function isLookupError({ code }: Diagnostic): boolean {
  return code.startsWith('hiera/') && code !== 'hiera/type'
}
