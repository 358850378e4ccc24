import type { ForeignKeyFacts, TableFacts } from '../../postgres/tables/table-facts.ts'

/** `schema.table`: what names a table throughout a plan. */
export function tableKey({ schema, name }: Pick<TableFacts, 'schema' | 'name'>): string {
  return `${schema}.${name}`
}

/** The table that a foreign key points to. */
export function targetKey({ target }: ForeignKeyFacts): string {
  return `${target.schema}.${target.table}`
}
