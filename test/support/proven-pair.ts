import { mergeAnswers, noAnswers } from '../../src/author/answers.ts'
import { planChange } from '../../src/author/plan-change.ts'
import { readStartFacts, type StartFacts } from '../../src/author/start-facts.ts'
import type { StartingPoint } from '../../src/author/starting-point.ts'
import { type CatalogSource, liveCatalog, recordedCatalog } from '../../src/prisma/catalog-source.ts'
import { differenceScript } from '../../src/prisma/engine.ts'
import { prepareSchema } from '../../src/prisma/schema-text.ts'
import type { Proof } from '../../src/proof/proof.ts'
import type { ProofGround } from './proof-place.ts'
import { renderSmallSchema, type SmallSchema } from './schema-arbitrary.ts'
import { schemaOf } from './schema-edit.ts'
import { answerByPasting } from './shell-words.ts'

/** An edit of a schema, carried out with the likeliest answers and proven. */
export interface ProvenPair {
  readonly up: string
  readonly down: string
  readonly proof: Proof
}

/** Undefined where the edit is a draft, or changes nothing. */
export async function provePair(
  ground: ProofGround,
  edit: { readonly before: SmallSchema; readonly after: SmallSchema },
): Promise<ProvenPair | undefined> {
  const before = schemaOf(renderSmallSchema(edit.before))
  const schema = schemaOf(renderSmallSchema(edit.after))
  const setup = await differenceScript({ kind: 'nothing' }, prepareSchema(before))
  await ground.begin(setup)
  const start = startOf(ground)
  const difference = differenceScript({ kind: 'database', catalog: start.catalog }, prepareSchema(schema))
  // Where planning fails first, nobody asks for it any more.
  difference.catch(() => undefined)
  const { plan } = await answerByPasting(
    async (answers) => {
      // Answers are carried out where the change is planned.
      await ground.begin(setup)
      return planChange({ start, schema, answers, previous: before, difference })
    },
    noAnswers,
    mergeAnswers,
  )
  if (plan.isDraft || plan.sql === '') return undefined
  const { sql: down } = await ground.rollbackOf(setup, plan.sql)
  return { up: plan.sql, down, proof: await ground.prove({ setup, up: plan.sql, down }) }
}

/**
 * What is wrong with a pair: the migration does not run on rows that are no hazard, or its rollback does otherwise than
 * it says of itself.
 */
export function faultsOf({ proof, down }: ProvenPair): readonly string[] {
  const claims = [...down.matchAll(/tide: incomplete reason="((?:[^"\\]|\\.)*)"/g)].map(([, reason = '']) => reason)
  // A table comes back empty: what must point at its rows then stops the rollback, which says that they are lost.
  const isOrphaned = claims.some((claim) => claim.startsWith('rows of '))
  // Values that were overwritten come back as one and the same: a unique index of the migration takes them no more.
  const isLevelled = claims.some((claim) => /^values of .* (?:were overwritten|were converted)/.test(claim))
  const again = 'after its rollback it cannot be applied again: could not create unique index'
  // A unique column that may not be NULL has no place for more rows than its type has values: only the archive, which
  // these pairs do not have, brings such a column back.
  const isShort = claims.some((claim) => claim.endsWith('more rows than that stop it'))
  const isLong = claims.some((claim) => claim.endsWith('a longer value stops it'))
  const saysSo = claims.some((claim) => claim.startsWith('it failed in the rehearsal'))
  const isTold = (reason: string): boolean =>
    reason.startsWith('it stops at ') ||
    (isLevelled && reason.startsWith(again)) ||
    (isOrphaned && reason.startsWith('its down.sql stops at ')) ||
    (isShort && /^its down.sql stops at .*could not create unique index/.test(reason)) ||
    (isLong && /^its down.sql stops at .*value too long for type/.test(reason)) ||
    (saysSo && reason.startsWith('its down.sql '))
  const faults = proof.reasons.filter((reason) => !isTold(reason))
  const untold = proof.losses.filter(({ reason }) => !claims.some((claim) => claim.replaceAll('\\"', '"') === reason))
  return [...faults, ...untold.map(({ object, reason }) => `${object}: ${reason}`)]
}

/** What the engine and the planner ask of the beginning is asked once, as `tide dev` does. */
function startOf(ground: ProofGround): StartingPoint {
  const live = (): Promise<CatalogSource> => Promise.resolve(liveCatalog(ground.reader(), 'public'))
  let facts: Promise<StartFacts> | undefined
  return {
    catalog: recordedCatalog({}, live, 'public'),
    facts: () => (facts ??= readStartFacts(ground.reader())),
    open: () => Promise.resolve(ground.connection()),
  }
}
