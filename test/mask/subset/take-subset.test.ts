import { expect, test } from 'vitest'
import { planSubset } from '../../../src/mask/subset/plan-subset.ts'
import { listRelations } from '../../../src/mask/subset/list-relations.ts'
import { batches, isAmong, takeSubset } from '../../../src/mask/subset/take-subset.ts'
import type { SubsetWish } from '../../../src/mask/subset/wish.ts'
import { openSource } from '../../../src/mask/source/open-source.ts'
import { nameTables } from '../../../src/seed/plan/name-tables.ts'
import { failureOf } from '../../support/failure.ts'
import { createSource } from '../../support/source-database.ts'

/** Composite and self relations, a circle, a polymorphic relation, partitions, and a table that points nowhere. */
const tables = `
  CREATE TABLE country (code text PRIMARY KEY);
  CREATE TABLE org (id int PRIMARY KEY, parent int REFERENCES org, head int, country text REFERENCES country);
  CREATE TABLE person (org int REFERENCES org, id int, PRIMARY KEY (org, id), mentor_org int, mentor int,
    FOREIGN KEY (mentor_org, mentor) REFERENCES person);
  ALTER TABLE org ADD FOREIGN KEY (id, head) REFERENCES person;
  CREATE TABLE task (id int PRIMARY KEY, org int NOT NULL, owner int NOT NULL, FOREIGN KEY (org, owner) REFERENCES person);
  CREATE TABLE event (id int, at date, org int REFERENCES org, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
  CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
  CREATE TABLE event_2 PARTITION OF event FOR VALUES FROM ('2026-07-01') TO ('2027-01-01');
  CREATE TABLE note (id int PRIMARY KEY, kind text, subject text);
  CREATE TABLE setting (name text PRIMARY KEY);
  INSERT INTO country SELECT 'c' || n FROM generate_series(1, 9) n;
  INSERT INTO org SELECT n, nullif(n / 2, 0), NULL, 'c' || n % 9 + 1 FROM generate_series(1, 60) n;
  INSERT INTO person SELECT o, p, CASE WHEN p > 2 THEN o % 60 + 1 END, CASE WHEN p > 2 THEN 1 END
    FROM generate_series(1, 60) o, generate_series(1, 10) p;
  UPDATE org SET head = 2;
  INSERT INTO task SELECT n, n % 60 + 1, 1 + n / 60 % 10 FROM generate_series(1, 3000) n;
  INSERT INTO event SELECT n, '2026-01-01'::date + n % 360, n % 60 + 1 FROM generate_series(1, 1200) n;
  INSERT INTO note SELECT n, CASE n % 2 WHEN 0 THEN 'task' ELSE 'org' END, (1 + n % 60)::text FROM generate_series(1, 300) n;
  INSERT INTO setting SELECT 's' || n FROM generate_series(1, 50) n;
  ANALYZE`

test('what is taken is closed, whatever points where, and children are shared fairly', async () => {
  const { database } = await createSource(tables)
  const declared = [
    { from: 'note.subject', to: 'task.id', when: "kind = 'task'" },
    { from: 'note.subject', to: 'org.id', when: "kind = 'org'" },
  ]
  const take = async (wish: Partial<SubsetWish>, filters: Readonly<Record<string, string>> = {}): Promise<Taken> => {
    await using source = await openSource(database)
    const named = nameTables(source.tables, undefined, 'public')
    const relations = listRelations(named, declared)
    const reference = new Set(['public.country'])
    const conditions = new Map(Object.entries(filters).map(([name, sql]) => [`public.${name}`, sql]))
    const whole = { filters: conditions, children: 100, ...wish }
    const plan = planSubset({
      tables: source.tables,
      relations,
      reference,
      subjects: new Set(),
      filters: new Set(conditions.keys()),
      wish: whole,
    })
    const { connection } = source
    const selection = await takeSubset({
      connection,
      tables: source.tables,
      relations,
      reference,
      plan,
      wish: whole,
      filters: conditions,
      salt: '7',
    })
    const chosen = (table: string, sql: string): Promise<readonly string[]> => {
      const places = [...batches(selection.parts(`public.${table}`), 1e6)].map((batch) => `(${isAmong('t', batch)})`)
      return ask(`SELECT ${sql} FROM ${table} AS t WHERE ${places.join(' OR ') || 'false'}`)
    }
    const ask = async (sql: string): Promise<readonly string[]> => {
      const { rows } = await connection.query<string[]>({
        text: `SELECT x::text FROM (${sql}) AS s (x) ORDER BY 1`,
        rowMode: 'array',
      })
      return rows.map(([value]) => value ?? '')
    }
    const of = async (table: string, sql = 't'): Promise<readonly string[]> => chosen(table, sql)
    return {
      counts: Object.fromEntries(source.tables.map(({ name }) => [name, selection.count(`public.${name}`)])),
      orgs: await of('org', 'id'),
      missing: [
        ...(await without(of('org', 'parent'), of('org', 'id'))),
        ...(await without(of('org', '(id, head)'), of('person', '(org, id)'))),
        ...(await without(of('person', 'org'), of('org', 'id'))),
        ...(await without(
          of('person', 'CASE WHEN mentor IS NOT NULL THEN (mentor_org, mentor) END'),
          of('person', '(org, id)'),
        )),
        ...(await without(of('task', '(org, owner)'), of('person', '(org, id)'))),
        ...(await without(of('event', 'org'), of('org', 'id'))),
        ...(await without(of('note', "CASE kind WHEN 'task' THEN subject END"), of('task', 'id'))),
        ...(await without(of('note', "CASE kind WHEN 'org' THEN subject END"), of('org', 'id'))),
      ],
      busiest: Math.max(...Object.values(count(await of('task', '(org, owner)')))),
      months: [...new Set(await of('event', 'extract(month from at) < 7'))],
    }
  }

  const some = await take({ rows: 3, children: 2 })
  expect(some.missing).toEqual([])
  expect(some.counts['org']).toBeGreaterThanOrEqual(3)
  expect(some.counts['org']).toBeLessThan(60)
  expect(some.counts).toMatchObject({ country: 0, setting: 3 })
  expect(some.busiest).toBe(2)
  expect(some.months).toEqual(['false', 'true'])
  expect(await take({ rows: 3, children: 2 })).toEqual(some)

  const tenth = await take({ percent: 10 })
  expect(tenth.missing).toEqual([])
  expect(tenth.counts['setting']).toBe(5)

  const filtered = await take({}, { org: 'id = 40', task: 'id < 1500' })
  expect(filtered.missing).toEqual([])
  expect(filtered.orgs).toEqual(expect.arrayContaining(['1', '10', '2', '20', '40', '5']))
  expect(filtered.counts['setting']).toBe(50)

  const refused = await failureOf(() => take({}, { org: 'country::int = 1' }))
  expect(refused.code).toBe('FIXTURE_SOURCE_REFUSED')
  expect(JSON.stringify(refused)).not.toContain('c1')
})

interface Taken {
  readonly counts: Readonly<Record<string, number>>
  readonly orgs: readonly string[]
  readonly missing: readonly string[]
  readonly busiest: number
  readonly months: readonly string[]
}

async function without(
  pointers: Promise<readonly string[]>,
  keys: Promise<readonly string[]>,
): Promise<readonly string[]> {
  const known = new Set(await keys)
  return (await pointers).filter((pointer) => pointer !== '' && !known.has(pointer))
}

function count(values: readonly string[]): Readonly<Record<string, number>> {
  return values.reduce<Record<string, number>>((sums, value) => ({ ...sums, [value]: (sums[value] ?? 0) + 1 }), {})
}
