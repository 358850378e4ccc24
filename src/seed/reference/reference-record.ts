/** What the last run declared and left in the rows of reference data: the base that a change by hand is told by. */
export const referenceRecord = 'tide.reference_row'

/** Creates the record; where it is there already this changes nothing. */
export const createReferenceRecord: readonly string[] = [
  'CREATE SCHEMA IF NOT EXISTS tide',
  `CREATE TABLE IF NOT EXISTS ${referenceRecord} (
    table_schema text NOT NULL,
    table_name text NOT NULL,
    key jsonb NOT NULL,
    declared jsonb NOT NULL,
    applied jsonb NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (table_schema, table_name, key)
  )`,
]
