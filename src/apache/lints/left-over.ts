import { at, type Context, type Found, isQuoted, type Line, type Lint, names } from './line.ts'

/** Directives that say nothing without an argument, and that httpd takes without one all the same. */
const NEED_ARGUMENTS = names(`
  AccessFileName AllowOverride Options FileETag RegexDefaultOptions IndexOptions DirectoryIndex ExtFilterDefine
  MDCertificateAuthority ProxyHTMLURLMap RequestReadTimeout SSLProtocol SSLProxyProtocol SSLOptions Require Allow Deny
`)

/** What templates and data leave behind when a value is missing or was not put in. */
export const LEFT_OVER_LINTS: readonly Lint[] = [
  {
    code: 'template-tag',
    needs: ['<%', '-%>'],
    why: 'The text of a template that was never rendered, or was rendered by another engine, reaches httpd as it stands.',
    find: ({ text }) =>
      all(
        text,
        /<%|-%>/g,
        (tag) => `'${tag}' of a template is left in the text`,
        'The template was not rendered here.',
      ),
  },
  {
    code: 'interpolation',
    needs: ['#{'],
    why: 'A Ruby string in single quotes keeps its `#{…}`, and httpd takes it as text.',
    find: ({ text }) =>
      all(
        text,
        /#\{[A-Za-z_@$:][^}]*\}/g,
        (found) => `'${found}' of a Ruby string is left in the text`,
        'It was not interpolated.',
      ),
  },
  {
    code: 'hiera-interpolation',
    needs: ['%{'],
    why: 'Hiera interpolates only what it looks up itself; in a template or a manifest `%{…}` stays as it is.',
    find: ({ text }) =>
      all(
        text,
        /%\{(?:(?:facts|trusted|server_facts|::)[^}]*|(?:lookup|hiera|alias|literal|scope)\([^}]*)\}/g,
        (found) => `'${found}' of Hiera is left in the text`,
        'Only values that come through Hiera are interpolated.',
      ),
  },
  {
    code: 'unresolved-variable',
    needs: ['${'],
    why: 'httpd leaves a variable as it stands where neither `Define` nor its environment has a value: paths and names then hold the text itself. Where a start script sets the variable, tell it with `--define NAME`.',
    find: unresolved,
  },
  {
    code: 'undef-value',
    needs: ['undef', 'nil'],
    why: 'Template languages print `undef`, `nil` or nothing for a value that is not set, and httpd takes the word as the value.',
    find: unset,
  },
  {
    code: 'empty-value',
    needs: ['""', "''"],
    why: 'An argument that is there and empty is most often a value that was not set.',
    find: empty,
  },
  {
    code: 'no-arguments',
    why: 'httpd takes these directives without an argument, and then they say nothing.',
    keys: NEED_ARGUMENTS,
    find: noArguments,
  },
]

function all(text: string, pattern: RegExp, message: (found: string) => string, remedy: string): Found[] {
  // Matches are rare, and asking for all is dear.
  if (text.search(pattern) < 0) return []
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    message: message(match[0]),
    remedy,
  }))
}

/** What Debian's envvars and other start scripts set. */
const FROM_ENVIRONMENT = /^(?:APACHE_\w+|HOSTNAME|HOME|PATH|LANG|USER|TZ)$/

/** A name with one colon asks a RewriteMap; one with two is a variable of Puppet's. */
function unresolved({ text }: Line, { known }: Context): Found[] {
  if (!text.includes('${')) return []
  return [...text.matchAll(/\$\{([^}:\s]*|(?:::\w+|\w+::\w+)(?:::\w+)*)\}/g)]
    .filter((match) => !known.has(match[1] as string) && !FROM_ENVIRONMENT.test(match[1] as string))
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      message: `Nothing defines ${match[0]}, so httpd leaves it as it stands`,
      remedy: match[1]?.includes(':')
        ? 'Put the value in its place.'
        : `Define ${match[1]}, or put the value in its place.`,
    }))
}

/** `undef` and `nil` are what template languages print for no value; the first also inside of a path or an address. */
function unset({ args, text }: Line): Found[] {
  if (!text.includes('undef') && !text.includes('nil')) return []
  return args
    .filter(({ value }) => /^(?::?undef|nil|\[undef\])$|[/.@:=]undef(?=[/.:@]|$)/.test(value))
    .map((word) =>
      at(word, `'${word.value}' looks like a value that was not set`, 'Give it a value, or leave the line out.'),
    )
}

/** Directives for which an empty text can mean something: text for people, values of variables and headers, patterns. */
const MAY_BE_EMPTY =
  /^(?:setenv|setenvif(?:nocase|expr)?|browsermatch(?:nocase)?|define|header|requestheader|authname|adddescription|errordocument|substitute|proxyhtml\w+|logformat|customlog|errorlogformat|sslpassphrasedialog|sslrequire|useindex|ssi\w+|index\w+|auth\w+|mdchallenge\w*|mdmessagecmd|inputsed|outputsed|cookie\w+|session\w+|lua\w+|use|dbd\w+|heartbeat\w+|rewritebase|readmename|headername)$/

function empty({ text, args, isSection, name, key, spec }: Line): Found[] {
  if (!text.includes('""') && !text.includes("''")) return []
  if (MAY_BE_EMPTY.test(key) || /^<(?:if|elseif|macro|use)$/.test(key)) return []
  if (key === 'require' && /^expr$/i.test(args[0]?.value ?? '')) return []
  // Of a foreign module's directive only one without any value is certain.
  if (!spec && !isSection && args.length !== 1) return []
  return args
    .filter((word) => word.value === '' && isQuoted(text, word))
    .map((word) =>
      at(word, `${name.value.replace(/^</, '')} has an empty argument`, 'Give it a value, or leave the line out.'),
    )
}

/** What Require can ask for that has to be named. */
const SUBJECT = /^(?:user|group|ip|host|forward-dns|method|env|ldap-(?:user|group|dn|filter|attribute))$/i

function noArguments({ args, name, key }: Line): Found[] {
  const [first] = args
  const says = `${name.value} ${first?.value}`
  if (first && args.length === 1 && (key === 'require' ? SUBJECT.test(first.value) : isFrom(key, first.value)))
    return [at(first, `nothing stands behind ${says}`, `Say whom or what, or leave the line out.`)]
  if (args.length > 0 || /^(?:require|allow|deny)$/.test(key)) return []
  return [at(name, `${name.value} has no argument`, 'Give it a value, or leave the line out.')]
}

function isFrom(key: string, value: string): boolean {
  return /^(?:allow|deny)$/.test(key) && /^from$/i.test(value)
}
