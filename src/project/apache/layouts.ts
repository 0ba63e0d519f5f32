/** Where a distribution's package of httpd puts things, and what it puts there. Paths are absolute on the node. */
export interface Layout {
  readonly name: 'debian' | 'redhat' | 'suse' | 'freebsd' | 'other'
  /** Where the server's configuration begins. */
  readonly main: string
  /** The directory that holds nothing but httpd's configuration. */
  readonly directory: string
  /** The server root that is compiled in. */
  readonly serverRoot: string
  /** What only the package's start scripts set; `${NAME}` in the configuration. */
  readonly environment: ReadonlyMap<string, string>
  /** Where `environment` is set by the package, as `export NAME=value` lines. */
  readonly environmentFile?: string
  /** What the start scripts hand to httpd on its command line. */
  readonly start?: StartFile
  /** Directories that the package makes. */
  readonly directories: readonly string[]
  /** Links that the package makes, with their targets. */
  readonly links: ReadonlyMap<string, string>
  /** What the package's configuration comes to, without comments. */
  readonly files: ReadonlyMap<string, string>
}

/** A file of shell variables that the start scripts read. */
interface StartFile {
  readonly path: string
  /** The variable with options such as `-D NAME`; names alone where `areNames`. */
  readonly options: string
  readonly areNames?: true
  /** The variable with the names of the modules that are loaded, and the file that the start scripts write them to. */
  readonly modules?: { readonly variable: string; readonly file: string; readonly directory: string }
}

const debianModules = `mpm_event access_compat alias auth_basic authn_core authn_file authz_core authz_host authz_user
  autoindex deflate dir env filter mime negotiation reqtimeout setenvif status`
const redhatModules = `access_compat actions alias allowmethods auth_basic auth_digest authn_anon authn_core authn_dbd
  authn_dbm authn_file authn_socache authz_core authz_dbd authz_dbm authz_groupfile authz_host authz_owner authz_user
  autoindex brotli cache cache_disk cache_socache data dbd deflate dir dumpio echo env expires ext_filter filter headers
  include info log_config logio macro mime_magic mime negotiation remoteip reqtimeout request rewrite setenvif
  slotmem_plain slotmem_shm socache_dbm socache_memcache socache_shmcb status substitute suexec unique_id unixd userdir
  version vhost_alias watchdog dav dav_fs dav_lock lua mpm_event proxy lbmethod_bybusyness lbmethod_byrequests
  lbmethod_bytraffic lbmethod_heartbeat proxy_ajp proxy_balancer proxy_connect proxy_express proxy_fcgi proxy_fdpass
  proxy_ftp proxy_http proxy_hcheck proxy_scgi proxy_uwsgi proxy_wstunnel systemd cgid http2 proxy_http2`
const suseModules = `mpm_prefork actions alias auth_basic authn_core authn_file authz_host authz_groupfile authz_core
  authz_user autoindex cgi dir env expires include log_config mime negotiation setenvif ssl socache_shmcb userdir
  reqtimeout`
const freebsdModules = `mpm_prefork authn_file authn_core authz_host authz_groupfile authz_user authz_core access_compat
  auth_basic reqtimeout filter mime log_config env headers setenvif version unixd status autoindex dir alias`

/** A LoadModule line for each of some names, without `mod_` and with white space between. */
export function loadLines(modules: string, directory: string): string {
  return modules
    .split(/\s+/)
    .map((name) => `LoadModule ${name}_module ${directory}/mod_${name}.so\n`)
    .join('')
}

const closedRoot = '<Directory />\n  AllowOverride None\n  Require all denied\n</Directory>\n'
const hiddenFiles = '<FilesMatch "^\\.ht">\n  Require all denied\n</FilesMatch>\n'
const logFormats =
  'LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined\nLogFormat "%h %l %u %t \\"%r\\" %>s %b" common\n'

function open(directory: string, options: string): string {
  return `<Directory "${directory}">\n  Options ${options}\n  AllowOverride None\n  Require all granted\n</Directory>\n`
}

const debian: Layout = {
  name: 'debian',
  main: '/etc/apache2/apache2.conf',
  directory: '/etc/apache2',
  serverRoot: '/etc/apache2',
  environment: new Map([
    ['APACHE_RUN_USER', 'www-data'],
    ['APACHE_RUN_GROUP', 'www-data'],
    ['APACHE_PID_FILE', '/var/run/apache2/apache2.pid'],
    ['APACHE_RUN_DIR', '/var/run/apache2'],
    ['APACHE_LOCK_DIR', '/var/lock/apache2'],
    ['APACHE_LOG_DIR', '/var/log/apache2'],
    ['LANG', 'C'],
  ]),
  environmentFile: '/etc/apache2/envvars',
  start: { path: '/etc/apache2/envvars', options: 'APACHE_ARGUMENTS' },
  directories: [
    '/var/log/apache2',
    '/var/run/apache2',
    '/var/lock/apache2',
    '/var/www/html',
    '/usr/lib/apache2/modules',
  ],
  links: new Map(),
  files: new Map([
    [
      '/etc/apache2/apache2.conf',
      `DefaultRuntimeDir \${APACHE_RUN_DIR}
PidFile \${APACHE_PID_FILE}
User \${APACHE_RUN_USER}
Group \${APACHE_RUN_GROUP}
ErrorLog \${APACHE_LOG_DIR}/error.log
IncludeOptional mods-enabled/*.load
IncludeOptional mods-enabled/*.conf
Include ports.conf
${closedRoot}${open('/var/www/', 'Indexes FollowSymLinks')}<Directory /usr/share>
  AllowOverride None
  Require all granted
</Directory>
${hiddenFiles}LogFormat "%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" vhost_combined
${logFormats}IncludeOptional conf-enabled/*.conf
IncludeOptional sites-enabled/*.conf
`,
    ],
    [
      '/etc/apache2/ports.conf',
      'Listen 80\n<IfModule ssl_module>\n  Listen 443\n</IfModule>\n<IfModule mod_gnutls.c>\n  Listen 443\n</IfModule>\n',
    ],
    ...debianModules
      .split(/\s+/)
      .map((name): [string, string] => [
        `/etc/apache2/mods-enabled/${name}.load`,
        loadLines(name, '/usr/lib/apache2/modules'),
      ]),
    ['/etc/apache2/magic', ''],
    ['/etc/mime.types', ''],
  ]),
}

