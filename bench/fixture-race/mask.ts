import { join } from 'node:path'
import { buildFixture, openProject } from '../../dist/index.js'
import { race } from '../seed-race/table.ts'

/** Tide, as the command calls it. The first argument is the project's folder. */
await race(async (directory) => {
  const project = await openProject({ directory, environment: 'source', variables: process.env })
  if (project.database.kind !== 'url') throw new Error('The source has no URL.')
  const { url } = project.database
  return async () => {
    const subset = { filters: new Map<string, string>(), children: 100 }
    const to = join(directory, 'fixture')
    const { gate } = await buildFixture({ project, environment: 'qa', from: url, to, subset, version: '0' })
    if (!gate.passed) throw new Error(JSON.stringify(gate.tests))
  }
})
