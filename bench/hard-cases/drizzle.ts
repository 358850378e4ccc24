import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { seed } from 'drizzle-seed'
import pg from 'pg'
import { run } from '../measure.ts'

/** Fills a database's tables as a user of drizzle-seed would: the schema pulled by drizzle-kit, then one call. */
const [url = '', rows = '0', folder = ''] = process.argv.slice(2)
const config = join(folder, 'drizzle.config.json')
await writeFile(config, JSON.stringify({ dialect: 'postgresql', out: './pulled', dbCredentials: { url } }))
const kit = createRequire(import.meta.url).resolve('drizzle-kit')
const bin = join(dirname(kit), 'bin.cjs')
await run({ program: process.execPath, args: [bin, 'pull', '--config', config], directory: folder })
const schema = (await import(pathToFileURL(join(folder, 'pulled/schema.ts')).href)) as Record<string, never>
const pool = new pg.Pool({ connectionString: url, max: 1 })
await seed(drizzle(pool), schema, { count: Number(rows) })
await pool.end()