const redhat: Layout = {
  name: 'redhat',
  main: '/etc/httpd/conf/httpd.conf',
  directory: '/etc/httpd',
  serverRoot: '/etc/httpd',
  start: { path: '/etc/sysconfig/httpd', options: 'OPTIONS' },
  environment: new Map([['LANG', 'C']]),
  directories: [
    '/etc/httpd/conf.d',
    '/etc/httpd/conf.modules.d',
    '/var/log/httpd',
    '/var/www/html',
    '/var/www/cgi-bin',
    '/run/httpd',
    '/usr/lib64/httpd/modules',
  ],
  links: new Map([
    ['/etc/httpd/logs', '../../var/log/httpd'],
    ['/etc/httpd/run', '/run/httpd'],
    ['/etc/httpd/modules', '../../usr/lib64/httpd/modules'],
  ]),
  files: new Map([
    [
      '/etc/httpd/conf/httpd.conf',
      `ServerRoot "/etc/httpd"
Listen 80
Include conf.modules.d/*.conf
User apache
Group apache
${closedRoot}DocumentRoot "/var/www/html"
${open('/var/www/html', 'Indexes FollowSymLinks')}${hiddenFiles}ErrorLog "logs/error_log"
${logFormats}IncludeOptional conf.d/*.conf
`,
    ],
    ['/etc/httpd/conf.modules.d/00-base.conf', loadLines(redhatModules, 'modules')],
    ['/etc/mime.types', ''],
    ['/etc/httpd/conf/magic', ''],
  ]),
}

const suse: Layout = {
  name: 'suse',
  main: '/etc/apache2/httpd.conf',
  directory: '/etc/apache2',
  serverRoot: '/srv/www',
  start: {
    path: '/etc/sysconfig/apache2',
    options: 'APACHE_SERVER_FLAGS',
    areNames: true,
    modules: {
      variable: 'APACHE_MODULES',
      file: '/etc/apache2/sysconfig.d/loadmodule.conf',
      directory: '/usr/lib64/apache2',
    },
  },
  environment: new Map([['LANG', 'C']]),
  directories: [
    '/etc/apache2/vhosts.d',
    '/etc/apache2/conf.d',
    '/var/log/apache2',
    '/srv/www/htdocs',
    '/srv/www/cgi-bin',
  ],
  links: new Map(),
  files: new Map([
    [
      '/etc/apache2/httpd.conf',
      `Include /etc/apache2/sysconfig.d/loadmodule.conf
ErrorLog /var/log/apache2/error_log
Include /etc/apache2/listen.conf
${closedRoot}${hiddenFiles}${logFormats}DocumentRoot "/srv/www/htdocs"
${open('/srv/www/htdocs', 'None')}IncludeOptional /etc/apache2/conf.d/*.conf
IncludeOptional /etc/apache2/vhosts.d/*.conf
`,
    ],
    ['/etc/apache2/sysconfig.d/loadmodule.conf', loadLines(suseModules, '/usr/lib64/apache2')],
    ['/etc/apache2/listen.conf', 'Listen 80\n<IfModule mod_ssl.c>\n  Listen 443\n</IfModule>\n'],
    ['/etc/mime.types', ''],
  ]),
}

const freebsd: Layout = {
  name: 'freebsd',
  main: '/usr/local/etc/apache24/httpd.conf',
  directory: '/usr/local/etc/apache24',
  serverRoot: '/usr/local',
  start: { path: '/etc/rc.conf', options: 'apache24_flags' },
  environment: new Map(),
  directories: [
    '/usr/local/etc/apache24/Includes',
    '/usr/local/etc/apache24/modules.d',
    '/usr/local/www/apache24/data',
    '/usr/local/www/apache24/cgi-bin',
    '/var/log',
    '/var/run',
  ],
  links: new Map(),
  files: new Map([
    [
      '/usr/local/etc/apache24/httpd.conf',
      `ServerRoot "/usr/local"
Listen 80
${loadLines(freebsdModules, 'libexec/apache24')}IncludeOptional etc/apache24/modules.d/[0-9][0-9][0-9]_*.conf
User www
Group www
<Directory />
  AllowOverride none
  Require all denied
</Directory>
DocumentRoot "/usr/local/www/apache24/data"
${open('/usr/local/www/apache24/data', 'Indexes FollowSymLinks')}<Files ".ht*">
  Require all denied
</Files>
ErrorLog "/var/log/httpd-error.log"
${logFormats}IncludeOptional etc/apache24/Includes/*.conf
`,
    ],
    ['/usr/local/etc/apache24/mime.types', ''],
    ['/usr/local/etc/apache24/magic', ''],
  ]),
}

/** The layouts that are known; of two that share a directory, the one that is meant more often first. */
export const layouts: readonly Layout[] = [debian, redhat, suse, freebsd]
