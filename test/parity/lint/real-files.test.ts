import { expect, it } from 'vitest'
import { modulesForFile } from '../../../src/apache/loaded-modules.ts'
import { moduleSet, modulesNamed } from '../../../src/apache/modules.ts'
import { judgeAlone } from '../../../src/project/apache-check.ts'
import { positionAt, sourceFile } from '../../../src/source/source-file.ts'
import { judgeHtaccess } from '../../oracles/httpd/htaccess.mjs'
import { realFiles } from '../apache/real-files.ts'
import { isAccepted } from '../apache/real-texts.ts'
import { available } from '../reference.ts'

const httpd = available('verdicts of httpd', ['/usr/sbin/apache2', '-v'], ['gcc', '--version'])

/** Foreign modules whose directives a package uses without asking for them; its dependencies bring them. */
const NEEDED: Readonly<Record<string, string>> = {
  'libapache2-mod-shib': 'shib',
  'ocsinventory-server': 'perl',
  'openstack-dashboard-apache': 'wsgi',
  'openstack-cluster-installer': 'php8.2',
  'pywps-wsgi': 'wsgi',
  'qemu-web-desktop': 'perl',
  tirex: 'tile',
  'tirex-example-map': 'tile',
  'wims-lti': 'wsgi',
}

/** What a lint says of a shipped file with good reason. */
const TRUE_FINDINGS: Readonly<Record<string, string>> = {
  'apt-cacher lint/override-in-match': 'the AllowOverride is really without effect',
  'freedombox lint/header-not-always': 'redirects and error pages really go without the header',
  'gridsite lint/name-virtual-host': 'an example for httpd 2.2',
  'ledgersmb lint/name-virtual-host': 'an example for httpd 2.2',
  'onak lint/name-virtual-host': 'an example for httpd 2.2',
  'redmine lint/mixed-access-control': 'rules of both versions really stand side by side',
  'wordpress lint/name-virtual-host': 'an example for httpd 2.2',
  'nagios4-cgi lint/override-in-match': 'the AllowOverride is really without effect',
  'openguides lint/trailing-comment': 'httpd rejects the line for its comment',
  'radicale lint/unresolved-variable': 'an example that a file it includes defines the variable for',
  'x2gobroker-wsgi lint/weak-cipher': 'RC4 is really let in',
}

const files = realFiles()

function judged({ source, path, as, text }: (typeof files)[number]) {
  const needed = NEEDED[source]
  const all = needed ? new Set([...moduleSet('all'), ...modulesNamed([needed])]) : moduleSet('all')
  // Others include these files in sections.
  const place = path.startsWith('/etc/apache2/includes/') ? 'directory' : as
  return judgeAlone(sourceFile(path, text), { as: place, modules: modulesForFile(path, all) }).diagnostics
}

it('has no error in what packages put below /etc/apache2', () => {
  const shipped = files.filter(({ path }) => path.startsWith('/etc/apache2/'))
  const errors = shipped.flatMap((file) =>
    judged(file).flatMap(({ severity, message }) =>
      severity === 'error' ? [`${file.source} ${file.path} ${message}`] : [],
    ),
  )
  process.stdout.write(`${shipped.length} files below /etc/apache2: ${errors.length} errors\n`)
  expect(errors).toEqual([])
})

it.runIf(httpd)('has no error in .htaccess files that httpd accepts', async () => {
  const shipped = files.filter(({ as }) => as === 'htaccess')
  const answers = await judgeHtaccess(shipped.map(({ text }, id) => ({ id, text })))
  const fine = shipped.filter((_, i) => isAccepted(answers[i]?.verdict))
  const errors = fine.flatMap((file) =>
    judged(file).flatMap(({ severity, message }) =>
      severity === 'error' ? [`${file.source} ${file.path} ${message}`] : [],
    ),
  )
  process.stdout.write(`${fine.length} of ${shipped.length} .htaccess files are accepted: ${errors.length} errors\n`)
  expect(errors).toEqual([])
})

it('lints nothing that is in order', () => {
  const told = files.flatMap((file) =>
    judged(file)
      .filter(({ code }) => code.startsWith('lint/'))
      .map(({ code, message, span }) => ({
        ...file,
        code,
        message,
        line: span && positionAt(span.file, span.start).line,
      })),
  )
  const alarms = told.filter(({ source, code }) => TRUE_FINDINGS[`${source} ${code}`] === undefined)
  process.stdout.write(
    `${files.length} files: ${told.length} lints, ${told.length - alarms.length} with a written reason, ${alarms.length} false alarms\n`,
  )
  expect(alarms.map(({ source, path, line, code, message }) => `${source} ${path}:${line} ${code} ${message}`)).toEqual(
    [],
  )
})
