import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { MarkdownSession } from './markdown-session.ts'
import { createShellSession } from './shell-session.ts'

/** A shell in an empty folder; when the test is over its server is stopped and the folder is gone. */
export async function createPageProject(): Promise<MarkdownSession> {
  const folder = await mkdtemp(join(tmpdir(), 'tide-page-'))
  const project = join(folder, 'shop')
  await mkdir(project)
  const session = await createShellSession(project)
  onTestFinished(async () => {
    await session.run('npx tide db stop')
    await rm(folder, { recursive: true, force: true })
  })
  return session
}
