import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees settings, privileges and the comment of the database, whatever it is called', async () => {
  const change = `DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET work_mem = %L', current_database(), '8MB');
    EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET timezone = %L', current_database(), 'UTC');
    EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), 'ours');
  END $$`
  expect(await differencesMadeBy('', change)).toMatchInlineSnapshot(`
    [
      "database comment on the database: added",
      "database grant database to PUBLIC: added",
      "database setting for all: added",
      "database setting for postgres: added",
    ]
  `)
})
