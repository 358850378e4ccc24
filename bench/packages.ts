import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const modules = new URL('./node_modules/', import.meta.url)

/** The file behind a command of a package installed in `bench/`. */
export function binary(name: string): string {
  return realpathSync(modulePath(`.bin/${name}`))
}

/** A file of the packages installed in `bench/`. */
export function modulePath(path: string): string {
  return fileURLToPath(new URL(path, modules))
}

/** The installed version of a package. */
export async function packageVersion(name: string): Promise<string> {
  const path = modulePath(`${name}/package.json`)
  const { version } = JSON.parse(await readFile(path, 'utf8')) as { readonly version: string }
  return version
}
