import { defineConfig } from 'prisma/config'

const url = process.env['DATABASE_URL']

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Without a URL Tide serves the project from its embedded PostgreSQL.
  ...(url === undefined || url === '' ? {} : { datasource: { url } }),
})
