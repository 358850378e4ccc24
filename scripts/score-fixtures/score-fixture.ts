import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isFailure } from '../../src/errors/failure.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { rehearseHistory } from '../../src/history/replay.ts'
import { allColumns } from '../../src/mask/classification/database-columns.ts'
import { reviewClassification } from '../../src/mask/classification/review-classification.ts'
import { buildFixture, type BuiltFixture } from '../../src/mask/fixtures/build-fixture.ts'
import { loadFixture } from '../../src/mask/fixtures/load-fixture.ts'
import { withConnection } from '../../src/postgres/connect.ts'
import { type DatabaseUrl, revealUrl } from '../../src/postgres/database-url.ts'
import type { Rehearsals } from '../../src/postgres/rehearsal/rehearsals.ts'
import { readTables } from '../../src/postgres/tables/read-tables.ts'
import { readDataModel } from '../../src/prisma/data-model.ts'
import { openProject } from '../../src/project/open-project.ts'
import { fill, fillExtensions } from '../seed-corpora/fill-corpus.ts'
import { validateAgain } from '../seed-corpora/judge-rows.ts'

/** What became of the rows of one project as a fixture. */
export interface ScoredFixture {
  readonly name: string
  readonly part: string
  readonly rows: number
  readonly ms: number
  readonly passed: boolean
  /** Tests of the gate that failed, with their columns. */
  readonly gate: readonly string[]
  readonly constraints: number
  readonly broken: readonly string[]
  /** Why there is no fixture. */
  readonly failed?: string
}

/** Fills a database by the seeder, masks all of it and a tenth of it, and loads both where the server judges them. */
export async function scoreFixtures(
  name: string,
  prisma: string,
  place: { readonly rehearsals: Rehearsals; readonly folder: string },
): Promise<readonly ScoredFixture[]> {
  const history = await readHistory(join(prisma, 'migrations'))
  await using source = await rehearseHistory(place.rehearsals, history)
  const directory = join(place.folder, name.replaceAll(/\W/g, '-'))
  const scores: ScoredFixture[] = []
  for (const percent of [undefined, 10]) {
    const part = percent === undefined ? 'all' : `${percent} %`
    try {
      if (percent === undefined) {
        await fill(name, prisma, source.url)
        await writeProject(directory, prisma, source.url)
      }
      await using target = await rehearseHistory(place.rehearsals, history)
      scores.push({ name, part, ...(await score(directory, source.url, target.url, percent)) })
    } catch (error) {
      const why = isFailure(error) ? ` ${error.details.why ?? ''}` : ''
      const failed = `${error instanceof Error ? error.message : String(error)}${why}`
      scores.push({ name, part, rows: 0, ms: 0, passed: false, gate: [], constraints: 0, broken: [], failed })
    }
  }
  return scores
}

/** A project of its own, in which every proposal of the classifier is accepted. */
async function writeProject(directory: string, prisma: string, source: DatabaseUrl): Promise<void> {
  await cp(prisma, join(directory, 'prisma'), { recursive: true })
  await writeFile(
    join(directory, 'tide.config.ts'),
    `export default { environments: { qa: { urlVariable: 'TARGET' } } }\n`,
  )
  const project = await openProject({ directory, environment: 'dev', variables: { DATABASE_URL: revealUrl(source) } })
  const model = readDataModel(project.schema.files)
  const tables = await withConnection(source, (connection) => readTables(connection))
  const columns = allColumns(model, tables, 'public')
  const { classification } = reviewClassification(columns, undefined)
  const accepted = Object.entries(classification.tables).map(([table, own]) => [
    table,
    Object.fromEntries(Object.entries(own).map(([column, one]) => [column, { ...one, accepted: true }])),
  ])
  await mkdir(join(directory, 'seed'))
  await writeFile(
    join(directory, 'seed/classification.json'),
    JSON.stringify({ tables: Object.fromEntries(accepted) as object }),
  )
}

async function score(
  directory: string,
  source: DatabaseUrl,
  target: DatabaseUrl,
  percent: number | undefined,
): Promise<Omit<ScoredFixture, 'name' | 'part'>> {
  const variables = {
    TARGET: revealUrl(target),
    DATABASE_URL: revealUrl(target),
    TIDE_MASK_KEY_QA: '00112233445566778899aabbccddeeff102132435465768798a9bacbdcedfe0f',
  }
  const project = await openProject({ directory, environment: 'qa', variables })
  const subset = { filters: new Map<string, string>(), children: 100, ...(percent === undefined ? {} : { percent }) }
  const to = join(directory, 'fixture')
  const built = await buildFixture({ project, environment: 'qa', from: source, to, subset, version: '0' })
  const gate = failedTests(built)
  if (!built.gate.passed)
    return { rows: built.manifest.rows, ms: built.ms, passed: false, gate, constraints: 0, broken: [] }
  await withConnection(target, (connection) =>
    connection.query(`DO $$ DECLARE one record; BEGIN FOR one IN SELECT oid::regclass AS name FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname !~ '^_prisma' LOOP
      EXECUTE format('TRUNCATE %s CASCADE', one.name); END LOOP; END $$`),
  )
  await fillExtensions(target)
  const loaded = await loadFixture({ project, environment: 'qa', database: target, history: [], directory: to })
  const { constraints, broken } = await withConnection(target, validateAgain)
  return { rows: loaded.rows, ms: built.ms + loaded.ms, passed: true, gate, constraints, broken }
}

function failedTests({ gate }: BuiltFixture): readonly string[] {
  return gate.tests.filter(({ passed }) => !passed).map(({ name, found }) => `${name}: ${found.join(', ')}`)
}
