import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { rules } from './rules.ts'
import { tools } from './tools.ts'

/**
 * All static checks of the repository: `npm run check`, or `npm run check -- lint layers` for some of them.
 * Prints a line for each, and under it whatever breaks it. Exit code 1 where anything does.
 */
const root = join(import.meta.dirname, '../..')
const checks = [
  ...tools.map(({ name, ensures, line }) => ({ name, ensures, find: () => runTool(line) })),
  ...rules.map(({ name, ensures, find }) => ({ name, ensures, find: () => find(root) })),
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name))
if (unknown.length > 0) {
  console.error(`No such check: ${unknown.join(', ')}. There are: ${checks.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

let broken = 0
for (const { name, ensures, find } of checks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const startedAt = performance.now()
  const problems = await find().catch((error: unknown) => [`The check itself failed: ${String(error)}`])
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (problems.length > 0) broken++
  console.log(`${problems.length === 0 ? 'ok    ' : 'BROKEN'}  ${name.padEnd(18)} ${seconds.padStart(5)} s  ${ensures}`)
  for (const problem of problems) console.log(`        ${problem}`)
}
process.exitCode = broken === 0 ? 0 : 1

/** What a tool printed, where it failed. */
function runTool([program, ...args]: readonly [string, ...string[]]): Promise<readonly string[]> {
  const child = spawn(join(root, 'node_modules/.bin', program), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const read = (text: Buffer): void => {
    output += text.toString()
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode) => {
      const lines = output.split('\n').filter((line) => line.trim() !== '')
      resolve(exitCode === 0 ? [] : [...lines, `${program} ended with exit code ${exitCode ?? 'none'}`])
    })
  })
}
