import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generatorVersion } from '../random/generator-version.ts'

/** What made rows: the version of the package, which names exactly its libraries, and that of the generators. */
export function tideVersion(): readonly [string, number] {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (!existsSync(file)) continue
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: string }
    return [version ?? '', generatorVersion]
  }
  return ['', generatorVersion]
}
