#!/usr/bin/env node
// Apache configuration as it is really shipped: in Debian packages and in the npm package apache-server-configs.
//
// Usage:  node real-configs.mjs            gathers the files into the folder, unless they are there
// The folder is $REAL_CONFIGS_DIR, or rehearse-real-configs in the system's folder for temporary files.
// Packages are downloaded and unpacked, never installed; needs Debian 12, apt-get and npm. A package that cannot be had
// is named and left out.
//
// As a module:
//   import { readConfigs } from './real-configs.mjs'
//   const files = readConfigs()   // [{ source, path, as, text }], of what has been gathered; none where nothing has
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { isMain } from './httpd/lib/tool.mjs'

/** Packages of Debian 12 with files below /etc/apache2, `.htaccess` files or examples of either. */
const DEBIAN = `
  adminer apache2 apt-cacher awstats backuppc bandwidthd bandwidthd-pgsql cacti cgit collectd-core colplot cricket
  cvsweb davical debian-edu-router-deployserver dehydrated-apache2 doc-central dokuwiki dwww emboss-explorer
  freedombox ganglia-webfrontend gbrowse gitweb gosa graphite-web gridsite haci hiki homer-api hoteldruid icingaweb2
  javascript-common jsmath lava-server ldap-account-manager ledgersmb libapache2-mod-auth-cas
  libapache2-mod-auth-mellon libapache2-mod-auth-openidc libapache2-mod-auth-pubtkt libapache2-mod-auth-tkt
  libapache2-mod-authnz-pam libapache2-mod-evasive libapache2-mod-fcgid libapache2-mod-geoip
  libapache2-mod-intercept-form-submit libapache2-mod-jk libapache2-mod-log-sql libapache2-mod-lookup-identity
  libapache2-mod-mono libapache2-mod-musicindex libapache2-mod-passenger libapache2-mod-perl2 libapache2-mod-php8.2
  libapache2-mod-python libapache2-mod-qos libapache2-mod-removeip libapache2-mod-rivet libapache2-mod-rpaf
  libapache2-mod-security2 libapache2-mod-shib libapache2-mod-svn libapache2-mod-tile libapache2-mod-upload-progress
  libapache2-mod-vhost-ldap libapache2-mod-watchcat libapache2-mod-wsgi-py3 liblemonldap-ng-manager-perl
  liblemonldap-ng-portal-perl libsoup-3.0-tests lightsquid linkchecker-web mailman3-web man2html mediawiki monitorix
  munin nagios4-cgi nagvis netdata-apache2 ntpsec-ntpviz oar-restful-api oar-web-status ocsinventory-reports
  ocsinventory-server onak openguides openqa openstack-cluster-installer openstack-dashboard-apache php-horde
  php-horde-ansel php-horde-content php-horde-gollem php-horde-imp php-horde-ingo php-horde-kronolith php-horde-mnemo
  php-horde-nag php-horde-passwd php-horde-timeobjects php-horde-trean php-horde-turba php-horde-whups
  php-horde-wicked phpldapadmin phpliteadmin phpmyadmin phpsysinfo piuparts-master pnopaste postfixadmin
  python3-certbot-apache pywps-wsgi qemu-web-desktop radicale rancid-cgi redmine roundcube-core routino-www
  rt4-apache2 rt5-apache2 shaarli simplesamlphp sitesummary slbackup-php smb2www smokeping sql-ledger sqwebmail
  sugarplum sympa tirex tirex-example-map tt-rss umegaya usemod-wiki w3c-linkchecker w3c-markup-validator wims-lti
  wordpress x2gobroker-wsgi xymon zabbix-frontend-php zoneminder zoph
`
  .trim()
  .split(/\s+/)
const NPM = ['apache-server-configs']

