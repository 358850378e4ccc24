import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { countRelations, freshDatabase } from './databases.ts'
import { readBenchHistory } from './history.ts'
import { tideUp } from './loops.ts'
import { type Measurement, run } from './measure.ts'
import type { Peer } from './peers/peer.ts'
import type { BenchProject } from './projects.ts'

export interface Racer {
  readonly name: string
  readonly version: string
  readonly measurement: Measurement
}

export interface Race {
  readonly racers: readonly Racer[]
  /** Peers that did not take part, with the reason. */
  readonly absent: readonly string[]
}

/** Everybody applies the whole history to an empty database, in turns, on the same server. */
export async function raceUp(
  project: BenchProject,
  server: string,
  peers: readonly Peer[],
  directory: string,
  count: number,
): Promise<Race> {
  const history = await readBenchHistory(project.migrationsDirectory)
  const present: { readonly peer: Peer; readonly version: string; readonly folder: string }[] = []
  const absent: string[] = []
  for (const peer of peers) {
    const version = await peer.version()
    if (version === undefined) {
      absent.push(`${peer.name}: ${peer.missing ?? 'not installed'}`)
      continue
    }
    const folder = join(directory, peer.name)
    await mkdir(folder, { recursive: true })
    await peer.prepare(folder, history)
    present.push({ peer, version, folder })
  }
  const runs = new Map<string, number[]>([
    ['tide', []],
    ...present.map(({ peer }): [string, number[]] => [peer.name, []]),
  ])
  for (let round = 0; round < count; round++) {
    const own = await tideUp(project, server)
    runs.get('tide')?.push(own.ms)
    const expected = await countRelations(own.url)
    for (const { peer, folder } of present) {
      const url = await freshDatabase(server, 'bench_peer')
      const { ms } = await run(peer.up(folder, url))
      const made = await countRelations(url)
      if (made !== expected) throw new Error(`${peer.name} made ${made} relations, tide ${expected}.`)
      runs.get(peer.name)?.push(ms)
    }
    process.stderr.write(
      `up, round ${round + 1}: ${[...runs].map(([name, all]) => `${name} ${all.at(-1)?.toFixed(0)}`).join(', ')}\n`,
    )
  }
  const versions = new Map(present.map(({ peer, version }) => [peer.name, version]))
  const racers = [...runs].map(([name, all]) => ({
    name,
    version: versions.get(name) ?? 'this checkout',
    measurement: { name, runs: all },
  }))
  return { racers, absent }
}
