import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import { createTestDatabase } from '../support/database.ts'
import { rowsOf } from '../support/database-rows.ts'
import { createFolder, writeFiles } from '../support/files.ts'
import { type Run, runTide, runTideJson } from '../support/run-tide.ts'

const schema = `datasource db {
  provider = "postgresql"
}

enum Mood {
  happy
  sad
}

/// @subject
model Person {
  id        Int      @id @default(autoincrement())
  email     String   @unique
  fullName  String
  shout     String?
  mood      Mood
  bio       String?
  tags      String[]
  settings  Json
  salary    Decimal? @db.Decimal(10, 2)
  password  String
  city      String   @default("Nowhere")
  mentorId  Int?
  mentor    Person?  @relation("mentor", fields: [mentorId], references: [id])
  pupils    Person[] @relation("mentor")
  orders    Order[]
}

model Country {
  code String @id
  name String @unique
}

model Order {
  personId Int
  nickname String
  note     String?
  person   Person @relation(fields: [personId], references: [id])

  @@id([personId, nickname])
}

model Log {
  id   Int    @id @default(autoincrement())
  text String
}
`
/** Words that stand in the rows of the source, and nowhere else. */
const secret = 'wirbelkamp'
const tables = `
  CREATE TYPE "Mood" AS ENUM ('happy', 'sad');
  CREATE TABLE "Country" (code text PRIMARY KEY, name text NOT NULL UNIQUE);
  INSERT INTO "Country" VALUES ('DE', 'Germany'), ('FR', 'France');
  CREATE TABLE "Person" (id serial PRIMARY KEY, email text NOT NULL UNIQUE, "fullName" text NOT NULL,
    shout text GENERATED ALWAYS AS (upper("fullName")) STORED, mood "Mood" NOT NULL, bio text, tags text[] NOT NULL,
    settings jsonb NOT NULL, salary numeric(10,2) CHECK (salary > 0), password text NOT NULL, city text NOT NULL DEFAULT 'Nowhere',
    "mentorId" int REFERENCES "Person");
  CREATE UNIQUE INDEX ON "Person" (lower(email));
  CREATE TABLE "Order" ("personId" int REFERENCES "Person", nickname text, note text, PRIMARY KEY ("personId", nickname));
  CREATE TABLE "Log" (id serial PRIMARY KEY, text text NOT NULL);
  CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "Log" (text) VALUES ('made'); RETURN NEW; END $$;
  CREATE TRIGGER tell AFTER INSERT ON "Order" FOR EACH ROW EXECUTE FUNCTION tell();
`
const rows = `
  INSERT INTO "Person" (email, "fullName", mood, bio, tags, settings, salary, password, "mentorId")
  SELECT 'w' || n || '@${secret}.test', '${secret} ' || n, 'happy', 'met ${secret} number ' || n || ' yesterday evening',
    ARRAY['${secret}-' || n, 'b'], jsonb_build_object('theme', 'dark', 'motto', '${secret} forever ' || n, 'list', jsonb_build_array('${secret} ' || n)),
    1000 + n * 7.13, '${secret}' || n, CASE WHEN n > 1 THEN n / 2 END FROM generate_series(1, 400) n;
  INSERT INTO "Order" SELECT n % 400 + 1, '${secret} ' || n, 'for ${secret} with love ' || n FROM generate_series(1, 900) n;
  COMMENT ON COLUMN "Person".bio IS 'as told by ${secret}';
  SELECT setval('"Person_id_seq"', 987654321);`
const key = '00112233445566778899aabbccddeeff102132435465768798a9bacbdcedfe0f'

