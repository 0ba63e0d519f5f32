// Bundles the program into dist/, the form that bin/rehearse.js loads (Node 20 does not run TypeScript), and copies the
// texts that are read at run time. Packages that carry WebAssembly stay outside: they find their files by themselves.
import { cpSync, existsSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))

// Built beside and moved into place, so that nobody ever runs half a build.
const fresh = at(`dist-${process.pid}`)
const old = `${fresh}-old`
const bundle = await rolldown({
  input: { main: at('src/cli/main.ts'), worker: at('src/cli/worker.ts'), image: at('src/ruby/image.ts') },
  platform: 'node',
  external: [/^node:/, /^@ruby\/3\.2-wasm-wasi/, /^@stephen-riley\/pcre2-wasm/],
  onLog(level, log, handle) {
    handle(level === 'warn' ? 'error' : level, log)
  },
})
await bundle.write({
  dir: fresh,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  comments: { legal: true },
})
await bundle.close()
cpSync(at('src'), `${fresh}/assets`, {
  recursive: true,
  filter: (path) => statSync(path).isDirectory() || !path.endsWith('.ts'),
})
// Ruby, booted: starting from its memory takes a tenth of the time.
const { makeImage } = await import(new URL(`file://${fresh}/image.js`))
writeFileSync(`${fresh}/assets/ruby/machine.image`, makeImage())
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
