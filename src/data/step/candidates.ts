import { type BatchKey, keyColumnsSql, keyTextSql, type KeyRange, rangeSql } from '../batch/key-range.ts'
import { touchedSql } from '../store/quarantine.ts'
import type { StepId } from '../store/step-record.ts'
import type { LoadedStep } from './load-step.ts'
import type { StepTarget } from './read-target.ts'
import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'

/** Which rows of the table a pass goes through. */
export interface Candidates {
  /** SQL to read keys from, with an alias. */
  readonly from: string
  readonly alias: string
  /** The condition that holds a statement of the step to a range of them. */
  readonly where: (range: KeyRange, prefix: string) => string
}

/** Where a pass stands. */
export interface PassPlace {
  readonly id: StepId
  readonly pass: number
  readonly direction: 'up' | 'down'
  /** True where the way back leaves rows out: the way forth never changed them. */
  readonly hasUntouched?: boolean
}

/**
 * The first pass goes through the whole table. A later one is for what the first left or what came in meanwhile: the
 * rows that `check` finds; on the way back, the rows that were set aside. So no row is changed a second time.
 */
export function candidatesOf(
  step: Pick<LoadedStep, 'check'>,
  target: StepTarget,
  at: PassPlace,
): Candidates {
  const { key } = target
  if (at.pass === 1) {
    const isTouched = (prefix: string): string => (at.hasUntouched === true ? ` AND ${touchedSql(at.id, key, prefix)}` : '')
    return {
      from: `${target.sql} AS tide_rows`,
      alias: 'tide_rows',
      where: (range, prefix) => `${rangeSql(key, range, prefix)}${isTouched(prefix)}`,
    }
  }
  const left = at.direction === 'up' ? `(${step.check}\n)` : quarantineSql(key, at)
  const keys = `(SELECT DISTINCT ${keyColumnsSql(key, 'tide_found')} FROM ${left} AS tide_found)`
  return {
    from: `${keys} AS tide_rows`,
    alias: 'tide_rows',
    where: (range, prefix) =>
      `(${rangeSql(key, range, prefix)} AND (${keyColumnsSql(key, prefix)}) IN (SELECT ${keyColumnsSql(key, 'tide_found')} ` +
      `FROM ${left} AS tide_found WHERE ${rangeSql(key, range, 'tide_found')}))`,
  }
}

function quarantineSql(key: BatchKey, { id, pass }: { readonly id: StepId; readonly pass: number }): string {
  const columns = key.map(({ name, type }, index) => `key[${index + 1}]::${type} AS ${quoteIdentifier(name)}`)
  return `(SELECT ${columns.join(', ')} FROM tide.data_quarantine WHERE ledger_schema = ${quoteLiteral(id.schema)}
    AND migration = ${quoteLiteral(id.migration)} AND pass > 0 AND pass < ${pass})`
}

/** The last of the first `size` keys of a range, and how many there are up to it: no row where there is none. */
export function endOfBatchSql(
  candidates: Pick<Candidates, 'alias' | 'from'>,
  key: BatchKey,
  range: KeyRange,
  size: number,
): string {
  const { from, alias } = candidates
  const columns = keyColumnsSql(key, alias)
  return `SELECT ${keyTextSql(key, 'tide_batch')} AS key, tide_batch.tide_place::int AS rows
    FROM (SELECT ${columns}, row_number() OVER (ORDER BY ${columns}) AS tide_place FROM ${from}
           WHERE ${rangeSql(key, range, alias)} ORDER BY ${columns} LIMIT ${size}) AS tide_batch
   ORDER BY tide_batch.tide_place DESC LIMIT 1`
}