test(
  'real rows become a fixture, which gives nothing away, keeps every constraint and migrates',
  { timeout: 240_000 },
  async () => {
    const { folder, source, target, run, json } = await createProject()
    const nobody = await run('fixtures', 'build', '--from', 'source', '--to', 'fixture', '--env', 'qa')
    expect([nobody.exitCode, nobody.stderr]).toEqual([2, expect.stringContaining('MASK_CLASSIFICATION_MISSING')])
    await run('fixtures', 'classify')
    const unread = await run('fixtures', 'build', '--from', 'source', '--to', 'fixture', '--env', 'qa')
    expect([unread.exitCode, unread.stderr]).toEqual([2, expect.stringContaining('MASK_REFUSED')])
    await classify(folder, run)
    const keyless = await runTide(['fixtures', 'build', '--from', 'source', '--to', 'fixture', '--env', 'qa'], {
      cwd: folder,
      env: urls(source, target),
    })
    expect([keyless.exitCode, keyless.stderr]).toEqual([2, expect.stringContaining('MASK_KEY_MISSING')])
    const short = await runTide(['fixtures', 'build', '--from', 'source', '--to', 'fixture', '--env', 'qa'], {
      cwd: folder,
      env: { ...urls(source, target), TIDE_MASK_KEY_QA: 'abcd' },
    })
    expect([short.exitCode, short.stderr]).toEqual([2, expect.stringContaining('MASK_KEY_WEAK')])

    const built = await json('fixtures', 'build', '--from', 'source', '--to', 'fixture', '--env', 'qa')
    expect([built.exitCode, built.document['passed'], built.document['rows']]).toEqual([0, true, 2202])
    const all = `${built.stdout}${built.stderr}${textOf(join(folder, 'fixture'))}`
    for (const word of [secret, secret.toUpperCase(), '987654321', key, source.database, source.host, '1007.13']) {
      expect(all.includes(word), word).toBe(false)
    }
    expect(readdirSync(folder).filter((name) => name.startsWith('fixture'))).toEqual(['fixture'])
    const page = readFileSync(join(folder, 'fixture/gate.html'), 'utf8')
    expect(page).toContain('pseudonymised')
    expect(page).not.toMatch(/anonym(?:ous|ised)(?<!pseudonymised)|https?:|<script|<img|<link/)
    // The order of rows says nothing of when they were made.
    const ids = readFileSync(join(folder, 'fixture', dataFile(folder, 'Person')), 'utf8')
      .split('\n')
      .map((line) => Number(line.split('\t')[0]))
    expect(ids.toSorted((a, b) => a - b)).not.toEqual(ids)

    expect((await run('fixtures', 'list', '.')).stdout).toMatch(/fixture {2}qa, 2,202 rows, passed its gate/)
    expect((await run('fixtures', 'inspect', 'fixture')).exitCode).toBe(0)
    const itself = await runTide(['fixtures', 'load', 'fixture', '--env', 'qa', '--truncate'], {
      cwd: folder,
      env: { ...urls(source, source), TIDE_MASK_KEY_QA: key },
    })
    expect(itself.stderr).toContain('FIXTURE_TARGET_IS_SOURCE')
    expect((await run('fixtures', 'load', 'fixture', '--env', 'ci')).stderr).toContain('FIXTURE_ENVIRONMENT')
    const loaded = await run('fixtures', 'load', 'fixture', '--env', 'qa')
    expect([loaded.exitCode, loaded.stderr]).toEqual([0, expect.not.stringContaining('error')])
    expect(await rowsOf(target, same)).toEqual(await rowsOf(source, same))
    // The trigger's work is in the rows, the generated column is worked out anew, sequences go on behind the rows.
    expect(
      await rowsOf(
        target,
        `SELECT (SELECT count(*) FROM "Log"), (SELECT count(*) FROM "Person" WHERE shout = upper("fullName")),
    (SELECT count(*) FROM pg_trigger WHERE tgname = 'tell' AND tgenabled = 'O')`,
      ),
    ).toEqual(['900|400|1'])
    await rowsOf(
      target,
      `INSERT INTO "Person" (email, "fullName", mood, tags, settings, password) VALUES ('a', 'b', 'sad', '{}', '{}', 'c')`,
    )
    expect((await run('fixtures', 'load', 'fixture', '--env', 'qa')).stdout).toContain('Nothing to change in qa')
    await rowsOf(target, 'DELETE FROM tide.fixture')
    expect((await run('fixtures', 'load', 'fixture', '--env', 'qa')).stderr).toContain('FIXTURE_TABLES_FILLED')

    writeFiles(folder, {
      'prisma/migrations/2_more/migration.sql':
        'ALTER TABLE "Person" ADD COLUMN initial text, ADD COLUMN loud text; UPDATE "Person" SET initial = left("fullName", 1);\n',
      'prisma/migrations/2_more/data.ts': dataStep,
    })
    const upgraded = await run('fixtures', 'upgrade', 'fixture')
    expect([upgraded.exitCode, upgraded.stdout], upgraded.stderr).toEqual([
      0,
      expect.stringContaining('Carried 2,202 rows on by 1 migration, to 2_more'),
    ])
    expect(
      (await run('fixtures', 'load', 'fixture', '--env', 'qa', '--truncate', '--confirm', target.database)).stderr,
    ).toContain('FIXTURE_NEWER')
    expect((await run('up', '--env', 'qa')).exitCode).toBe(0)
    writeFiles(folder, {
      'seed/environments/qa.ts': `export const environment = { data: 'masked', fixture: 'fixture' }\n`,
    })
    expect((await run('seed', 'qa', '--rows', '5')).stderr).toContain('FIXTURE_SEED_OPTION')
    const tried = await run('seed', 'qa', '--truncate', '--confirm', target.database, '--dry-run')
    expect([tried.exitCode, tried.stdout]).toEqual([0, expect.stringContaining('would put 2,202 rows into qa')])
    const seeded = await run('seed', 'qa', '--truncate', '--confirm', target.database)
    expect([seeded.exitCode, seeded.stdout]).toEqual([0, expect.stringContaining('Loaded 2,202 rows into qa')])
    expect(await rowsOf(target, `SELECT count(*) FROM "Person" WHERE initial = left("fullName", 1) AND loud = upper("fullName")`)).toEqual(['400'])

    const file = join(folder, 'fixture', dataFile(folder, 'Order'))
    renameSync(file, `${file}.gone`)
    expect((await run('fixtures', 'list', '.')).stdout).toMatch(/fixture {2}damaged: .* has no \d+-public\.Order\.copy/)
    renameSync(`${file}.gone`, file)
    writeFileSync(file, readFileSync(file, 'utf8').replace('\t', '\tx'))
    const damaged = await run('fixtures', 'load', 'fixture', '--env', 'qa', '--truncate', '--confirm', target.database)
    expect([damaged.exitCode, damaged.stderr]).toEqual([2, expect.stringContaining('SEED_FILES_DAMAGED')])
    expect((await run('fixtures', 'inspect', 'fixture')).stderr).toContain('SEED_FILES_DAMAGED')
    writeFileSync(
      join(folder, 'fixture/gate.json'),
      readFileSync(join(folder, 'fixture/gate.json'), 'utf8').replace('"passed": true', '"passed":  true'),
    )
    expect((await run('fixtures', 'load', 'fixture', '--env', 'qa')).stderr).toContain('FIXTURE_GATE_UNFIT')
    writeFiles(folder, { 'cut/manifest.json': '{\n  "kind": "fixture",\n  "vers' })
    const listed = await run('fixtures', 'list', '.')
    expect([listed.exitCode, listed.stdout]).toEqual([0, expect.stringMatching(/cut {2}damaged: [^\n]*\nfixture {2}damaged: /)])
  },
)

