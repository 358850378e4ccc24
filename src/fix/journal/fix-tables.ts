import type { Connection } from '../../postgres/connect.ts'

/** The runs that were applied, undos among them. */
export const runsTable = 'tide.fix_runs'

/** Every row that they touched, as it was and as it became. */
export const imagesTable = 'tide.fix_images'

/** Images have no foreign key to their run: its check of each of them would take twice the time of keeping it. */
const createSql = `
  CREATE SCHEMA IF NOT EXISTS tide;
  CREATE TABLE IF NOT EXISTS ${runsTable} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fix text NOT NULL,
    description text NOT NULL,
    script_hash text NOT NULL,
    undoes bigint REFERENCES ${runsTable},
    applied_by text,
    role text NOT NULL DEFAULT session_user,
    applied_at timestamptz NOT NULL DEFAULT now(),
    tables jsonb NOT NULL DEFAULT '[]',
    ms integer,
    batch_of bigint REFERENCES ${runsTable},
    progress jsonb
  );
  CREATE TABLE IF NOT EXISTS ${imagesTable} (
    run bigint NOT NULL,
    place integer NOT NULL,
    number bigint NOT NULL,
    key text[] NOT NULL,
    before text,
    after text,
    PRIMARY KEY (run, place, number)
  );
  ALTER TABLE ${runsTable} ADD COLUMN IF NOT EXISTS batch_of bigint REFERENCES ${runsTable},
    ADD COLUMN IF NOT EXISTS progress jsonb;
  COMMENT ON TABLE ${runsTable} IS 'Applied runs of fixes, and their undos. Written by tide fix.';
  COMMENT ON COLUMN ${runsTable}.batch_of IS 'The run in batches that this is a batch of.';
  COMMENT ON COLUMN ${runsTable}.progress IS 'Of a run in batches: how far it has come.';
  COMMENT ON TABLE ${imagesTable} IS
    'Rows before and after a run, as the text of the whole row; place is that of the table in fix_runs.tables, from 0.'`

/** True where a fix was ever applied to the database. */
export async function hasFixTables(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query<{ found: boolean }>(
    `SELECT to_regclass('${runsTable}') IS NOT NULL AND to_regclass('${imagesTable}') IS NOT NULL AS found`,
  )
  return rows[0]?.found === true
}

/** False where they were made before there were batches. */
async function hasBatches(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query(
    `SELECT FROM pg_attribute WHERE attrelid = to_regclass('${runsTable}') AND attname = 'progress' AND NOT attisdropped`,
  )
  return rows.length > 0
}

/** Makes them where they are not; two runs at once are safe. */
export async function ensureFixTables(connection: Connection): Promise<void> {
  if ((await hasFixTables(connection)) && (await hasBatches(connection))) return
  await connection.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtext('${runsTable}')); ${createSql}; COMMIT`)
}
