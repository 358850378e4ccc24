import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import type { TableMask } from '../row-mask.ts'

/** A column as the gate looks at it. */
export interface ExaminedColumn {
  /** Its place in a row. */
  readonly place: number
  /** A number of its own among all columns of the fixture. */
  readonly id: number
  readonly name: string
  readonly piiClass: string
  readonly mask: string
  /** `text`: any form that can carry words; `json`: its strings one by one; `value`: numbers and times. */
  readonly form: 'text' | 'json' | 'value'
  /** It is taken as it is. */
  readonly isKept: boolean
  /** Values must stay distinct, alone or with others. */
  readonly isUnique: boolean
  /** Public words that its mask gives as well: one of them says nothing of anybody by itself. */
  readonly vocabulary?: ReadonlySet<string>
}

/** A table of a fixture, with what is looked at in it. */
export interface ExaminedTable {
  readonly facts: TableFacts
  readonly mask: TableMask
  /** Columns of which no value of a person may come out: classes D, S, C and F. */
  readonly watched: readonly ExaminedColumn[]
  /** Columns that are taken as they are and can carry words: no rare value of a watched column may stand there. */
  readonly open: readonly OpenColumn[]
  /** Places of the quasi-identifiers. */
  readonly quasi: readonly number[]
  /** Places of columns that can carry words and are not taken as they are: canaries are planted there. */
  readonly wordy: readonly WordyColumn[]
}

/** A column that is taken as it is. */
export interface OpenColumn {
  readonly place: number
  readonly name: string
  readonly isJson: boolean
}

/** A column that takes a canary. */
export interface WordyColumn {
  readonly place: number
  readonly name: string
  readonly shape: 'text' | 'json'
  readonly isArray: boolean
  readonly maxLength: number | undefined
}

/**
 * What the gate looks at. Columns whose values come from a list that stands in the schema (enums, booleans, CHECK … IN)
 * hold nobody's words: any of their values is there whoever is in the source.
 * @param firstId the first number that is free
 */
export function examineTable(facts: TableFacts, mask: TableMask, firstId: number): ExaminedTable {
  const columns = mask.columns.map((column, place) => ({
    ...column,
    place,
    facts: facts.columns.find(({ name }) => name === column.column),
  }))
  const uniques = new Set(
    [facts.primaryKey, ...facts.uniques]
      .flatMap((unique) => unique?.keys ?? [])
      .flatMap((key) => ('column' in key ? [key.column] : key.columns)),
  )
  const keyed = new Set(facts.foreignKeys.flatMap((foreignKey) => foreignKey.columns))
  return {
    facts,
    mask,
    watched: columns.flatMap((column): readonly ExaminedColumn[] => {
      const isWatched =
        'DSCF'.includes(column.piiClass) && column.facts !== undefined && !isClosed(facts, column.facts)
      if (!isWatched || column.facts === undefined) return []
      const { place, column: name, piiClass, mask: maskName, provenance, vocabulary } = column
      const isUnique = uniques.has(name) || keyed.has(name)
      return [
        {
          place,
          id: firstId + place,
          name,
          piiClass,
          mask: maskName,
          form: formOf(column.facts),
          isKept: provenance === 'kept',
          isUnique,
          ...(vocabulary === undefined ? {} : { vocabulary }),
        },
      ]
    }),
    open: columns.flatMap(({ place, column: name, piiClass, provenance, facts: one }): readonly OpenColumn[] => {
      if (one === undefined || provenance !== 'kept' || 'DSCF'.includes(piiClass) || isClosed(facts, one)) return []
      return wordTypes.has(one.baseType) ? [{ place, name, isJson: formOf(one) === 'json' }] : []
    }),
    quasi: columns.filter(({ piiClass }) => piiClass === 'Q').map(({ place }) => place),
    wordy: columns.flatMap(({ place, column: name, mask: own, provenance, facts: one }): readonly WordyColumn[] => {
      // Shuffled values are those of the source, in other rows: the source gives them in that order.
      if (own.startsWith('shuffle')) return []
      if (one === undefined || provenance === 'kept' || isClosed(facts, one) || formOf(one) === 'value') return []
      if (one.baseType === 'uuid' || keyed.has(name) || !wordTypes.has(one.baseType)) return []
      const shape = formOf(one) === 'json' ? 'json' : 'text'
      return [{ place, name, shape, isArray: one.arrayDimensions > 0, maxLength: one.maxLength }]
    }),
  }
}

const wordTypes: ReadonlySet<string> = new Set(['text', 'varchar', 'bpchar', 'citext', 'name', 'json', 'jsonb'])
const valueTypes =
  /^(?:u?int[248]?|int\d|numeric|float[48]|money|date|time|timetz|timestamp|timestamptz|interval|bit|varbit|oid)$/

function formOf({ baseType, kind }: ColumnFacts): ExaminedColumn['form'] {
  if (kind === 'scalar' && (baseType === 'json' || baseType === 'jsonb')) return 'json'
  return kind !== 'composite' && valueTypes.test(baseType) ? 'value' : 'text'
}

function isClosed({ checks }: TableFacts, column: ColumnFacts): boolean {
  if (column.kind === 'enum' || column.baseType === 'bool') return true
  return [...checks, ...column.domainChecks].some(
    ({ columns, expression }) =>
      (columns.length === 0 || (columns.length === 1 && columns[0] === column.name)) &&
      /= ANY \(|^\(+[^()]+ = '[^']*'/.test(expression),
  )
}
