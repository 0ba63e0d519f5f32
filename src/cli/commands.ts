import type { Argv } from 'yargs'
import { sampleNames } from '../project/facts/sample-facts.ts'

export type CommandName = 'run' | 'template' | 'validate' | 'explain' | 'lookup' | 'catalog' | 'init'

/** A command as the parser needs it; what it does is loaded when it runs. */
export interface Command {
  readonly name: CommandName
  readonly usage: string | string[]
  readonly describe: string
  /** Whether it may run code of templates and modules, which must not be able to hang the program. */
  readonly untrusted: boolean
  readonly options: (parser: Argv) => Argv
}

const places = ['htaccess', 'server', 'vhost', 'directory', 'location', 'files', 'proxy'] as const

function common(parser: Argv): Argv {
  return parser
    .option('environment', {
      type: 'string',
      describe: 'The environment (default: the nearest folder upward with environment.conf, hiera.yaml or manifests/)',
      requiresArg: true,
    })
    .option('modulepath', { type: 'string', describe: 'Directories of modules, with : between', requiresArg: true })
    .option('facts', {
      type: 'string',
      describe: `Facts: a file, a directory with one a node, or a bundled set: ${sampleNames.join(', ')}`,
      requiresArg: true,
    })
    .option('puppet', { choices: [7, 8] as const, describe: "Puppet's major version (default 8)" })
    .option('config', { type: 'string', describe: 'The settings file (default: rehearse.yaml)', requiresArg: true })
    .option('color', { type: 'boolean', describe: 'Colours; on for terminals' })
}

/** Of the commands that compile nodes. */
function nodes(parser: Argv): Argv {
  return common(parser)
    .option('allow-exec', {
      type: 'boolean',
      describe: 'Run the classifier that rehearse.yaml names, if it is a program',
    })
    .option('eyaml-keys', {
      type: 'string',
      describe: "A directory with eyaml's keys, or the private key; without them encrypted data are masked",
      requiresArg: true,
    })
    .option('global-hiera', {
      type: 'string',
      describe: "The global layer's hiera.yaml, outside of the environment",
      requiresArg: true,
    })
    .option('fact', {
      type: 'string',
      describe: 'NAME=VALUE: a fact that nodes have instead of their own, os.family=RedHat; may be given several times',
      requiresArg: true,
    })
}

function reporting(parser: Argv): Argv {
  return parser
    .option('format', {
      type: 'string',
      array: true,
      describe: 'pretty, json, html, markdown or sarif; NAME=FILE writes to a file; may be given several times',
      nargs: 1,
      requiresArg: true,
    })
    .option('fail-on', {
      choices: ['error', 'warning', 'info', 'never'] as const,
      default: 'error',
      describe: 'The least severity that makes the exit code 1',
    })
}

function fixing(parser: Argv): Argv {
  return parser.option('fix', {
    type: 'boolean',
    describe: 'Write what is certain to mend errors and warnings into the files, and tell what was written',
  })
}

function apache(parser: Argv): Argv {
  return parser
    .option('modules', {
      type: 'string',
      describe: 'Loaded Apache modules: all, debian-default or names',
      requiresArg: true,
    })
    .option('override', { type: 'string', describe: 'What AllowOverride gives: All or a list', requiresArg: true })
}

