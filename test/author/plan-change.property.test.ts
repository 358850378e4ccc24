import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { mergeAnswers, noAnswers } from '../../src/author/answers.ts'
import { planChange } from '../../src/author/plan-change.ts'
import { readStartFacts } from '../../src/author/start-facts.ts'
import { isFailure } from '../../src/errors/failure.ts'
import { type Connection, connect } from '../../src/postgres/connect.ts'
import { runScript } from '../../src/postgres/statements/run-script.ts'
import { liveCatalog } from '../../src/prisma/catalog-source.ts'
import { differenceScript } from '../../src/prisma/engine.ts'
import { prepareSchema } from '../../src/prisma/schema-text.ts'
import { createTestDatabase } from '../support/database.ts'
import { countAllRows, insertSampleRows } from '../support/sample-rows.ts'
import { differenceTo, schemaOf } from '../support/schema-edit.ts'
import { renderSmallSchema, schemaEdit } from '../support/schema-arbitrary.ts'
import { answerByPasting } from '../support/shell-words.ts'

const runs = Number(process.env['TIDE_PROPERTY_RUNS'] ?? 60)

test(
  'the likeliest answer to each question leads from any schema to any other, and loses no row that was not to go',
  { timeout: 30_000 + runs * 2000 },
  async () => {
    const planned = await openDatabase()
    const filled = await openDatabase()
    await fc.assert(
      fc.asyncProperty(schemaEdit, fc.boolean(), async (edit, isPreviousKnown) => {
        const before = renderSmallSchema(edit.before)
        const after = renderSmallSchema(edit.after)
        const create = await differenceScript({ kind: 'nothing' }, prepareSchema(schemaOf(before)))
        const previous = isPreviousKnown ? { previous: schemaOf(before) } : {}
        const { plan } = await answerByPasting(
          async (answers) => {
            await begin(planned, create)
            return planChange({ start: startOf(planned), schema: schemaOf(after), answers, ...previous })
          },
          noAnswers,
          mergeAnswers,
        )
        if (plan.isDraft) return
        await begin(filled, create)
        await insertSampleRows(filled)
        const rows = await countAllRows(filled)
        if (!(await runsOn(filled, plan.sql))) return
        expect(await differenceTo(filled, after)).toBe('')
        const dropped = plan.sql.match(/^DROP TABLE /gm)?.length ?? 0
        const left = await countAllRows(filled)
        expect(left).toBeLessThanOrEqual(rows)
        expect(left).toBeGreaterThanOrEqual(rows - 3 * dropped)
      }),
      { numRuns: runs, endOnFailure: true, seed: Number(process.env['TIDE_PROPERTY_SEED'] ?? 1) },
    )
  },
)

async function openDatabase(): Promise<Connection> {
  const connection = await connect(await createTestDatabase())
  onTestFinished(() => connection.end())
  return connection
}

async function begin(connection: Connection, create: string): Promise<void> {
  await connection.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await runScript(connection, create, 'before.sql')
}

function startOf(connection: Connection): Parameters<typeof planChange>[0]['start'] {
  return {
    catalog: liveCatalog(connection, 'public'),
    facts: () => readStartFacts(connection),
    open: () => Promise.resolve(connection),
  }
}

/** Rows may forbid a change (a text that is no number, two rows alike); anything else is Tide's own slip. */
async function runsOn(connection: Connection, sql: string): Promise<boolean> {
  try {
    await runScript(connection, sql, 'migration.sql')
    return true
  } catch (error) {
    if (!isFailure(error) || !/^2[23]/.test(String(error.details.meta?.['sqlstate']))) throw new Error(`${String(error)}\n${sql}`, { cause: error })
    return false
  }
}
