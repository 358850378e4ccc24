import { access } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { replayMarkdown } from '../support/markdown-session.ts'
import { createPageProject } from '../support/page-project.ts'
import { pathOfPage, readPage } from '../support/pages.ts'

const pages = ['README.md', 'docs/getting-started.md', 'docs/questions.md']

test('the examples of README.md print what it says', { timeout: 180_000 }, async () => {
  const session = await createPageProject()
  const replayed = await replayMarkdown(await readPage('README.md'), session)
  await expect(replayed).toMatchFileSnapshot(pathOfPage('README.md'))
})

test.each(pages)('every npm script that %s names is there', async (page) => {
  const { scripts } = JSON.parse(await readPage('package.json')) as { readonly scripts: object }
  const named = [...(await readPage(page)).matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script)
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named))
})

test.each(pages)('every link of %s leads somewhere', async (page) => {
  const links = [...(await readPage(page)).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link)
  for (const link of links) await access(new URL(link, `file://${pathOfPage(page)}`))
})
