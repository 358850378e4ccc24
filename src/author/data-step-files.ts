import { relative } from 'node:path'
import type { Project } from '../project/open-project.ts'
import { snapshotNames } from '../project/scripts/snapshot.ts'

/** The files of a data step, to fill in: `data.ts`, and beside it the schema as it is now, for its typed client. */
export function dataStepFiles({ schema, migrationsDirectory }: Pick<Project, 'schema' | 'migrationsDirectory'>): Readonly<Record<string, string>> {
  // Prisma takes every .prisma file below the schema's folder for a part of the schema.
  const isInside = !schema.root.endsWith('.prisma') && !relative(schema.root, migrationsDirectory).startsWith('..')
  const [plain, hidden] = snapshotNames
  return {
    'data.ts': template,
    [isInside ? hidden : plain]: schema.files.map(({ text }) => text.trimEnd()).join('\n\n').concat('\n'),
  }
}

const template = `import { defineData } from 'prisma-tide'

// Run by \`tide up\` after migration.sql, in batches that survive being killed. docs/data-steps.md shows the other two
// forms: a function over typed rows, with the client of this moment (import type { PrismaClient } from './client/client'),
// and a function over one transaction.
export default defineData({
  table: 'Model',
  up: (batch) => \`UPDATE "Model" SET "new" = lower("old") WHERE \${batch()}\`,
  down: { reason: 'not written yet' },
  // The rows still to do, by their key: none when it is done.
  check: 'SELECT "id" FROM "Model" WHERE "new" IS NULL',
})
`
