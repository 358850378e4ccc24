import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** Has `tide fix run` do a script that was started by itself, with its flags; this process ends as that one does. */
export function handOver(script: string): void {
  const words = process.argv.slice(2)
  // scripts/fixes/x.ts stands two folders below its project.
  const project = words.some((word) => word.startsWith('--project')) ? [] : ['--project', dirname(dirname(dirname(script)))]
  const child = spawn(process.execPath, [commandFile(), 'fix', 'run', script, ...project, ...words], { stdio: 'inherit' })
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

/** The built command, beside this file's own package. */
function commandFile(): string {
  const here = import.meta.url
  if (here.endsWith('.ts')) return fileURLToPath(new URL('../../dist/cli/main.js', here))
  return join(dirname(fileURLToPath(here)).replace(/([/\\]dist)[/\\].*$/, '$1'), 'cli', 'main.js')
}
