import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where a project's fixes are, from its folder. */
export const fixesFolder = 'scripts/fixes'

const optionsFile = `${fixesFolder}/tsconfig.json`

/**
 * Writes the `tsconfig.json` with which ts-node starts fixes, and which editors read, beside scripts in TypeScript that
 * have none; one that is there stays.
 * @returns its path from the project's folder; undefined where nothing was written, or could not be
 */
export async function ensureTsNodeOptions(directory: string): Promise<string | undefined> {
  const folder = join(directory, fixesFolder)
  const names = existsSync(folder) ? await readdir(folder) : []
  if (names.includes('tsconfig.json') || !names.some((name) => /\.[cm]?ts$/.test(name))) return undefined
  const extended = existsSync(join(directory, 'tsconfig.json'))
  const own = { target: 'es2023', module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true }
  const options = {
    ...(extended ? { extends: '../../tsconfig.json' } : { compilerOptions: own }),
    'ts-node': { esm: false, require: ['prisma-tide/ts-node'] },
    include: ['.'],
  }
  try {
    await writeFile(join(directory, optionsFile), `${JSON.stringify(options, null, 2)}\n`, { flag: 'wx' })
    return optionsFile
  } catch {
    return undefined
  }
}
