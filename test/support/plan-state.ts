import { onTestFinished } from 'vitest'
import { type Answers, noAnswers } from '../../src/author/answers.ts'
import type { DecisionInput } from '../../src/author/decisions/decision.ts'
import { createPlanContext, type PlanState } from '../../src/author/plan-context.ts'
import type { Operation } from '../../src/author/script/operation.ts'
import { readScript } from '../../src/author/script/read-script.ts'
import { renderOperation } from '../../src/author/script/render-operation.ts'
import type { StartColumn, StartFacts } from '../../src/author/start-facts.ts'
import { startFromDatabase } from '../../src/author/starting-point.ts'
import { createSchemaDatabase, type SchemaEdit, schemaOf } from './schema-edit.ts'

/** What the planner sees of an edit before anything is decided. */
export async function planState(edit: SchemaEdit): Promise<PlanState> {
  const start = await startFromDatabase(await createSchemaDatabase(edit.before, edit.byHand))
  onTestFinished(() => start[Symbol.asyncDispose]())
  const previous = edit.isPreviousUnknown === true ? {} : { previous: schemaOf(edit.before) }
  return createPlanContext({ start, schema: schemaOf(edit.after), answers: noAnswers, ...previous }).begin()
}

/** The same as the decisions take it. */
export async function decisionInput(edit: SchemaEdit): Promise<DecisionInput> {
  const state = await planState(edit)
  return { ...state, uncast: state.facts, answers: answersOf(edit.answers), open: [], draft: edit.draft ?? false }
}

/** Answers of which only some kinds are said. */
export function answersOf(answers: Partial<Answers> = {}): Answers {
  return { ...noAnswers, ...answers }
}

/** Operations as the engine would write them. */
export function operationsOf(sql: string): Promise<readonly Operation[]> {
  return readScript(sql)
}

/** Operations as SQL, one text for each statement. */
export function sqlOf(operations: readonly Operation[]): readonly string[] {
  return operations.flatMap(renderOperation)
}

/** Facts of one schema, `public`, made of `table: {column: type}`. */
export function factsOf(
  tables: Readonly<Record<string, Readonly<Record<string, Partial<StartColumn> & { readonly type: string }>>>> = {},
  enums: Readonly<Record<string, readonly string[]>> = {},
  primaryKey: readonly string[] = [],
): StartFacts {
  return {
    schema: 'public',
    tables: Object.entries(tables).map(([name, columns]) => ({
      schema: 'public',
      name,
      columns: Object.entries(columns).map(([column, facts]) => ({
        name: column,
        notNull: false,
        defaultText: null,
        isGenerated: false,
        ...facts,
      })),
      primaryKey,
    })),
    enums: Object.entries(enums).map(([name, values]) => ({ schema: 'public', name, values })),
    joins: [],
  }
}
