import { type Condition, type DataLevels, isFixed } from '../value/origin.ts'
import type { NodeHiera } from './node-hiera.ts'
import { shownPath } from './sources.ts'

/** Why this node reads the data files that not every node reads: what their places in hiera.yaml were filled in with. */
export function dataLevels({ hiera, layers }: NodeHiera): DataLevels {
  const levels = new Map<string, Condition>()
  for (const layer of layers.values())
    for (const { locations } of [...(layer?.hierarchies?.main ?? []), ...(layer?.hierarchies?.fallback ?? [])])
      for (const location of locations) {
        if (!location?.exists || location.path === undefined || isFixed(location.origin)) continue
        const path = shownPath(hiera, location.files, location.path)
        if (levels.has(path)) continue
        levels.set(path, { ...(location.span ? { span: location.span } : {}), origin: location.origin, reads: [] })
      }
  return levels
}
