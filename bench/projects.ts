import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readPairs } from '../scripts/score-edits/pair.ts'

/** A copy of a project whose history ends at one of its migrations. */
export interface BenchProject {
  readonly directory: string
  readonly migrationsDirectory: string
  readonly count: number
  /** The schema as it is at the history's end. */
  readonly schema: string
}

/** Copies the first `count` migrations (all: undefined) and writes the schema that belongs to their end. */
export async function copyProject(corpus: string, directory: string, count?: number): Promise<BenchProject> {
  const source = join(corpus, 'prisma')
  const names = await migrationNames(join(source, 'migrations'))
  const chosen = names.slice(0, count)
  const migrationsDirectory = join(directory, 'prisma', 'migrations')
  await mkdir(migrationsDirectory, { recursive: true })
  for (const name of chosen)
    await cp(join(source, 'migrations', name), join(migrationsDirectory, name), { recursive: true })
  const schema = await schemaAt(corpus, chosen.length === names.length ? undefined : chosen.at(-1))
  await writeSchema(directory, schema)
  return { directory, migrationsDirectory, count: chosen.length, schema }
}

/** The same schema at the end of `count` migrations: the first ones put together into one. */
export async function squashProject(corpus: string, directory: string, count: number): Promise<BenchProject> {
  const project = await copyProject(corpus, directory)
  const names = await migrationNames(project.migrationsDirectory)
  const first = names.slice(0, names.length - count + 1)
  const [kept = ''] = first
  const file = (name: string): string => join(project.migrationsDirectory, name, 'migration.sql')
  const scripts = await Promise.all(first.map((name) => readFile(file(name), 'utf8')))
  await writeFile(file(kept), scripts.map((script) => `${script}\n;\n`).join(''))
  for (const name of first.slice(1)) await rm(join(project.migrationsDirectory, name), { recursive: true })
  return { ...project, count }
}

/** The schema with one more optional field in a model that every stage of the history has. */
export async function addColumn(project: BenchProject, name: string): Promise<void> {
  const edited = project.schema.replace(/(model Project \{[^\n]*\n)/, `$1  ${name} String?\n`)
  if (edited === project.schema) throw new Error('The schema has no model Project to add a field to.')
  await writeSchema(project.directory, edited)
}

/** Takes away what a measured run wrote, and the edit. */
export async function undoEdit(project: BenchProject): Promise<void> {
  const names = await migrationNames(project.migrationsDirectory)
  for (const name of names.slice(project.count)) await rm(join(project.migrationsDirectory, name), { recursive: true })
  await writeSchema(project.directory, project.schema)
}

async function migrationNames(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

async function writeSchema(directory: string, text: string): Promise<void> {
  await writeFile(join(directory, 'prisma', 'schema.prisma'), text)
}

/** As committed with a migration, or with the first after it that the corpus has an edit for. */
async function schemaAt(corpus: string, migration: string | undefined): Promise<string> {
  if (migration === undefined) return readFile(join(corpus, 'prisma', 'schema.prisma'), 'utf8')
  const pairs = await readPairs(corpus)
  const last = pairs.filter((pair) => pair.migration <= migration).at(-1)
  if (last === undefined) throw new Error(`The corpus has no schema of ${migration}.`)
  return last.after
}
