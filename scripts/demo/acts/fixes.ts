import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Player } from '../player.ts'
import type { Stage } from '../stage.ts'

/** A fix of the reference project is rehearsed on the real rows, applied, and taken back to the last byte. */
export async function fixes(stage: Stage, player: Player): Promise<void> {
  stage.act('A fix, and its undo')
  const source = fileURLToPath(new URL('../../fixes', import.meta.url))
  await cp(source, join(player.directory, 'scripts/fixes'), { recursive: true })
  stage.say('Three customers turn out to be one. A script of scripts/fixes merges those with the same VAT number:')
  await player.showSql(sameNumber)
  const before = await player.sql(everyRow)
  const rehearsed = await player.tide('fix run merge_duplicate_customers --rows 1')
  const tells = /organisations {2}2 deleted/.test(rehearsed.stdout) && /orders {2}\d+ updated/.test(rehearsed.stdout)
  stage.claim('the rehearsal tells what would change in every table, on the real rows', tells)
  stage.claim('and changes nothing', same(before, await player.sql(everyRow)))
  const applied = await player.tide('fix run merge_duplicate_customers --apply --rows 0')
  stage.claim('--apply merges them', applied.exitCode === 0 && (await player.sql(duplicates))[0] === '0')
  const theirs = await player.sql(`UPDATE orders SET customer_reference = 'theirs' WHERE id = (${oneOfTheirs}) RETURNING id`)
  stage.say('Before it is undone, somebody works with one of the orders:')
  const refused = await player.tide('fix undo merge_duplicate_customers')
  const isNamed = refused.output.includes('FIX_ROWS_CHANGED') && refused.output.includes(`orders id=${theirs[0] ?? ''}`)
  stage.claim('the undo would lose that: it is refused, and the row is named', isNamed)
  const undone = await player.tide('fix undo merge_duplicate_customers --overwrite --rows 0')
  stage.claim('--overwrite gives every row back to the last byte', undone.exitCode === 0 && same(before, await player.sql(everyRow)))
  const list = await player.tide('fix list')
  stage.claim('both runs are on record', list.stdout.includes('undone by run'))
}

const sameNumber = `UPDATE organisations SET vat_number = 'DE811128135'
  WHERE id IN (SELECT organisation_id FROM orders GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 3) RETURNING name, vat_number`
const duplicates = `SELECT count(*) FROM (SELECT 1 FROM organisations WHERE vat_number IS NOT NULL
  GROUP BY vat_number HAVING count(*) > 1) AS d`
const oneOfTheirs = `SELECT o.id FROM orders o JOIN organisations g ON g.id = o.organisation_id
  WHERE g.vat_number = 'DE811128135' AND o.id::text IN (SELECT key[1] FROM tide.fix_images) ORDER BY o.id LIMIT 1`
/** The bytes of all rows that the fix reaches. */
const everyRow = ['organisations', 'orders', 'addresses', 'memberships', 'audit_events', 'organisation_feature_flags', 'payments']
  .map((table) => `SELECT '${table}', md5(string_agg(record_send(t)::text, '' ORDER BY t::text)) FROM ${table} t`)
  .join(' UNION ALL ')

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.join() === other.join()
}