export const commands: readonly Command[] = [
  {
    name: 'run',
    usage: ['run', '$0'],
    describe: 'Rehearse the nodes: compile, render, judge the Apache configuration, show the differences',
    untrusted: true,
    options: (parser) =>
      fixing(reporting(nodes(parser)))
        .option('node', { type: 'string', array: true, describe: 'Only these nodes; globs allowed', requiresArg: true })
        .option('deployed', {
          type: 'string',
          describe: 'The files as they are now: a directory, a tar file or ssh://user@host; {node} is the certname',
          requiresArg: true,
        })
        .option('from', {
          type: 'string',
          describe: 'The git revision before the change, such as origin/main: show what the change does',
          requiresArg: true,
        })
        .option('to', {
          type: 'string',
          describe: 'The git revision after the change (default: the work tree)',
          requiresArg: true,
        })
        .option('from-catalogs', {
          type: 'string',
          describe: 'Saved catalogs before the change, as Puppet or PuppetDB give them; {node} is the certname',
          requiresArg: true,
        })
        .option('all', { type: 'boolean', describe: 'With --from: compile nodes twice that it cannot reach' })
        .example('$0', 'Rehearse every node of the control repo here')
        .example("$0 --node 'web*' --deployed 'deployed/{node}'", 'Compare the web servers with their files')
        .example('$0 --from origin/main', 'Show what the changes since origin/main do on the nodes')
        .example('$0 --format pretty --format html=report.html', 'Also write a page for reviewers'),
  },
  {
    name: 'template',
    usage: 'template [file]',
    describe: 'Render one ERB or EPP template on its own, judge and compare the result',
    untrusted: true,
    options: (parser) =>
      apache(reporting(common(parser)))
        .positional('file', { type: 'string', describe: 'The template' })
        .option('data', { type: 'string', describe: 'Values for its variables, YAML or JSON', requiresArg: true })
        .option('as', { choices: [...places, 'none'] as const, describe: 'Judge the result as (default: by its name)' })
        .option('deployed', { type: 'string', describe: 'A file to compare the result with', requiresArg: true })
        .option('batch', { type: 'boolean', describe: 'JSON requests from standard input, answers a line each' })
        .example('$0 template htaccess.erb --data values.yaml', 'Show what the template renders to')
        .example('$0 template vhost.epp --data v.yaml --as vhost', 'Judge it as the inside of a virtual host'),
  },
  {
    name: 'validate',
    usage: 'validate [files..]',
    describe: 'Judge Apache configuration files as httpd does',
    untrusted: false,
    options: (parser) =>
      fixing(apache(reporting(parser)))
        .positional('files', { type: 'string', array: true, describe: 'Files or directories; - for standard input' })
        .option('as', { choices: places, describe: 'Judge as (default: by the name)' })
        .option('define', {
          type: 'string',
          array: true,
          describe: 'NAME or NAME=VALUE, as with -D',
          nargs: 1,
          requiresArg: true,
        })
        .option('root', {
          type: 'string',
          describe: "The server's files: / for this machine, a copy of another's, or none (default; with --batch /)",
          requiresArg: true,
        })
        .option('batch', { type: 'boolean', describe: 'JSON requests from standard input, answers a line each' })
        .option('color', { type: 'boolean', describe: 'Colours; on for terminals' })
        .epilogue('docs/checks.md tells what codes such as lint/odd-number mean, and how to silence them.')
        .example('$0 validate .htaccess', 'Judge one file')
        .example('$0 validate --modules debian-default /etc/apache2/sites-available', 'Judge a folder')
        .example('$0 validate --root / /etc/apache2', 'Judge the server of this machine as a whole'),
  },
  {
    name: 'explain',
    usage: 'explain <node> <path>',
    describe: 'Tell where each line of a rendered file comes from, or what Apache applies to a URL',
    untrusted: true,
    options: (parser) =>
      nodes(parser)
        .positional('node', { type: 'string', demandOption: true, describe: 'The node' })
        .positional('path', {
          type: 'string',
          demandOption: true,
          describe: 'The file on the node, PATH, PATH:LINE or PATH:LINE-LINE; or a URL',
        })
        .option('format', { choices: ['pretty', 'json'] as const, default: 'pretty', describe: 'How to print it' })
        .example('$0 explain web01.example.com /var/www/shop/.htaccess:6', 'One line')
        .example('$0 explain web01.example.com http://shop.example.com/cart', 'What Apache applies to a URL'),
  },
  {
    name: 'lookup',
    usage: 'lookup <keys..>',
    describe: 'Look a key up in Hiera for a node, and tell which level gave what',
    untrusted: true,
    options: (parser) =>
      nodes(parser)
        .positional('keys', {
          type: 'string',
          array: true,
          demandOption: true,
          describe: 'The key, with dots to dig into its value; the first of several that is found counts',
        })
        .option('node', { type: 'string', describe: 'The node', requiresArg: true })
        .option('merge', {
          choices: ['first', 'unique', 'hash', 'deep'] as const,
          describe: 'How values of several levels are merged, instead of what lookup_options say',
        })
        .option('knock-out-prefix', {
          type: 'string',
          describe: 'With --merge deep: takes values away that a level below has',
          requiresArg: true,
        })
        .option('sort-merged-arrays', { type: 'boolean', describe: 'With --merge deep: sort merged arrays' })
        .option('merge-hash-arrays', {
          type: 'boolean',
          describe: 'With --merge deep: merge hashes within arrays by position',
        })
        .option('default', { type: 'string', describe: 'The value where there is none', requiresArg: true })
        .option('type', { type: 'string', describe: 'A type that the value must have', requiresArg: true })
        .option('compile', { type: 'boolean', describe: 'Compile the catalog first, for variables of manifests' })
        .option('explain', {
          type: 'boolean',
          describe: 'Show where the value comes from: always on, taken for those who know it from `puppet lookup`',
        })
        .option('explain-options', { type: 'boolean', describe: 'Show how lookup_options came about as well' })
        .option('format', { choices: ['pretty', 'json'] as const, default: 'pretty', describe: 'How to print it' })
        .example('$0 lookup profile::web::aliases --node web01.example.com', ''),
  },
  {
    name: 'catalog',
    usage: 'catalog',
    describe: "Print a node's catalog as JSON, in Puppet's own format",
    untrusted: true,
    options: (parser) =>
      nodes(parser)
        .option('node', { type: 'string', describe: 'The node', requiresArg: true })
        .option('batch', { type: 'boolean', describe: 'JSON requests from standard input, answers a line each' })
        .option('files', { type: 'boolean', describe: 'Add the rendered files' })
        .option('show-secrets', {
          type: 'boolean',
          describe: 'Print Sensitive and encrypted values as Puppet does, rather than tokens (--batch always does)',
        })
        .example('$0 catalog --node web01.example.com', ''),
  },
  {
    name: 'init',
    usage: 'init',
    describe: 'Write a commented rehearse.yaml for the control repo here',
    untrusted: false,
    options: (parser) =>
      parser
        .option('environment', { type: 'string', describe: 'The environment', requiresArg: true })
        .example('$0 init', ''),
  },
]
