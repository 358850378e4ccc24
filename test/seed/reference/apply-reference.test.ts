import { describe, expect, it } from 'vitest'
import { withConnection } from '../../../src/postgres/connect.ts'
import { quoteIdentifier } from '../../../src/postgres/quote.ts'
import { readModule } from '../../../src/seed/reference/read-module.ts'
import { failureOf } from '../../support/failure.ts'
import { countsOf, createReferenceBench } from '../../support/reference-data.ts'

const schema = `
model Country { code String @id @db.Char(2)
  name String @unique
  inEu Boolean @default(false) @map("in_eu")
  cities City[]
  @@map("countries") }
model City { id Int @id @default(autoincrement())
  slug String @unique
  countryCode String @map("country_code")
  country Country @relation(fields: [countryCode], references: [code])
  parentId Int? @map("parent_id")
  parent City? @relation("inside", fields: [parentId], references: [id])
  parts City[] @relation("inside")
  size Decimal? @db.Decimal(8, 2)
  @@map("cities") }
`
const sql = `
CREATE TABLE countries (code char(2) PRIMARY KEY, name text NOT NULL UNIQUE, in_eu boolean NOT NULL DEFAULT false);
CREATE TABLE cities (id serial PRIMARY KEY, slug text NOT NULL UNIQUE, country_code char(2) NOT NULL REFERENCES countries,
  parent_id int REFERENCES cities, size numeric(8,2));
`
const countries = 'code,name,inEu\nDE,Germany,true\nCH,Switzerland,false\n'

describe('plan and apply', () => {
  it('names the place of a NUL, and the key of a model whose file is empty', async () => {
    const { apply } = await createReferenceBench(sql, schema)
    const nul = await failureOf(() => apply({ 'Country.json': '[{"code": "DE", "name": "x\\u0000y"}]' }))
    expect(nul).toMatchObject({ code: 'SEED_REFERENCE_VALUE', details: { where: { line: 1, column: 25 } } })
    expect(nul.message).toContain('Country.name')
    const files = { 'Country.csv': 'code,name\n', 'City.csv': 'slug,country\nmitte,DE\n' }
    const { code, message } = await failureOf(() => apply(files))
    expect([code, message]).toEqual([
      'SEED_REFERENCE_TARGET_MISSING',
      'A row of City points to a row of Country that does not exist, by country.',
    ])
  })

  it('inserts, then changes nothing, then updates what the file changed', async () => {
    const { apply, rows } = await createReferenceBench(sql, schema)
    expect(countsOf(await apply({ 'Country.csv': countries }), 'Country')).toEqual({ inserted: 2 })
    const before = await rows('SELECT xmin, * FROM countries ORDER BY code')
    expect(countsOf(await apply({ 'Country.csv': countries }), 'Country')).toEqual({ unchanged: 2 })
    expect(await rows('SELECT xmin, * FROM countries ORDER BY code')).toEqual(before)
    const renamed = countries.replace('Germany', '"Federal ""Republic"", of Germany"')
    expect(countsOf(await apply({ 'Country.csv': renamed }), 'Country')).toEqual({ updated: 1, unchanged: 1 })
    expect(await rows('SELECT * FROM countries ORDER BY code')).toEqual([
      'CH|Switzerland|f',
      'DE|Federal "Republic", of Germany|t',
    ])
  })

  it('takes back everything in a dry run, and says the same', async () => {
    const { apply, rows } = await createReferenceBench(sql, schema)
    expect(countsOf(await apply({ 'Country.csv': countries }, { dryRun: true }), 'Country')).toEqual({ inserted: 2 })
    expect(await rows('SELECT * FROM countries')).toEqual([])
    expect(await rows("SELECT to_regclass('tide.reference_row')")).toEqual(['NULL'])
  })

  it('finds relations by natural key, in whatever order they are declared, in their own model too', async () => {
    const { apply, rows } = await createReferenceBench(sql, schema)
    await apply({
      'City.json': `[
        {"slug": "mitte", "country": "DE", "parent": "berlin", "size": 39.50},
        {"slug": "berlin", "country": {"name": "Germany"}, "parent": null},
        {"slug": "tiergarten", "country": "DE", "parent": {"slug": "mitte"}}]`,
      'Country.csv': countries,
    })
    expect(await rows(`SELECT c.slug, c.country_code, p.slug, c.size FROM cities c LEFT JOIN cities p ON p.id = c.parent_id
      ORDER BY c.slug`)).toEqual(['berlin|DE|NULL|NULL', 'mitte|DE|berlin|39.50', 'tiergarten|DE|mitte|NULL'])
    const again = await apply({ 'City.csv': 'slug,country,parent.slug\nmitte,DE,berlin\nberlin,DE,\ntiergarten,DE,mitte\n' })
    expect(countsOf(again, 'City')).toEqual({ unchanged: 3 })
  })

  it('lays the files of an environment over the others, value by value', async () => {
    const { apply, rows } = await createReferenceBench(sql, schema)
    const files = { 'Country.csv': countries, 'dev/Country.csv': 'code,name\nCH,Suisse\nXX,Nowhere\n' }
    expect(countsOf(await apply(files), 'Country')).toEqual({ inserted: 3 })
    expect(await rows('SELECT * FROM countries ORDER BY code')).toEqual(['CH|Suisse|f', 'DE|Germany|t', 'XX|Nowhere|f'])
    expect(countsOf(await apply(files), 'Country')).toEqual({ unchanged: 3 })
  })
})

