import type { ConfigNode } from '../../apache/context.ts'
import type { Found, LintContext, ServerLint } from './rule.ts'
import {
  allNodes,
  everywhere,
  isWithin,
  levelsWith,
  named,
  nameOf,
  nameSpan,
  type ServerModel,
  wordSpan,
  wordsOf,
} from './server.ts'

/** Who may see what. */
export const ACCESS_LINTS: readonly ServerLint[] = [
  {
    code: 'mixed-access-control',
    why: 'Where `Order`, `Allow` and `Deny` of httpd 2.2 stand beside `Require`, both have to let a request through.',
    severity: 'warning',
    scope: 'part',
    find: mixed,
  },
  {
    code: 'open-proxy',
    why: 'A forward proxy that everybody may use is soon abused to hide where attacks come from.',
    severity: 'warning',
    scope: 'server',
    find: openProxy,
  },
  {
    code: 'listed-uploads',
    why: 'A listing shows everybody what others have put into the folder.',
    severity: 'warning',
    scope: 'part',
    find: listedUploads,
  },
  {
    code: 'override-in-match',
    why: 'httpd applies sections with regular expressions after `.htaccess` files, so that `AllowOverride` in them comes too late.',
    severity: 'warning',
    scope: 'part',
    find: overrideInMatch,
  },
  {
    code: 'relative-directory',
    why: 'httpd compares `<Directory>` with whole paths and does not complete a relative one.',
    severity: 'warning',
    scope: 'part',
    find: relativeDirectory,
  },
  {
    code: 'header-not-always',
    why: 'Without `always`, httpd sends the header with successful answers only; errors and redirects are pages too.',
    severity: 'info',
    scope: 'part',
    find: notAlways,
  },
]

/** `Require valid-user` beside `Allow from` is how Satisfy is used; only host rules of both kinds contradict each other. */
function* mixed({ model }: LintContext): Generator<Found> {
  for (const { nodes } of levelsWith(model, 'order', 'allow', 'deny')) {
    const old = nodes.find((node) => /^(?:order|allow|deny)$/.test(nameOf(node)))
    const fresh = nodes.find(
      (node) =>
        nameOf(node) === 'require' && /^(?:all|ip|host|forward-dns|local)$/i.test(wordsOf(node)[0]?.value ?? ''),
    )
    if (!old || !fresh) continue
    yield {
      span: nameSpan(old),
      message: `${old.name} of httpd 2.2 stands beside Require: both have to let a request through`,
      remedy: `Say it with Require alone, and take Order, Allow and Deny away.`,
      related: [{ message: 'Require stands here', span: nameSpan(fresh) }],
    }
  }
}

function* openProxy({ model }: LintContext): Generator<Found> {
  const isClosed = everywhere(model, '<proxy', '<proxymatch').some((node) =>
    [...allNodes(node.children)].some(
      (inside) =>
        nameOf(inside) === 'deny' || (nameOf(inside) === 'require' && !/^all\s+granted$/i.test(inside.args.trim())),
    ),
  )
  if (isClosed) return
  for (const node of everywhere(model, 'proxyrequests')) {
    const [word] = wordsOf(node)
    if (word?.value.toLowerCase() !== 'on') continue
    yield {
      span: wordSpan(node, word),
      message: 'ProxyRequests On without a <Proxy> section that limits access makes an open proxy of the server',
      remedy: 'A reverse proxy needs ProxyPass alone; for a forward proxy add <Proxy "*"> with Require.',
    }
  }
}

const UPLOADS = /(?:^|\/)(?:uploads?|incoming|attachments|backups?)(?:\/|$)/i

function* listedUploads({ model }: LintContext): Generator<Found> {
  for (const { nodes, section } of levelsWith(model, 'options')) {
    if (!section || !/^<(?:directory|location)$/.test(nameOf(section))) continue
    const path = wordsOf(section)[0]?.value ?? ''
    if (!UPLOADS.test(path) || holdsApplication(model, path, nodes)) continue
    for (const node of named(nodes, 'options'))
      for (const word of wordsOf(node))
        if (/^\+?indexes$/i.test(word.value))
          yield {
            span: wordSpan(node, word),
            message: `Options Indexes lists to everybody what was put into ${path}`,
            remedy: 'Use -Indexes.',
          }
  }
}

/** A document root, or a folder whose .htaccess files count: `upload` is also what some applications call their own. */
function holdsApplication(model: ServerModel, path: string, nodes: readonly ConfigNode[]): boolean {
  return (
    [model.main, ...model.hosts].some(({ documentRoot }) => documentRoot && isWithin(documentRoot.path, path)) ||
    named(nodes, 'allowoverride').some((node) => !/^none$/i.test(node.args.trim()))
  )
}

function* overrideInMatch({ model }: LintContext): Generator<Found> {
  for (const { sections } of [model.main, ...model.hosts])
    for (const { isRegex, node } of sections) {
      if (!isRegex) continue
      for (const each of node.children)
        if (/^allowoverride(?:list)?$/.test(nameOf(each)))
          yield {
            span: nameSpan(each),
            message: `${each.name} has no effect in a section with a regular expression: httpd applies those after .htaccess files`,
            remedy: 'Put it into a <Directory> section without a regular expression.',
          }
    }
}

function* relativeDirectory({ model }: LintContext): Generator<Found> {
  for (const { sections } of [model.main, ...model.hosts])
    for (const { isRegex, path, span } of sections)
      if (!isRegex && !/^(?:\/|\$\{|[*?[]|@\w+@)/.test(path) && path !== '')
        yield {
          span,
          message: `<Directory> does not complete '${path}' from ServerRoot, so the section applies to nothing`,
          remedy: 'Give the full path.',
        }
}

/** Headers by which browsers decide what a page may do; error pages and redirects are pages too. */
const FOR_ALL_RESPONSES = /^(?:strict-transport-security|content-security-policy|x-frame-options)$/i

function* notAlways({ model }: LintContext): Generator<Found> {
  for (const { nodes, section } of levelsWith(model, 'header')) {
    // What is meant for some files only is not meant for errors.
    if (section && /^<files/.test(nameOf(section))) continue
    const headers = named(nodes, 'header').map((node) => ({ node, words: wordsOf(node) }))
    const always = new Set(
      headers.flatMap(({ words: [first, , third] }) =>
        first?.value.toLowerCase() === 'always' && third ? [third.value.toLowerCase()] : [],
      ),
    )
    for (const { node, words } of headers) {
      const [first, second] = words
      const [action, name] = first?.value.toLowerCase() === 'onsuccess' ? [second, words[2]] : [first, second]
      if (!action || !name || !/^(?:set|setifempty|append|merge|add)$/i.test(action.value)) continue
      if (!FOR_ALL_RESPONSES.test(name.value) || always.has(name.value.toLowerCase())) continue
      yield {
        span: wordSpan(node, action),
        message: `without 'always', httpd leaves ${name.value} out of errors and redirects`,
        remedy: `Write 'Header always ${action.value} ${name.value} …'.`,
      }
    }
  }
}
