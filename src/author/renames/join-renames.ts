import { quoteIdentifier } from '../../postgres/quote.ts'
import type { Answers } from '../answers.ts'
import { isSameObject, type ObjectName, type Operation } from '../script/operation.ts'
import { renderName } from '../script/render-operation.ts'
import { asWritten, inSchema, type StartFacts } from '../start-facts.ts'
import { hasSwappedEnds, type Join, type Joins, joinsSame } from './join-tables.ts'
import { joinRenames, noRenames, openKey, type Rename, type RenameResult } from './rename.ts'
import { moveObject } from './table-renames.ts'

/**
 * The tables of implicit many-to-many relations follow their models: nobody is asked about a table that
 * stands in no schema, as long as its name is made of theirs. Its columns "A" and "B" go by the order of
 * the models' names, so that a rename can make them change places.
 */
export function findJoinRenames(
  operations: readonly Operation[],
  joins: Joins,
  facts: StartFacts,
  answers: Answers,
): RenameResult {
  const { dropped, created } = replacedJoins(operations, joins, facts)
  const swaps = joins.present.flatMap((join) => {
    const wanted = joins.wanted.find((candidate) => isSameObject(candidate.table, join.table))
    return wanted !== undefined && hasSwappedEnds(join, wanted) ? [swap(join, facts)] : []
  })
  const replaced = dropped.map((join): RenameResult => {
    const targets = created.filter((candidate) => joinsSame(join, candidate))
    const rivals = dropped.filter((candidate) => joinsSame(join, candidate))
    const [target] = targets
    if (target === undefined) return noRenames
    if (targets.length + rivals.length === 2 && join.isNamed !== true && !(target.isNamed ?? true)) {
      return { renames: [follow(join, target, facts)], pending: [] }
    }
    return answers.delete.includes(join.table.name) ? noRenames : ask(join, targets, facts)
  })
  return joinRenames([{ renames: swaps, pending: [] }, ...replaced])
}

/** The relation itself has another name: only a person knows whether it is the same. */
function ask(join: Join, targets: readonly Join[], facts: StartFacts): RenameResult {
  const candidates = targets.map((target) => ({
    key: openKey(asWritten(facts, target.table)),
    name: target.table.name,
    reason: 'it joins the same models',
    score: 1,
  }))
  const table = asWritten(facts, join.table)
  const key = openKey(table)
  return { renames: [], pending: [{ subject: join.table.name, what: 'many-to-many table', key, candidates, counts: [{ table }] }] }
}

/** The join tables that a difference drops, and those that it creates. */
export function replacedJoins(
  operations: readonly Operation[],
  joins: Joins,
  facts: StartFacts,
): { readonly dropped: readonly Join[]; readonly created: readonly Join[] } {
  const has = (kind: 'drop-table' | 'create-table', table: ObjectName): boolean =>
    operations.some((operation) => operation.kind === kind && isSameObject(inSchema(facts, operation.table), table))
  return {
    dropped: joins.present.filter(({ table }) => has('drop-table', table)),
    created: joins.wanted.filter(({ table }) => has('create-table', table)),
  }
}

function follow(join: Join, target: Join, facts: StartFacts): Rename {
  const before = asWritten(facts, join.table)
  const now = asWritten(facts, target.table)
  return { statements: moveObject('TABLE', before, now), used: undefined, object: { before, now }, target: openKey(now) }
}

/** The names of its foreign keys change places too: Prisma derives them from the columns. */
function swap(join: Join, facts: StartFacts): Rename {
  const table = asWritten(facts, join.table)
  return {
    statements: [
      ...changePlaces(table, 'COLUMN', 'A', 'B'),
      ...(join.keys === undefined ? [] : changePlaces(table, 'CONSTRAINT', ...join.keys)),
    ],
    used: undefined,
    swapped: table,
    target: openKey(table, 'A'),
  }
}

function changePlaces(table: ObjectName, what: 'COLUMN' | 'CONSTRAINT', first: string, second: string): readonly string[] {
  const rename = (from: string, to: string): string =>
    `ALTER TABLE ${renderName(table)} RENAME ${what} ${quoteIdentifier(from)} TO ${quoteIdentifier(to)}`
  const between = `${first.slice(0, 50)}_tide_swap`
  return [rename(first, between), rename(second, first), rename(between, second)]
}
