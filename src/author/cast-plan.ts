import { readDependents, type ColumnReference, type Dependent } from '../postgres/dependents/dependents.ts'
import { castSteps } from './cast-steps.ts'
import { type Cast, decideCasts } from './decisions/casts.ts'
import type { CountedQuestion } from './decisions/decision.ts'
import { dependentObject } from './errors.ts'
import { readExpression } from './expressions.ts'
import { placeEnumValues } from './mends/enum-position.ts'
import type { Section } from './migration-text.ts'
import type { PlanContext, PlanState } from './plan-context.ts'
import type { UsedAnswer } from './renames/rename.ts'
import type { ObjectName, Operation } from './script/operation.ts'
import { renderOperation } from './script/render-operation.ts'

/** Type changes, and what must step aside for them. */
export interface CastPlan {
  readonly state: PlanState
  /** What comes before everything else but the renames. */
  readonly before: readonly Section[]
  /** What is re-created at the end. */
  readonly after: readonly Section[]
  readonly questions: readonly CountedQuestion[]
  readonly used: readonly UsedAnswer[]
  readonly notes: readonly string[]
  /** True while a question is open that the rest of the plan depends on. */
  readonly waiting: boolean
}

/**
 * Carries the answered casts out in the rehearsal, so that the difference taken afterwards holds only
 * what is left: a default to set again, a foreign key to add again. Views, policies and triggers on a
 * column whose type changes are dropped before and re-created after.
 */
export async function planCasts(state: PlanState, open: readonly string[], context: PlanContext): Promise<CastPlan> {
  const { answers } = context.input
  const decision = decideCasts({ ...state, answers, open, draft: false })
  const base = { questions: decision.questions, used: decision.used, notes: [] }
  if (decision.questions.length > 0) return { ...base, state, before: [], after: [], waiting: true }
  const changed = changedColumns(state, decision.casts)
  const dependents = changed.length === 0 ? [] : await readDependents(await context.input.start.open(), changed)
  refuseGenerated(dependents)
  const drops: Section = { heading: 'DropDependent', statements: dependents.map((object) => object.drop).reverse() }
  const creates: Section = { heading: 'CreateDependent', statements: dependents.flatMap((object) => object.create) }
  if (decision.casts.length === 0) {
    const isEmpty = dependents.length === 0
    return { ...base, state, before: isEmpty ? [] : [drops], after: isEmpty ? [] : [creates], waiting: false }
  }
  const early = placeEnumValues(state.operations.filter(isNeededEarly), state.facts, context.model)
  const before: Section[] = [
    drops,
    ...early.map((operation) => ({ heading: operation.heading, statements: renderOperation(operation) })),
    { heading: 'Cast', statements: await stepsOf(decision.casts) },
  ]
  const next = await context.advance(before.flatMap((section) => section.statements), [])
  return { ...base, state: next, before, after: [creates], waiting: false }
}

/** New enums that a cast may turn values into, and foreign keys that would hold the types together. */
function isNeededEarly(operation: Operation): boolean {
  if (operation.kind === 'create-enum' || operation.kind === 'add-enum-value') return true
  return operation.kind === 'alter-table' && operation.heading === 'DropForeignKey'
}

async function stepsOf(casts: readonly Cast[]): Promise<readonly string[]> {
  const steps: string[] = []
  for (const cast of casts) {
    const { hasSubselect } = await readExpression(cast.expression, `--cast ${cast.column}`)
    steps.push(...castSteps(cast, hasSubselect))
  }
  return steps
}

/** The columns whose type changes: by an answer, by a safe widening, by the replacement of their enum. */
function changedColumns(state: PlanState, casts: readonly Cast[]): readonly ColumnReference[] {
  const reference = (table: ObjectName, column: string): ColumnReference => ({
    schema: table.schema ?? state.facts.schema,
    table: table.name,
    column,
  })
  const others = state.operations.flatMap((operation) => {
    if (operation.kind === 'replace-enum') return operation.columns.map((column) => reference(column.table, column.column))
    if (operation.kind !== 'alter-table') return []
    return operation.clauses.flatMap((clause) => (clause.kind === 'set-type' ? [reference(operation.table, clause.column)] : []))
  })
  return [...casts.map((cast) => reference(cast.table, cast.column)), ...others]
}

function refuseGenerated(dependents: readonly Dependent[]): void {
  const generated = dependents.find((object) => object.kind === 'generated column')
  if (generated !== undefined) {
    throw dependentObject(`The generated column ${generated.name}`, generated.column, 'gives another type')
  }
}
