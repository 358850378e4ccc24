import { parseStatements } from '../statements/parse-statements.ts'

/** The columns that an SQL expression over one table names, each once, in the order of their first use. */
export async function expressionColumns(expression: string): Promise<readonly string[]> {
  const [statement] = await parseStatements(`SELECT ${expression}`, 'an index')
  const found = new Set<string>()
  collect(statement?.node, found)
  return [...found]
}

function collect(node: unknown, found: Set<string>): void {
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) {
    if (key === 'ColumnRef') {
      const name = columnName(value as NameList)
      if (name !== undefined) found.add(name)
    } else collect(value, found)
  }
}

interface NameList {
  readonly fields?: readonly { readonly String?: { readonly sval?: string } }[]
}

function columnName(reference: NameList): string | undefined {
  return reference.fields?.at(-1)?.String?.sval
}
