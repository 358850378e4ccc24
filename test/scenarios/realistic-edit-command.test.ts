import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { testServer } from '../support/database.ts'
import { createEditProject, type EditProject } from '../support/edit-project.ts'
import { queryRows } from '../support/query-rows.ts'
import { realisticEdits } from '../support/realistic-edit.ts'
import { runTideJson } from '../support/run-tide.ts'
import { withConnection } from '../../src/postgres/connect.ts'

const edits = await realisticEdits()

it('stops the command with exit code 2 and every question, takes --answers, goes down and up', async () => {
  const edit = edits.get('09-split-field')
  if (edit === undefined) return expect.unreachable()
  await using project = await createEditProject(testServer(), edit)
  const before = project.migrations()

  const asked = await tide(project, 'dev', '--name', 'split')
  expect(asked.exitCode).toBe(2)
  expect(asked.document).toMatchObject({ migration: null, files: [], applied: false })
  expect(asked.document['questions']).toMatchObject([
    { kind: 'rename', subject: 'Person.name', rows: 2, flag: '--rename Person.name:firstName' },
    { kind: 'fill', subject: 'Person.firstName', unlessRenamed: true },
    { kind: 'fill', subject: 'Person.lastName', unlessRenamed: true },
  ])
  expect(project.migrations()).toEqual(before)

  const file = join(project.directory, 'answers.json')
  writeFileSync(file, JSON.stringify(edit.answers))
  const written = await tide(project, 'dev', '--name', 'split', '--no-archive', '--answers', file)
  expect(written).toMatchObject({ exitCode: 0, document: { applied: true, questions: [] } })
  await expectNames(project, ['Ada|Lovelace', 'Grace|Hopper'])

  const refused = await tide(project, 'down')
  expect(refused).toMatchObject({ exitCode: 2, document: { error: { code: 'APPLY_DOWN_INCOMPLETE' } } })
  const confirmed = ['--accept-loss', '--confirm', project.database.database]
  expect((await tide(project, 'down', ...confirmed)).exitCode).toBe(0)
  expect((await tide(project, 'up')).exitCode).toBe(0)
  expect(await tide(project, 'status')).toMatchObject({ exitCode: 0, document: { pending: 0, drift: false } })
})

it('takes the answers as flags, each as the question named it', async () => {
  const edit = edits.get('02-rename-model')
  if (edit === undefined) return expect.unreachable()
  await using project = await createEditProject(testServer(), edit)
  const { document } = await tide(project, 'dev', '--name', 'clients')
  const flags = (document['questions'] as readonly { readonly flag: string }[]).map(({ flag }) => flag.split(' '))
  expect(flags).toEqual([
    ['--rename', 'Customer:Client'],
    ['--rename', 'Order.customerId:clientId'],
  ])
  const half = await project.dev({ rename: { Customer: 'Client' } })
  expect(half.questions).toMatchObject([{ rows: 3 }, { rows: 3 }])
  const written = await tide(project, 'dev', '--name', 'clients', ...flags.flat())
  expect(written).toMatchObject({ exitCode: 0, document: { applied: true } })
})

function tide(project: EditProject, ...args: readonly string[]): ReturnType<typeof runTideJson> {
  return runTideJson(args, { cwd: project.directory, env: project.variables })
}

async function expectNames(project: EditProject, names: readonly string[]): Promise<void> {
  await withConnection(project.database, async (connection) => {
    expect(await queryRows(connection, 'SELECT "firstName", "lastName" FROM "Person" ORDER BY id')).toEqual(names)
  })
}
