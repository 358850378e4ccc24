import type { Catalog, CatalogObject } from '../../postgres/catalog/catalog.ts'

/** A sequence that numbers the rows of a table. */
export interface NumberingSequence {
  /** As the catalog writes it, as the name of the column. */
  readonly name: string
  readonly column: string
  readonly increment: string
}

/** Of columns with an identity or nextval() as their default. */
export function numberingSequences(catalog: Catalog): readonly NumberingSequence[] {
  const sequences = new Map(catalog.objects.filter(({ kind }) => kind === 'sequence').map((one) => [one.name, one]))
  const owned = new Map([...sequences.values()].map((one) => [one.definition['ownedBy'], one]))
  return catalog.objects.flatMap((column) => {
    if (column.kind !== 'column') return []
    const used = sequences.get(sequenceOf(column)) ?? (column.definition['identity'] === null ? undefined : owned.get(column.name))
    if (used === undefined) return []
    return [{ name: used.name, column: column.name, increment: String(used.definition['increment']) }]
  })
}

function sequenceOf({ definition }: CatalogObject): string {
  const found = /^nextval\('(.+)'::regclass\)$/.exec(String(definition['default']))?.[1]
  return found?.replaceAll("''", "'") ?? ''
}

/** The number that a sequence gives next, as `rowsQuery` gives rows. @param offset how many places are taken before */
export function numberQuery(offset: number): (sequence: NumberingSequence, at: number) => string {
  return ({ name, increment }, at) => `SELECT ${String(offset + at)} AS place,
    to_json(ARRAY[(last_value::numeric + CASE WHEN is_called THEN ${increment} ELSE 0 END)::text]) AS cells FROM ${name}`
}
