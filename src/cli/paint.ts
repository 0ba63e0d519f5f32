/** The few colours of messages that no report carries. */
export interface Paint {
  readonly error: (text: string) => string
  readonly dim: (text: string) => string
}

export function paint(colour: boolean): Paint {
  const wrap = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  return { error: wrap(31), dim: wrap(2) }
}
