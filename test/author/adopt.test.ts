import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { adopt, type Adoption, type AdoptInput } from '../../src/author/adopt.ts'
import { isFailure } from '../../src/errors/failure.ts'
import { parseDirectives } from '../../src/history/directives.ts'
import { createHistory, type MigrationText, type TestHistory } from '../support/migrations.ts'
import { createTestRehearsals } from '../support/rehearsals.ts'

const history = {
  '1_init': 'CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL);',
  '2_view': 'CREATE VIEW names AS SELECT name FROM users;',
  '3_rename it': 'ALTER TABLE users RENAME name TO full_name;',
  '4_drop': 'DROP VIEW names; ALTER TABLE users DROP full_name;',
}

async function adoptHistory(
  migrations: Readonly<Record<string, MigrationText>>,
  more: Partial<AdoptInput> = {},
): Promise<Adoption & { readonly history: TestHistory; down(name: string): string }> {
  const made = createHistory(migrations)
  const input = { history: { migrationsDirectory: made.directory }, rehearsals: createTestRehearsals(), ...more }
  const adoption = await adopt(input)
  return { ...adoption, history: made, down: (name) => readFileSync(join(made.directory, name, 'down.sql'), 'utf8') }
}

it('writes a rollback for every migration, each begun where the one before it ended', async () => {
  const adoption = await adoptHistory(history)
  expect(adoption.stopped).toBeUndefined()
  expect(adoption.migrations).toEqual([
    { name: '1_init', down: 'written', reasons: [] },
    { name: '2_view', down: 'written', reasons: [] },
    { name: '3_rename it', down: 'written', reasons: [] },
    { name: '4_drop', down: 'incomplete', reasons: ['values of public.users.full_name are not kept'] },
  ])
  expect(adoption.down('3_rename it')).toBe(
    '-- Rolls back 3_rename it.\n\nALTER TABLE "public"."users" RENAME COLUMN "full_name" TO "name";\n',
  )
  expect(parseDirectives(adoption.down('4_drop'), 'down.sql').map(({ verb }) => verb)).toEqual(['incomplete'])
})

it('never overwrites a rollback, and goes on from where an earlier run ended', async () => {
  const down = '-- by hand\nDROP VIEW names;\n'
  const adoption = await adoptHistory({ ...history, '2_view': { up: history['2_view'], down } })
  expect(adoption.migrations.map((one) => one.down)).toEqual(['written', 'kept', 'written', 'incomplete'])
  expect(adoption.down('2_view')).toBe(down)
  const again = await adopt({
    history: { migrationsDirectory: adoption.history.directory },
    rehearsals: createTestRehearsals(),
  })
  expect(again.migrations.map((one) => one.down)).toEqual(['kept', 'kept', 'kept', 'kept'])
})

it('stops where the history is broken, and keeps what it wrote', async () => {
  const adoption = await adoptHistory({ ...history, '2_view': 'CREATE VIEW names AS SELECT nothing FROM users;' })
  expect(adoption.migrations.map(({ name }) => name)).toEqual(['1_init'])
  expect(adoption.stopped).toMatchObject({ migration: '2_view', reason: { code: 'STATEMENT_FAILED' } })
  expect(adoption.down('1_init')).toContain('DROP TABLE')
})

it('stops at an extension that the server does not have, and says what can be done', async () => {
  const adoption = await adoptHistory({ ...history, '2_view': 'CREATE EXTENSION pg_cron_of_nobody;' })
  const reason = adoption.stopped?.reason
  const { message, fix } = isFailure(reason) ? reason.details : { message: '', fix: '' }
  expect(adoption.stopped?.migration).toBe('2_view')
  expect(message).toContain('pg_cron_of_nobody')
  expect(fix).toContain('rehearsal.url')
})

it('stops between two migrations where it is asked to', async () => {
  const controller = new AbortController()
  const adoption = await adoptHistory(history, {
    signal: controller.signal,
    report: ({ done }) => {
      if (done === 2) controller.abort()
    },
  })
  expect(adoption.stopped).toEqual({ migration: '3_rename it', reason: 'aborted' })
  expect(adoption.migrations).toHaveLength(2)
})

it('reports each migration that it begins', async () => {
  const seen: string[] = []
  await adoptHistory(history, { report: ({ done, total, detail }) => seen.push(`${done}/${total} ${detail ?? ''}`) })
  expect(seen).toEqual(['0/4 1_init', '1/4 2_view', '2/4 3_rename it', '3/4 4_drop', '4/4 '])
})

it('leaves no database behind', async () => {
  const rehearsals = createTestRehearsals()
  const made = createHistory(history)
  const open = new Set<string>()
  await adopt({
    history: await made.read(),
    rehearsals: {
      clone: async (template) => {
        const rehearsal = await rehearsals.clone(template)
        open.add(rehearsal.name)
        return { url: rehearsal.url, drop: () => rehearsal.drop().then(() => void open.delete(rehearsal.name)) }
      },
    },
  })
  expect([...open]).toEqual([])
})
