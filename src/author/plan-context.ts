import { type DifferenceFilters, differenceScript } from '../prisma/engine.ts'
import { type CatalogSource, liveCatalog } from '../prisma/catalog-source.ts'
import { type DataModel, readDataModel } from '../prisma/data-model.ts'
import { prepareSchema } from '../prisma/schema-text.ts'
import { loadParser } from '../postgres/statements/parser.ts'
import { runScript } from '../postgres/statements/run-script.ts'
import type { ChangeInput } from './change-plan.ts'
import { driftAfterRenames, leaveDriftAlone, takesAway } from './known-drift.ts'
import { isFailure } from '../errors/failure.ts'
import { statementSyntax } from '../postgres/statements/errors.ts'
import { engineFailed, nameUnquoted } from '../prisma/errors.ts'
import { plannedMigration } from './planned-statement.ts'
import { createNames, type Names } from './names.ts'
import { type Joins, readJoins } from './renames/join-tables.ts'
import { originalPlaces, type Place } from './renames/original-place.ts'
import type { Rename } from './renames/rename.ts'
import type { ObjectName, Operation } from './script/operation.ts'
import { readScript } from './script/read-script.ts'
import { readStartFacts, type StartFacts } from './start-facts.ts'

/** Where planning stands: the difference that is left, and what the rehearsal looks like now. */
export interface PlanState {
  readonly operations: readonly Operation[]
  readonly facts: StartFacts
  readonly names: Names
  readonly joins: Joins
  /** What the difference would take away although no edit did. */
  readonly leftAlone: readonly string[]
}

/** What every step of planning needs. */
export interface PlanContext {
  readonly input: ChangeInput
  readonly model: DataModel
  /** What things were called before the answered renames. */
  original(table: ObjectName, column?: string): Place
  /** The difference before anything was done. */
  begin(): Promise<PlanState>
  /**
   * Runs statements in the rehearsal.
   * @throws STATEMENT_FAILED
   */
  run(statements: readonly string[]): Promise<void>
  /** Runs statements in the rehearsal and takes the difference again. */
  advance(statements: readonly string[], renames: readonly Rename[]): Promise<PlanState>
}

/**
 * Reads the schemas and prepares the rehearsal's use; nothing is asked of a database yet.
 * @throws PRISMA_SCHEMA_INVALID at the first difference
 */
export function createPlanContext(input: ChangeInput): PlanContext {
  const model = readDataModel(input.schema)
  const like = { files: input.schema, model }
  const previous = input.previous === undefined ? undefined : readDataModel(input.previous, like)
  const schema = prepareSchema(input.schema)
  const filters = input.filters ?? { externalTables: [], externalEnums: [] }
  const renames: Rename[] = []
  let drift: Promise<readonly Operation[]> | undefined
  // Taken from the untouched beginning, and only where something would be taken away or the beginning is left.
  const readDrift = (): Promise<readonly Operation[]> => (drift ??= driftBefore(input, filters))

  const differenceFrom = (catalog: CatalogSource): Promise<string> =>
    differenceScript({ kind: 'database', catalog }, schema, filters)
  const read = async (script: Promise<string>, facts: Promise<StartFacts>): Promise<PlanState> => {
    // Where the script fails first, nobody asks for the facts any more: their failure would be the process's end.
    facts.catch(() => undefined)
    // Compiled here while the engine computes in its thread.
    await Promise.all([script, loadParser()])
    const operations = await readDifference(await script, model)
    const left = operations.some(takesAway)
      ? leaveDriftAlone(operations, driftAfterRenames(await readDrift(), renames))
      : { operations, leftAlone: [] }
    const known = await facts
    const renamed = renames.flatMap((rename) => rename.object ?? [])
    const swapped = renames.flatMap((rename) => rename.swapped ?? [])
    const names = createNames(model, previous, known.schema, renamed)
    return { ...left, facts: known, names, joins: readJoins(known, model, previous, renamed, swapped) }
  }
  const run = async (statements: readonly string[]): Promise<void> => {
    await readDrift()
    const script = statements.map((statement) => `${statement};\n`).join('')
    await runScript(await input.start.open(), script, plannedMigration)
  }
  return {
    input,
    model,
    original: (table, column) => originalPlaces(renames)(table, column),
    begin: () => read(input.difference ?? differenceFrom(input.start.catalog), input.start.facts()),
    run,
    advance: async (statements, carriedOut) => {
      await run(statements)
      renames.push(...carriedOut)
      const connection = await input.start.open()
      const catalog = liveCatalog(connection, input.start.catalog.schemaName)
      return read(differenceFrom(catalog), readStartFacts(connection))
    },
  }
}

/** The engine does not escape an apostrophe in a name, so that what it writes cannot always be read. */
async function readDifference(script: string, model: DataModel): Promise<readonly Operation[]> {
  try {
    return await readScript(script)
  } catch (error) {
    if (!isFailure(error) || error.code !== statementSyntax.code) throw error
    const quoted = namesWithQuotes(model)
    if (quoted.length > 0) throw nameUnquoted(quoted)
    throw engineFailed(`Its SQL cannot be read: ${error.details.where?.excerpt ?? error.message}`, undefined)
  }
}

/** Names of the database with a quote in them, by which the engine's SQL cannot be read. */
function namesWithQuotes({ models, enums }: DataModel): readonly string[] {
  const names = [
    ...models.flatMap(({ table, fields }) => [table, ...fields.flatMap(({ column }) => column ?? [])]),
    ...enums.flatMap(({ databaseName, values }) => [databaseName, ...values.map((value) => value.databaseName)]),
  ]
  return [...new Set(names.filter((name) => /["']/.test(name)))]
}

/** What stood between the history's end and the schema before it was edited. */
async function driftBefore(input: ChangeInput, filters: DifferenceFilters): Promise<readonly Operation[]> {
  if (input.previous === undefined) return []
  const start = { kind: 'database', catalog: input.start.catalog } as const
  return readScript(await differenceScript(start, prepareSchema(input.previous), filters))
}
