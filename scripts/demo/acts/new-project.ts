import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Player } from '../player.ts'
import { firstModels, firstRows } from '../schemas.ts'
import type { Stage } from '../stage.ts'
import { replaceModels } from '../../support/replace-models.ts'

/** An empty folder becomes a project with two models and rows. */
export async function newProject(stage: Stage, player: Player): Promise<void> {
  stage.act('A project in an empty folder')
  const init = await player.tide('init')
  stage.claim('`tide init` makes a project', init.exitCode === 0 && existsSync(join(player.directory, schemaPath)))

  stage.act('The first models')
  await writeModels(player, firstModels)
  stage.say(`The developer writes two models and an enum into ${schemaPath}:`)
  stage.show(firstModels.trim())
  const dev = await player.tide('dev --name first_models')
  stage.claim('`tide dev` writes the migration, applies it and makes the client', dev.exitCode === 0)
  const folder = `prisma/migrations/${await player.newestMigration()}`
  await player.showFile(`${folder}/down.sql`)
  await player.sql(firstRows)
  stage.say('The application runs, and there are rows:')
  await player.showSql(customers('name, email, fax'))
  await player.showSql(orders)
}

const schemaPath = 'prisma/schema.prisma'

/** Puts models into the schema, behind the datasource and the generator that `tide init` wrote. */
export async function writeModels(player: Player, models: string): Promise<void> {
  await player.write(schemaPath, replaceModels(await player.read(schemaPath), models))
}

/** The query that shows the customers. */
export function customers(columns: string): string {
  return `SELECT id, ${columns} FROM "Customer" ORDER BY id`
}

/** The query that shows the orders. */
export const orders = 'SELECT id, "customerId", status, total FROM "Order" ORDER BY id'
