import type { StepTarget } from './read-target.ts'
import type { Statement } from '../../postgres/statements/statement.ts'

/** The columns of the key that a statement sets in the table whose batches follow them, wherever in it that stands. */
export function changesKey(node: Statement['node'], target: StepTarget): readonly string[] {
  const set = new Set(writesIn(node).flatMap((write) => (isOf(write, target) ? setBy(write) : [])))
  return target.key.map(({ name }) => name).filter((name) => set.has(name))
}

/**
 * True for a statement that cannot move a row along the key: its only write is an UPDATE or a DELETE of the table, or
 * rows put into another one. What functions and triggers do is not known of it.
 */
export function staysInPlace(node: Statement['node'], target: StepTarget): boolean {
  const [write, ...others] = writesIn(node)
  if (write === undefined || others.length > 0 || changesKey(node, target).length > 0) return false
  return isOf(write, target) ? write.kind === 'UpdateStmt' || write.kind === 'DeleteStmt' : write.kind === 'InsertStmt'
}

/** A part of a statement that writes, as the parser gives it. */
interface Write {
  readonly kind: string
  readonly tree: Readonly<Record<string, unknown>>
}

const writing: ReadonlySet<string> = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'])

function writesIn(tree: unknown): readonly Write[] {
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([kind, value]: [string, unknown]) => {
    const inner = writesIn(value)
    return writing.has(kind) && isTree(value) ? [{ kind, tree: value }, ...inner] : inner
  })
}

function isOf({ tree }: Write, target: StepTarget): boolean {
  const relation = isTree(tree['relation']) ? tree['relation'] : {}
  const { relname, schemaname } = relation
  return relname === target.table && (schemaname === undefined || schemaname === target.schema)
}

/** The columns that an UPDATE sets, also that of a MERGE or of a conflict; an INSERT names those of new rows. */
function setBy({ kind, tree }: Write): readonly string[] {
  if (kind === 'UpdateStmt') return namesOf(tree['targetList'])
  if (kind === 'InsertStmt') return isTree(tree['onConflictClause']) ? namesOf(tree['onConflictClause']['targetList']) : []
  const clauses = kind === 'MergeStmt' && Array.isArray(tree['mergeWhenClauses']) ? tree['mergeWhenClauses'] : []
  return clauses.flatMap((one: unknown) => {
    const clause = isTree(one) ? one['MergeWhenClause'] : undefined
    return isTree(clause) && clause['commandType'] === 'CMD_UPDATE' ? namesOf(clause['targetList']) : []
  })
}

function namesOf(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((one: unknown) => {
    const target = isTree(one) ? one['ResTarget'] : undefined
    return isTree(target) && typeof target['name'] === 'string' ? [target['name']] : []
  })
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
