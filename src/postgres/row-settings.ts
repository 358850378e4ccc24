import { quoteLiteral } from './quote.ts'

/** What the texts of values depend on, and what would hide rows. A role or a database may say otherwise. */
const settings: Readonly<Record<string, string>> = {
  client_encoding: 'UTF8',
  timezone: 'UTC',
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  // The decimal point of `money`.
  lc_monetary: 'C',
  xmloption: 'content',
  // Rows that a policy hides are left out, as everywhere; `off` makes an error of every query instead.
  row_security: 'on',
}

/** As `pg_dump` does: the time that rows take to be made is not the server's. Not every version has all of them. */
const timeouts = ['statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout']

/** One query that makes a transaction read and write the same texts whatever a server, database or role sets. */
export const rowSettings = `SELECT set_config(name, value, true)
  FROM (VALUES ${Object.entries(settings)
    .map(([name, value]) => `(${quoteLiteral(name)}, ${quoteLiteral(value)})`)
    .join(', ')}) AS given (name, value)
  UNION ALL SELECT set_config(name, '0', true) FROM pg_settings
  WHERE name IN (${timeouts.map(quoteLiteral).join(', ')})`
