/** httpd's `req_override` bits: where a directive may stand, and what a place allows. */
export const LIMIT = 1
export const OPTIONS = 2
export const FILE_INFO = 4
export const AUTH_CONFIG = 8
export const INDEXES = 16
export const ACCESS_CONF = 64
export const SERVER_CONF = 128
export const EXEC_ON_READ = 256
export const NONFATAL_OVERRIDE = 512
export const NONFATAL_UNKNOWN = 1024
export const PROXY_CONF = 2048
/** Every class of AllowOverride. */
export const ALL_OVERRIDES = LIMIT | OPTIONS | FILE_INFO | AUTH_CONFIG | INDEXES

/** Where a directive's own code refuses to stand (httpd's `NOT_IN_…`). */
export const NOT_IN_VIRTUALHOST = 1
export const NOT_IN_LIMIT = 2
export const NOT_IN_DIRECTORY = 4
export const NOT_IN_LOCATION = 8
export const NOT_IN_FILES = 16
export const NOT_IN_HTACCESS = 32
export const NOT_IN_PROXY = 64
export const NOT_IN_DIR_LOC_FILE = NOT_IN_DIRECTORY | NOT_IN_LOCATION | NOT_IN_FILES
export const NOT_IN_DIR_CONTEXT = NOT_IN_LIMIT | NOT_IN_DIR_LOC_FILE | NOT_IN_PROXY
export const GLOBAL_ONLY = NOT_IN_VIRTUALHOST | NOT_IN_DIR_CONTEXT

/** The bits of `Options`. */
export const OPTION_BITS: ReadonlyMap<string, number> = new Map([
  ['indexes', 1],
  ['includes', 2 | 32],
  ['includesnoexec', 2],
  ['followsymlinks', 4],
  ['symlinksifownermatch', 64],
  ['execcgi', 8],
  ['multiviews', 128],
  ['runscripts', 128 | 8],
  ['none', 0],
  ['all', 1 | 2 | 4 | 8 | 32],
])
export const ALL_OPTIONS = 255
