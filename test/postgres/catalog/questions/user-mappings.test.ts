import { expect, it } from 'vitest'
import { readCatalog } from '../../../../src/postgres/catalog/read-catalog.ts'
import { withConnection } from '../../../../src/postgres/connect.ts'
import { differencesMadeBy } from '../../../support/catalog.ts'
import { createTestDatabase } from '../../../support/database.ts'

const setup = `CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
  CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'app', password 'secret')`

it('sees another option and another value', async () => {
  expect(await differencesMadeBy(setup, `ALTER USER MAPPING FOR PUBLIC SERVER s OPTIONS (SET password 'other')`)).toHaveLength(1)
  expect(await differencesMadeBy(setup, `ALTER USER MAPPING FOR PUBLIC SERVER s OPTIONS (DROP password)`)).toHaveLength(1)
})

it('tells names and four digits of a hash, and no value', async () => {
  const { objects } = await withConnection(await createTestDatabase(), async (connection) => {
    await connection.query(setup)
    return readCatalog(connection)
  })
  const [mapping, ...others] = objects.filter(({ kind }) => kind === 'user mapping')
  expect(others).toEqual([])
  expect(mapping).toMatchObject({ name: 'PUBLIC on s', definition: { options: ['password', 'user'] } })
  expect(mapping?.definition['optionsHash']).toHaveLength(4)
  expect(JSON.stringify(objects)).not.toContain('secret')
})
