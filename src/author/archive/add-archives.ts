import { renderDirective } from '../../history/directives.ts'
import { spokenName } from '../../postgres/catalog/names.ts'
import { readCatalog } from '../../postgres/catalog/read-catalog.ts'
import { readIdentities } from '../../postgres/catalog/identities.ts'
import { withConnection } from '../../postgres/connect.ts'
import { groupStatements } from '../../postgres/statements/commit-groups.ts'
import { parseStatements } from '../../postgres/statements/parse-statements.ts'
import { runScript } from '../../postgres/statements/run-script.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { borrowedGround } from '../rollback/ground.ts'
import { fitsOneTransaction } from '../rollback/one-transaction.ts'
import type { Standing, StandingPlace } from '../rollback/rollback.ts'
import { insertArchives } from './insert-archives.ts'
import { findLosses, type Moment, type TableLoss } from './losses.ts'
import { planArchives } from './plan-archives.ts'
import { type ArchiveScope, renderArchives } from './render-archives.ts'

/** A migration that may archive, and where it can be looked at. */
export interface AddArchivesInput {
  readonly sql: string
  readonly file: string
  readonly scope: ArchiveScope
  /** False: nothing is archived, and a directive says so. */
  readonly isOn: boolean
  /** A fresh rehearsal standing where the migration begins. */
  readonly start: () => Promise<Standing>
  /** A place where the migration begins that must stay as it is, if there is one. */
  readonly standing: () => Promise<StandingPlace | undefined>
}

/** The migration as it is to be written. */
export interface ArchivedMigration {
  readonly sql: string
  /** What people should know of it. */
  readonly notes: readonly string[]
}

/**
 * Adds to a migration the statements that keep what its rollback needs: what it takes is seen in a rehearsal, not
 * guessed from its text. One that takes nothing stays as it is.
 * @throws STATEMENT_SYNTAX, STATEMENT_FAILED where the migration does not run
 */
export async function addArchives(input: AddArchivesInput): Promise<ArchivedMigration> {
  const statements = await parseStatements(input.sql, input.file)
  if (!statements.some(mayLose)) return { sql: input.sql, notes: [] }
  const { before, losses } = await rehearse(input, statements)
  const { archives, keyless } = planArchives(losses, before.catalog, input.scope.migration)
  if (!input.isOn) {
    const off = renderDirective({ verb: 'archive', words: ['off'], values: {} })
    return { sql: losses.length === 0 ? input.sql : insertArchives(input.sql, statements, [off]), notes: [] }
  }
  const notes = keyless.map(({ source }) =>
    `Nothing of ${spokenName([source.schema, source.name])} is archived: no key tells its rows again on the way back.`,
  )
  if (archives.length === 0) return { sql: input.sql, notes }
  const directives = archives.map(({ kind, source, columns }) => {
    const table = source.schema === input.scope.schema ? [source.name] : [source.schema, source.name]
    const words = kind === 'rows' ? [spokenName(table)] : columns.map((column) => spokenName([...table, column]))
    return renderDirective({ verb: 'archive', words, values: {} })
  })
  const rendered = renderArchives(archives, input.scope)
  return { sql: insertArchives(input.sql, statements, directives, rendered), notes }
}

/** True for a statement by which rows or values that are there can be lost. */
function mayLose({ node }: Statement): boolean {
  if ('UpdateStmt' in node) return true
  if ('DropStmt' in node) return node.DropStmt.removeType === 'OBJECT_TABLE'
  if (!('AlterTableStmt' in node)) return false
  return (node.AlterTableStmt.cmds ?? []).some((command) => {
    const subtype = 'AlterTableCmd' in command ? command.AlterTableCmd.subtype : undefined
    return subtype === 'AT_DropColumn' || subtype === 'AT_AlterColumnType'
  })
}

interface Rehearsed {
  readonly before: Moment
  readonly losses: readonly TableLoss[]
}

async function rehearse(input: AddArchivesInput, statements: readonly Statement[]): Promise<Rehearsed> {
  const borrowed = await rehearseBorrowed(input, statements)
  if (borrowed !== undefined) return borrowed
  const rehearsal = await input.start()
  try {
    return await withConnection(rehearsal.url, async (connection) => {
      const look = async (): Promise<Moment> => ({
        identities: await readIdentities(connection),
        catalog: await readCatalog(connection, { again: true }),
      })
      const before = await look()
      await runScript(connection, input.sql, input.file)
      return { before, losses: findLosses(statements, input.scope.schema, before, await look()) }
    })
  } finally {
    await rehearsal.drop()
  }
}

/** In the transaction of a place that is given back as it was. */
async function rehearseBorrowed(
  { sql, file, standing, scope }: AddArchivesInput,
  statements: readonly Statement[],
): Promise<Rehearsed | undefined> {
  if (!fitsOneTransaction(statements) || groupStatements(statements).length !== 1) return undefined
  const before = await standing()
  if (before === undefined) return undefined
  const ground = borrowedGround(before.connection)
  const look = async (): Promise<Moment> => {
    await ground.run(sql, file)
    return {
      identities: await readIdentities(before.connection),
      catalog: await readCatalog(before.connection, { again: true }),
    }
  }
  // What does not work out here is tried in a rehearsal of its own.
  const after = await ground.attempt(look, () => false).catch(() => undefined)
  if (after === undefined) return undefined
  return { before, losses: findLosses(statements, scope.schema, before, after) }
}
