import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DatabaseUrl, parseDatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'

/**
 * The same server with a stand-in for pg_cron, which no embedded server has: the names that migrations call, and
 * nothing behind them. It takes the place of the server that `rehearsal.url` would name. PostgreSQL 18 looks for
 * extensions where `extension_control_path` says.
 */
export async function standInServer(server: DatabaseUrl, directory: string): Promise<DatabaseUrl> {
  const extensions = join(directory, 'extension')
  await mkdir(extensions, { recursive: true, mode: 0o755 })
  for (const [name, text] of Object.entries(files)) await writeFile(join(extensions, name), text, { mode: 0o644 })
  const url = new URL(revealUrl(server))
  url.searchParams.set('options', `-c extension_control_path=$system:${directory}`)
  return parseDatabaseUrl(url.toString(), 'the stand-in server')
}

const files = {
  'pg_cron.control': "comment = 'stand-in'\ndefault_version = '1.0'\nrelocatable = false\nschema = pg_catalog\n",
  'pg_cron--1.0.sql': `
    CREATE SCHEMA cron;
    CREATE TABLE cron.job (jobid bigserial PRIMARY KEY, schedule text NOT NULL, command text NOT NULL,
      jobname text UNIQUE);
    CREATE FUNCTION cron.schedule(job_name text, schedule text, command text) RETURNS bigint LANGUAGE sql
      AS $$ INSERT INTO cron.job (jobname, schedule, command) VALUES ($1, $2, $3) RETURNING jobid $$;
    CREATE FUNCTION cron.schedule(schedule text, command text) RETURNS bigint LANGUAGE sql
      AS $$ INSERT INTO cron.job (schedule, command) VALUES ($1, $2) RETURNING jobid $$;
    CREATE FUNCTION cron.unschedule(job_name text) RETURNS boolean LANGUAGE sql
      AS $$ DELETE FROM cron.job WHERE jobname = $1 RETURNING true $$;
    CREATE FUNCTION cron.unschedule(job_id bigint) RETURNS boolean LANGUAGE sql
      AS $$ DELETE FROM cron.job WHERE jobid = $1 RETURNING true $$;
  `,
}
