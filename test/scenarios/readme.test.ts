import { expect, test } from 'vitest'
import { replayMarkdown } from '../support/markdown-session.ts'
import { createPageProject } from '../support/page-project.ts'
import { pathOfPage, readPage } from '../support/pages.ts'

test('the examples of README.md print what it says', { timeout: 300_000 }, async () => {
  const session = await createPageProject()
  const replayed = await replayMarkdown(await readPage('README.md'), session)
  await expect(replayed).toMatchFileSnapshot(pathOfPage('README.md'))
})
