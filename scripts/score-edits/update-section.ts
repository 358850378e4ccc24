import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'

/** Puts a text between `<!-- NAME:start -->` and `<!-- NAME:end -->` of a page, leaving the rest alone. */
export async function updateSection(path: string, name: string, section: string): Promise<void> {
  const page = existsSync(path) ? await readFile(path, 'utf8') : ''
  const start = `<!-- ${name}:start -->`
  const end = `<!-- ${name}:end -->`
  const block = `${start}\n${section.trim()}\n${end}`
  const from = page.indexOf(start)
  const to = page.indexOf(end)
  const whole =
    from === -1 || to < from
      ? `${page.trimEnd()}\n\n${block}\n`
      : page.slice(0, from) + block + page.slice(to + end.length)
  await writeFile(path, whole.trimStart())
}
