import { build } from 'esbuild'
import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'

/**
 * Puts the sources together into few files, as `npm run build` does after the types were written: Node.js takes about
 * a millisecond for each file that it opens, and `tide dev` would open 200. What a command does not use stands in files
 * that it does not load. Packages stay packages, but for what nearly every command loads: `pg` is 40 files, and of
 * the one large file of `valibot` Tide uses a part.
 */
const inlined = /^(?:commander|pg|valibot)$/

/** Takes those in, with what they need themselves; leaves the others where they are. */
const packages = {
  name: 'packages',
  setup({ onLoad, onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || pluginData?.isOurs === true) return undefined
      if (kind === 'require-call' && isBuiltin(path)) return { path, namespace: 'builtin' }
      const isInside = importer.includes('node_modules')
      if (inlined.test(path) || (isInside && !optional.test(path))) {
        return resolve(path, { kind, importer, resolveDir, pluginData: { isOurs: true } })
      }
      return { path, external: true }
    })
    // A file of ESM has no `require`.
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
  },
}

/** What `pg` tries to load where it is installed. */
const optional = /^pg-(?:native|cloudflare)$/

await build({
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  entryPoints: [
    { in: 'src/index.ts', out: 'index' },
    // What `prisma-tide` stands for in a user's script.
    { in: 'src/scripts.ts', out: 'scripts' },
    // Loaded by ts-node, before a fix that it is to run.
    { in: 'src/fix/by-ts-node.ts', out: 'ts-node' },
    { in: 'src/cli/main.ts', out: 'cli/main' },
    // Beside the chunks: a worker is started by its file, from whichever chunk starts it.
    { in: 'src/prisma/engine-worker.ts', out: 'chunks/engine-worker' },
    { in: 'src/seed/deliver/chunk-worker.ts', out: 'chunks/chunk-worker' },
    { in: 'src/mask/fixtures/hand-worker.ts', out: 'chunks/hand-worker' },
  ],
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Else each of them is made anew whenever its line is reached.
  supported: { 'regexp-unicode-property-escapes': true },
  // The driver in C would have to be loaded with a `require`.
  define: { 'process.env.NODE_PG_FORCE_NATIVE': 'undefined' },
  plugins: [packages],
  logLevel: 'warning',
})
