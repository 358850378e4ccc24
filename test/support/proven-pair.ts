import { mergeAnswers, noAnswers } from '../../src/author/answers.ts'
import { planChange } from '../../src/author/plan-change.ts'
import { readStartFacts } from '../../src/author/start-facts.ts'
import type { Connection } from '../../src/postgres/connect.ts'
import { liveCatalog } from '../../src/prisma/catalog-source.ts'
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
  const setup = await differenceScript({ kind: 'nothing' }, prepareSchema(before))
  const { plan } = await answerByPasting(
    async (answers) => {
      // Answers are carried out where the change is planned.
      await ground.begin(setup)
      const schema = schemaOf(renderSmallSchema(edit.after))
      return planChange({ start: startOf(ground.connection()), schema, answers, previous: before })
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
  const isShort = claims.some((claim) => claim.endsWith('more rows than that stop it'))
  const saysSo = claims.some((claim) => claim.startsWith('it failed in the rehearsal'))
  const isTold = (reason: string): boolean =>
    reason.startsWith('it stops at ') ||
    (isLevelled && reason.startsWith(again)) ||
    (isOrphaned && reason.startsWith('its down.sql stops at ')) ||
    (isShort && /^its down.sql stops at .*could not create unique index/.test(reason)) ||
    (saysSo && reason.startsWith('its down.sql '))
  const faults = proof.reasons.filter((reason) => !isTold(reason))
  const untold = proof.losses.filter(({ reason }) => !claims.some((claim) => claim.replaceAll('\\"', '"') === reason))
  return [...faults, ...untold.map(({ object, reason }) => `${object}: ${reason}`)]
}

function startOf(connection: Connection): Parameters<typeof planChange>[0]['start'] {
  return {
    catalog: liveCatalog(connection, 'public'),
    facts: () => readStartFacts(connection),
    open: () => Promise.resolve(connection),
  }
}
