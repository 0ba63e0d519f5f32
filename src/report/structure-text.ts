import type { Structure, StructureItem } from '../diff/structure.ts'

/** What kind of change a structure is, in words; nothing where it is one in effect. */
export function verdictText({ verdict }: Structure): string | undefined {
  switch (verdict) {
    case 'order':
      return 'Only the order changes; it makes no difference here.'
    case 'comments':
      return 'Only comments change.'
    case 'layout':
      return 'Only the way of writing changes: white space, quotes or letter case.'
    case 'effect':
      return undefined
  }
}

/** `VirtualHost shop.example.com:443 › Directory /var/www/shop`; empty at the top of a file. */
export function placeOfItem(item: StructureItem): string {
  return item.place.join(' › ')
}

/** The directive or key itself; what stands in a list has no name. */
export function nameOfItem({ name }: StructureItem): string {
  return name === '[]' ? 'an element' : name
}

/** What happened to a directive or key, in words, without its text. */
export function itemText(item: StructureItem): string {
  switch (item.kind) {
    case 'moved':
      if (item.from) return `moved from ${item.from.length === 0 ? 'the top of the file' : item.from.join(' › ')}`
      return item.orderMatters ? 'moved; the order of these decides' : 'moved'
    default:
      return item.kind
  }
}
