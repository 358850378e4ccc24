import { buildSync } from 'esbuild'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const built = new Map<string, string>()

/**
 * A program of this folder as one JavaScript file: it starts in half the time that compiling its modules one by one
 * takes. It is kept under its content, so that runs at the same time do not disturb each other.
 * @param name of the file, without its ending
 */
export function builtProgram(name: string): string {
  const known = built.get(name)
  if (known !== undefined) return known
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    // Beside the program, as in the build: the thread that makes rows is started by its file.
    entryPoints: [
      { in: `test/support/${name}.ts`, out: name },
      { in: 'src/seed/deliver/chunk-worker.ts', out: 'chunk-worker' },
    ],
    outdir: 'built',
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
  })
  const hash = createHash('sha256')
  for (const { contents } of outputFiles) hash.update(contents)
  const folder = join(root, 'node_modules/.cache/tide-test-programs', hash.digest('hex').slice(0, 16))
  mkdirSync(folder, { recursive: true })
  for (const { path, contents } of outputFiles) keep(join(folder, path.slice(root.length + 'built/'.length)), contents)
  const file = join(folder, `${name}.js`)
  built.set(name, file)
  return file
}

function keep(file: string, contents: Uint8Array): void {
  if (existsSync(file)) return
  const beside = `${file}.${String(process.pid)}`
  writeFileSync(beside, contents)
  renameSync(beside, file)
}
