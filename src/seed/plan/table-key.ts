import type { ForeignKeyFacts, TableFacts } from '../../postgres/tables/table-facts.ts'

/**
 * `schema.table`: what names a table throughout a plan. A part that holds a dot or a quote stands in quotes, so that
 * `"a.b".c` is another table than `a."b.c"`.
 */
export function tableKey({ schema, name }: Pick<TableFacts, 'schema' | 'name'>): string {
  return `${part(schema)}.${part(name)}`
}

/** The table that a foreign key points to. */
export function targetKey({ target }: Pick<ForeignKeyFacts, 'target'>): string {
  return tableKey({ schema: target.schema, name: target.table })
}

function part(name: string): string {
  return /[."]/u.test(name) ? `"${name.replaceAll('"', '""')}"` : name
}
