import { answerQuestions, renameAskedBy } from './answer-questions.ts'
import { compareScripts } from './canonical-statement.ts'
import type { Pair } from './pair.ts'
import { personRenames } from './person-renames.ts'
import { findRewriteKinds, type RewriteKind } from './rewrite-kinds.ts'
import { visibleRenames, type VisibleRename } from './visible-renames.ts'
import type { StandingDatabase } from './standing-database.ts'
import { type Answers, mergeAnswers, noAnswers } from '../../src/author/answers.ts'
import type { ChangePlan } from '../../src/author/change-plan.ts'
import { planChange } from '../../src/author/plan-change.ts'
import type { Question } from '../../src/author/question.ts'
import { isFailure } from '../../src/errors/failure.ts'
import { parseStatements } from '../../src/postgres/statements/parse-statements.ts'
import type { Statement } from '../../src/postgres/statements/statement.ts'
import { readDataModel } from '../../src/prisma/data-model.ts'
import { differenceScript } from '../../src/prisma/engine.ts'
import { prepareSchema, type SchemaFile, type SchemaText } from '../../src/prisma/schema-text.ts'

/** How the planner fares on one edit that people made. */
export type PairScore = PairFacts & PairOutcome

interface PairFacts {
  readonly pair: Pair
  /** Ways in which the person departed from Prisma's SQL. */
  readonly rewrites: readonly RewriteKind[]
}

export type PairOutcome =
  /** The schema did not change: nothing to plan. */
  | { readonly outcome: 'schema unchanged' }
  | { readonly outcome: 'schema rejected'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly reason: string }
  | PlannedPair

export interface PlannedPair {
  readonly outcome: 'planned'
  readonly plan: ChangePlan
  readonly questions: readonly Question[]
  /** The renames that the person wrote and the schemas show, and whether each was asked. */
  readonly renames: readonly (VisibleRename & { readonly asked: boolean })[]
  /** Rename questions where the person renamed nothing. */
  readonly needlessRenames: readonly Question[]
  /** Tide's statements against those of Prisma 6.19.3. */
  readonly comparison: 'same' | 'same clauses' | 'different'
  readonly onlyTide: readonly string[]
  readonly onlyPrisma: readonly string[]
  /** Statements still needed after Tide's script to reach the schema; '' is right. */
  readonly remaining: string
}

/** Plans one edit on a database that stands at its schema before, and compares. */
export async function scorePair(database: StandingDatabase, pair: Pair): Promise<PairScore> {
  const statements = await parseStatements(pair.sql, pair.migration).catch((): readonly Statement[] => [])
  const generated = await parseStatements(pair.generated, 'generated')
  const rewrites = [...findRewriteKinds(compareScripts(statements, generated).onlyLeft)]
  if (pair.before === pair.after) return { pair, rewrites, outcome: 'schema unchanged' }
  try {
    return { pair, rewrites, ...(await planPair(database, pair, statements, generated)) }
  } catch (error) {
    if (!isFailure(error)) return { pair, rewrites, outcome: 'failed', reason: String(error) }
    const reason = [error.message, error.details.why ?? ''].join(' ')
    const outcome = error.code === 'PRISMA_SCHEMA_INVALID' ? 'schema rejected' : 'failed'
    return { pair, rewrites, outcome, reason: `${error.code}: ${reason}` }
  }
}

async function planPair(
  database: StandingDatabase,
  pair: Pair,
  statements: readonly Statement[],
  generated: readonly Statement[],
): Promise<PlannedPair> {
  const before = schemaText(pair.before)
  const after = schemaText(pair.after)
  const renames = visibleRenames(personRenames(statements), readDataModel(before.files), readDataModel(after.files))
  const script = await differenceScript({ kind: 'nothing' }, before)
  const afterScript = await differenceScript({ kind: 'nothing' }, after)
  const { plan, questions } = await planWithAnswers(database, script, pair, renames)
  await database.standAt(script)
  await database.run(plan.sql)
  const { catalog } = database.start()
  const remaining = await differenceScript({ kind: 'database', catalog }, after)
  if (remaining === '') database.standsAt(afterScript)
  const comparison = compareScripts(await parseStatements(plan.sql, 'migration.sql'), generated)
  return {
    outcome: 'planned',
    plan,
    questions,
    renames: renames.map((rename) => ({
      ...rename,
      asked: questions.some((question) => renameAskedBy(question, [rename]) !== undefined),
    })),
    needlessRenames: questions.filter(
      (question) => question.kind === 'rename' && renameAskedBy(question, renames) === undefined,
    ),
    comparison: comparison.result,
    onlyTide: comparison.onlyLeft.map((statement) => statement.text),
    onlyPrisma: comparison.onlyRight.map((statement) => statement.text),
    remaining,
  }
}

/** Plans, answers what is asked, and plans again, until nothing is asked any more. */
async function planWithAnswers(
  database: StandingDatabase,
  script: string,
  pair: Pair,
  renames: readonly VisibleRename[],
): Promise<{ readonly plan: ChangePlan; readonly questions: readonly Question[] }> {
  const schema = schemaFiles(pair.after)
  const previous = schemaFiles(pair.before)
  const questions: Question[] = []
  let answers: Answers = noAnswers
  for (let round = 0; ; round++) {
    await database.standAt(script)
    const plan = await planChange({ start: database.start(), schema, previous, answers })
    questions.push(...plan.questions)
    if (plan.questions.length === 0 || round === maximumRounds) return { plan, questions }
    answers = mergeAnswers(answers, answerQuestions(plan.questions, renames))
  }
}

const maximumRounds = 6

function schemaFiles(text: string): readonly SchemaFile[] {
  return [{ path: 'schema.prisma', text }]
}

function schemaText(text: string): SchemaText {
  return prepareSchema(schemaFiles(text))
}
