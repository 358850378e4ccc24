import { spokenName } from '../../postgres/catalog/names.ts'
import type { ForeignKeyFacts, TableFacts } from '../../postgres/tables/table-facts.ts'

/** `schema.table`: what names a table throughout a plan, as people say it: `"a.b".c` is another than `a."b.c"`. */
export function tableKey({ schema, name }: Pick<TableFacts, 'schema' | 'name'>): string {
  return spokenName([schema, name])
}

/** The table that a foreign key points to. */
export function targetKey({ target }: Pick<ForeignKeyFacts, 'target'>): string {
  return tableKey({ schema: target.schema, name: target.table })
}
