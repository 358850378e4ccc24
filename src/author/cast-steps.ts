import { quoteIdentifier } from '../postgres/quote.ts'
import type { Cast } from './decisions/casts.ts'
import { enclose } from './expressions.ts'
import { renderName } from './script/render-operation.ts'

/**
 * The statements that give a column its new type with its values. Indexes, constraints and
 * everything else that hangs on the column stay with it.
 * @param hasSubselect PostgreSQL allows none in USING, so the values are computed beside the column first
 */
export function castSteps(cast: Cast, hasSubselect: boolean): readonly string[] {
  const table = renderName(cast.table)
  const column = quoteIdentifier(cast.column)
  const prepare = [
    // A default of the old type cannot become one of the new by itself; the difference that follows sets the new one.
    ...(cast.before.defaultText === null || cast.before.isGenerated ? [] : [`ALTER COLUMN ${column} DROP DEFAULT`]),
    ...(cast.before.notNull && !cast.notNull ? [`ALTER COLUMN ${column} DROP NOT NULL`] : []),
  ]
  if (!hasSubselect) {
    const change = `ALTER COLUMN ${column} SET DATA TYPE ${cast.type} USING ${enclose(cast.expression)}`
    return [`ALTER TABLE ${table} ${[...prepare, change].join(',\n')}`]
  }
  const beside = quoteIdentifier(`${cast.column.slice(0, 40)}_tide_cast`)
  return [
    `ALTER TABLE ${table} ${[...prepare, `ADD COLUMN     ${beside} ${cast.type}`].join(',\n')}`,
    `UPDATE ${table} SET ${beside} = ${enclose(cast.expression)}`,
    `ALTER TABLE ${table} ALTER COLUMN ${column} SET DATA TYPE ${cast.type} USING (${beside})`,
    `ALTER TABLE ${table} DROP COLUMN ${beside}`,
  ]
}
