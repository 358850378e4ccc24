import { type DifferenceFilters, differenceScript } from '../prisma/engine.ts'
import { type DataModel, readDataModel } from '../prisma/data-model.ts'
import { prepareSchema } from '../prisma/schema-text.ts'
import { planCasts } from './cast-plan.ts'
import type { ChangeInput, ChangePlan } from './change-plan.ts'
import { countRows } from './count-rows.ts'
import { decideDeletes } from './decisions/deletes.ts'
import type { CountedQuestion, Decision, DecisionInput } from './decisions/decision.ts'
import { decideEnumMaps } from './decisions/enum-maps.ts'
import { decideFills } from './decisions/fills.ts'
import { draftSections, movedTables } from './draft.ts'
import { leaveDriftAlone, takesAway } from './known-drift.ts'
import { mendOperations } from './mends/mend-operations.ts'
import { migrationText, type Section } from './migration-text.ts'
import { createNames, type Names } from './names.ts'
import { findRenames } from './renames/find-renames.ts'
import type { Rename, UsedAnswer } from './renames/rename.ts'
import type { Operation } from './script/operation.ts'
import { readScript } from './script/read-script.ts'
import { renderOperation } from './script/render-operation.ts'
import type { StartFacts } from './start-facts.ts'
import { checkAnswersUsed } from './unused-answers.ts'
import { uniquesOf } from './added-uniques.ts'
import { liveCatalog } from '../prisma/catalog-source.ts'

/**
 * Turns an edit of the schema into a migration. Prisma's engine says what differs; the answers say
 * what it means; each answer is carried out in the rehearsal and the difference taken again, so that
 * indexes, constraints and foreign keys follow their columns instead of being rebuilt.
 * @throws PRISMA_SCHEMA_INVALID, AUTHOR_ANSWER_UNUSED, AUTHOR_EXPRESSION_INVALID, AUTHOR_DEPENDENT_OBJECT
 */
export async function planChange(input: ChangeInput): Promise<ChangePlan> {
  const context = await createContext(input)
  const started = await context.read(input.start.catalog)
  const renamed = await carryOutRenames(context, started)
  const casts = await planCasts(renamed.state, renamed.open, context)
  const decided = decideRest(casts.state, renamed.open, context, casts.waiting)
  const questions = [...renamed.questions, ...casts.questions, ...decided.questions]
  const used = [...renamed.used, ...casts.used, ...decided.used]
  const notes = [...started.leftAlone.map((sql) => `Left alone, as the schema never knew it: ${sql}`), ...casts.notes]
  checkAnswersUsed(input.answers, used, questions, renamed.state.operations, casts.state.names)
  if (questions.length > 0) {
    return { sql: '', questions: await countRows(questions, input.data), notes, isDraft: false, adds: [] }
  }
  const operations = mendOperations(decided.operations, casts.state.facts, context.model)
  const before = [...renamed.sections, ...casts.before]
  const after = casts.after
  if (before.length + operations.length + after.length === 0) {
    return { sql: '', questions: [], notes, isDraft: false, adds: [] }
  }
  const moved = await movedTables(input, operations)
  const sections = moved === undefined ? operations.map(sectionOf) : draftSections(operations, moved)
  const all = [...before, ...sections, ...after].filter((section) => section.statements.length > 0)
  return {
    sql: migrationText(used, moved?.reason, all),
    questions: [],
    notes,
    isDraft: moved !== undefined,
    adds: uniquesOf(operations),
  }
}

/** Where planning stands: the difference that is left, and what the rehearsal looks like now. */
export interface PlanState {
  readonly operations: readonly Operation[]
  readonly facts: StartFacts
  readonly names: Names
  /** What the difference would take away although no edit did. */
  readonly leftAlone: readonly string[]
}