describe('rows that somebody else changed', () => {
  it('reports and leaves what was changed by hand, until it is told to overwrite', async () => {
    const { apply, rows, connection } = await createReferenceBench(sql, schema)
    await apply({ 'Country.csv': countries })
    await connection.query("UPDATE countries SET name = 'Deutschland' WHERE code = 'DE'")
    const outcomes = await apply({ 'Country.csv': countries })
    expect(countsOf(outcomes, 'Country')).toEqual({ unchanged: 1, changedByHand: 1 })
    expect(outcomes[0]?.changedByHand).toEqual([{ model: 'Country', fields: ['name'], where: { file: 'Country.csv', line: 2 } }])
    const both = await apply({ 'Country.csv': countries.replace('Germany', 'Allemagne') })
    expect(countsOf(both, 'Country')).toEqual({ unchanged: 1, changedByHand: 1 })
    expect(await rows("SELECT name FROM countries WHERE code = 'DE'")).toEqual(['Deutschland'])
    expect(countsOf(await apply({ 'Country.csv': countries }, { overwrite: true }), 'Country')).toMatchObject({ overwritten: 1 })
    expect(await rows("SELECT name FROM countries WHERE code = 'DE'")).toEqual(['Germany'])
    expect(countsOf(await apply({ 'Country.csv': countries }), 'Country')).toEqual({ unchanged: 2 })
  })

  it('takes over rows that were there before, and fills what nobody had set', async () => {
    const { apply, rows, connection } = await createReferenceBench(sql, schema)
    await connection.query("INSERT INTO countries (code, name) VALUES ('DE', 'Germany'), ('CH', 'Helvetia')")
    expect(countsOf(await apply({ 'Country.csv': countries }), 'Country')).toEqual({ updated: 1, changedByHand: 1 })
    expect(await rows('SELECT * FROM countries ORDER BY code')).toEqual(['CH|Helvetia|f', 'DE|Germany|t'])
  })

  it('brings back a row that was deleted by hand, and says so', async () => {
    const { apply, connection } = await createReferenceBench(sql, schema)
    await apply({ 'Country.csv': countries })
    await connection.query("DELETE FROM countries WHERE code = 'CH'")
    expect(countsOf(await apply({ 'Country.csv': countries }), 'Country')).toEqual({ restored: 1, unchanged: 1 })
  })

  it('settles where a trigger writes values another way', async () => {
    const { apply, connection, rows } = await createReferenceBench(sql, schema)
    await connection.query(`CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.name := upper(NEW.name); RETURN NEW; END $$;
      CREATE TRIGGER shout BEFORE INSERT OR UPDATE ON countries FOR EACH ROW EXECUTE FUNCTION shout()`)
    await apply({ 'Country.csv': countries })
    expect(countsOf(await apply({ 'Country.csv': countries }), 'Country')).toEqual({ unchanged: 2 })
    await apply({ 'Country.csv': countries.replace('Germany', 'Deutschland') })
    expect(await rows("SELECT name FROM countries WHERE code = 'DE'")).toEqual(['DEUTSCHLAND'])
  })
})

