import { defineConfig } from 'prisma-tide'

export default defineConfig({
  environments: {
    ci: { embedded: true },
    qa: { embedded: true },
    staging: { urlVariable: 'STAGING_DATABASE_URL' },
    production: { urlVariable: 'PRODUCTION_DATABASE_URL' },
  },
})
