import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replayMarkdown, withoutOutputs } from '../../test/support/markdown-session.ts'
import { pathOfPage } from '../../test/support/pages.ts'
import { createShellSession } from '../../test/support/shell-session.ts'

/** Writes into the pages what their examples print now, times included (`npm run pages`). Run it on a quiet machine. */
await refresh('README.md', [])
await refresh('docs/questions.md', ['npx tide init'])

async function refresh(page: string, before: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tide-page-'))
  const project = join(folder, 'shop')
  await mkdir(project)
  const session = await createShellSession(project)
  try {
    for (const line of before) await session.run(line)
    const path = pathOfPage(page)
    await writeFile(path, await replayMarkdown(withoutOutputs(await readFile(path, 'utf8')), session))
  } finally {
    await session.run('npx tide db stop')
    await rm(folder, { recursive: true, force: true })
  }
}
