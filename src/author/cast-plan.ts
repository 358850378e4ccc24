import { type Failure, isFailure } from '../errors/failure.ts'
import { readConditions } from '../postgres/dependents/column-conditions.ts'
import { readDependents, type ColumnReference, type Dependent } from '../postgres/dependents/dependents.ts'
import type { Answers } from './answers.ts'
import { castSteps } from './cast-steps.ts'
import { type Cast, decideCasts } from './decisions/casts.ts'
import type { CountedQuestion } from './decisions/decision.ts'
import { withAllColumns } from './decisions/enum-columns.ts'
import { dependentObject, expressionRefused } from './errors.ts'
import { readExpression } from './expressions.ts'
import { placeEnumValues } from './mends/enum-position.ts'
import type { PlanContext, PlanState } from './plan-context.ts'
import type { UsedAnswer } from './renames/rename.ts'
import { type ObjectName, type Operation, preparesTypes } from './script/operation.ts'
import { renderOperation } from './script/render-operation.ts'
import type { StartFacts } from './start-facts.ts'
import { findUnfitCondition, findUnfitObject } from './unfit-objects.ts'

/** Type changes, and what must step aside for them. */
export interface CastPlan {
  readonly state: PlanState
  /** The new types that a cast needs. */
  readonly types: readonly Operation[]
  /** The casts, after what is in their way was dropped. */
  readonly casts: readonly Operation[]
  /** What is re-created at the end. */
  readonly after: readonly Operation[]
  readonly questions: readonly CountedQuestion[]
  readonly used: readonly UsedAnswer[]
  /** True while a question is open that the rest of the plan depends on. */
  readonly waiting: boolean
}

/**
 * Carries the answered casts out in the rehearsal, so that the difference taken afterwards holds only
 * what is left: a default to set again, a foreign key to add again. Views, policies and triggers on a
 * column whose type changes are dropped before and re-created after.
 */
export async function planCasts(
  state: PlanState,
  open: readonly string[],
  answers: Answers,
  context: PlanContext,
): Promise<CastPlan> {
  const decision = decideCasts({ ...state, uncast: state.facts, answers, open, draft: false })
  const base = { questions: decision.questions, used: decision.used }
  const nothing = { ...base, state, types: [], casts: [], after: [], waiting: false }
  if (decision.questions.length > 0) return { ...nothing, waiting: true }
  const dependents = await dependentsOf(state, decision.casts, context)
  refuseGenerated(dependents)
  const drops = statements('DropDependent', dependents.map((object) => object.drop).reverse())
  const after = statements('CreateDependent', dependents.flatMap((object) => object.create))
  if (decision.casts.length === 0) {
    await checkDependents(state, dependents, drops, context)
    return { ...nothing, casts: drops, after }
  }
  const types = placeEnumValues(state.operations.filter(preparesTypes), state.facts, context.model)
  const keys = state.operations.filter(isDroppedKey)
  await context.run([...types, ...drops, ...keys].flatMap(renderOperation))
  const steps: string[] = []
  for (const cast of decision.casts) steps.push(...(await runCast(cast, context)))
  const casts = [...drops, ...keys, ...statements('Cast', steps)]
  const advanced = await context.advance([], [])
  await checkDependents(advanced, dependents, [], context)
  return { ...nothing, state: advanced, types, casts, after }
}

function statements(heading: string, sql: readonly string[]): readonly Operation[] {
  return sql.length === 0 ? [] : [{ kind: 'statements', heading, statements: sql }]
}

/** A foreign key would hold the types of both its ends together. */
function isDroppedKey(operation: Operation): boolean {
  return operation.kind === 'alter-table' && operation.heading === 'DropForeignKey'
}

/** The steps of one cast, carried out in the rehearsal. */
async function runCast(cast: Cast, context: PlanContext): Promise<readonly string[]> {
  const flag = `--cast ${cast.subject}`
  const { hasSubselect } = await readExpression(cast.expression, flag)
  const steps = castSteps(cast, hasSubselect)
  try {
    await context.run(steps)
  } catch (error) {
    if (!isFailure(error)) throw error
    throw await explainRefusal(cast, flag, error, steps, context)
  }
  return steps
}

