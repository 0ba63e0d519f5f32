import type { Catalog } from '../catalog/catalog.ts'
import { idText } from '../catalog/catalog.ts'
import { withArticle } from '../types/label.ts'
import { rubyClass } from '../types/ruby-value.ts'
import type { Value } from '../value/value.ts'
import type { Log } from './state.ts'
import { catalogText } from './text.ts'

/**
 * What Puppet warns of when it writes the catalog without rich data: values and keys of hashes that JSON lacks, which
 * become texts. A server writes for agents with rich data, where none of this happens.
 */
export function conversionWarnings(catalog: Catalog): readonly Log[] {
  const logs: Log[] = []
  for (const resource of catalog.resources)
    for (const [name, { value }] of resource.parameters) {
      // Puppet adds to this text with every warning about the parameter.
      let subject = idText(resource)
      const warn = (path: string, what: string, text: string): void => {
        subject += path
        const message = `${subject} contains ${what}. It will be converted to the String '${text}'`
        logs.push({ level: 'warning', message, ...(resource.span ? { span: resource.span } : {}) })
      }
      visit(value, step(name), warn)
    }
  return logs
}

type Warn = (path: string, what: string, text: string) => void

function visit(value: Value, path: string, warn: Warn): void {
  switch (value.kind) {
    case 'undef':
    case 'boolean':
    case 'integer':
    case 'float':
    case 'string':
      return
    case 'default':
      warn(path, 'the special value default', 'default')
      return
    case 'array':
      for (const [i, element] of value.values.entries()) visit(element, `${path}[${i}]`, warn)
      return
    case 'hash':
      for (const { key, value: element } of value.entries.values()) {
        const text = catalogText(key)
        const isPlain = key.kind === 'string' || key.kind === 'default' || isReference(key)
        if (!isPlain) warn(path, `a hash with ${withArticle(className(key))} key`, text)
        visit(element, path + step(text), warn)
      }
      return
    case 'sensitive':
      visit(value.value, path, warn)
      return
    default:
      if (!isReference(value)) warn(path, `${withArticle(className(value))} value`, catalogText(value))
  }
}

function isReference(value: Value): boolean {
  return value.kind === 'type' && (value.type.kind === 'Resource' || value.type.kind === 'Class')
}

/** How Puppet names the class of a value here. */
function className(value: Value): string {
  if (value.kind === 'type') return `${value.type.kind}-Type`
  if (value.kind !== 'uri') return rubyClass(value)
  const scheme = /^(https?|ftp|file|ldaps?|wss?)(?=:)/i.exec(value.text)?.[0].toUpperCase()
  return `URI::${scheme === 'FILE' ? 'File' : (scheme ?? 'Generic')}`
}

function step(key: string): string {
  return `['${key.replace(/[\\']/g, '\\$&')}']`
}
