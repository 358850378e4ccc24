import { lastPart, splitName, spokenName } from '../../postgres/catalog/names.ts'
import { serverWideEffect } from '../../postgres/statements/server-wide.ts'
import type { Statement } from '../../postgres/statements/statement.ts'
import { isRecord, namesIn, relationName, walkTree } from './walk-tree.ts'

/** What a rollback needs to know of the database to say what a statement did to rows. */
export interface KnownObjects {
  /** Of unqualified names. */
  readonly schema: string
  /** True for a table or column (`schema.table`, `schema.table.column`) that was there before the script. */
  readonly wasThere: (name: string) => boolean
  /** What a table or column was called before the script, which may have renamed it further up. */
  readonly nameBefore?: (name: string) => string
  /** True for a statement whose changes the rollback takes back. */
  readonly isUndone: (statement: Statement) => boolean
  /** True for a function (`schema.name` or `name`) that a person or an extension made. */
  readonly isUserFunction: (name: string) => boolean
}

/**
 * What a script does that no catalog shows: changed rows, numbers of sequences, things of the whole server.
 * One reason per statement that no rollback of the structure takes back.
 */
export function rowChanges(statements: readonly Statement[], known: KnownObjects): readonly string[] {
  const made = sequencesMade(statements, known.schema)
  return statements.flatMap((statement) => {
    if (definitions.has(statement.kind) || known.isUndone(statement)) return []
    const found = new Set<string>()
    walkTree(statement.node, (kind, node) => {
      if (kind === 'FuncCall' && isOfSequence(node, made, known.schema)) return
      for (const reason of [reasonFor(kind, node, statement, known), conflictReason(node, known)]) {
        if (reason !== undefined) found.add(`${reason} (line ${String(statement.line)})`)
      }
    })
    return [...found]
  })
}

/** What these say of rows is said for later. */
const definitions: ReadonlySet<string> = new Set([
  'CreateFunctionStmt',
  'RuleStmt',
  'ViewStmt',
  'PrepareStmt',
  'ExplainStmt',
])

type Tree = Readonly<Record<string, unknown>>

function reasonFor(kind: string, node: Tree, statement: Statement, known: KnownObjects): string | undefined {
  const { table } = tableOf(node, known)
  switch (kind) {
    case 'InsertStmt':
      return known.wasThere(table) ? `rows were inserted into ${table} and stay` : undefined
    case 'UpdateStmt':
      return updateReason(node, tableOf(node, known), known)
    case 'DeleteStmt':
      return known.wasThere(table) ? `rows of ${table} were deleted` : undefined
    case 'MergeStmt':
      return known.wasThere(table) ? `rows of ${table} were merged` : undefined
    case 'CopyStmt':
      return node['is_from'] === true && known.wasThere(table) ? `rows were copied into ${table} and stay` : undefined
    case 'TruncateStmt':
      return truncateReason(node, known)
    case 'DoStmt':
      return doReason(node)
    case 'CallStmt':
      return 'what the called procedure did to rows is not known'
    case 'FuncCall':
      return statement.kind === 'SelectStmt' ? callReason(node, known) : undefined
    case 'AlterSeqStmt':
      return restarts(node) ? `the sequence ${relationName(node['sequence'], known.schema)} was restarted` : undefined
    case 'AlterExtensionStmt':
      return 'the earlier version of an extension is not put back'
    default:
      return serverWideEffect(kind)
  }
}

interface UpdatedTable {
  readonly table: string
  /** Of a column by the name that the statement uses: with its table, as both were called before. */
  readonly nameOf: (column: string) => string
}

function tableOf(node: Tree, known: KnownObjects): UpdatedTable {
  const nameBefore = known.nameBefore ?? ((name: string) => name)
  const named = relationName(node['relation'], known.schema)
  return { table: nameBefore(named), nameOf: (column) => nameBefore(`${named}.${spokenName([column])}`) }
}

/** INSERT … ON CONFLICT DO UPDATE writes over rows that are there. */
function conflictReason(node: Tree, known: KnownObjects): string | undefined {
  const conflict = node['onConflictClause']
  return isRecord(conflict) ? updateReason(conflict, tableOf(node, known), known) : undefined
}

function updateReason(node: Tree, { table, nameOf }: UpdatedTable, known: KnownObjects): string | undefined {
  if (!known.wasThere(table)) return undefined
  const columns = listOf(node['targetList']).flatMap((target) => {
    const name = isRecord(target) && isRecord(target['ResTarget']) ? target['ResTarget']['name'] : undefined
    if (typeof name !== 'string' || !known.wasThere(nameOf(name))) return []
    return [lastPart(nameOf(name))]
  })
  return columns.length === 0 ? undefined : `values of ${table} (${columns.join(', ')}) were overwritten`
}

function truncateReason(node: Tree, known: KnownObjects): string | undefined {
  const tables = listOf(node['relations'])
    .map((one) => relationName(isRecord(one) ? one['RangeVar'] : undefined, known.schema))
    .filter(known.wasThere)
  return tables.length === 0 ? undefined : `rows of ${tables.join(', ')} were deleted`
}

/** A DO block that names nothing that touches rows only changes structure, which the catalog shows. */
function doReason(node: Tree): string | undefined {
  const body = JSON.stringify(node).replaceAll(/\bon\s+(delete|update)\b/gi, '')
  const touchesRows =
    /\b(insert|update|delete|truncate|merge|copy|execute|perform|call|setval|nextval)\b/i.test(body) ||
    /\bselect\s+(\w+\.)?\w+\s*\(/i.test(body.replaceAll(/\bselect\s+(count|exists|max|min|not|coalesce)\s*\(/gi, ''))
  return touchesRows ? 'what the DO block did to rows is not known' : undefined
}

function callReason(node: Tree, known: KnownObjects): string | undefined {
  const name = spokenName(namesIn(node['funcname']).filter((part) => part !== 'pg_catalog'))
  if (/^(setval|nextval|lo_\w+|pg_(import|restore|set)_\w+)$/.test(name)) return `${name} changed what no catalog shows`
  return known.isUserFunction(name) ? `what the function ${name} did to rows is not known` : undefined
}

/** Sequences that the script itself makes: their numbers go with them. */
function sequencesMade(statements: readonly Statement[], schema: string): ReadonlySet<string> {
  return new Set(
    statements.flatMap(({ node }) =>
      'CreateSeqStmt' in node ? [relationName(node.CreateSeqStmt.sequence, schema)] : [],
    ),
  )
}

/** True for a call whose first argument names one of the sequences, as in `setval('invoice_id_seq', 1)`. */
function isOfSequence(node: Tree, sequences: ReadonlySet<string>, schema: string): boolean {
  const [first] = listOf(node['args'])
  const constant = isRecord(first) && isRecord(first['A_Const']) ? first['A_Const']['sval'] : undefined
  const name = isRecord(constant) ? constant['sval'] : undefined
  if (typeof name !== 'string') return false
  const parts = splitName(name.includes('"') ? name : name.toLowerCase())
  return sequences.has(spokenName(parts.length === 1 ? [schema, ...parts] : parts))
}

function restarts(node: Tree): boolean {
  return listOf(node['options']).some((one) => {
    return isRecord(one) && isRecord(one['DefElem']) && one['DefElem']['defname'] === 'restart'
  })
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
