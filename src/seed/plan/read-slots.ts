import type { ExclusionFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import { exclusionUnsupported } from './errors.ts'
import { tableKey } from './table-key.ts'

/** What of an exclusion constraint must not overlap: one range column, or the two columns a range is made of. */
export interface SlotParts {
  readonly columns: readonly string[]
  readonly range: string | undefined
  readonly start: string | undefined
  readonly end: string | undefined
}

/**
 * The part of an exclusion constraint with `&&`; undefined where all of it is equality.
 * @throws SEED_EXCLUSION for other operators
 */
export function readSlots(table: TableFacts, exclusion: ExclusionFacts): SlotParts | undefined {
  const others = exclusion.elements.filter(({ operator }) => operator !== '=')
  if (others.length === 0) return undefined
  for (const { operator, column, expression } of others) {
    if (operator !== '&&') continue
    if (column !== undefined) return { columns: [column], range: column, start: undefined, end: undefined }
    const [, start, end] = pairOfColumns.exec(expression) ?? []
    if (start === undefined || end === undefined) continue
    const [from, to] = [unquote(start), unquote(end)]
    return { columns: [from, to], range: undefined, start: from, end: to }
  }
  throw exclusionUnsupported(tableKey(table), exclusion.name, exclusion.definition)
}

/** `tstzrange(starts_at, ends_at, '[)'::text)`, as PostgreSQL writes it. */
const pairOfColumns =
  /^(?:\w+\.)?\w+range\(("(?:[^"]|"")+"|\w+)(?:::[\w ]+)?, ("(?:[^"]|"")+"|\w+)(?:::[\w ]+)?(?:, '[[(][\])]'(?:::text)?)?\)$/

function unquote(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name
}
