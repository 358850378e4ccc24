import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Arena } from '../arena/arena.ts'
import type { Script, ScriptError } from '../arena/script.ts'
import type { TriedHazard } from '../proof.ts'
import type { Hazard } from './hazard.ts'
import { countRows, plantHazards, type Presence } from './plant-hazards.ts'
import { removeHazards } from './remove-hazards.ts'
import { findSql } from './sql.ts'

/** What is tried. */
export interface HazardTrial {
  readonly up: Script
  readonly hazards: readonly Hazard[]
  readonly tables: readonly TableFacts[]
  /** Called with all rows in place, right before the migration runs for good. */
  readonly look: () => Promise<void>
}

/** What came out; the arena stands behind the migration, unless it does not run at all. */
export interface HazardOutcome {
  readonly hazards: readonly TriedHazard[]
  /** Why the migration does not run, though all rows that break it were taken out. */
  readonly stopped?: ScriptError
  /** Why it does not run with rows of which each alone does no harm. */
  readonly together?: ScriptError
}

/**
 * Runs the migration with every hazard there is. Where it stops, each is tried alone, to know which of them break it;
 * then it goes on with the others. The arena is marked where the ordinary rows stand.
 */
export async function tryHazards(arena: Arena, trial: HazardTrial): Promise<HazardOutcome> {
  const { up, hazards, look } = trial
  const presence = await plant(arena, hazards)
  const there = hazards.filter((hazard) => presence.get(hazard) === 'there')
  await look()
  const error = await arena.run(up)
  if (error === undefined) return { hazards: hazards.map((hazard) => tell(hazard, presence)) }
  if (there.length === 0) return { hazards: hazards.map((hazard) => tell(hazard, presence)), stopped: error }
  const without = await runWithout(arena, trial, there)
  if (without !== undefined) {
    return { hazards: hazards.map((hazard) => tell(hazard, new Map())), stopped: without }
  }
  const [only, ...others] = there
  const isAlone = only !== undefined && others.length === 0
  const { breaking, hidden } = isAlone
    ? { breaking: new Map([[only, error]]), hidden: [] }
    : await findBreaking(arena, trial, there, error)
  const seen = new Map([...presence, ...hidden.map((hazard) => [hazard, 'untried' as const] as const)])
  const told = hazards.map((hazard) => tell(hazard, seen, breaking.get(hazard)))
  if (breaking.size === there.length) {
    // Nothing but ordinary rows is left, which is how it ran just now, or runs again.
    return isAlone ? { hazards: told } : finish(told, await runWithout(arena, trial, there))
  }
  await arena.reset()
  const harmless = there.filter((hazard) => !breaking.has(hazard) && !hidden.includes(hazard))
  await plant(arena, harmless)
  await arena.change((connection) => removeHazards(connection, [...breaking.keys(), ...hidden], trial.tables))
  await look()
  const rest = await arena.run(up)
  if (rest === undefined) return { hazards: told }
  const last = await runWithout(arena, trial, there)
  return { ...finish(told, last), together: rest }
}

function finish(hazards: readonly TriedHazard[], stopped: ScriptError | undefined): HazardOutcome {
  return stopped === undefined ? { hazards } : { hazards, stopped }
}

function plant(arena: Arena, hazards: readonly Hazard[]): Promise<ReadonlyMap<Hazard, Presence>> {
  return arena.change((connection) => plantHazards(connection, hazards))
}

async function runWithout(
  arena: Arena,
  { up, tables, look }: HazardTrial,
  hazards: readonly Hazard[],
): Promise<ScriptError | undefined> {
  await arena.reset()
  await arena.change((connection) => removeHazards(connection, hazards, tables))
  await look()
  return arena.run(up)
}

interface Isolated {
  readonly breaking: ReadonlyMap<Hazard, ScriptError>
  /** Those of which no row is left when the rows of the others are taken out. */
  readonly hidden: readonly Hazard[]
}

/**
 * Each alone: the rows of all others are taken out before. Of those that cannot be had alone, the ones that belong to
 * the statement at which the migration stopped break it.
 */
async function findBreaking(
  arena: Arena,
  { up, tables }: HazardTrial,
  there: readonly Hazard[],
  first: ScriptError,
): Promise<Isolated> {
  const breaking = new Map<Hazard, ScriptError>()
  const hidden: Hazard[] = []
  for (const hazard of there) {
    await arena.reset()
    const others = there.filter((one) => one !== hazard)
    const isThere = await arena.change(async (connection) => {
      await removeHazards(connection, others, tables)
      await plantHazards(connection, [hazard])
      return ((await countRows(connection, hazard)) ?? 0) > 0
    })
    const error = isThere ? await arena.run(up) : undefined
    if (error !== undefined) breaking.set(hazard, error)
    if (!isThere) hidden.push(hazard)
  }
  if (breaking.size > 0) return { breaking, hidden }
  const blamed = hidden.filter(({ line }) => line === first.line)
  const unknown = hidden.filter((hazard) => !blamed.includes(hazard))
  return { breaking: new Map(blamed.map((hazard) => [hazard, first])), hidden: unknown }
}

function tell(hazard: Hazard, presence: ReadonlyMap<Hazard, Presence>, error?: ScriptError): TriedHazard {
  const { kind, object, rows } = hazard
  const outcomes = { there: 'harmless', none: 'impossible', untried: 'untried' } as const
  const outcome = error === undefined ? outcomes[presence.get(hazard) ?? 'untried'] : 'breaks'
  return { hazard: kind, object, outcome, rows, sql: findSql(hazard), ...(error === undefined ? {} : { error }) }
}
