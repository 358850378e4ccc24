import { acceptLossSetting, archiveSchema, archiveTable, createRegistry, registryTable } from '../../../history/archive/registry.ts'
import { quoteIdentifier, quoteLiteral } from '../../../postgres/quote.ts'
import { sqlstate } from '../../../postgres/sqlstate.ts'
import { describeArchive } from '../../archive/archive.ts'
import { storedType } from '../../archive/stored-type.ts'
import { type ArchivedTable, typeBefore } from './archived-table.ts'

/**
 * Stops a rollback whose archive was purged, or never made since the table was too large, before anything is changed.
 * Whoever accepts the loss goes on with an empty archive.
 */
export function guardArchives(tables: readonly ArchivedTable[]): string {
  const wanted = tables.map(({ archive }) => {
    const values = [archive.name, describeArchive(archive)].map((text) => quoteLiteral(text).trim())
    return `    (${values.join(', ')})`
  })
  return `-- Stops here, with nothing changed, where the archive was purged or the table was too large to be archived.
DO $tide$
DECLARE
  kept text[] := '{}';
  lost text;
BEGIN
  IF to_regclass(${quoteLiteral(registryTable)}) IS NOT NULL THEN
    kept := ARRAY(SELECT "archive" FROM ${registryTable} WHERE "bytes" <= "limit_bytes"
      AND to_regclass(format('${archiveSchema}.%I', "archive")) IS NOT NULL);
  END IF;
  SELECT string_agg("source", ', ') INTO lost FROM (VALUES
${wanted.join(',\n')}
  ) AS wanted ("archive", "source") WHERE "archive" <> ALL (kept);
  IF lost IS NULL THEN RETURN; END IF;
  IF current_setting('${acceptLossSetting}', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'The archive of % is not there: it was purged, or the table was too large to be archived.', lost
      USING ERRCODE = '${sqlstate.archiveMissing}', HINT = 'To roll back without those rows and values:'
        ' tide down --accept-loss, or SET ${acceptLossSetting} = ''on'' before this script.';
  END IF;
  CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(archiveSchema)};
  ${createRegistry};
${tables.map((table) => `  CREATE TABLE IF NOT EXISTS ${archiveTable(table.archive.name)} (${emptyColumns(table)});`).join('\n')}
END $tide$`
}

function emptyColumns(table: ArchivedTable): string {
  const { key, columns, became } = table.archive
  const held = [...key, ...columns].map((name) => `${quoteIdentifier(name)} ${storedType(typeBefore(table, name))}`)
  const outcome = became === undefined ? [] : [`${quoteIdentifier(became.column)} ${became.type}`]
  return [...held, ...outcome].join(', ')
}

/** Takes the archives away that were brought back: the migration makes them again when it runs again. */
export function dropArchives(tables: readonly ArchivedTable[]): readonly string[] {
  const names = tables.map(({ archive }) => archive.name)
  if (names.length === 0) return []
  return [
    `DROP TABLE ${names.map(archiveTable).join(', ')}`,
    `DELETE FROM ${registryTable} WHERE "archive" IN (${names.map((name) => quoteLiteral(name).trim()).join(', ')})`,
  ]
}
