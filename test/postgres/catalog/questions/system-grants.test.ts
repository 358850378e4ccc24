import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees privileges on languages and on what PostgreSQL brings along', async () => {
  const change = `REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;
    REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC; GRANT SELECT ON pg_catalog.pg_authid TO PUBLIC`
  expect(await differencesMadeBy('', change)).toMatchInlineSnapshot(`
    [
      "system grant language plpgsql to PUBLIC: added",
      "system grant routine pg_catalog.pg_sleep(double precision) to PUBLIC: added",
      "system grant table pg_catalog.pg_authid to PUBLIC: added",
    ]
  `)
  const back = `${change}; GRANT EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) TO PUBLIC;
    GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC; REVOKE SELECT ON pg_catalog.pg_authid FROM PUBLIC`
  expect(await differencesMadeBy('', back)).toEqual([])
})
