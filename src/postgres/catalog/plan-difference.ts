import type { StructureFacts } from './structure-facts.ts'

/** One statement of a way from one structure to another. */
export interface PlannedStatement {
  /** Without a closing semicolon. */
  readonly sql: string
  /** The column that the statement adds to a table that exists: what its rows get is the caller's to decide. */
  readonly addsColumn?: { readonly schema: string; readonly table: string; readonly name: string }
}

/**
 * The statements that lead from one structure to another, in an order that PostgreSQL takes; all of them can share a
 * transaction. Nothing is taken for renamed: rename first what is to keep its rows.
 * pg-delta plans them. It knows nothing of rows: a NOT NULL column is added as such, and what a column held is lost.
 */
export async function planDifference(input: {
  readonly from: StructureFacts
  readonly to: StructureFacts
}): Promise<readonly PlannedStatement[]> {
  const { plan } = await import('@supabase/pg-delta/plan')
  const planned = plan(input.from.base, input.to.base, {
    renames: 'off',
    scope: 'database',
    defaultOwner: input.from.role,
    assumedRoles: rolesIn(input.from, input.to),
  })
  const settings = planned.preamble
    .filter((setting) => setting.name === 'check_function_bodies')
    .map((setting) => ({ sql: `SET LOCAL ${setting.name} = ${setting.value}` }))
  const statements: readonly PlannedStatement[] = [
    ...settings,
    ...planned.actions.map((action) => {
      const column = action.verb === 'create' ? action.produces.find((id) => id.kind === 'column') : undefined
      const addsColumn =
        column?.kind === 'column' && action.sql.includes(' ADD COLUMN ')
          ? { schema: column.schema, table: column.table, name: column.name }
          : undefined
      return { sql: withOneNotNull(action.sql.trim().replace(/;$/, '')), ...(addsColumn === undefined ? {} : { addsColumn }) }
    }),
  ]
  // A default that is changed with its type comes twice.
  return statements.filter(({ sql }, place) => sql !== statements[place - 1]?.sql)
}

/** From PostgreSQL 17 on, NOT NULL of a domain is a constraint as well; pg-delta writes it twice, which is refused. */
function withOneNotNull(sql: string): string {
  return /^CREATE DOMAIN .* NOT NULL .*CONSTRAINT (?:"(?:[^"]|"")*"|\w+) NOT NULL/s.test(sql) ? sql.replace(/ NOT NULL(?= )/, '') : sql
}

/** Roles belong to the server, on which both sides stand: no statement makes them, and grants may name them. */
function rolesIn(...sides: readonly StructureFacts[]): string[] {
  return sides.flatMap(({ base }) => base.facts().flatMap(({ id }) => (id.kind === 'role' ? [id.name] : [])))
}
