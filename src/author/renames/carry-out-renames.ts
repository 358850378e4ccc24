import type { CountedQuestion } from '../decisions/decision.ts'
import type { Section } from '../migration-text.ts'
import type { PlanContext, PlanState } from '../plan-context.ts'
import { preparesSchema } from '../script/operation.ts'
import { renderOperation } from '../script/render-operation.ts'
import { findRenames } from './find-renames.ts'
import type { Rename, UsedAnswer } from './rename.ts'

/** What the renames of a change came to. */
export interface CarriedOutRenames {
  readonly state: PlanState
  readonly sections: readonly Section[]
  readonly questions: readonly CountedQuestion[]
  readonly used: readonly UsedAnswer[]
  readonly open: readonly string[]
}

/**
 * Carries out in the rehearsal what is answered, and asks for the rest. Tables and enums come first:
 * only then do the columns of a renamed table show what they are.
 * @throws AUTHOR_RENAME_TARGET_UNKNOWN, AUTHOR_RENAME_TWICE
 */
export async function carryOutRenames(context: PlanContext, started: PlanState): Promise<CarriedOutRenames> {
  let state = started
  let { answers } = context.input
  const sections: Section[] = []
  const used: UsedAnswer[] = []
  for (;;) {
    const found = findRenames({ ...state, answers })
    if (found.renames.length === 0) return { state, sections, used, questions: found.questions, open: found.open }
    const schemas = movesBetweenSchemas(found.renames) ? state.operations.filter(preparesSchema) : []
    const statements = found.renames.flatMap((rename) => rename.statements)
    const made = schemas.map((operation) => ({ heading: operation.heading, statements: renderOperation(operation) }))
    state = await context.advance([...made.flatMap((section) => section.statements), ...statements], found.renames)
    sections.push(...made, { heading: 'Rename', statements })
    const answered = found.renames.flatMap((rename) => rename.used ?? [])
    used.push(...answered)
    // An answer that is carried out would be found again where names change places.
    answers = { ...answers, rename: without(answers.rename, answered.map((answer) => answer.key)) }
  }
}

function movesBetweenSchemas(renames: readonly Rename[]): boolean {
  return renames.some(({ object }) => object !== undefined && object.before.schema !== object.now.schema)
}

function without(record: Readonly<Record<string, string>>, keys: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)))
}