/** What every step of planning needs. */
export interface PlanContext {
  readonly input: ChangeInput
  readonly model: DataModel
  /** Runs statements in the rehearsal and takes the difference again. */
  advance(statements: readonly string[], renames: readonly Rename[]): Promise<PlanState>
}

async function createContext(
  input: ChangeInput,
): Promise<PlanContext & { read(catalog: ChangeInput['start']['catalog']): Promise<PlanState> }> {
  const model = readDataModel(input.schema)
  const previous = input.previous === undefined ? undefined : readDataModel(input.previous)
  const schema = prepareSchema(input.schema)
  const filters = input.filters ?? { externalTables: [], externalEnums: [] }
  let drift: Promise<readonly Operation[]> | undefined
  // Taken from the untouched beginning, and only where something would be taken away.
  const readDrift = (): Promise<readonly Operation[]> => (drift ??= driftBefore(input, filters))
  const renamed: Rename[] = []
  const read = async (catalog: ChangeInput['start']['catalog'], facts: Promise<StartFacts>): Promise<PlanState> => {
    const operations = await readScript(await differenceScript({ kind: 'database', catalog }, schema, filters))
    const left = operations.some(takesAway) ? leaveDriftAlone(operations, await readDrift()) : { operations, leftAlone: [] }
    const known = await facts
    const objects = renamed.flatMap((rename) => rename.object ?? [])
    return { ...left, facts: known, names: createNames(model, previous, known.schema, objects) }
  }
  return {
    input,
    model,
    read: (catalog) => read(catalog, input.start.facts()),
    advance: async (statements, renames) => {
      const connection = await input.start.open()
      for (const statement of statements) await connection.query(statement)
      renamed.push(...renames)
      const { readStartFacts } = await import('./start-facts.ts')
      return read(liveCatalog(connection, input.start.catalog.schemaName), readStartFacts(connection))
    },
  }
}

/** What stood between the history's end and the schema before it was edited. */
async function driftBefore(input: ChangeInput, filters: DifferenceFilters): Promise<readonly Operation[]> {
  if (input.previous === undefined) return []
  const start = { kind: 'database', catalog: input.start.catalog } as const
  return readScript(await differenceScript(start, prepareSchema(input.previous), filters))
}

interface RenamedState {
  readonly state: PlanState
  readonly sections: readonly Section[]
  readonly questions: readonly CountedQuestion[]
  readonly used: readonly UsedAnswer[]
  readonly open: readonly string[]
}

/** Tables and enums first: only then do the columns of a renamed table show what they are. */
async function carryOutRenames(context: PlanContext, started: PlanState): Promise<RenamedState> {
  let state = started
  const sections: Section[] = []
  const used: UsedAnswer[] = []
  for (;;) {
    const found = findRenames(state.operations, state.facts, state.names, context.input.answers)
    if (found.renames.length === 0) return { state, sections, used, questions: found.questions, open: found.open }
    const statements = found.renames.flatMap((rename) => rename.statements)
    state = await context.advance(statements, found.renames)
    sections.push({ heading: 'Rename', statements })
    used.push(...found.renames.map((rename) => rename.used))
  }
}

/** Deletions, fills and enum values; questions only about what no open question may still change. */
function decideRest(state: PlanState, open: readonly string[], context: PlanContext, waiting: boolean): Decision {
  const base: Omit<DecisionInput, 'operations'> = { facts: state.facts, names: state.names, answers: context.input.answers, open, draft: context.input.draft ?? false }
  const deleted = decideDeletes({ ...base, operations: state.operations })
  const mapped = decideEnumMaps({ ...base, operations: deleted.operations })
  const filled = decideFills({ ...base, operations: mapped.operations })
  const results = [deleted, mapped, filled]
  return {
    operations: waiting ? state.operations : filled.operations,
    questions: results.flatMap((result) => result.questions),
    used: results.flatMap((result) => result.used),
  }
}

function sectionOf(operation: Operation): Section {
  return { heading: operation.heading, statements: renderOperation(operation) }
}
