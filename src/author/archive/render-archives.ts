import { archiveSchema, archiveTable, createRegistry, registryTable } from '../../history/archive/registry.ts'
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../../postgres/quote.ts'
import { sqlstate } from '../../postgres/sqlstate.ts'
import { describeArchive, type SourceTable } from './archive.ts'
import { typeOf } from './catalog-table.ts'
import type { ChangedColumn } from './losses.ts'
import type { PlannedArchive } from './plan-archives.ts'
import { withoutForcedSecurity } from './row-security.ts'
import { comparedValue, storedValue } from './stored-type.ts'

/** What archiving needs to know besides what is archived. */
export interface ArchiveScope {
  readonly migration: string
  /** Where unqualified names of the migration live. */
  readonly schema: string
  /** Of a larger table nothing is kept, wherever the migration runs. */
  readonly maxTableBytes: number
}

/** The statements that archive: at a migration's head what rows hold before it, at its end what it made of them. */
export interface ArchiveStatements {
  readonly head: readonly string[]
  readonly tail: readonly string[]
}

/** Plain SQL without closing semicolons, so that whatever applies the migration archives too. */
export function renderArchives(archives: readonly PlannedArchive[], scope: ArchiveScope): ArchiveStatements {
  const tables = [...new Set(archives.map(({ source }) => nameIn(scope, source)))]
  const names = archives.map(({ name }) => archiveTable(name))
  const head = archives.flatMap((archive) =>
    withoutForcedSecurity(nameIn(scope, archive.source), archive.loss.table, copy(archive, scope)),
  )
  const tail = archives.flatMap((archive) => {
    const after = archive.loss.after
    if (after === undefined || archive.changed === undefined) return []
    const name = nameIn(scope, after)
    return withoutForcedSecurity(name, archive.loss.table, [noteOutcome(archive, archive.changed.after, name)])
  })
  return {
    head: [
      prepareArchive,
      // Nothing may be written between the copy and the change; a weaker lock would have to be raised later.
      `LOCK TABLE ${tables.join(', ')} IN ACCESS EXCLUSIVE MODE`,
      register(archives, scope),
      `DROP TABLE IF EXISTS ${names.join(', ')}`,
      ...head,
    ],
    tail,
  }
}

/** Makes the schema and its registry. CREATE SCHEMA IF NOT EXISTS asks for its right where the schema is there too. */
export const prepareArchive = `DO $tide$ BEGIN
  IF to_regnamespace(${quoteLiteral(archiveSchema)}) IS NULL THEN
    CREATE SCHEMA ${quoteIdentifier(archiveSchema)};
  END IF;
  ${createRegistry};
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'The role "%" cannot make the schema ${archiveSchema}, in which this migration archives.', current_user
    USING ERRCODE = '${sqlstate.archiveRefused}', HINT = format('Let a role that can run CREATE SCHEMA ${archiveSchema} AUTHORIZATION %I'
      ' before, or write the migration with: tide dev --no-archive', current_user);
END $tide$`

/** On a shadow database that was emptied schema by schema the archives of the last replay are still there. */
function register(archives: readonly PlannedArchive[], scope: ArchiveScope): string {
  const rows = archives.map((archive) => {
    const values = [archive.name, scope.migration, describeArchive(archive)].map((text) => quoteLiteral(text).trim())
    return `  (${[...values, tableSize(archive, scope), String(scope.maxTableBytes)].join(', ')})`
  })
  return `INSERT INTO ${registryTable} ("archive", "migration", "source", "bytes", "limit_bytes") VALUES
${rows.join(',\n')}
  ON CONFLICT ("archive") DO UPDATE SET "bytes" = excluded."bytes", "limit_bytes" = excluded."limit_bytes", "archived_at" = now()`
}

function tableSize({ source, loss }: PlannedArchive, scope: ArchiveScope): string {
  const name = quoteLiteral(nameIn(scope, source)).trim()
  if (loss.table.table.definition['tableKind'] !== 'partitioned') return `pg_table_size(${name})`
  return `(SELECT coalesce(sum(pg_table_size("relid")), 0) FROM pg_partition_tree(${name}))`
}

function copy(archive: PlannedArchive, scope: ArchiveScope): readonly string[] {
  const { loss, changed, became } = archive
  const held = [...archive.key, ...archive.columns].map((column) =>
    storedValue(quoteIdentifier(column), typeOf(loss.table, column)),
  )
  const outcome = became === undefined ? [] : [`NULL::${became.type} AS ${quoteIdentifier(became.column)}`]
  const fits = `(SELECT "bytes" <= "limit_bytes" FROM ${registryTable} WHERE "archive" = ${quoteLiteral(archive.name).trim()})`
  const conditions = changed?.only === undefined ? [fits] : [fits, changed.only]
  const table = archiveTable(archive.name)
  const select = `CREATE TABLE ${table} AS
  SELECT ${[...held, ...outcome].join(', ')} FROM ${nameIn(scope, archive.source)}
  WHERE ${conditions.join(' AND ')}`
  if (archive.key.length === 0) return [select]
  return [select, `ALTER TABLE ${table} ADD PRIMARY KEY (${archive.key.map(quoteIdentifier).join(', ')})`]
}

function noteOutcome({ name, key, became, loss }: PlannedArchive, after: ChangedColumn['after'], table: string): string {
  const value = comparedValue(`"t".${quoteIdentifier(after.column)}`, after.type)
  const found = key.map((part) => {
    const own = `"t".${quoteIdentifier(loss.steady.get(part) ?? part)}`
    return `"a".${quoteIdentifier(part)} = ${storedValue(own, typeOf(loss.table, part))}`
  })
  return `UPDATE ${archiveTable(name)} AS "a" SET ${quoteIdentifier(became?.column ?? '')} = ${value}
  FROM ${table} AS "t" WHERE ${found.join(' AND ')}`
}

function nameIn({ schema }: ArchiveScope, source: SourceTable): string {
  return source.schema === schema ? quoteIdentifier(source.name) : quoteQualified(source.schema, source.name)
}
