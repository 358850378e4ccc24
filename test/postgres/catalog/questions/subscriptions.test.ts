import { expect, it } from 'vitest'
import { readCatalog } from '../../../../src/postgres/catalog/read-catalog.ts'
import { withConnection } from '../../../../src/postgres/connect.ts'
import { createTestDatabase } from '../../../support/database.ts'

it('sees a subscription, without its connection string', async () => {
  await withConnection(await createTestDatabase(), async (connection) => {
    await connection.query(
      `CREATE SUBSCRIPTION far CONNECTION 'host=nowhere password=secret' PUBLICATION news
       WITH (connect = false, slot_name = NONE, create_slot = false, enabled = false)`,
    )
    const { objects } = await readCatalog(connection)
    // A database with a subscription cannot be dropped.
    await connection.query('DROP SUBSCRIPTION far')
    expect(objects.filter(({ kind }) => kind === 'subscription')).toEqual([
      { kind: 'subscription', name: 'far', definition: { enabled: false, slot: null, publications: ['news'], synchronousCommit: 'off', binary: false, streaming: 'p' } },
    ])
    expect(JSON.stringify(objects)).not.toContain('secret')
  })
})
