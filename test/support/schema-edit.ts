import { onTestFinished } from 'vitest'
import { type Answers, noAnswers } from '../../src/author/answers.ts'
import type { ChangePlan } from '../../src/author/change-plan.ts'
import { planChange } from '../../src/author/plan-change.ts'
import { startFromDatabase } from '../../src/author/starting-point.ts'
import { type Connection, connect, withConnection } from '../../src/postgres/connect.ts'
import type { DatabaseUrl } from '../../src/postgres/database-url.ts'
import { runScript } from '../../src/postgres/statements/run-script.ts'
import { liveCatalog } from '../../src/prisma/catalog-source.ts'
import { differenceScript } from '../../src/prisma/engine.ts'
import { prepareSchema, type SchemaFile } from '../../src/prisma/schema-text.ts'
import { createTestDatabase } from './database.ts'

/** An edit of a schema, as the planner meets it. */
export interface SchemaEdit {
  /** Models and enums; a datasource is put before them where they have none. */
  readonly before: string
  readonly after: string
  /** What earlier migrations hold that the schema cannot express. */
  readonly byHand?: string
  /** Statements that put rows in. */
  readonly rows?: string
  readonly answers?: Partial<Answers>
  /** The planner is not told what the schema was at the last migration. */
  readonly isPreviousUnknown?: boolean
  readonly draft?: boolean
}

/** Models and enums as the one file of a schema. */
export function schemaOf(models: string): readonly SchemaFile[] {
  const head = models.includes('datasource ') ? '' : 'datasource db {\n  provider = "postgresql"\n}\n'
  return [{ path: 'schema.prisma', text: head + models }]
}

/** A database of its own in which this schema was made. */
export async function createSchemaDatabase(models: string, further = ''): Promise<DatabaseUrl> {
  const url = await createTestDatabase()
  const script = await differenceScript({ kind: 'nothing' }, prepareSchema(schemaOf(models)))
  await withConnection(url, (connection) => runScript(connection, `${script}\n;${further}`, 'before.sql'))
  return url
}

/** Plans an edit. `data` is the database whose rows are counted. */
export async function planEdit(edit: SchemaEdit, data?: Connection): Promise<ChangePlan> {
  await using start = await startFromDatabase(await createSchemaDatabase(edit.before, edit.byHand))
  return await planChange({
    start,
    schema: schemaOf(edit.after),
    answers: { ...noAnswers, ...edit.answers },
    ...(edit.isPreviousUnknown === true ? {} : { previous: schemaOf(edit.before) }),
    ...(edit.draft === undefined ? {} : { draft: edit.draft }),
    ...(data === undefined ? {} : { data: (use) => use(data) }),
  })
}

/** What an edit came to in a database with rows. */
export interface CarriedOut {
  readonly plan: ChangePlan
  /** A session in which the migration has run. */
  readonly connection: Connection
  /** What Prisma's engine would still change. */
  readonly left: string
}

/** Plans an edit and runs its migration on the rows. Open questions fail the test. */
export async function carryOut(edit: SchemaEdit): Promise<CarriedOut> {
  const plan = await planEdit(edit)
  if (plan.questions.length > 0) throw new Error(`Unanswered: ${plan.questions.map(({ flag }) => flag).join(' ')}`)
  const url = await createSchemaDatabase(edit.before, `${edit.byHand ?? ''};${edit.rows ?? ''}`)
  const connection = await connect(url)
  onTestFinished(() => connection.end())
  await runScript(connection, plan.sql, 'migration.sql')
  return { plan, connection, left: await differenceTo(connection, edit.after) }
}

/** What the engine would change in a database to make it this schema. */
export function differenceTo(connection: Connection, models: string): Promise<string> {
  return differenceScript({ kind: 'database', catalog: liveCatalog(connection, 'public') }, prepareSchema(schemaOf(models)))
}
