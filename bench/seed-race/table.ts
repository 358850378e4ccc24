/** The table that everybody fills: eleven columns, an enum, jsonb, numeric, a unique email, and an index. */
export const tableSql = `
  CREATE TYPE role AS ENUM ('user', 'admin', 'guest');
  CREATE TABLE users (
    id serial PRIMARY KEY,
    email text NOT NULL UNIQUE,
    first_name text NOT NULL,
    last_name text NOT NULL,
    role role NOT NULL,
    is_active boolean NOT NULL,
    balance numeric(12, 2) NOT NULL CHECK (balance >= 0),
    bio text,
    settings jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  );
  CREATE INDEX ON users (created_at);`

/** What a racer says when it is done. */
export interface Lap {
  readonly rows: number
  /** Of the filling alone: the process and its imports are not in it. */
  readonly ms: number
  /** Resident memory at its highest. */
  readonly peakMb: number
}

/** Runs a racer in its process: the URL and the number of rows come as arguments, the lap goes to stdout. */
export async function race(fill: (url: string, rows: number) => Promise<() => Promise<void>>): Promise<void> {
  const [url = '', count = '0'] = process.argv.slice(2)
  const rows = Number(count)
  const start = await fill(url, rows)
  const started = performance.now()
  await start()
  const lap: Lap = { rows, ms: performance.now() - started, peakMb: process.resourceUsage().maxRSS / 1024 }
  process.stdout.write(JSON.stringify(lap))
}
