import { describe, expect, it } from 'vitest'
import { testServer } from '../support/database.ts'
import { createEditProject, type EditProject, stateDifferences } from '../support/edit-project.ts'
import { type QueryExpectation, queryRows } from '../support/query-rows.ts'
import { type RealisticEdit, realisticEdits } from '../support/realistic-edit.ts'

const edits = await realisticEdits()

describe.each([...edits])('%s', (_name, edit) => {
  it(`${edit.title}: asks, keeps the rows, goes back and comes again`, async () => {
    await using project = await createEditProject(testServer(), edit)
    const before = await project.state()
    await expectQuestions(project, edit)
    const asked = await project.state()
    expect(stateDifferences(before, asked)).toEqual([])
    if (edit.outcome === 'stops') await expectStop(project, edit)

    const start = edit.outcome === 'stops' ? await project.state() : asked
    const written = await project.dev(edit.answers, edit.outcome === 'draft')
    expect(written.questions).toEqual([])
    if (edit.outcome === 'draft') {
      expect(written).toMatchObject({ isDraft: true, applied: false })
      await expectRows(project, edit.expect)
      return
    }
    expect(written.applied).toBe(true)
    await expectRows(project, edit.expect)

    const { tookLoss } = await project.down()
    expect(tookLoss ? 'loss' : 'no loss').toBe(edit.back === 'loss' ? 'loss' : 'no loss')
    const differences = stateDifferences(start, await project.state())
    expect(edit.back === 'exact' ? differences : differences.filter((line) => !line.startsWith('rows of '))).toEqual([])
    await expectRows(project, edit.afterDown ?? [])

    await project.up()
    if (edit.back === 'exact')
      await expectRows(
        project,
        edit.expect.filter((query) => query.once !== true),
      )
  })
})

/** Without answers: the questions, and nothing written. */
async function expectQuestions(project: EditProject, edit: RealisticEdit): Promise<void> {
  if (edit.questions.length === 0) return
  const migrations = project.migrations()
  const { questions, migration } = await project.dev()
  const first = questions.filter(({ unlessRenamed }) => unlessRenamed !== true)
  expect(first.map((question) => `${question.kind} ${question.subject}`).sort()).toEqual([...edit.questions].sort())
  expect(migration).toBeNull()
  expect(project.migrations()).toEqual(migrations)
}

/** Stopped before anything is written, until a person has repaired the rows. */
async function expectStop(project: EditProject, edit: RealisticEdit): Promise<void> {
  const migrations = project.migrations()
  await expect(project.dev(edit.answers)).rejects.toMatchObject({ name: 'Failure' })
  expect(project.migrations()).toEqual(migrations)
  await project.session.query(edit.repair ?? '')
}

async function expectRows(project: EditProject, expectations: readonly QueryExpectation[]): Promise<void> {
  for (const { query, rows } of expectations) expect(await queryRows(project.session, query), query).toEqual(rows)
}
