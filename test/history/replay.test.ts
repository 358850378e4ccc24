import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readHistory } from '../../src/history/read-history.ts'
import { prefixKeys, rehearseHistory } from '../../src/history/replay.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import type { Rehearsal, Rehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { corporaReason, corpusFolder, corpusNames } from '../support/corpora.ts'
import { failureOf } from '../support/failure.ts'
import { createFolder } from '../support/files.ts'
import { createTestRehearsals } from '../support/rehearsals.ts'

const three = ['CREATE TABLE a ();', 'CREATE TABLE b ();', 'CREATE TABLE c ();']

function historyOf(scripts: readonly string[]) {
  return readHistory(
    createFolder(Object.fromEntries(scripts.map((sql, index) => [`${index + 1} é/migration.sql`, sql]))),
  )
}

/** The tables of a rehearsal, which is dropped then. */
async function tables(rehearsal: Rehearsal): Promise<string> {
  const names = await withConnection(rehearsal.url, async (connection) => {
    const { rows } = await connection.query<{ names: string }>(
      `SELECT string_agg(relname, ' ' ORDER BY relname) AS names FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    )
    return rows[0]?.names ?? ''
  })
  await rehearsal.drop()
  return names
}

/** The same rehearsals, writing down what was asked of them. */
function watched(rehearsals: Rehearsals): { rehearsals: Rehearsals; calls: string[] } {
  const calls: string[] = []
  return {
    calls,
    rehearsals: {
      ...rehearsals,
      clone: (template) => {
        calls.push(template === undefined ? 'clone nothing' : 'clone')
        return rehearsals.clone(template)
      },
      keep: (rehearsal, key) => {
        calls.push('keep')
        return rehearsals.keep(rehearsal, key)
      },
    },
  }
}

describe('prefixKeys', () => {
  it('gives one key for each prefix, which its scripts decide and its names do not', async () => {
    const history = await historyOf(three)
    const keys = prefixKeys(createTestRehearsals(), history)
    expect(new Set(keys).size).toBe(3)
    const changed = await historyOf([three[0] ?? '', 'CREATE TABLE other ();', three[2] ?? ''])
    const others = prefixKeys(createTestRehearsals(), changed)
    expect(keys.map((key, index) => key === others[index])).toEqual([true, false, false])
    expect(prefixKeys(createTestRehearsals(), history.map((migration) => ({ ...migration, name: 'x' })))).toEqual(keys)
  })

  it('depends on what else decides what a rehearsal holds', async () => {
    const history = await historyOf(three)
    const rehearsals = createTestRehearsals()
    expect(prefixKeys({ ...rehearsals, salt: 'a' }, history)).not.toEqual(prefixKeys(rehearsals, history))
  })
})

describe('rehearseHistory', () => {
  it('replays a history once and then clones its end', async () => {
    const { rehearsals, calls } = watched(createTestRehearsals())
    const history = await historyOf(three)
    expect(await tables(await rehearseHistory(rehearsals, history))).toBe('a b c')
    expect(calls.splice(0)).toEqual(['clone nothing', 'keep', 'clone'])
    expect(await tables(await rehearseHistory(rehearsals, history))).toBe('a b c')
    expect(calls.splice(0)).toEqual(['clone'])
  })

  it('goes on from the longest prefix that is kept, and keeps the end of what was asked', async () => {
    const { rehearsals, calls } = watched(createTestRehearsals())
    const history = await historyOf(three)
    expect(await tables(await rehearseHistory(rehearsals, history, { count: 2 }))).toBe('a b')
    calls.length = 0
    const events: unknown[] = []
    expect(await tables(await rehearseHistory(rehearsals, history, { report: (event) => events.push(event) }))).toBe(
      'a b c',
    )
    expect(calls.splice(0)).toEqual(['clone', 'keep', 'clone'])
    const stage = 'replaying the history'
    expect(events).toEqual([
      { stage, done: 2, total: 3, detail: '3 é' },
      { stage, done: 3, total: 3 },
    ])
    expect(await tables(await rehearseHistory(rehearsals, history, { count: 2 }))).toBe('a b')
    expect(calls).toEqual(['clone'])
    expect(await tables(await rehearseHistory(rehearsals, history, { count: 0 }))).toBe('')
  })

  it('hands out rehearsals that do not know of each other', async () => {
    const rehearsals = createTestRehearsals()
    const history = await historyOf(three)
    await using one = await rehearseHistory(rehearsals, history)
    await withConnection(one.url, (connection) => connection.query('DROP TABLE a'))
    expect(await tables(await rehearseHistory(rehearsals, history))).toBe('a b c')
  })

  it('serves two commands that replay the same history at once', async () => {
    const [one, two] = [createTestRehearsals(), createTestRehearsals()]
    const history = await historyOf(three)
    const ends = await Promise.all([one, one, two].map((rehearsals) => rehearseHistory(rehearsals, history)))
    expect(await Promise.all(ends.map(tables))).toEqual(['a b c', 'a b c', 'a b c'])
  })

  it('starts again where a template disappears between the look and the clone', async () => {
    const rehearsals = createTestRehearsals()
    const history = await historyOf(three)
    await (await rehearseHistory(rehearsals, history)).drop()
    let isFirst = true
    const find: Rehearsals['find'] = async (keys) => {
      const found = await rehearsals.find(keys)
      if (isFirst) await rehearsals.clear()
      isFirst = false
      return found
    }
    expect(await tables(await rehearseHistory({ ...rehearsals, find }, history))).toBe('a b c')
  })

  it('keeps what a migration leaves in its session from the next one', async () => {
    const history = await historyOf([
      `SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.a ();`,
      'CREATE TABLE b ();\nSET role pg_monitor;',
      'CREATE TABLE c ();\nCREATE TEMP TABLE d ();',
      'CREATE TABLE d ();',
    ])
    expect(await tables(await rehearseHistory(createTestRehearsals(), history))).toBe('a b c d')
  })

  it('names the migration, the file and the line where a history is broken, and keeps nothing', async () => {
    const { rehearsals, calls } = watched(createTestRehearsals())
    const history = await historyOf(['CREATE TABLE a ();', 'CREATE TABLE b ();\n\nALTER TABLE a DROP COLUMN gone;'])
    const failure = await failureOf(() => rehearseHistory(rehearsals, history))
    expect(failure.code).toBe('HISTORY_BROKEN')
    expect(failure.message).toBe('The history cannot be replayed: the migration 2 é does not run.')
    expect(failure.details.why).toContain('column "gone" of relation "a" does not exist')
    expect(failure.details.where).toMatchObject({ file: expect.stringMatching(/2 é.migration\.sql$/) as unknown, line: 3 })
    expect(failure.details.meta).toMatchObject({ migration: '2 é', sqlstate: '42703' })
    expect(calls).toEqual(['clone nothing'])
    expect(await rehearsals.clear()).toBe(0)
  })

  it('tells a syntax error in the same way', async () => {
    const failure = await failureOf(async () => rehearseHistory(createTestRehearsals(), await historyOf(['CREATE TABEL a ();'])))
    expect(failure.code).toBe('HISTORY_BROKEN')
    expect(failure.details.where).toMatchObject({ line: 1 })
  })

  it('points to rehearsal.setup where the hoster provides what is missing', async () => {
    const history = await historyOf(['CREATE TABLE auth.users ();'])
    const failure = await failureOf(() => rehearseHistory(createTestRehearsals(), history))
    expect(failure.details.fix).toContain('`rehearsal.setup` in tide.config.ts')
  })

  it('names an extension that the server lacks, and rehearsal.url as the way out', async () => {
    for (const sql of ['CREATE EXTENSION "vector";', 'DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS vector; END $$;']) {
      const history = await historyOf(['CREATE TABLE a ();', `CREATE TABLE b ();\n${sql}`])
      const failure = await failureOf(() => rehearseHistory(createTestRehearsals(), history))
      expect(failure.code).toBe('REHEARSAL_EXTENSION_MISSING')
      expect(failure.message).toContain('"vector", which the migration 2 é creates')
      expect(failure.details).toMatchObject({
        fix: expect.stringContaining('rehearsal: { url:') as unknown,
        where: { line: 2 },
        meta: { extension: 'vector', migration: '2 é' },
      })
    }
  })
})

describe.skipIf(corpusNames.length === 0)(`real histories (skipped where ${corporaReason})`, () => {
  it.each(corpusNames)('%s is replayed, or says which extension is missing', { timeout: 120_000 }, async (name) => {
    const rehearsals = createTestRehearsals()
    const history = await readHistory(join(corpusFolder(name), 'prisma', 'migrations'))
    if (name === 'oss-apps__split-pro') {
      const failure = await failureOf(() => rehearseHistory(rehearsals, history))
      expect(failure.details.meta).toEqual({ extension: 'pg_cron', migration: '20250920192654_recurrence' })
      return
    }
    expect(await tables(await rehearseHistory(rehearsals, history))).not.toBe('')
  })
})
