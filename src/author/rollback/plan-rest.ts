import { withoutList } from './without-list.ts'
import type { Catalog } from '../../postgres/catalog/catalog.ts'
import { compareCatalogs } from '../../postgres/catalog/compare-catalogs.ts'
import { type Identity, readIdentities } from '../../postgres/catalog/identities.ts'
import { sayName, splitName } from '../../postgres/catalog/names.ts'
import { readCatalog } from '../../postgres/catalog/read-catalog.ts'
import type { Connection } from '../../postgres/connect.ts'
import { readDependents } from '../../postgres/dependents/dependents.ts'
import { type Casts, readCasts, retypedColumns } from './casts.ts'
import { type Conversion, isZoning } from './converted-columns.ts'
import { renamedValues } from './renamed-values.ts'
import { planDirectly } from './direct/plan-directly.ts'
import { findLostObjects } from './lost-objects.ts'
import { strangersToOldType } from './filled-nulls.ts'
import { finishingSteps } from './finishing.ts'
import { conversionsByOldName, filledByOldName, renamedByOldName } from './original-names.ts'
import { planByFacts } from './plan-by-facts.ts'
import type { ArchivedTable } from './restore/archived-table.ts'
import { replacedColumns } from './replaced-columns.ts'
import type { RollbackInput } from './rollback.ts'
import { attempt, type Attempt } from './try-statements.ts'

/** Where a database stands on the way back. */
export interface Present {
  readonly now: Catalog
  /** As the script left it, and with hints and renames done. */
  readonly ended: readonly Identity[]
  readonly settled: readonly Identity[]
}

/** A way back with what it costs itself. */
export interface Rest extends Attempt {
  readonly lost: readonly string[]
}

/** From the two catalogs where those say enough and it leads back, else by the second reader. */
export async function planRest(
  connection: Connection,
  present: Present,
  input: RollbackInput,
  archives: readonly ArchivedTable[],
): Promise<Rest> {
  const before = input.before.catalog
  const { now, settled } = present
  if (compareCatalogs(now, before).length === 0 && archives.length === 0) {
    return { statements: [], differences: [], lost: [] }
  }
  const compare = async (): Promise<Attempt['differences']> =>
    compareCatalogs(before, await readCatalog(connection, { again: true }))
  const filled = filledByOldName(input, present.ended)
  const known: Casts = {
    ...(await readCasts(connection, now, before)),
    zoned: columnsConverted(isZoning, input, present.ended),
    bytes: columnsConverted((how) => how === 'bytes', input, present.ended),
    encoded: columnsConverted((how) => how === 'encoded', input, present.ended),
    computed: columnsConverted((how) => how === 'computed', input, present.ended),
    blanks: new Map(),
    filled: new Set(filled.keys()),
    renamed: renamedValues(input.up, input.schema),
    renamedFirst: renamedByOldName(input, present.ended),
  }
  const casts = { ...known, blanks: await strangersToOldType(connection, filled, { now, before, casts: known }) }
  const replaced = replacedColumns(input.before.identities, settled)
  const direct = planDirectly({ now, before, replaced, casts, archives })
  if (direct !== undefined) {
    const outcome = await attempt(connection, await aroundDependents(connection, direct, now, before), compare)
    if (outcome.error === undefined && outcome.differences.length === 0) return { ...outcome, lost: [] }
  }
  let back: readonly Identity[] = settled
  const look = async (): Promise<Attempt['differences']> => {
    // Where something differs, what was tried is taken back at once.
    back = await readIdentities(connection)
    return compare()
  }
  const planned = await planByFacts(connection, { now, before: input.before, compare: look, archives })
  const outcome = await finish(connection, planned, before, look)
  return { ...outcome, lost: lostOnTheWay(input.before, settled, back) }
}

/** With statements for the small things that are left, where these lead closer. */
async function finish(
  connection: Connection,
  planned: Attempt,
  before: Catalog,
  compare: () => Promise<Attempt['differences']>,
): Promise<Attempt> {
  const steps = planned.error === undefined ? finishingSteps(planned.differences, before) : []
  if (steps.length === 0) return planned
  const outcome = await attempt(connection, [...planned.statements, ...steps], compare)
  return outcome.error === undefined && outcome.differences.length < planned.differences.length ? outcome : planned
}

/** Views, policies and triggers on columns that get another type step aside; PostgreSQL refuses it otherwise. */
async function aroundDependents(
  connection: Connection,
  statements: readonly string[],
  now: Catalog,
  before: Catalog,
): Promise<readonly string[]> {
  const names = [...retypedColumns(now, before).map(({ name }) => name), ...columnsOfRebuiltEnums(statements, now)]
  const columns = names.map((name) => {
    const [schema = '', table = '', column = ''] = splitName(name)
    return { schema, table, column }
  })
  const dependents = await readDependents(connection, columns)
  return [
    ...dependents
      .map((object) => object.drop)
      .filter((sql) => sql !== '')
      .reverse(),
    ...statements,
    ...dependents.flatMap((object) => object.create),
  ]
}

/** An enum that loses a value is made anew under its name: its columns change to a type that is called the same. */
function columnsOfRebuiltEnums(statements: readonly string[], now: Catalog): readonly string[] {
  const isRebuilt = (type: string): boolean => statements.some((sql) => sql.startsWith(`ALTER TYPE ${type} RENAME TO `))
  return now.objects
    .filter(({ kind, definition }) => kind === 'column' && isRebuilt(withoutList(String(definition['type']))))
    .map(({ name }) => name)
}

/** pg-delta makes a few things anew that it has no ALTER for: what they held was there until then. */
function lostOnTheWay(
  before: RollbackInput['before'],
  settled: readonly Identity[],
  back: readonly Identity[],
): readonly string[] {
  const there = new Set(settled.map(({ id }) => id))
  const generated = before.catalog.objects.filter(({ definition }) => typeof definition['generated'] === 'string')
  const computed = new Set(generated.map(({ name }) => sayName(name)))
  const { tables, columns } = findLostObjects(
    before.identities.filter(({ id }) => there.has(id)),
    back,
  )
  return [
    ...tables.map((name) => `rows of ${name} are lost on the way back`),
    ...columns.filter((name) => !computed.has(name)).map((name) => `values of ${name} are lost on the way back`),
  ]
}

function columnsConverted(
  isWanted: (how: Conversion['how']) => boolean,
  input: RollbackInput,
  ended: readonly Identity[],
): ReadonlySet<string> {
  const conversions = [...conversionsByOldName(input, ended)]
  return new Set(conversions.filter(([, { how }]) => isWanted(how)).map(([name]) => name))
}
