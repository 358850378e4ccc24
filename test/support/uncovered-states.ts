import type { Connection } from '../../src/postgres/connect.ts'
import { quoteIdentifier, quoteQualified } from '../../src/postgres/quote.ts'
import { readTables } from '../../src/postgres/tables/read-tables.ts'
import type { TableFacts } from '../../src/postgres/tables/table-facts.ts'
import { queryRows } from './query-rows.ts'

/**
 * What no row of the tables is, asked of the database alone: labels of enums, booleans, NULL and not NULL, parents
 * with no child, one and many. `Table.column state`, sorted.
 */
export async function uncoveredStates(connection: Connection): Promise<readonly string[]> {
  const tables = (await readTables(connection)).filter(({ name }) => !name.startsWith('_prisma'))
  const found: string[] = []
  for (const table of tables) {
    for (const { what, where } of [...columnStates(table), ...childStates(table)]) {
      const [any] = await queryRows(connection, where)
      if (any !== 't') found.push(`${table.name}.${what}`)
    }
  }
  return found.sort()
}

interface Asked {
  readonly what: string
  /** A SELECT of whether there is one. */
  readonly where: string
}

function columnStates(table: TableFacts): readonly Asked[] {
  const from = quoteQualified(table.schema, table.name)
  return table.columns.flatMap((column) => {
    const name = quoteIdentifier(column.name)
    const any = (what: string, condition: string): Asked => ({
      what: `${column.name} ${what}`,
      where: `SELECT EXISTS (SELECT FROM ${from} WHERE ${condition})`,
    })
    const labels = column.arrayDimensions > 0 ? [] : (column.enumLabels ?? [])
    return [
      ...(column.notNull || column.generated !== undefined ? [] : [any('NULL', `${name} IS NULL`), any('filled', `${name} IS NOT NULL`)]),
      ...(column.baseType === 'bool' ? ['true', 'false'].map((text) => any(text, `${name} = ${text}`)) : []),
      ...labels.map((label) => any(label, `${name}::text = '${label.replaceAll("'", "''")}'`)),
    ]
  })
}

function childStates(table: TableFacts): readonly Asked[] {
  return table.foreignKeys.flatMap(({ columns, target }) => {
    const joined = columns.map((name, place) => `c.${quoteIdentifier(name)} = p.${quoteIdentifier(target.columns[place] ?? '')}`).join(' AND ')
    const counts = `SELECT (SELECT count(*) FROM ${quoteQualified(table.schema, table.name)} AS c WHERE ${joined}) AS n
      FROM ${quoteQualified(target.schema, target.table)} AS p`
    return [['no child', '= 0'], ['one child', '= 1'], ['many children', '> 1']].map(([what = '', condition = '']) => ({
      what: `${columns.join()} ${what}`,
      where: `SELECT EXISTS (SELECT FROM (${counts}) AS counts WHERE n ${condition})`,
    }))
  })
}
