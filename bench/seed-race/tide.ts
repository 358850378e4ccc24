import { type DatabaseUrl, parseDatabaseUrl, seedRows } from '../../dist/index.js'
import { race } from './table.ts'

/** Tide, as the command calls it: from the catalog alone. */
await race(async (url, rows) => {
  const database: DatabaseUrl = parseDatabaseUrl(url, 'the benchmark')
  const workers = Number(process.env['BENCH_WORKERS'] ?? 0)
  const input = { database, counts: new Map(), rows, seed: 'bench', locale: 'en', now: Date.UTC(2026, 0, 15), isPinned: true, workers }
  return async () => {
    await seedRows(input)
  }
})
