import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of the project that this repository itself is. */
export const referenceProject = fileURLToPath(new URL('../../', import.meta.url))

/** One migration of the reference project, as text. */
export interface ReferenceMigration {
  readonly name: string
  readonly up: string
  readonly down: string
}

/** Its whole history, oldest first. */
export function referenceHistory(): readonly ReferenceMigration[] {
  const folder = `${referenceProject}prisma/migrations`
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({
      name,
      up: readFileSync(`${folder}/${name}/migration.sql`, 'utf8'),
      down: readFileSync(`${folder}/${name}/down.sql`, 'utf8'),
    }))
}

/** Its schema, as it stands at the end of the history. */
export function referenceSchema(): string {
  return readFileSync(`${referenceProject}prisma/schema.prisma`, 'utf8')
}

/** The rows of `seed/reference/<model>.csv` in the form of `queryRows`. No value there holds a comma. */
export function referenceRows(model: string): readonly string[] {
  const lines = readFileSync(`${referenceProject}seed/reference/${model}.csv`, 'utf8').trim().split('\n')
  return lines.slice(1).map((line) => line.split(',').map(asPostgresPrints).join('|'))
}

function asPostgresPrints(value: string): string {
  const printed: Readonly<Record<string, string>> = { '': 'NULL', true: 't', false: 'f' }
  return printed[value] ?? value
}
