#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import type { Machine } from './machine.ts'

const words = process.argv.slice(2)

// As Node.js 21 defines it. Without it `pg` makes a `Response` to find out where it runs, for which Node.js 20 loads
// its whole HTTP client: a tenth of `tide status`.
if (!('navigator' in globalThis)) {
  Object.assign(globalThis, { navigator: { userAgent: `Node.js/${process.versions.node}` } })
}

// A reader that closes early (`tide up | head -1`) is no failure, and no reason to stop half way.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

if (words.includes('--version')) {
  process.stdout.write(words.includes('--json') ? `${JSON.stringify({ version: version() })}\n` : `${version()}\n`)
} else {
  // Loaded here so that `--version`, which editors and scripts ask for, costs no more than Node.js itself.
  const [{ runTide }, { commands }] = await Promise.all([import('./run-tide.ts'), import('./commands.ts')])
  await leave(await runTide(thisMachine(), commands, version()))
}

function thisMachine(): Machine {
  return {
    arguments: words,
    directory: process.cwd(),
    variables: process.env,
    // Opening stdin costs some milliseconds: only where somebody may be asked.
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    nodeVersion: process.versions.node,
    now: () => new Date(),
    onInterrupt: (listener) => {
      process.on('SIGINT', listener)
      process.on('SIGTERM', listener)
    },
    onStray: (listener) => {
      process.on('unhandledRejection', listener)
    },
    quit: (exitCode) => process.exit(exitCode),
  }
}

/** Ends the process once everything written has arrived: an idle connection must not keep a finished command alive. */
async function leave(exitCode: number): Promise<void> {
  process.exitCode = exitCode
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))))
  process.exit()
}

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
  return version
}
