import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { PrismaPg } from '@prisma/adapter-pg'
import { race } from './table.ts'

const batch = 1000

/** Prisma's `createMany` in batches of 1,000, with rows that were made before. */
await race(async (url, rows) => {
  const { PrismaClient } = (await import(process.env['BENCH_CLIENT'] ?? '')) as { PrismaClient: new (options: object) => Client }
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) })
  const data: object[] = []
  for await (const line of createInterface(createReadStream(process.env['BENCH_ROWS'] ?? ''))) {
    if (data.length === rows) break
    const [id, email, first_name, last_name, role, active, balance, bio, settings, created_at, updated_at] = line.split('\t')
    data.push({
      id: Number(id), email, first_name, last_name, role, is_active: active === 't', balance, bio: bio === '\\N' ? null : bio,
      settings: JSON.parse(settings ?? '{}') as object, created_at: new Date(created_at ?? 0), updated_at: new Date(updated_at ?? 0),
    })
  }
  return async () => {
    for (let at = 0; at < data.length; at += batch) await client.users.createMany({ data: data.slice(at, at + batch) })
    await client.$disconnect()
  }
})

interface Client {
  readonly users: { createMany(input: { readonly data: readonly object[] }): Promise<unknown> }
  $disconnect(): Promise<void>
}
