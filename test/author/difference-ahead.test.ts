import { expect, test } from 'vitest'
import { differenceAhead } from '../../src/author/difference-ahead.ts'
import type { CatalogSource } from '../../src/prisma/catalog-source.ts'
import { failureOf } from '../support/failure.ts'
import { schemaOf } from '../support/schema-edit.ts'

const models = `model User {
  id      Int      @id
  profile Profile?
}

model Profile {
  id     Int  @id
  user   User @relation(fields: [userId], references: [id])
  userId Int

  @@unique([userId])
}
`
const unread: CatalogSource = { schemaName: 'public', query: () => Promise.reject(new RangeError('asked the catalog')) }

test('tells an edit of a column from the schema that is known to agree, without the catalog', async () => {
  const edited = schemaOf(models.replace('userId Int\n', 'userId Int\n  bio String?\n'))
  const { script, checked } = differenceAhead(edited, unread, schemaOf(models))
  expect(await script).toBe('-- AlterTable\nALTER TABLE "Profile" ADD COLUMN     "bio" TEXT;\n')
  await checked
})

test('checks the whole schema all the same', async () => {
  const broken = schemaOf(models.replace('  @@unique([userId])\n', ''))
  const { script, checked } = differenceAhead(broken, unread, schemaOf(models))
  expect(await script).toBe('-- DropIndex\nDROP INDEX "Profile_userId_key";\n')
  const failure = await failureOf(() => checked)
  expect(failure.code).toBe('PRISMA_SCHEMA_INVALID')
  expect(failure.details.why).toContain('one-to-one relation must use unique fields')
})

test.each([
  ['nothing is known to agree', undefined, models.replace('bio', 'x')],
  ['the edit is of a relation', schemaOf(models), models.replace('references: [id]', 'references: [id], onDelete: Cascade')],
])('reads the catalog where %s', async (_, inStep, now) => {
  const { script, checked } = differenceAhead(schemaOf(now), unread, inStep)
  for (const one of [script, checked]) expect((await failureOf(() => one)).details.why).toContain('asked the catalog')
})