test(
  'a gate that fails, a run that is killed and a column that is kept by mistake leave nothing to load',
  { timeout: 240_000 },
  async () => {
    const { folder, source, target, run } = await createProject()
    await classify(folder, run)
    const kept = { class: 'N', mask: 'keep', confidence: 0, reason: '', accepted: true }
    const reviewed = editClassification(folder, (columns) => ({ ...columns, Log: { ...columns['Log'], text: kept } }))
    await rowsOf(source, `UPDATE "Log" SET text = 'asked by someone@${secret}.test' WHERE id = 3`)
    const alarmed = await run('fixtures', 'build', '--from', 'source', '--to', 'alarmed', '--env', 'qa')
    expect([alarmed.exitCode, alarmed.stderr]).toEqual([
      2,
      expect.stringContaining('Log.text: 1 of 900 values hold an e-mail address'),
    ])
    expect(alarmed.stderr).not.toContain(secret)
    const explained = await run('fixtures', 'classify', '--from', 'source', '--accept', 'Log.text', '--reason', 'ours')
    expect([explained.exitCode, explained.stdout]).toEqual([0, expect.stringContaining('Every column is accepted')])
    const filter = ['--filter', 'Log: id = 1) OR (true']
    const condition = await run('fixtures', 'build', '--from', 'source', '--to', 'x', '--env', 'qa', ...filter)
    expect(condition.stderr).toContain('FIXTURE_FILTER_INVALID')
    writeFileSync(join(folder, 'seed/classification.json'), reviewed)
    const canary = await run(
      'fixtures',
      'build',
      '--from',
      'source',
      '--to',
      'canary',
      '--env',
      'qa',
      '--let-canary-through',
    )
    expect([canary.exitCode, canary.stdout]).toEqual([
      4,
      expect.stringContaining('✗ Canaries planted in the stream came out'),
    ])
    expect((await run('fixtures', 'load', 'canary', '--env', 'qa')).stderr).toContain('FIXTURE_GATE_FAILED')

    // A mask of the user's own that does nothing.
    writeFiles(folder, { 'seed/masks.ts': 'export const masks = { same: { mask: (value) => value } }\n' })
    const path = join(folder, 'seed/classification.json')
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/("(?:fullName|note)": \{[^}]*"mask": )"[\w-]+"/g, '$1"same"'),
    )
    const same = await run('fixtures', 'build', '--from', 'source', '--env', 'qa')
    expect(same.exitCode).toBe(4)
    for (const line of [
      '1300 values that 5 rows',
      'public.Person.fullName',
      'public.Order.note',
      '12 characters in a row',
    ])
      expect(same.stdout).toContain(line)
    expect(await rowsOf(target, `SELECT count(*) FROM "Person"`)).toEqual(['0'])

    await rowsOf(
      source,
      `INSERT INTO "Log" (text) SELECT repeat('${secret} ', 20) || n FROM generate_series(1, 40000) n`,
    )
    const unfinished = join(folder, 'killed.unfinished')
    const killed = await runTide(['fixtures', 'build', '--from', 'source', '--to', 'killed', '--env', 'qa'], {
      cwd: folder,
      env: { ...urls(source, target), TIDE_MASK_KEY_QA: key },
      during: async (child) => {
        const written = (): number =>
          existsSync(unfinished)
            ? readdirSync(unfinished).reduce((sum, name) => sum + statSync(join(unfinished, name)).size, 0)
            : 0
        await vi.waitFor(
          () => {
            expect(written()).toBeGreaterThan(200_000)
          },
          { timeout: 30_000, interval: 2 },
        )
        child.kill('SIGKILL')
      },
    })
    expect(killed.exitCode).toBe(null)
    expect(existsSync(join(folder, 'killed'))).toBe(false)
    expect(textOf(unfinished)).not.toContain(`met ${secret}`)
    expect((await run('fixtures', 'load', 'killed.unfinished', '--env', 'qa')).stderr).toContain('SEED_FILES_MISSING')

    // The source ends the session in the middle.
    const cut = await runTide(['fixtures', 'build', '--from', 'source', '--to', 'cut', '--env', 'qa'], {
      cwd: folder,
      env: { ...urls(source, target), TIDE_MASK_KEY_QA: key },
      during: async () => {
        await vi.waitFor(
          async () => {
            const ended = await rowsOf(
              source,
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'`,
            )
            expect(ended).toEqual(['t'])
          },
          { timeout: 30_000, interval: 5 },
        )
      },
    })
    expect([cut.exitCode, cut.stderr]).toEqual([2, expect.stringContaining('FIXTURE_SOURCE_LOST')])
    expect(readdirSync(folder).filter((name) => name.startsWith('cut'))).toEqual([])
  },
)

