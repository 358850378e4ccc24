import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, onTestFinished, test } from 'vitest'
import { referenceProject } from '../support/reference-project.ts'

test('the demo plays to its end, finds every claim true and leaves nothing behind', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tide-demo-test-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const demo = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/demo/main.ts'], {
    cwd: referenceProject,
    env: { ...process.env, TMPDIR: folder },
    encoding: 'utf8',
  })
  expect(demo.stdout).toMatch(/^All \d+ claims hold/m)
  expect(demo.stdout).not.toContain('NOT SO')
  expect(demo.stdout).not.toContain(escape)
  expect(demo.status).toBe(0)
  expect(readdirSync(folder).filter((name) => name.startsWith('tide-demo-'))).toEqual([])
})

/** Begins every colour code of a terminal. */
const escape = String.fromCharCode(27)
