import type { Answer, Item } from './config.mjs'

export function judgeHtaccess(
  items: readonly Item[],
  options?: { readonly modules?: string; readonly override?: string; readonly concurrency?: number },
): Promise<readonly Answer[]>
