import type { Identity, RenamableKind } from '../../postgres/catalog/identities.ts'
import { fitIdentifier, quoteIdentifier, quoteLiteral, quoteQualified } from '../../postgres/quote.ts'

/** An object that lives on under another name or in another schema. */
export interface Rename {
  readonly kind: RenamableKind
  readonly before: Identity
  readonly after: Identity
}

/** What was renamed between two readings of one database (or of a database and its clone). */
export function findRenames(before: readonly Identity[], after: readonly Identity[]): readonly Rename[] {
  const now = new Map(after.map((identity) => [identity.id, identity]))
  return before.flatMap((old) => {
    const found = now.get(old.id)
    if (found === undefined || (found.name === old.name && movesWithItsSchema(old, found))) return []
    return [{ kind: old.kind, before: old, after: found }]
  })
}

/**
 * The statements that give every renamed object its old name back, containers before what they contain. Where the old
 * name is taken by now, whoever has it steps aside under a name of its own first.
 */
export function reverseRenames(renames: readonly Rename[], after: readonly Identity[]): readonly string[] {
  const inOrder = [...renames].sort((a, b) => turn(a) - turn(b))
  const occupants = inOrder.flatMap((rename) => occupant(rename, after) ?? [])
  const steppedAside = new Set(occupants.map(({ id }) => id))
  const present = (identity: Identity): Identity =>
    steppedAside.has(identity.id) ? { ...identity, name: asideName(identity.name) } : identity
  const schemas = new Map(renames.filter((r) => r.kind === 'schema').map((r) => [r.after.name, r.before.name]))
  const parents = parentNames(renames)
  const settle = (identity: Identity): Identity => {
    const schema = schemas.get(identity.schema) ?? identity.schema
    if (identity.parent === null) return { ...identity, schema }
    return { ...identity, ...(parents.get(`${identity.schema}\0${identity.parent}`) ?? { schema }) }
  }
  return [
    ...goneSchemas(renames, after).map((schema) => `CREATE SCHEMA ${quoteIdentifier(schema)}`),
    ...occupants.map((other) => `${alter(other)} ${renameTo(other, asideName(other.name))}`),
    ...inOrder.flatMap((rename) => restore(rename, present(rename.after), settle)),
  ]
}

/** Schemas that the script has emptied and dropped: what it moved out of them goes back. */
function goneSchemas(renames: readonly Rename[], after: readonly Identity[]): readonly string[] {
  const there = after.filter(({ kind }) => kind === 'schema').map(({ name }) => name)
  const renamed = renames.filter(({ kind }) => kind === 'schema').map(({ before }) => before.name)
  const wanted = renames.filter(({ before, after: now }) => before.parent === null && before.schema !== now.schema)
  const known = [...there, ...renamed]
  return [...new Set(wanted.map(({ before }) => before.schema))].filter((schema) => !known.includes(schema))
}

/** A part of a table moves with the table, and a table with its schema: only the container is renamed. */
function movesWithItsSchema(old: Identity, found: Identity): boolean {
  return old.kind === 'schema' || old.parent !== null || old.follows || old.schema === found.schema
}

/** Schemas, then what stands in them, then what moves with a table, then the parts of tables. */
function turn({ kind, after }: Rename): number {
  return rank(kind) + (after.follows ? 0.5 : 0)
}

/** Containers first: what stands in them is named through them. */
function rank(kind: RenamableKind): number {
  if (kind === 'schema') return 0
  return partKinds.has(kind) ? 2 : 1
}

const partKinds: ReadonlySet<RenamableKind> = new Set<RenamableKind>([
  'column',
  'attribute',
  'constraint',
  'domain constraint',
  'enum value',
  'trigger',
  'policy',
])

function parentNames(renames: readonly Rename[]): ReadonlyMap<string, { schema: string; parent: string }> {
  return new Map(
    renames
      .filter((rename) => rank(rename.kind) === 1)
      .map(({ before, after }) => [`${after.schema}\0${after.name}`, { schema: before.schema, parent: before.name }]),
  )
}

/** Relations and types share one space of names in a schema; the parts of a table have one for each kind. */
function sameSpace(a: Identity, b: Identity): boolean {
  if (rank(a.kind) !== rank(b.kind)) return false
  if (rank(a.kind) === 1) return a.schema === b.schema && (a.arguments ?? '') === (b.arguments ?? '')
  return a.kind === b.kind && a.schema === b.schema && a.parent === b.parent
}

/** Whoever has the old name of a renamed object by now. */
function occupant(rename: Rename, after: readonly Identity[]): Identity | undefined {
  const wanted: Identity =
    rename.before.parent === null
      ? rename.before
      : { ...rename.before, schema: rename.after.schema, parent: rename.after.parent }
  return after.find((other) => other.id !== wanted.id && other.name === wanted.name && sameSpace(other, wanted))
}

function asideName(name: string): string {
  return `${fitIdentifier(name).slice(0, 40)}__tide_aside`
}

function restore(rename: Rename, present: Identity, settle: (i: Identity) => Identity): readonly string[] {
  const settled = present.follows ? { ...present, schema: rename.before.schema } : settle(present)
  const statements: string[] = []
  const moves = rename.kind !== 'schema' && present.parent === null && settled.schema !== rename.before.schema
  if (moves) statements.push(`${alter(settled)} SET SCHEMA ${quoteIdentifier(rename.before.schema)}`)
  const at = moves ? { ...settled, schema: rename.before.schema } : settled
  if (present.name !== rename.before.name) statements.push(`${alter(at)} ${renameTo(at, rename.before.name)}`)
  return statements
}

/** The head of the ALTER statement that renames the object. */
function alter(identity: Identity): string {
  const { kind, schema, name } = identity
  switch (kind) {
    case 'schema':
      return `ALTER SCHEMA ${quoteIdentifier(name)}`
    case 'function':
    case 'procedure':
      return `ALTER ${kind.toUpperCase()} ${quoteQualified(schema, name)}(${identity.arguments ?? ''})`
    case 'column':
    case 'constraint':
      return `ALTER TABLE ${quoteQualified(schema, identity.parent ?? '')}`
    case 'attribute':
    case 'enum value':
      return `ALTER TYPE ${quoteQualified(schema, identity.parent ?? '')}`
    case 'domain constraint':
      return `ALTER DOMAIN ${quoteQualified(schema, identity.parent ?? '')}`
    case 'trigger':
    case 'policy':
      return `ALTER ${kind.toUpperCase()} ${quoteIdentifier(name)} ON ${quoteQualified(schema, identity.parent ?? '')}`
    default:
      return `ALTER ${kind.toUpperCase()} ${quoteQualified(schema, name)}`
  }
}

function renameTo(identity: Identity, name: string): string {
  switch (identity.kind) {
    case 'column':
      return `RENAME COLUMN ${quoteIdentifier(identity.name)} TO ${quoteIdentifier(name)}`
    case 'attribute':
      return `RENAME ATTRIBUTE ${quoteIdentifier(identity.name)} TO ${quoteIdentifier(name)} CASCADE`
    case 'constraint':
    case 'domain constraint':
      return `RENAME CONSTRAINT ${quoteIdentifier(identity.name)} TO ${quoteIdentifier(name)}`
    case 'enum value':
      return `RENAME VALUE ${quoteLiteral(identity.name)} TO ${quoteLiteral(name)}`
    default:
      return `RENAME TO ${quoteIdentifier(name)}`
  }
}
