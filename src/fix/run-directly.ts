import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Where a script was started by itself (`npx tsx scripts/fixes/x.ts --apply`), hands it over to `tide fix run`: the
 * same flags, the same checks. Elsewhere, as in that very command, nothing happens.
 */
export function runDirectly(): void {
  const main = process.argv[1]
  if (main === undefined || !isCaller(main)) return
  const words = process.argv.slice(2)
  // scripts/fixes/x.ts stands two folders below its project.
  const project = words.some((word) => word.startsWith('--project')) ? [] : ['--project', dirname(dirname(dirname(main)))]
  const child = spawn(process.execPath, [commandFile(), 'fix', 'run', main, ...project, ...words], { stdio: 'inherit' })
  // Ctrl-C reaches both; the child ends its transaction, and then this process ends as it did.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (signal === 'SIGTERM') child.kill(signal)
    })
  }
  child.on('close', (code) => {
    process.exitCode = code ?? 1
  })
}

/** True where the file that was started calls `defineFix`: not one that it imports. */
function isCaller(main: string): boolean {
  const frames = (new Error().stack ?? '').split('\n').slice(1)
  const caller = frames.find((frame) => !frame.includes('runDirectly') && !frame.includes('isCaller') && !frame.includes('defineFix'))
  return caller !== undefined && (caller.includes(`${main}:`) || caller.includes(`${pathToFileURL(main).href}:`) || caller.includes(`${pathToFileURL(main).href}?`))
}

/** The built command, beside this file's own package. */
function commandFile(): string {
  const here = import.meta.url
  if (here.endsWith('.ts')) return fileURLToPath(new URL('../../dist/cli/main.js', here))
  return join(dirname(fileURLToPath(here)).replace(/([/\\]dist)[/\\].*$/, '$1'), 'cli', 'main.js')
}