/** A condition written for the old type, or an expression that does not give the new one. */
async function explainRefusal(
  cast: Cast,
  flag: string,
  error: Failure,
  steps: readonly string[],
  context: PlanContext,
): Promise<Failure> {
  const connection = await context.input.start.open()
  const { schema } = await context.input.start.facts()
  const conditions = await readConditions(connection, [columnOf(cast.table, cast.column, schema)])
  const unfit = await findUnfitCondition(connection, steps, conditions)
  if (unfit === undefined) return expressionRefused(flag, cast.type, error.message)
  return dependentObject(unfit.object.kind, unfit.object.name, cast.subject, 'gives another type', unfit.reason)
}

/**
 * Tries what is kept and what is re-created with the types that are still to be changed.
 * @param drops what has not stepped aside yet
 * @throws AUTHOR_DEPENDENT_OBJECT naming what does not fit
 */
async function checkDependents(
  { operations, facts }: PlanState,
  dependents: readonly Dependent[],
  drops: readonly Operation[],
  context: PlanContext,
): Promise<void> {
  const changes = operations.flatMap((operation): readonly Operation[] => {
    if (operation.kind === 'replace-enum') return [withAllColumns(operation, operations, facts)]
    if (operation.kind !== 'alter-table') return []
    const clauses = operation.clauses.filter((clause) => clause.kind === 'set-type')
    return clauses.length === 0 ? [] : [{ ...operation, clauses }]
  })
  if (changes.length + dependents.length === 0) return
  const connection = await context.input.start.open()
  const statements = [...drops, ...changes].flatMap(renderOperation)
  const conditions = await readConditions(connection, retypedColumns(changes, facts))
  const unfit =
    (await findUnfitCondition(connection, statements, conditions)) ??
    (await findUnfitObject(connection, statements, dependents))
  if (unfit === undefined) return
  const { kind, name, column } = unfit.object
  throw dependentObject(kind, name, column, 'gives another type', unfit.reason)
}

/** The columns that SET DATA TYPE is said of. */
function retypedColumns(operations: readonly Operation[], { schema }: StartFacts): readonly ColumnReference[] {
  return operations.flatMap((operation) => {
    if (operation.kind !== 'alter-table') return []
    const columns = operation.clauses.flatMap((clause) => (clause.kind === 'set-type' ? [clause.column] : []))
    return columns.map((column) => columnOf(operation.table, column, schema))
  })
}

/**
 * What must step aside for the columns whose type changes: by an answer, by a safe widening, by the
 * replacement of their enum. There the conditions of indexes and constraints too: they name the old type.
 */
async function dependentsOf(
  { operations, facts }: PlanState,
  casts: readonly Cast[],
  context: PlanContext,
): Promise<readonly Dependent[]> {
  const reference = ({ table, column }: { readonly table: ObjectName; readonly column: string }): ColumnReference =>
    columnOf(table, column, facts.schema)
  const changed = retypedColumns(operations, facts)
  const ofEnums = operations.flatMap((operation) =>
    operation.kind === 'replace-enum' ? withAllColumns(operation, operations, facts).columns.map(reference) : [],
  )
  const all = [...casts.map(reference), ...changed, ...ofEnums]
  if (all.length === 0) return []
  const connection = await context.input.start.open()
  return [...(await readConditions(connection, ofEnums)), ...(await readDependents(connection, all))]
}

function columnOf(table: ObjectName, column: string, defaultSchema: string): ColumnReference {
  return { schema: table.schema ?? defaultSchema, table: table.name, column }
}

function refuseGenerated(dependents: readonly Dependent[]): void {
  const generated = dependents.find((object) => object.kind === 'generated column')
  if (generated !== undefined) {
    throw dependentObject('generated column', generated.name, generated.column, 'gives another type')
  }
}
