import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { createFolder } from '../support/files.ts'
import { runTide, runTideJson, tideBin } from '../support/run-tide.ts'

const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')
const { version } = JSON.parse(manifest) as { version: string }

test('--version is that of the package, as text and as JSON', async () => {
  const cwd = createFolder()
  expect(await runTide(['--version'], { cwd })).toMatchObject({ exitCode: 0, stdout: `${version}\n`, stderr: '' })
  expect((await runTideJson(['--version'], { cwd })).document).toEqual({ version })
})

test('without a command it lists every command', async () => {
  const { exitCode, stdout } = await runTide([], { cwd: createFolder() })
  expect(exitCode).toBe(0)
  for (const { name, summary } of commands) {
    expect(stdout).toContain(name)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(summary)
  }
})

test.each(commands.map(({ name }) => name))('tide %s --help is there, and reads no project', async (name) => {
  const { exitCode, stdout, stderr } = await runTide([name, '--help'], { cwd: createFolder() })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toMatch(new RegExp(`^Usage: tide ${name} `))
})

test('a wrong command line exits with 2, on stderr or as the one JSON document', async () => {
  const cwd = createFolder()
  const text = await runTide(['stauts'], { cwd })
  expect(text).toMatchObject({ exitCode: 2, stdout: '' })
  expect(text.stderr).toContain("CLI_USAGE  Unknown command 'stauts'.")
  const json = await runTideJson(['stauts'], { cwd })
  expect(json).toMatchObject({ exitCode: 2, stderr: '', document: { error: { code: 'CLI_USAGE' } } })
})

test('a failure of a command exits with 2 and names the way out', async () => {
  const { exitCode, stdout, stderr } = await runTide(['generate'], { cwd: createFolder() })
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toMatch(/^error PROJECT_\w+ {2}/)
  expect(stderr).toContain('  fix   ')
})

test('a reader that closes early ends the command without a word', async () => {
  const child = spawn(process.execPath, [tideBin, '--help'], { cwd: createFolder(), stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let stderr = ''
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  const exitCode = await new Promise((resolve) => child.on('close', resolve))
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
})