describe('rows that are no longer declared', () => {
  const fewer = 'code,name,inEu\nDE,Germany,true\n'

  it('keeps them, counts them, and deletes them only where the file says so', async () => {
    const { apply, rows, connection } = await createReferenceBench(sql, schema)
    await apply({ 'Country.csv': countries })
    await connection.query("INSERT INTO countries VALUES ('FR', 'France', true)")
    expect(countsOf(await apply({ 'Country.csv': fewer }), 'Country')).toEqual({ unchanged: 1, removed: 1 })
    const deleted = await apply({ 'Country.csv': `# tide: removed=delete\n${fewer}` })
    expect(countsOf(deleted, 'Country')).toEqual({ unchanged: 1, removed: 1, deleted: 1 })
    expect(await rows('SELECT code FROM countries ORDER BY 1')).toEqual(['DE', 'FR'])
  })

  it('deletes none that was changed by hand or is pointed to', async () => {
    const { apply, rows, connection } = await createReferenceBench(sql, schema)
    await apply({ 'Country.csv': countries })
    await connection.query("UPDATE countries SET name = 'Suisse' WHERE code = 'CH'")
    const outcomes = await apply({ 'Country.csv': `# tide: removed=delete\n${fewer}` })
    expect(countsOf(outcomes, 'Country')).toEqual({ unchanged: 1, removed: 1, changedByHand: 1 })
    await connection.query("INSERT INTO cities (slug, country_code) VALUES ('bern', 'CH')")
    const failure = await failureOf(() => apply({ 'Country.csv': `# tide: removed=delete\n${fewer}` }, { overwrite: true }))
    expect(failure.code).toBe('SEED_REFERENCE_IN_USE')
    expect(await rows('SELECT code FROM countries ORDER BY 1')).toEqual(['CH', 'DE'])
  })
})

describe('rows that a foreign key would take along', () => {
  const fewer = '# tide: removed=delete\ncode,name,inEu\nDE,Germany,true\n'

  it.each([
    ['CASCADE', "INSERT INTO notes VALUES (1, 'CH')", '1 row of public.notes would be deleted with them'],
    ['SET NULL', "INSERT INTO notes VALUES (1, 'CH'), (2, 'CH')", '2 rows of public.notes would no longer point'],
    ['SET DEFAULT', "INSERT INTO notes VALUES (1, 'CH')", '1 row of public.notes would point elsewhere'],
  ])('ON DELETE %s stops the run, and nothing is changed', async (action, insert, says) => {
    const { apply, rows, connection } = await createReferenceBench(sql, schema)
    await apply({ 'Country.csv': countries })
    await connection.query(`CREATE TABLE notes (id int PRIMARY KEY, country text DEFAULT 'DE' REFERENCES countries ON DELETE ${action})`)
    await connection.query(`${insert}; INSERT INTO notes VALUES (9, 'DE')`)
    const failure = await failureOf(() => apply({ 'Country.csv': fewer }))
    expect(failure.code).toBe('SEED_REFERENCE_IN_USE')
    expect(failure.details.why).toContain(says)
    expect(await rows('SELECT count(*) FROM countries')).toEqual(['2'])
    await connection.query("DELETE FROM notes WHERE country = 'CH'")
    expect(countsOf(await apply({ 'Country.csv': fewer }), 'Country')).toEqual({ unchanged: 1, removed: 1, deleted: 1 })
    expect(await rows('SELECT id FROM notes')).toEqual(['9'])
  })

  it('rows that go themselves stop nothing', async () => {
    const { apply, rows, connection } = await createReferenceBench(sql, schema)
    await apply({ 'Country.csv': countries })
    await connection.query('ALTER TABLE countries ADD neighbour text REFERENCES countries ON DELETE CASCADE')
    await connection.query("UPDATE countries SET neighbour = 'CH' WHERE code = 'CH'")
    expect(countsOf(await apply({ 'Country.csv': fewer }), 'Country')).toMatchObject({ deleted: 1 })
    expect(await rows('SELECT code FROM countries')).toEqual(['DE'])
  })
})

