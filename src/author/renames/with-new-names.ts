import type { ObjectName } from '../script/operation.ts'
import type { NamesBefore } from './names-before.ts'
import { rowItem } from './query-scope.ts'
import { withOtherNames } from './with-other-names.ts'

/**
 * An expression over a row as it was before the answered renames, as it must be written after them: columns, tables
 * and enums by their new names, also in sub-selects, each where the text means it. A name that is there now stays.
 * @param expression one that PostgreSQL can parse
 * @param row the table whose row it is over, as it is called now
 */
export async function withNewNames(expression: string, row: ObjectName, names: NamesBefore): Promise<string> {
  const whole = await withOtherNames(`${begin}${expression}${end}`, rowItem(row, names), names)
  return whole.slice(begin.length, -end.length)
}

/** A comment at the end of the expression must not swallow what closes it. */
const begin = 'SELECT ('
const end = '\n)'
