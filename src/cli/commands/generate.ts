import { relative } from 'node:path'
import { generateClients } from '../../prisma/generate-client.ts'
import { ensureSnapshotClient } from '../../data/client/snapshot-client.ts'
import { ensureTsNodeOptions } from '../../fix/ts-node-options.ts'
import { readHistory } from '../../history/read-history.ts'
import type { Project } from '../../project/open-project.ts'
import { writeSchemaTypes } from '../../seed/rules/write-schema-types.ts'
import { defineCommand } from '../command.ts'
import { openWorkspace } from '../workspace.ts'

export const command = defineCommand({
  name: 'generate',
  summary: 'generate the Prisma Client, in process',
  description:
    'Runs the generators prisma-client and prisma-client-js of the schema in this process. Generators of others are ' +
    'named and left to `npx prisma generate`. Also writes the types of seed/generators.ts and seed/personas.ts, the ' +
    'clients of data steps, and beside fixes the tsconfig.json with which ts-node starts them.',
  examples: [{ line: 'tide generate', does: 'writes the client where the schema says' }],
  run: async (context) => {
    const started = context.now().getTime()
    const { project } = await openWorkspace(context)
    const clients = (await generateClients(project.schema.files, project.schema.root)).map(({ output, ...client }) => ({
      ...client,
      ...(output === undefined ? {} : { output: relative(context.directory, output) }),
    }))
    const types = writeSchemaTypes(project)
    const dataClients = (await generateDataClients(project)).map((folder) => relative(context.directory, folder))
    const options = await ensureTsNodeOptions(project.directory)
    const ms = context.now().getTime() - started
    const lines = clients.map((client) =>
      client.output === undefined
        ? `Generator ${client.generator}: ${client.skipped ?? 'skipped'}.`
        : `Generated the client in ${client.output} (${String(ms)} ms).`,
    )
    const text = [
      ...(lines.length === 0 ? ['The schema names no generator.'] : lines),
      ...(types === undefined ? [] : [`Wrote ${types}.`]),
      ...dataClients.map((folder) => `Generated the client of a data step in ${folder}.`),
      ...(options === undefined ? [] : [`Wrote ${options}.`]),
    ]
    return { document: { clients, seedTypes: types ?? null, dataClients, fixOptions: options ?? null, ms }, text }
  },
})

/** From the schema beside each data step; those that are there already are left. */
async function generateDataClients({ migrationsDirectory }: Project): Promise<readonly string[]> {
  const folders: string[] = []
  for (const { directory, hasData } of await readHistory(migrationsDirectory)) {
    const folder = hasData ? (await ensureSnapshotClient(directory)).folder : undefined
    if (folder !== undefined) folders.push(folder)
  }
  return folders
}
