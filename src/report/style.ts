/** What a piece of text is, for those who paint it. */
export type Role =
  | 'strong'
  | 'dim'
  | 'error'
  | 'warning'
  | 'info'
  | 'ok'
  | 'path'
  | 'added'
  | 'removed'
  | 'added-word'
  | 'removed-word'

/** How text for a terminal looks. */
export interface Style {
  readonly paint: (role: Role, text: string) => string
  /** Lines of one file's differences before the rest is left out and counted; everything where left out. */
  readonly maximumLines?: number
}

/** Enough to read in a terminal; the other formats hold more. */
const maximumLines = 400

/** For pipes, files and `NO_COLOR`. */
export const plainStyle: Style = { paint: (_role, text) => text, maximumLines }

const codes: Readonly<Record<Role, readonly [on: string, off: string]>> = {
  strong: ['1', '22'],
  dim: ['2', '22'],
  error: ['1;31', '22;39'],
  warning: ['1;33', '22;39'],
  info: ['1;36', '22;39'],
  ok: ['32', '39'],
  path: ['36', '39'],
  added: ['32', '39'],
  removed: ['31', '39'],
  'added-word': ['7;32', '27;39'],
  'removed-word': ['7;31', '27;39'],
}

/** The terminal's own sixteen colours, so that they fit its theme. */
export const colourStyle: Style = {
  paint: (role, text) => {
    const [on, off] = codes[role]
    return text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`
  },
  maximumLines,
}
