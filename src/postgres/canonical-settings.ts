import { quoteLiteral } from './quote.ts'

/** What PostgreSQL writes of a definition depends on these; the first makes it qualify every name. */
const settings: Readonly<Record<string, string>> = {
  search_path: 'pg_catalog',
  timezone: 'UTC',
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  quote_all_identifiers: 'off',
  jit: 'off',
}

/** How many results of `withCanonicalSettings` come before that of the first query. */
export const settingsResults = 2

/**
 * All in one simple query, which is one transaction where none is open. The settings are local to it; inside the
 * caller's transaction they are put back at the end.
 */
export function withCanonicalSettings(queries: readonly string[]): string {
  return [
    `SELECT ${mapSettings((name) => `set_config('tide_saved.${name}', current_setting('${name}'), true)`)}`,
    `SELECT ${mapSettings((name, value) => `set_config('${name}', ${quoteLiteral(value)}, true)`)}`,
    ...queries,
    `SELECT ${mapSettings((name) => `set_config('${name}', current_setting('tide_saved.${name}'), true)`)}`,
  ].join(';\n')
}

function mapSettings(write: (name: string, value: string) => string): string {
  return Object.entries(settings)
    .map(([name, value]) => write(name, value))
    .join(', ')
}