/** What masks must leave as it is: counts, relations, lengths of groups. */
const same = `SELECT (SELECT count(*) FROM "Person" JOIN "Person" AS mentor ON mentor.id = "Person"."mentorId"),
  (SELECT string_agg(n::text, ',' ORDER BY n) FROM (SELECT count(*) AS n FROM "Order" GROUP BY "personId") AS g),
  (SELECT count(DISTINCT lower(email)) FROM "Person"), (SELECT count(*) FROM "Country" WHERE name = 'France')`

async function createProject(): Promise<{
  readonly folder: string
  readonly source: DatabaseUrl
  readonly target: DatabaseUrl
  readonly run: (...args: readonly string[]) => Promise<Run>
  readonly json: (...args: readonly string[]) => ReturnType<typeof runTideJson>
}> {
  const [source, target] = [await createTestDatabase('real'), await createTestDatabase('qa')]
  const folder = createFolder({
    'prisma/schema.prisma': schema,
    'prisma/migrations/1_tables/migration.sql': tables,
    'seed/reference/Country.csv': 'code,name\nDE,Germany\nFR,France\n',
    'tide.config.ts': `const url = (urlVariable) => ({ urlVariable })
export default { environments: { source: url('SOURCE'), qa: url('TARGET'), ci: url('TARGET') }, rehearsal: url('TARGET') }\n`,
  })
  const options = { cwd: folder, env: { ...urls(source, target), TIDE_MASK_KEY_QA: key } }
  await runTide(['up', '--env', 'source'], options)
  await runTide(['up', '--env', 'qa'], options)
  await withConnection(source, (connection) => connection.query(rows))
  return {
    folder,
    source,
    target,
    run: (...args) => runTide(args, options),
    json: (...args) => runTideJson(args, options),
  }
}

