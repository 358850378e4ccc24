import { defineFailure } from '../../errors/failure.ts'

/** No PostgreSQL binaries for this machine are installed. */
export const platformUnsupported = defineFailure('EMBEDDED_PLATFORM', (platform: string, reason: string) => ({
  message: `The embedded PostgreSQL is not available here (${platform}).`,
  why: reason,
  fix: 'Set DATABASE_URL and `rehearsal.url` of tide.config.ts to a PostgreSQL server of your own, or repair the '
    + 'installation with: npm ci --include=optional',
}))

/** The shared-library links are missing and cannot be made. */
export const linksMissing = defineFailure('EMBEDDED_LINKS', (directory: string, reason: string) => ({
  message: 'The shared libraries of the embedded PostgreSQL are not linked, and Tide may not link them.',
  why: `${directory}: ${reason}`,
  fix: 'Make the folder writable for one run of Tide, or run there as its owner: npm rebuild',
}))

/** Running as root, and no other user can be had to run PostgreSQL as. */
export const noServerUser = defineFailure('EMBEDDED_NO_USER', (reason: string) => ({
  message: 'PostgreSQL refuses to run as root, and Tide could not run it as another user.',
  why: reason,
  fix: 'Run Tide as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.',
}))

/** The folder of the embedded server cannot be read or written by this user. */
export const directoryUnusable = defineFailure('EMBEDDED_DIRECTORY', (directory: string, reason: string) => ({
  message: `The embedded PostgreSQL cannot keep its data in ${directory}.`,
  why: reason,
  fix: 'Make the folder writable, run Tide as the user who owns it, or delete it to start anew.',
}))

/** No room left for the data. */
export const diskFull = defineFailure('EMBEDDED_DISK_FULL', (directory: string) => ({
  message: `There is no room left on the disk of ${directory}.`,
  fix: 'Free some space (the embedded PostgreSQL needs about 100 MB to begin with) and run the command again.',
}))

/** The data folder was made by another major version of PostgreSQL. */
export const dataVersion = defineFailure('EMBEDDED_DATA_VERSION', (directory: string, found: string, ours: string) => ({
  message: `The embedded data folder was made by PostgreSQL ${found}; this is PostgreSQL ${ours}.`,
  why: `${directory} cannot be opened by another major version.`,
  fix: 'Install the version of Tide that made it and dump what you need, or start anew: tide db reset --confirm embedded',
}))

/** The data folder holds something, but no database server's data that Tide can open. */
export const dataUnusable = defineFailure('EMBEDDED_DATA', (directory: string, reason: string) => ({
  message: 'The embedded data folder cannot be used.',
  why: `${directory}: ${reason}`,
  fix: 'Start anew (its databases are lost) with: tide db reset --confirm embedded',
}))

/** Another command starts or stops the server and does not come to an end. */
export const locked = defineFailure('EMBEDDED_LOCKED', (file: string, holder: string, seconds: number) => ({
  message: `Another command has been starting or stopping the embedded PostgreSQL for ${String(seconds)} s.`,
  why: `It is ${holder}, by the file ${file}.`,
  fix: `Wait for it or end it; if there is no such process, delete ${file}.`,
}))

/** The port that the configuration fixes belongs to somebody else. */
export const portTaken = defineFailure('EMBEDDED_PORT_TAKEN', (port: number) => ({
  message: `Port ${String(port)} is taken by another program.`,
  fix: 'Stop that program, choose another `embedded.port` in tide.config.ts, or leave it out: Tide then finds a free one.',
}))

/** initdb or postgres ended without serving. */
export const startFailed = defineFailure('EMBEDDED_START', (program: string, reason: string, log: string) => ({
  message: `The embedded PostgreSQL did not start: ${program} failed.`,
  why: reason,
  fix: `Its log is ${log}. To start anew (its databases are lost): tide db reset --confirm embedded`,
}))

/** The server was told to stop and goes on. */
export const stopFailed = defineFailure('EMBEDDED_STOP', (pid: number, reason: string) => ({
  message: 'The embedded PostgreSQL did not stop.',
  why: reason,
  fix: `End it by hand: kill -INT ${String(pid)}`,
}))
