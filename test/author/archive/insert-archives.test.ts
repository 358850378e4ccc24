import { expect, it } from 'vitest'
import { insertArchives } from '../../../src/author/archive/insert-archives.ts'
import { parseStatements } from '../../../src/postgres/statements/parse-statements.ts'

async function inserted(sql: string): Promise<string> {
  const archives = { head: ['SELECT 1'], tail: ['SELECT 2'] }
  return insertArchives(sql, await parseStatements(sql, 'migration.sql'), ['-- tide: archive a'], archives)
}

it('stands below the directives and above the comment of the first statement', async () => {
  expect(await inserted('-- tide: delete A.b\n\n-- AlterTable\nALTER TABLE a DROP b;\n')).toBe(
    '-- tide: delete A.b\n-- tide: archive a\n\n-- Archive\nSELECT 1;\n\n-- AlterTable\nALTER TABLE a DROP b;\n\n-- ArchiveOutcome\nSELECT 2;\n',
  )
  expect(await inserted('ALTER TABLE a DROP b;\n')).toBe(
    '-- tide: archive a\n\n-- Archive\nSELECT 1;\n\nALTER TABLE a DROP b;\n\n-- ArchiveOutcome\nSELECT 2;\n',
  )
})

it('shares one transaction with what it archives for', async () => {
  const enums = '-- AlterEnum\nBEGIN;\nALTER TABLE a ALTER b TYPE c;\nCOMMIT;\n\n-- DropTable\nDROP TABLE d;\n'
  expect(await inserted(enums)).toBe(
    '-- tide: archive a\n\n-- Archive\nSELECT 1;\n\n-- AlterEnum\nALTER TABLE a ALTER b TYPE c;\n\n-- DropTable\nDROP TABLE d;\n\n-- ArchiveOutcome\nSELECT 2;\n',
  )
  const added = `-- AlterEnum\nALTER TYPE e ADD VALUE 'x';\n\n-- Fill\nUPDATE a SET b = 'x';\n`
  expect(await inserted(added)).toBe(
    `-- tide: archive a\n\n-- AlterEnum\nALTER TYPE e ADD VALUE 'x';\n\n-- Archive\nSELECT 1;\n\n-- Fill\nUPDATE a SET b = 'x';\n\n-- ArchiveOutcome\nSELECT 2;\n`,
  )
})
