import type { ChildProcess } from 'node:child_process'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { createEditProject, type EditProject } from '../support/edit-project.ts'
import { testServer } from '../support/database.ts'
import { writeFiles } from '../support/files.ts'
import { runTide, runTideJson } from '../support/run-tide.ts'
import { keys, noTerminal, openTide } from '../support/terminal.ts'
import { edit } from './realistic-edits/01-rename-field.ts'

const at = (project: EditProject) => ({ cwd: project.directory, env: project.variables })

describe.skipIf(noTerminal !== undefined)('a person at a terminal', () => {
  test('is asked whether it is a rename, and gets one', async () => {
    await using project = await createEditProject(testServer(), edit)
    const terminal = await openTide(['dev', '--name', 'rename'], at(project))
    await terminal.waitFor('fullName')
    terminal.press(keys.enter)
    expect(await terminal.exitCode).toBe(0)
    const name = project.migrations().find((one) => one.endsWith('_rename')) ?? ''
    const sql = readFileSync(join(project.directory, 'prisma/migrations', name, 'migration.sql'), 'utf8')
    expect(sql).toContain('RENAME COLUMN')
  })

  test('leaves the question with Escape, and nothing is written', async () => {
    await using project = await createEditProject(testServer(), edit)
    const before = project.migrations()
    const terminal = await openTide(['dev'], at(project))
    await terminal.waitFor('fullName')
    terminal.press(keys.escape)
    expect(await terminal.exitCode).toBe(3)
    expect(terminal.screen()).toContain('CLI_DECLINED')
    expect(project.migrations()).toEqual(before)
  })
})

test('without a terminal the open question ends the command, with its flag; nothing is written', async () => {
  await using project = await createEditProject(testServer(), edit)
  const before = project.migrations()
  const { exitCode, document } = await runTideJson(['dev'], at(project))
  expect(exitCode).toBe(2)
  const questions = [{ kind: 'rename' }, { kind: 'fill', unlessRenamed: true }]
  expect(document).toMatchObject({ migration: null, applied: false, files: [], questions })
  expect(project.migrations()).toEqual(before)
})

test('a last migration that does not run is named, also where it has a rollback', async () => {
  await using project = await createEditProject(testServer(), edit)
  const folder = join(project.directory, 'prisma/migrations/29991231000000_broken')
  writeFiles(folder, { 'migration.sql': 'CREATE VIEW x AS SELECT * FROM nope;\n', 'down.sql': 'DROP VIEW x;\n' })
  const { exitCode, document } = await runTideJson(['dev'], at(project))
  expect([exitCode, document]).toMatchObject([2, { error: { code: 'HISTORY_BROKEN', where: { line: 1 } } }])
})

test('of two that run at once one writes the migration, and the other finds that its answer is no longer asked for', async () => {
  await using project = await createEditProject(testServer(), edit)
  const before = project.migrations()
  const answer = ['--rename', 'User.fullName:displayName', '--create-only']
  const runs = await Promise.all(['one', 'two'].map((name) => runTideJson(['dev', '--name', name, ...answer], at(project))))
  const [written, late] = runs.sort((a, b) => Number(a.exitCode) - Number(b.exitCode))
  expect(written).toMatchObject({ exitCode: 0, document: { migration: expect.stringMatching(/_(one|two)$/) as unknown } })
  expect(late).toMatchObject({ exitCode: 2, document: { error: { code: 'AUTHOR_ANSWER_UNUSED' } } })
  const folders = (names: readonly string[]): number => names.filter((name) => /^\d/.test(name)).length
  expect(folders(project.migrations())).toBe(folders(before) + 1)
})

test('--watch goes on after each edit, also of an editor that puts a new file in place; Ctrl-C ends it: exit code 0', async () => {
  await using project = await createEditProject(testServer(), edit)
  const schema = join(project.directory, 'prisma/schema.prisma')
  const migrations = (): number => project.migrations().filter((name) => /^\d/.test(name)).length
  const before = migrations()
  const addField = async (name: string, count: number): Promise<void> => {
    const text = readFileSync(schema, 'utf8').replace('fullName', 'displayName')
    writeFileSync(`${schema}~`, text.replace('model User {', `model User {\n  ${name} Int?`))
    renameSync(`${schema}~`, schema)
    await vi.waitFor(() => { expect(migrations()).toBe(count) }, { timeout: 60_000, interval: 50 })
  }
  const during = async (child: ChildProcess): Promise<void> => {
    await vi.waitFor(() => { expect(migrations()).toBe(before + 1) }, { timeout: 60_000, interval: 50 })
    await addField('one', before + 2)
    await addField('two', before + 3)
    child.kill('SIGINT')
  }
  const answer = ['--rename', 'User.fullName:displayName', '--create-only']
  const run = await runTide(['dev', '--watch', ...answer], { ...at(project), during })
  expect(run.stderr).toContain('Stopping after the current step')
  expect(run.exitCode).toBe(0)
})
