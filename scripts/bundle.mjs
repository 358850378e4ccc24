import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

/**
 * Puts the sources together into few files, as `npm run build` does after the types were written: Node.js takes about
 * a millisecond for each file that it opens, and `tide dev` would open 200. What a command does not use stands in files
 * that it does not load. Packages stay packages.
 */
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
  packages: 'external',
  logLevel: 'warning',
})
