import { classNames, classReferences } from './class-names.ts'
import { builtin, type Call, overload, requiredRepeated } from './definition.ts'

export const include = classFunction('include', (call, names) => call.context.catalog.include(names))
export const contain = classFunction('contain', (call, names) => call.context.catalog.contain(names))
export const requireFunction = classFunction('require', (call, names) => call.context.catalog.require(names))

function classFunction(name: string, act: (call: Call, names: readonly string[]) => unknown) {
  return builtin(name, [
    overload([requiredRepeated('Any', 'names')], (call) => {
      const names = classNames(call, call.args)
      act(call, names)
      return classReferences(call, names)
    }),
  ])
}
