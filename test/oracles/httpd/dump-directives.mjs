#!/usr/bin/env node
// Prints every directive that httpd and the modules of Debian's package are compiled with.
//
// Usage:  node dump-directives.mjs > directives.jsonl
// Output: one JSON object a line, in the order in which httpd looks directives up:
//   name        as in httpd's tables: a section's name begins with "<"
//   module      identifier, as in <IfModule rewrite_module>
//   moduleFile  source file, as in <IfModule mod_rewrite.c>
//   args        how httpd splits the arguments: RAW_ARGS, TAKE1, TAKE12, ITERATE, FLAG, ...
//   section     whether it is a container
//   bits        req_override of the command_rec: where the directive may stand
//   contexts    the same in words: whether httpd's first test lets it pass in
//                 server     the top level, <VirtualHost>
//                 directory  <Directory>, <Location>, <Files> and the like
//                 proxy      <Proxy>
//                 htaccess   .htaccess files, given the right AllowOverride
//               A directive's own code can refuse it all the same.
//   override    the AllowOverride classes of which one has to be on in .htaccess files
//   execOnRead  whether it runs while the file is being read, before all others
// A name occurs once for each module that defines it. The list merges what httpd has with
// the event, the worker and the prefork MPM: the MPM's own directives tell which.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRunDirectory, HTTPD, helperDirectory, httpdEnvironment, removeRunDirectory } from './lib/directories.mjs'
import { loadModuleLines, MPMS } from './lib/modules.mjs'
import { isMain, parseJsonLines, runTool, writeJsonLines } from './lib/tool.mjs'

// From httpd's http_config.h.
const OVERRIDE_BITS = { AuthConfig: 8, FileInfo: 4, Indexes: 16, Limit: 1, Options: 2 }
const OR_ALL = 31
const ACCESS_CONF = 64
const RSRC_CONF = 128
const EXEC_ON_READ = 256
const PROXY_CONF = 2048

// What httpd allows at each place; a directive passes if it shares a bit with that.
const ALLOWED = {
  server: (RSRC_CONF | OR_ALL) & ~(OVERRIDE_BITS.AuthConfig | OVERRIDE_BITS.Limit),
  directory: OR_ALL | ACCESS_CONF,
  proxy: OR_ALL | ACCESS_CONF | PROXY_CONF,
  htaccess: OR_ALL,
}

function dumpConfig(directory, helpers, mpm) {
  return `
ServerRoot ${directory}
ServerName localhost
PidFile ${directory}/run/httpd.pid
DefaultRuntimeDir ${directory}/run
ErrorLog ${directory}/logs/error.log
${loadModuleLines({ mpm }).join('\n')}
LoadModule dumpcmds_module ${helpers}/mod_dumpcmds.so
User www-data
Group www-data
Listen 127.0.0.1:18082
`
}

function dump(directory, helpers, mpm) {
  const config = join(directory, `${mpm}.conf`)
  const output = join(directory, `${mpm}.jsonl`)
  writeFileSync(config, dumpConfig(directory, helpers, mpm))
  execFileSync(HTTPD, ['-t', '-f', config], {
    env: { ...httpdEnvironment(directory), DUMPCMDS_OUT: output },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return parseJsonLines(readFileSync(output), output)
}

// Directives that run while the file is being read do not know yet what surrounds them.
function maskFor(place, execOnRead) {
  return execOnRead && place !== 'htaccess' ? ALLOWED.server : ALLOWED[place]
}

function describe({ name, module, moduleFile, args, bits }) {
  const execOnRead = (bits & EXEC_ON_READ) !== 0
  const contexts = Object.keys(ALLOWED).map((place) => [place, (bits & maskFor(place, execOnRead)) !== 0])
  const override = Object.keys(OVERRIDE_BITS).filter((word) => (bits & OVERRIDE_BITS[word]) !== 0)
  return {
    name,
    module,
    moduleFile,
    args,
    section: name.startsWith('<'),
    bits,
    contexts: Object.fromEntries(contexts),
    override,
    execOnRead,
  }
}

export function dumpDirectives() {
  const directory = createRunDirectory('directives')
  try {
    const helpers = helperDirectory(directory)
    const merged = new Map()
    for (const mpm of MPMS) {
      for (const directive of dump(directory, helpers, mpm)) {
        merged.set(JSON.stringify(directive), directive)
      }
    }
    return [...merged.values()].map(describe)
  } finally {
    removeRunDirectory(directory)
  }
}

if (isMain(import.meta.url)) {
  await runTool('dump-directives.mjs > directives.jsonl', async () => {
    writeJsonLines(process.stdout, dumpDirectives())
  })
}