describe('what cannot be', () => {
  it.each([
    ['Country.csv', 'code,name\nDE,Germany\nDE,Germany again\n', 'SEED_REFERENCE_DUPLICATE', 3, undefined],
    ['Country.csv', 'code,name\nDE,Germany\nD,x\nFR,France,x\n', 'SEED_REFERENCE_SYNTAX', 4, 11],
    ['Country.csv', 'code,nmae\nDE,Germany\n', 'SEED_REFERENCE_FIELD_UNKNOWN', 1, 6],
    ['Country.csv', 'code,name\nDE,Germany\nFRA,France\n', 'SEED_REFERENCE_VALUE', 3, 1],
    ['Country.csv', 'code,name,inEu\nDE,"Ger\nmany",true\nFR,France,maybe\n', 'SEED_REFERENCE_VALUE', 4, 11],
    ['Country.csv', 'code,name\nDE,Germany\n,France\n', 'SEED_REFERENCE_KEY_EMPTY', 3, 1],
    ['Country.csv', 'inEu\ntrue\n', 'SEED_REFERENCE_KEY_MISSING', 2, undefined],
    ['Country.csv', 'code,name\nDE,Germany\nFR,\nIT,Italy\n', 'SEED_REFERENCE_REFUSED', 3, undefined],
    ['Country.csv', 'code,name\nDE,Germany\nFR,Germany\n', 'SEED_REFERENCE_REFUSED', 3, undefined],
    ['Contry.csv', 'code,name\nDE,Germany\n', 'SEED_REFERENCE_MODEL_UNKNOWN', undefined, undefined],
    ['City.csv', 'slug,countryCode\nbern,CH\n', 'SEED_REFERENCE_TARGET_MISSING', 2, 6],
    ['City.csv', 'slug,country\nbern,CH\n', 'SEED_REFERENCE_TARGET_MISSING', 2, 6],
    ['City.csv', 'slug,countryCode,parts\nbern,CH,x\n', 'SEED_REFERENCE_FIELD_UNUSABLE', 1, 18],
    ['City.json', '[\n  {"slug": "a", "country": "DE", "size": [1]}\n]', 'SEED_REFERENCE_VALUE', 2, 42],
    ['City.json', '[\n  {"slug": "a", "country": "DE" "size": 1}\n]', 'SEED_REFERENCE_SYNTAX', 2, 33],
    ['City.json', '{"rows": [], "removd": "delete"}', 'SEED_REFERENCE_SYNTAX', 1, undefined],
  ])('%s %j: %s', async (path, text, code, line, column) => {
    const { apply, rows } = await createReferenceBench(sql, schema)
    const failure = await failureOf(() => apply({ [path]: text }))
    const { where = {} } = failure.details
    expect([failure.code, where.file, where.line, where.column]).toEqual([code, path, line, column])
    expect(await rows('SELECT count(*) FROM countries')).toEqual(['0'])
  })

  it('names the nearest name, the tables that lack, and the role that may not', async () => {
    const { apply, connection, database } = await createReferenceBench(sql, schema)
    expect((await failureOf(() => apply({ 'Contry.csv': 'code\nDE\n' }))).details.fix).toContain('Country')
    expect((await failureOf(() => apply({ 'Country.csv': 'code,nmae\nDE,x\n' }))).details.fix).toContain('name')
    const role = `reader_${database.database}`
    await apply({ 'Country.csv': countries })
    await connection.query(`CREATE ROLE ${quoteIdentifier(role)}; GRANT USAGE ON SCHEMA tide TO ${quoteIdentifier(role)};
      GRANT SELECT ON ALL TABLES IN SCHEMA tide, public TO ${quoteIdentifier(role)}; SET ROLE ${quoteIdentifier(role)}`)
    const refused = await failureOf(() => apply({ 'Country.csv': countries.replace('true', 'false') }))
    expect(refused.code).toBe('SEED_PERMISSION_DENIED')
    expect(refused.details.message).toContain('countries')
    await connection.query(`RESET ROLE; DROP OWNED BY ${quoteIdentifier(role)}; DROP ROLE ${quoteIdentifier(role)}`)
    await connection.query('DROP TABLE cities, countries')
    expect((await failureOf(() => apply({ 'Country.csv': countries }))).code).toBe('SEED_TABLES_MISSING')
  })
})

