// Bundles the program into dist/, the form that bin/rehearse.js loads (Node 20 does not run TypeScript), and copies the
// texts that are read at run time. Packages that carry WebAssembly stay outside: they find their files by themselves.

import { cpSync, existsSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))

// Built beside and moved into place, so that nobody ever runs half a build.
const fresh = at(`dist-${process.pid}`)
const old = `${fresh}-old`
const options = {
  platform: 'node',
  external: [/^node:/, /^@ruby\/3\.2-wasm-wasi/, /^@stephen-riley\/pcre2-wasm/],
  // What yargs finds configuration packages with, which nobody asks it for; CommonJS has no word for it.
  transform: { define: { 'import.meta.resolve': 'undefined' } },
  onLog(level, log, handle) {
    handle(level === 'warn' ? 'error' : level, log)
  },
}
const output = {
  dir: fresh,
  format: 'cjs',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  comments: { legal: true },
}
const entries = ['main', 'worker', 'train'].map((name) => [name, at(`src/cli/${name}.ts`)])
for (const input of [
  { load: at('src/cli/load.ts') },
  { ...Object.fromEntries(entries), image: at('src/ruby/image.ts') },
]) {
  const bundle = await rolldown({ ...options, input })
  await bundle.write(output)
  await bundle.close()
}
writeFileSync(`${fresh}/package.json`, '{ "type": "commonjs" }\n')
cpSync(at('src'), `${fresh}/assets`, {
  recursive: true,
  filter: (path) => statSync(path).isDirectory() || !path.endsWith('.ts'),
})
// Ruby, booted: starting from its memory takes a tenth of the time.
const { load, keepCompiled } = createRequire(import.meta.url)(`${fresh}/load.js`)
writeFileSync(`${fresh}/assets/ruby/machine.image`, load('image').makeImage())
// V8's compiled form of what most runs run.
for (const name of ['main', 'worker']) load(name)
await load('train').train(at('templates-fixtures/ticket-shop'))
keepCompiled()
try {
  renameSync(at('dist'), old)
} catch (error) {
  if (error.code !== 'ENOENT') throw error
}
renameSync(fresh, at('dist'))
rmSync(old, { recursive: true, force: true })

// With a link among the installed programs, `npx rehearse` in a clone starts at once instead of installing the clone.
const link = at('node_modules/.bin/rehearse')
if (existsSync(at('node_modules/.bin'))) {
  rmSync(link, { force: true })
  symlinkSync('../../bin/rehearse.js', link)
}
