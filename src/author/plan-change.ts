import { answersAfterRenames } from './renames/answers-after-renames.ts'
import type { Answers } from './answers.ts'
import { planCasts } from './cast-plan.ts'
import { carryOutRenames } from './renames/carry-out-renames.ts'
import { createPlanContext, type PlanState } from './plan-context.ts'
import type { ChangeInput, ChangePlan } from './change-plan.ts'
import { countRows } from './count-rows.ts'
import { decideDeletes } from './decisions/deletes.ts'
import type { DecisionInput } from './decisions/decision.ts'
import { decideEnumMaps } from './decisions/enum-maps.ts'
import { decideFills, type FillDecision } from './decisions/fills.ts'
import { draftSections, movedTables } from './draft.ts'
import { checkExpressions } from './expressions.ts'
import { mendOperations } from './mends/mend-operations.ts'
import { migrationText, type Section } from './migration-text.ts'
import type { Operation } from './script/operation.ts'
import { renderOperation } from './script/render-operation.ts'
import type { UsedAnswer } from './renames/rename.ts'
import { checkRemovedColumns } from './removed-columns.ts'
import { checkAnswersUsed } from './unused-answers.ts'
import { uniquesOf } from './added-uniques.ts'

/**
 * Turns an edit of the schema into a migration. Prisma's engine says what differs; the answers say
 * what it means; each answer is carried out in the rehearsal and the difference taken again, so that
 * indexes, constraints and foreign keys follow their columns instead of being rebuilt.
 * @throws PRISMA_SCHEMA_INVALID, AUTHOR_ANSWER_UNUSED, AUTHOR_EXPRESSION_INVALID, AUTHOR_DEPENDENT_OBJECT
 */
export async function planChange(input: ChangeInput): Promise<ChangePlan> {
  const context = createPlanContext(input)
  const started = await context.begin()
  await checkExpressions(input.answers)
  const renamed = await carryOutRenames(context, started)
  const isRenamed = renamed.sections.length > 0
  const answers = isRenamed ? await answersAfterRenames(input.answers, renamed.state, context.original) : input.answers
  const casts = await planCasts(renamed.state, renamed.open, answers, context)
  const uncast = renamed.state.facts
  const decided = decideRest({ ...casts.state, uncast }, renamed.open, { answers, draft: input.draft }, casts.waiting)
  const questions = [...renamed.questions, ...casts.questions, ...decided.questions]
  const used = [...renamed.used, ...casts.used, ...decided.used].map((answer) => asGiven(answer, input.answers))
  const leftAlone = new Set([started, casts.state].flatMap((state) => state.leftAlone))
  const left = [...leftAlone].map((sql) => `Left alone, as the schema never knew it: ${sql}`)
  checkAnswersUsed(input.answers, used, questions, renamed.state.operations, casts.state.names)
  if (questions.length > 0) {
    return { ...nothing, questions: await countRows(questions, input.data, context.original), notes: left }
  }
  const notes = [...left, ...(await checkRemovedColumns(decided.operations, casts.state, context))]
  const ordered = [...casts.types, ...decided.first, ...casts.casts, ...decided.operations, ...casts.after]
  const operations = mendOperations(ordered, casts.state.facts, context.model)
  if (renamed.sections.length + operations.length === 0) return { ...nothing, notes }
  const moved = await movedTables({ ...input, answers }, operations)
  const sections = moved === undefined ? operations.map(sectionOf) : draftSections(operations, moved)
  const all = [...renamed.sections, ...sections].filter((section) => section.statements.length > 0)
  return {
    sql: migrationText(used, moved?.reason, all),
    questions: [],
    notes,
    isDraft: moved !== undefined,
    adds: uniquesOf(operations),
  }
}

const nothing: ChangePlan = { sql: '', questions: [], notes: [], isDraft: false, adds: [] }

/** Deletions, fills and enum values; questions only about what no open question may still change. */
function decideRest(
  state: PlanState & Pick<DecisionInput, 'uncast'>,
  open: readonly string[],
  { answers, draft = false }: { readonly answers: Answers; readonly draft: boolean | undefined },
  waiting: boolean,
): FillDecision {
  const base: Omit<DecisionInput, 'operations'> = { ...state, answers, open, draft }
  const deleted = decideDeletes({ ...base, operations: state.operations })
  const mapped = decideEnumMaps({ ...base, operations: deleted.operations })
  const filled = decideFills({ ...base, operations: mapped.operations })
  const results = [deleted, mapped, filled]
  return {
    first: filled.first,
    operations: waiting ? state.operations : filled.operations,
    questions: results.flatMap((result) => result.questions),
    used: results.flatMap((result) => result.used),
  }
}

function sectionOf(operation: Operation): Section {
  return { heading: operation.heading, statements: renderOperation(operation) }
}

/** In the migration's head an expression stands as the person wrote it, with the names that it had for them. */
function asGiven(used: UsedAnswer, { fill, cast }: Answers): UsedAnswer {
  if (used.kind !== 'fill' && used.kind !== 'cast') return used
  return { ...used, answer: (used.kind === 'fill' ? fill : cast)[used.key] ?? used.answer }
}
