import type { FunctionDefinition } from '../value/function.ts'
import { all } from './all.ts'
import { any } from './any.ts'
import { assertType } from './assert-type.ts'
import { callFunction } from './call.ts'
import { camelcase } from './camelcase.ts'
import { capitalize } from './capitalize.ts'
import { chomp } from './chomp.ts'
import { chop } from './chop.ts'
import { compare } from './compare.ts'
import { breakFunction, next, returnFunction } from './control-flow.ts'
import { createResources } from './create-resources.ts'
import { defined } from './defined.ts'
import { dig } from './dig.ts'
import { digest, md5, sha1, sha256 } from './digests.ts'
import { downcase } from './downcase.ts'
import { each } from './each.ts'
import { empty } from './empty.ts'
import { max, max7, min, min7 } from './extremes.ts'
import { failFunction } from './fail.ts'
import { filter } from './filter.ts'
import { flatten } from './flatten.ts'
import { fqdnRand } from './fqdn-rand.ts'
import { generate } from './generate.ts'
import { get } from './get.ts'
import { getvar } from './getvar.ts'
import { groupBy } from './group-by.ts'
import { hiera, hieraArray, hieraHash, hieraInclude } from './hiera.ts'
import { importFunction } from './import.ts'
import { contain, include, requireFunction } from './include.ts'
import { index } from './index.ts'
import { join } from './join.ts'
import { keys } from './keys.ts'
import { length, size } from './length.ts'
import { lest } from './lest.ts'
import { loggingFunctions } from './logging.ts'
import { lookup } from './lookup.ts'
import { map } from './map.ts'
import { match } from './match.ts'
import { binaryFile, file, findFile, findTemplate, moduleDirectory } from './module-files.ts'
import { convertTo, newFunction } from './new.ts'
import { partition } from './partition.ts'
import { realize } from './realize.ts'
import { reduce } from './reduce.ts'
import { regsubst, regsubst7 } from './regsubst.ts'
import { reverseEach } from './reverse-each.ts'
import { abs, ceiling, floor, round } from './rounding.ts'
import { scanf } from './scanf.ts'
import { shellquote } from './shellquote.ts'
import { slice } from './slice.ts'
import { sort } from './sort.ts'
import { split, split7 } from './split.ts'
import { sprintf } from './sprintf.ts'
import { step } from './step.ts'
import { strftime } from './strftime.ts'
import { lstrip, rstrip, strip } from './strip.ts'
import { tag, tagged } from './tag.ts'
import { epp, inlineEpp, inlineTemplate, template } from './template.ts'
import { thenFunction } from './then.ts'
import { treeEach } from './tree-each.ts'
import { typeFunction } from './type.ts'
import { unique } from './unique.ts'
import { unwrap } from './unwrap.ts'
import { upcase } from './upcase.ts'
import { values } from './values.ts'
import { versioncmp } from './versioncmp.ts'
import { withFunction } from './with.ts'

/** The functions that Puppet 8 brings along, by name; those of stdlib come from modules. */
export const builtinFunctions: ReadonlyMap<string, FunctionDefinition> = new Map(
  [
    ...loggingFunctions,
    abs,
    all,
    any,
    assertType,
    binaryFile,
    breakFunction,
    callFunction,
    camelcase,
    capitalize,
    ceiling,
    chomp,
    chop,
    compare,
    contain,
    convertTo,
    createResources,
    defined,
    dig,
    digest,
    downcase,
    each,
    empty,
    epp,
    failFunction,
    file,
    filter,
    findFile,
    findTemplate,
    flatten,
    floor,
    fqdnRand,
    generate,
    get,
    getvar,
    groupBy,
    hiera,
    hieraArray,
    hieraHash,
    hieraInclude,
    importFunction,
    include,
    index,
    inlineEpp,
    inlineTemplate,
    join,
    keys,
    length,
    lest,
    lookup,
    lstrip,
    map,
    match,
    max,
    md5,
    min,
    moduleDirectory,
    newFunction,
    next,
    partition,
    realize,
    reduce,
    regsubst,
    requireFunction,
    returnFunction,
    reverseEach,
    round,
    rstrip,
    scanf,
    sha1,
    sha256,
    shellquote,
    size,
    slice,
    sort,
    split,
    sprintf,
    step,
    strftime,
    strip,
    tag,
    tagged,
    template,
    thenFunction,
    treeEach,
    typeFunction,
    unique,
    unwrap,
    upcase,
    values,
    versioncmp,
    withFunction,
  ].map((definition) => [definition.name, definition]),
)

/** Those that are not yet in Puppet 7 what they are in 8. */
const ofPuppet7: ReadonlyMap<string, FunctionDefinition> = new Map(
  [max7, min7, regsubst7, split7].map((definition) => [definition.name, definition]),
)

/** A function that Puppet brings along, in the form of its major version. */
export function builtinFunction(name: string, puppet: 7 | 8): FunctionDefinition | undefined {
  return (puppet === 7 ? ofPuppet7.get(name) : undefined) ?? builtinFunctions.get(name)
}
