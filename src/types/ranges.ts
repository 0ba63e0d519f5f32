/** Bounds of numbers or moments; a bound left out is unlimited. */
export interface Bounds<N extends bigint | number> {
  readonly from?: N
  readonly to?: N
}

/** The narrowest range that holds both. */
export function spanBoth<N extends bigint | number>(a: Bounds<N>, b: Bounds<N>): Bounds<N> {
  const from = a.from === undefined || b.from === undefined ? undefined : least(a.from, b.from)
  const to = a.to === undefined || b.to === undefined ? undefined : greatest(a.to, b.to)
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

function least<N extends bigint | number>(a: N, b: N): N {
  if (a < b) return a
  return b
}

function greatest<N extends bigint | number>(a: N, b: N): N {
  if (a > b) return a
  return b
}
