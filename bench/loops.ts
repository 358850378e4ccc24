import { measure, type Measurement, run } from './measure.ts'
import { freshDatabase } from './databases.ts'
import { addColumn, type BenchProject, undoEdit } from './projects.ts'
import { tide } from './tide.ts'

/**
 * `tide dev --create-only` with one added column, the end of each history being cached: in turns, so that a machine
 * that slows down slows both. Another name each time, so that no answer of an earlier run serves.
 */
export async function measureDev(projects: readonly BenchProject[], count: number): Promise<readonly Measurement[]> {
  let number = 0
  const once = async (project: BenchProject): Promise<number> => {
    await addColumn(project, `benchColumn${number++}`)
    const { ms } = await run(tide(project.directory, ['dev', '--create-only', '--name', 'bench', '--json']))
    await undoEdit(project)
    return ms
  }
  for (const project of projects) {
    await run(tide(project.directory, ['dev', '--create-only', '--json']))
    await once(project)
  }
  const runs = projects.map((): number[] => [])
  for (let round = 0; round < count; round++) {
    for (const [index, project] of projects.entries()) runs[index]?.push(await once(project))
  }
  return projects.map((project, index) => {
    const name = `tide dev --create-only, ${project.count} migrations`
    process.stderr.write(`${name}: ${runs[index]?.map((ms) => ms.toFixed(0)).join(' ')} ms\n`)
    return { name, runs: runs[index] ?? [] }
  })
}

/** A Node.js process that does nothing: what every command of Node.js takes before it begins. */
export async function measureNode(count: number): Promise<Measurement> {
  const command = { program: process.execPath, args: ['--eval', '0'], directory: '.' }
  return measure('node --eval 0', count, () => Promise.resolve(command))
}

/** `tide status` of a database at the history's end. */
export async function measureStatus(project: BenchProject, url: string, count: number): Promise<Measurement> {
  const command = tide(project.directory, ['status', '--json'], databaseVariables(url))
  return measure(`tide status, ${project.count} migrations`, count, () => Promise.resolve(command), undefined, [0, 4])
}

/** `tide db start` where nothing is there yet, and where only the server is stopped. */
export async function measureStart(
  newDirectory: () => Promise<string>,
  count: number,
): Promise<{ readonly first: Measurement; readonly later: Measurement }> {
  const stop = (directory: string) => run(tide(directory, ['db', 'stop']))
  let directory = ''
  const first = await measure(
    'first tide db start',
    count,
    async () => {
      directory = await newDirectory()
      return tide(directory, ['db', 'start'])
    },
    async () => {
      await stop(directory)
    },
  )
  const again = () => Promise.resolve(tide(directory, ['db', 'start']))
  const later = await measure('later tide db start', count, again, async () => {
    await stop(directory)
  })
  return { first, later }
}

/** The variables from which the project of the corpus reads its database. */
export function databaseVariables(url: string): Readonly<Record<string, string>> {
  return { DATABASE_URL: url, DIRECT_URL: url }
}

/** `tide up` of everything on an empty database. */
export async function tideUp(project: BenchProject, server: string): Promise<{ ms: number; url: string }> {
  const url = await freshDatabase(server, 'bench_tide')
  const { ms } = await run(tide(project.directory, ['up', '--json'], databaseVariables(url)))
  return { ms, url }
}
