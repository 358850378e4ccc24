import { expect, test } from 'vitest'
import { createPageProject } from '../support/page-project.ts'
import { referenceProject } from '../support/reference-project.ts'

test('tide init writes rollbacks for the reference project that lead all the way back', { timeout: 300_000 }, async () => {
  const session = await createPageProject()
  await session.run(`cp -r '${referenceProject}prisma' . && rm prisma/migrations/*/down.sql`)
  const adopted = await session.run('npx tide init')
  expect(adopted).toContain('27 migrations: 21 complete rollbacks written, 6 incomplete ones, 0 there before.')
  expect(adopted).not.toContain('failed in the rehearsal')
  expect(adopted).not.toContain('not as before')

  expect(await session.run('npx tide up')).toContain('Applied 27 migrations')
  expect(await session.run('npx tide down --to 0 --accept-loss')).toContain('Rolled back 27 migrations')
  expect(await session.run('npx tide up')).toContain('Applied 27 migrations')
  expect(await session.run('npx tide status')).toContain('27 applied, 0 pending.')
})
