import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { referenceProject } from './reference-project.ts'

/** The path of a page of this repository: `README.md`, `docs/questions.md`. */
export function pathOfPage(page: string): string {
  return fileURLToPath(new URL(page, `file://${referenceProject}`))
}

/** Its text. */
export function readPage(page: string): Promise<string> {
  return readFile(pathOfPage(page), 'utf8')
}
