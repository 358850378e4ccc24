import { expect, test } from 'vitest'
import { replayMarkdown } from '../support/markdown-session.ts'
import { createPageProject } from '../support/page-project.ts'
import { pathOfPage, readPage } from '../support/pages.ts'

test('the examples of docs/questions.md print what the page says', { timeout: 300_000 }, async () => {
  const session = await createPageProject()
  await session.run('npx tide init')
  const replayed = await replayMarkdown(await readPage('docs/questions.md'), session)
  await expect(replayed).toMatchFileSnapshot(pathOfPage('docs/questions.md'))
})