const IN_APACHE = /^\/etc\/apache2\/.+\.(?:conf|load)$|^\/etc\/apache2\/(?:sites-available|conf\.d)\//
const HTACCESS = /(?:^|[/._])htaccess(?:\.dist)?$/
const EXAMPLE =
  /^\/(?:etc|usr)\/(?!.*(?:lintian|fail2ban))(?:.+\/)?(?:[^/]*(?:apache|httpd)[^/]*\.(?:conf|DIST|vhost|conf\.gz|conf-sample)|[^/]*(?:\.apache2?|apache-vhost\.conf)|examples\/(?:apache2|vhost\.conf))$/
const FOREIGN = /nginx|lighttpd/

export function folderOfConfigs() {
  return process.env.REAL_CONFIGS_DIR ?? join(tmpdir(), 'rehearse-real-configs')
}

/** What the files of a package are judged as; undefined for other files. */
function placeOf(path) {
  if (HTACCESS.test(path)) return 'htaccess'
  return IN_APACHE.test(path) || (EXAMPLE.test(path) && !FOREIGN.test(path)) ? 'server' : undefined
}

/** The gathered files in the order of their names. */
export function readConfigs(folder = folderOfConfigs()) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
    .map((name) => {
      const slash = name.indexOf('/')
      const path = name.slice(slash)
      const bytes = readFileSync(join(folder, name))
      const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
      return { source: name.slice(0, slash), path, as: placeOf(path), text }
    })
}

function gather(folder) {
  if (existsSync(folder)) return
  const work = mkdtempSync(join(tmpdir(), 'rehearse-gather-'))
  const out = join(work, 'out')
  mkdirSync(out)
  try {
    const left = new Set([...DEBIAN, ...NPM])
    for (const [name, tar] of debianArchives(work)) if (unpack(tar, join(out, name), '.')) left.delete(name)
    for (const [name, tar] of npmArchives(work)) if (unpack(tar, join(out, name), 'package')) left.delete(name)
    for (const name of left) console.error(`left out: ${name}`)
    renameSync(out, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The contents of packages as tar archives; apt-get refuses all where it does not know one. */
function* debianArchives(work) {
  const { stdout } = spawnSync('apt-cache', ['show', '--no-all-versions', ...DEBIAN], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const known = new Set(Array.from(stdout.matchAll(/^Package: (\S+)/gm), (match) => match[1]))
  spawnSync('apt-get', ['download', '-qq', ...DEBIAN.filter((name) => known.has(name))], { cwd: work, stdio: 'ignore' })
  for (const file of readdirSync(work).filter((each) => each.endsWith('.deb')))
    yield [
      file.slice(0, file.indexOf('_')),
      execFileSync('dpkg-deb', ['--fsys-tarfile', join(work, file)], { maxBuffer: 1 << 30 }),
    ]
}

function* npmArchives(work) {
  for (const name of NPM) {
    const got = spawnSync('npm', ['pack', '--silent', name], { cwd: work, encoding: 'utf8' })
    if (got.status === 0) yield [name, gunzipSync(readFileSync(join(work, got.stdout.trim())))]
  }
}

/** Takes the configuration files out of an archive; links are left out. */
function unpack(tar, out, root) {
  const list = execFileSync('tar', ['-tv', '--quoting-style=literal'], {
    input: tar,
    maxBuffer: 1 << 28,
    encoding: 'latin1',
  })
  const members = list.split('\n').flatMap((line) => {
    const member = /^-\S+ \S+ +\d+ \S+ \S+ (.*)$/.exec(line)?.[1]
    return member?.startsWith(`${root}/`) && placeOf(member.slice(root.length)) ? [member] : []
  })
  if (members.length === 0) return false
  mkdirSync(out)
  const depth = root === '.' ? 1 : root.split('/').length
  execFileSync('tar', ['-x', '--no-same-owner', `--strip-components=${depth}`, '-C', out, '--', ...members], {
    input: tar,
  })
  return true
}

if (isMain(import.meta.url)) {
  gather(folderOfConfigs())
  const files = readConfigs()
  const load = files.filter(({ path }) => path.endsWith('.load')).length
  console.log(`${folderOfConfigs()}: ${files.length} files, ${load} of them only load a module`)
}
