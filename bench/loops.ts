import { measure, type Measurement, run } from './measure.ts'
import { freshDatabase } from './databases.ts'
import { addColumn, type BenchProject, undoEdit } from './projects.ts'
import { tide } from './tide.ts'

/** `tide dev --create-only` with one added column, the end of the history being cached. Another name each time. */
export async function measureDev(project: BenchProject, count: number): Promise<Measurement> {
  const args = ['dev', '--create-only', '--name', 'bench', '--json']
  await run(tide(project.directory, args))
  await undoEdit(project)
  let number = 0
  const edit = async () => {
    await addColumn(project, `benchColumn${number++}`)
    return tide(project.directory, args)
  }
  const warmUp = await edit()
  await run(warmUp)
  await undoEdit(project)
  return measure(`tide dev --create-only, ${project.count} migrations`, count, edit, () => undoEdit(project))
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
