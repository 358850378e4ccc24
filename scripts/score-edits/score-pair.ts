import { answerQuestions, renameAskedBy } from './answer-questions.ts'
import { compareScripts, type ScriptComparison } from './canonical-statement.ts'
import { withoutMends } from './mended-statement.ts'
import type { Pair } from './pair.ts'
import { personRenames } from './person-renames.ts'
import { findRewriteKinds, type RewriteKind } from './rewrite-kinds.ts'
import { withoutViewKeys } from './view-keys.ts'
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
  /** Prisma 7 rejects the schemas as they are; taking the keys of views out was enough. */
  readonly isRepaired: boolean
  /** True where the person committed Prisma's statements, in any order. */
  readonly isPrismasSql: boolean
  /** Ways in which the person departed from Prisma's SQL. */
  readonly rewrites: readonly RewriteKind[]
}

export type PairOutcome =
  /** The schema did not change: nothing to plan. */
  | { readonly outcome: 'schema unchanged' }
  | { readonly outcome: 'schema rejected'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly reason: string; readonly prismaFails: boolean }
  | PlannedPair

export interface PlannedPair {
  readonly outcome: 'planned'
  readonly plan: ChangePlan
  readonly questions: readonly Question[]
  /** The renames that the person wrote and the schemas show, and whether each was asked. */
  readonly renames: readonly (VisibleRename & { readonly asked: boolean })[]
  /** Rename questions where the person renamed nothing. */
  readonly needlessRenames: readonly Question[]
  /** Tide's statements against Prisma's; `mended`: the same but for Tide's mends. */
  readonly comparison: 'same' | 'regrouped' | 'mended' | 'different'
  readonly onlyTide: readonly string[]
  readonly onlyPrisma: readonly string[]
  /** Statements still needed after Tide's script to reach the schema; '' is right. */
  readonly remaining: string
}

/** Plans one edit on a database that stands at its schema before, and compares. */
export async function scorePair(database: StandingDatabase, original: Pair): Promise<PairScore> {
  const statements = await parseStatements(original.sql, original.migration).catch((): readonly Statement[] => [])
  const { pair, rejected } = await acceptedByPrisma(original)
  const prismas = rejected === undefined ? await prismasStatements(pair) : []
  const { result, onlyLeft } = compareScripts(statements, prismas)
  const facts = {
    pair: original,
    isRepaired: pair !== original,
    isPrismasSql: result === 'same',
    rewrites: [...findRewriteKinds(onlyLeft)],
  }
  if (pair.before === pair.after) return { ...facts, outcome: 'schema unchanged' }
  if (rejected !== undefined) return { ...facts, outcome: 'schema rejected', reason: rejected }
  return { ...facts, ...(await tryPair(database, pair, statements, prismas)) }
}

/** The pair as Prisma 7 accepts it, or why it does not. */
async function acceptedByPrisma(pair: Pair): Promise<{ readonly pair: Pair; readonly rejected?: string }> {
  if (otherProvider.test(pair.before)) return { pair, rejected: 'the schema before is one of SQLite' }
  const rejected = await rejection(pair)
  if (rejected === undefined) return { pair }
  const repaired = withoutViewKeys(pair)
  return (await rejection(repaired)) === undefined ? { pair: repaired } : { pair, rejected }
}

async function rejection(pair: Pair): Promise<string | undefined> {
  try {
    for (const text of [pair.before, pair.after]) await differenceScript({ kind: 'nothing' }, schemaText(text))
    return undefined
  } catch (error) {
    if (!isFailure(error) || error.code !== 'PRISMA_SCHEMA_INVALID') throw error
    return shortReason(error.message, error.details.why)
  }
}

/** What Prisma 6.19.3 made of the edit; where it rejected the schemas, what the engine of Prisma 7 makes of it. */
async function prismasStatements(pair: Pair): Promise<readonly Statement[]> {
  const script =
    pair.generated === '' && pair.before !== pair.after
      ? await differenceScript({ kind: 'schema', schema: schemaText(pair.before) }, schemaText(pair.after))
      : pair.generated
  return parseStatements(script, 'generated')
}

const otherProvider = /provider\s*=\s*"sqlite"/

async function tryPair(...input: Parameters<typeof planPair>): Promise<PairOutcome> {
  const [database, pair] = input
  try {
    return await planPair(...input)
  } catch (error) {
    const reason = isFailure(error) ? `${error.code}: ${shortReason(error.message, error.details.why)}` : String(error)
    return { outcome: 'failed', reason, prismaFails: await prismaFails(database, pair) }
  }
}

/** Prisma's sentence without the place and the names, so that equal reasons are counted together. */
function shortReason(message: string, why: string | undefined): string {
  const sentence = (why ?? message).split('-->')[0] ?? ''
  return sentence
    .replace(/^error: /, '')
    .replaceAll(/`[^`]+`|"[^"]+"/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** True where Prisma's own script of the edit fails too, on empty tables: the schema asks for the impossible. */
async function prismaFails(database: StandingDatabase, pair: Pair): Promise<boolean> {
  try {
    await database.standAt(await differenceScript({ kind: 'nothing' }, schemaText(pair.before)))
    await database.run(pair.generated)
    return false
  } catch {
    return true
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
    comparison: comparison.result === 'different' && isMended(comparison) ? 'mended' : comparison.result,
    onlyTide: comparison.onlyLeft.map((statement) => statement.text),
    onlyPrisma: comparison.onlyRight.map((statement) => statement.text),
    remaining,
  }
}

function isMended({ onlyLeft, onlyRight }: ScriptComparison): boolean {
  const trees = (statements: readonly Statement[]): string => JSON.stringify(statements.map(withoutMends).sort())
  return trees(onlyLeft) === trees(onlyRight)
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
    const now = plan.questions.filter(({ unlessRenamed }) => unlessRenamed !== true)
    answers = mergeAnswers(answers, answerQuestions(now, renames))
  }
}

const maximumRounds = 6

function schemaFiles(text: string): readonly SchemaFile[] {
  return [{ path: 'schema.prisma', text }]
}

function schemaText(text: string): SchemaText {
  return prepareSchema(schemaFiles(text))
}