/** Writes the classification anew. @returns what stood there */
function editClassification(
  folder: string,
  edit: (tables: Readonly<Record<string, object>>) => Readonly<Record<string, object>>,
): string {
  const path = join(folder, 'seed/classification.json')
  const before = readFileSync(path, 'utf8')
  const { tables: columns } = JSON.parse(before) as { tables: Record<string, Record<string, object>> }
  writeFileSync(path, JSON.stringify({ tables: edit(columns) }))
  return before
}

/** In batches, as `tide up` runs it. */
const dataStep = `import { defineData } from 'prisma-tide'

export default defineData({
  table: 'Person',
  up: (batch) => \`UPDATE "Person" SET loud = upper("fullName") WHERE \${batch()}\`,
  down: { reason: 'it goes with its column' },
  check: 'SELECT id FROM "Person" WHERE loud IS NULL',
})
`

function urls(source: DatabaseUrl, target: DatabaseUrl): Readonly<Record<string, string>> {
  return { SOURCE: revealUrl(source), TARGET: revealUrl(target) }
}

async function classify(folder: string, run: (...args: readonly string[]) => Promise<Run>): Promise<void> {
  await run('fixtures', 'classify')
  const path = join(folder, 'seed/classification.json')
  const read = JSON.parse(readFileSync(path, 'utf8')) as { tables: Record<string, Record<string, object>> }
  const set = (model: string, field: string, piiClass: string, mask: string): void => {
    const columns = read.tables[model] ?? expect.fail(`${model} is not classified.`)
    columns[field] = { ...columns[field], class: piiClass, mask }
  }
  set('Order', 'nickname', 'D', 'id')
  set('Person', 'tags', 'F', 'text')
  set('Log', 'text', 'F', 'text')
  writeFileSync(path, JSON.stringify(read))
  await run(
    'fixtures',
    'classify',
    '--accept',
    'Person',
    '--accept',
    'Order',
    '--accept',
    'Log',
    '--accept',
    'Country',
  )
}

function dataFile(folder: string, table: string): string {
  return (
    readdirSync(join(folder, 'fixture')).find((name) => name.includes(`.${table}.`)) ??
    expect.fail(`${table} has no file.`)
  )
}

function textOf(folder: string): string {
  return readdirSync(folder)
    .map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`)
    .join('\n')
}