it('keeps every type exact, and makes what Prisma’s client would make', async () => {
  const { applyFiles, apply, rows } = await createReferenceBench(
    `CREATE TYPE mood AS ENUM ('sad', 'so_so');
     CREATE TABLE things (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text UNIQUE, big bigint, exact numeric, bytes bytea,
       list text[], moods mood[], data jsonb, at timestamptz(3), day date, token text NOT NULL, updated timestamptz NOT NULL)`,
    `model Thing { id String @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
       name String @unique
       big BigInt?
       exact Decimal?
       bytes Bytes?
       list String[]
       moods Mood[]
       data Json?
       at DateTime?
       day DateTime?
       token String @default(cuid())
       updated DateTime @updatedAt
       @@map("things") }
     enum Mood { SAD @map("sad")
       SO_SO @map("so_so")
       @@map("mood") }`,
  )
  await applyFiles([
    readModule('Thing.ts', 'Thing', [
      {
        name: 'module',
        big: 9_007_199_254_740_993n,
        bytes: new Uint8Array([0, 255]),
        list: ['a "b"', 'c\\d', null],
        moods: ['SAD', 'SO_SO'],
        data: { a: [1, null, 'x'] },
        at: new Date('2026-01-02T03:04:05.678Z'),
        day: '2026-02-28',
      },
    ]),
  ])
  await apply({
    'Thing.json': '[{"name": "json", "big": 9007199254740993, "exact": 0.10000000000000000555, "data": "text", "moods": []}]',
  })
  const [json, module] = await rows(`SELECT name, big, exact, bytes, list::text, moods, data, at AT TIME ZONE 'UTC', day, updated AT TIME ZONE 'UTC'
    FROM things ORDER BY name`)
  expect(json).toBe('json|9007199254740993|0.10000000000000000555|NULL|NULL|{}|"text"|NULL|NULL|2026-01-01 00:00:00')
  expect(module).toBe(
    'module|9007199254740993|NULL|\\x00ff|{"a \\"b\\"","c\\\\d",NULL}|{sad,so_so}|{"a": [1, null, "x"]}|2026-01-02 03:04:05.678|2026-02-28|2026-01-01 00:00:00',
  )
  const ids = await rows('SELECT id, token FROM things ORDER BY name')
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}\|c[0-9a-f]{24}$/)
  await apply({ 'Thing.csv': 'name\njson\nmodule\n' })
  expect(await rows('SELECT id, token FROM things ORDER BY name')).toEqual(ids)
})

it('sets the sequence behind numbers that are declared, and uses any unique set as key', async () => {
  const { apply, connection, rows } = await createReferenceBench(sql, schema)
  await connection.query("INSERT INTO countries VALUES ('DE', 'Germany')")
  await apply({ 'City.csv': 'id,slug,countryCode\n7,berlin,DE\n9,bonn,DE\n' })
  await connection.query("INSERT INTO cities (slug, country_code) VALUES ('kiel', 'DE')")
  expect(await rows("SELECT id FROM cities WHERE slug = 'kiel'")).toEqual(['10'])
  expect(countsOf(await apply({ 'City.csv': '# tide: key=slug\nid,slug,countryCode\n7,berlin,DE\n' }), 'City')).toEqual({ unchanged: 1 })
})

it('takes tens of thousands of rows, with a handful of statements', async () => {
  const { apply, database } = await createReferenceBench(sql, schema)
  const many = `slug,country,size\n${Array.from({ length: 30_000 }, (_, i) => `city-${i},DE,${i % 1000}.5`).join('\n')}\n`
  const files = { 'Country.csv': countries, 'City.csv': many }
  expect(countsOf(await apply(files), 'City')).toEqual({ inserted: 30_000 })
  expect(countsOf(await apply(files), 'City')).toEqual({ unchanged: 30_000 })
  await withConnection(database, (connection) => connection.query("UPDATE cities SET size = 1 WHERE slug = 'city-500'"))
  expect(countsOf(await apply(files), 'City')).toEqual({ unchanged: 29_999, changedByHand: 1 })
})
