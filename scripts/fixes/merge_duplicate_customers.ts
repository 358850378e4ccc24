import { defineFix, type FixTransaction } from 'prisma-tide'

interface Duplicate {
  readonly kept: string
  readonly merged: string
}

export const fix = defineFix({
  description: 'merges organisations with the same VAT number into the one that came first',
  run: async (tx, run) => {
    const { rows } = await tx.query<Duplicate>(`
      SELECT first_value(id) OVER same AS kept, id AS merged FROM organisations WHERE vat_number IS NOT NULL
      WINDOW same AS (PARTITION BY vat_number ORDER BY created_at, id)`)
    const duplicates = rows.filter(({ kept, merged }) => kept !== merged)
    for (const duplicate of duplicates) await merge(tx, duplicate)
    run.report(`${duplicates.length} merged`)
  },
})

/** What belongs to both stays that of the one that is kept; what is left goes with the other, by the cascades. */
async function merge(tx: FixTransaction, { kept, merged }: Duplicate): Promise<void> {
  for (const table of ['addresses', 'orders', 'audit_events']) {
    await tx.query(`UPDATE ${table} SET organisation_id = $1 WHERE organisation_id = $2`, [kept, merged])
  }
  await tx.query(
    `UPDATE memberships m SET organisation_id = $1 WHERE organisation_id = $2
      AND NOT EXISTS (SELECT FROM memberships k WHERE k.organisation_id = $1 AND k.user_id = m.user_id)`,
    [kept, merged],
  )
  await tx.query(
    `UPDATE organisation_feature_flags f SET organisation_id = $1 WHERE organisation_id = $2
      AND NOT EXISTS (SELECT FROM organisation_feature_flags k WHERE k.organisation_id = $1 AND k.flag_key = f.flag_key)`,
    [kept, merged],
  )
  await tx.query('DELETE FROM organisations WHERE id = $1', [merged])
}
