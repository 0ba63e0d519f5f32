/** Files below a server root; all are empty. */
export const tree = ['conf.d/a.conf', 'sites/one/conf/x.conf', 'sites/two/y.conf', 'file']

const absent = 'No such file or directory'
const notDirectory = 'Not a directory'
const noDirectory = (path: string, reason: string) =>
  `Include/IncludeOptional: Could not open directory ROOT/${path}: ${reason}`
const noMatch = (part: string, directory: string) =>
  `Include/IncludeOptional: No matches for the wildcard '${part}' in 'ROOT${directory}', failing`

/** What real httpd answers; ROOT stands for the server root. Nothing: it takes the line. */
export const includes: readonly (readonly [line: string, answer?: string])[] = [
  ['Include ROOT/conf.d/*.conf'],
  ['Include ROOT/conf.d'],
  ['Include ROOT/con*/a.conf'],
  ['Include ROOT/sites/*/y.conf', `Could not open configuration file ROOT/sites/one/y.conf: ${absent}`],
  ['Include ROOT/sites/*/*/x.conf', noMatch('*', '/sites/two')],
  ['IncludeOptional ROOT/sites/*/*/x.conf'],
  ['Include ROOT/sites/*/conf/*.conf', noDirectory('sites/two/conf', absent)],
  ['IncludeOptional ROOT/sites/*/conf/*.conf'],
  ['Include ROOT/none/*.conf', noDirectory('none', absent)],
  ['IncludeOptional ROOT/none/*.conf'],
  ['Include ROOT/none/deeper/*.conf', noDirectory('none/deeper', absent)],
  ['Include ROOT/conf.d/*.none', noMatch('*.none', '/conf.d')],
  ['IncludeOptional ROOT/conf.d/*.none'],
  ['Include ROOT/none*', noMatch('none*', '')],
  ['Include ROOT/file/*.conf', noDirectory('file', notDirectory)],
  ['IncludeOptional ROOT/file/*.conf', noDirectory('file', notDirectory)],
  ['IncludeOptional ROOT/file/deeper/*.conf', noDirectory('file/deeper', notDirectory)],
  ['Include ROOT/none.conf', `Could not open configuration file ROOT/none.conf: ${absent}`],
  ['IncludeOptional ROOT/none.conf'],
]
