import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a small working project into a folder: a schema with two models, the configs, a package.json.
 * A file that exists stays as it is.
 * @param version of Tide, which the project will depend on
 * @returns the paths of the files that were written, relative to the folder
 */
export async function scaffoldProject(directory: string, version: string): Promise<readonly string[]> {
  const written: string[] = []
  for (const [path, text] of Object.entries(filesFor(basename(directory), version))) {
    const target = join(directory, path)
    if (existsSync(target)) continue
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, text, { flag: 'wx' })
    written.push(path)
  }
  return [...written, ...(await ignoreStateDirectory(directory))]
}

/**
 * Adds `.tide/` to `.gitignore`, made where it is missing: the one file of an existing project that is changed.
 * @returns `.gitignore` where it was changed
 */
export async function ignoreStateDirectory(directory: string): Promise<readonly string[]> {
  const path = join(directory, '.gitignore')
  const text = existsSync(path) ? await readFile(path, 'utf8') : ''
  if (/^\/?\.tide\/?\s*$/m.test(text)) return []
  const separator = text === '' || text.endsWith('\n') ? '' : '\n'
  await writeFile(path, `${text}${separator}.tide/\n`)
  return ['.gitignore']
}

function filesFor(name: string, version: string): Readonly<Record<string, string>> {
  return {
    'prisma/schema.prisma': schema,
    'prisma.config.ts': prismaConfig,
    'tide.config.ts': tideConfig,
    'package.json': packageJson(name, version),
    '.gitignore': 'node_modules/\n.env\ngenerated/\n.tide/\n',
  }
}

const schema = `generator client {
  provider = "prisma-client"
  output   = "../generated/prisma"
}

datasource db {
  provider = "postgresql"
}

model User {
  id        Int      @id @default(autoincrement())
  email     String   @unique
  name      String?
  createdAt DateTime @default(now())
  posts     Post[]
}

model Post {
  id        Int      @id @default(autoincrement())
  title     String
  published Boolean  @default(false)
  author    User     @relation(fields: [authorId], references: [id])
  authorId  Int
}
`

const prismaConfig = `import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
})
`

const tideConfig = `import { defineConfig } from 'prisma-tide'

// Every key is optional. Without a URL, Tide runs a PostgreSQL server of its own for development.
export default defineConfig({
  environments: {
    // staging: { urlVariable: 'STAGING_DATABASE_URL' },
  },
})
`

/** The versions with which this Tide was tried; Prisma's packages do not follow SemVer, so they are exact. */
function packageJson(name: string, version: string): string {
  const content = {
    name: name.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-').replaceAll(/^[._-]+|-+$/g, '') || 'app',
    private: true,
    type: 'module',
    scripts: { dev: 'tide dev', migrate: 'tide up', generate: 'tide generate' },
    dependencies: { '@prisma/adapter-pg': '7.10.0', '@prisma/client': '7.10.0' },
    devDependencies: { prisma: '7.10.1', 'prisma-tide': `^${version}` },
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
