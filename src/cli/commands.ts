import type { Command, CommandGroup } from './command.ts'

/** One line of the table: enough for `tide --help`, and how the rest is loaded. */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  /** The heading under which `tide --help` shows it. */
  readonly group: 'Start' | 'Migrations' | 'Data' | 'Database'
  readonly load: () => Promise<{ readonly command: Command | CommandGroup }>
  /** Begun before the command is loaded: what it needs and what takes its time. */
  readonly ahead?: () => Promise<unknown>
}

/** Every command, in the order of `tide --help`. Only the command asked for is imported: a start costs what it uses. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'begin a project, or adopt an existing Prisma project',
    group: 'Start',
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'dev',
    summary: 'turn an edit of the schema into an applied, reversible migration',
    group: 'Migrations',
    load: () => import('./commands/dev.ts'),
    // The engine compiles on another processor while this one loads the command and opens the project.
    ahead: async () => (await import('../prisma/engine-thread.ts')).engineThread(),
  },
  {
    name: 'up',
    summary: 'apply the migrations that are pending',
    group: 'Migrations',
    load: () => import('./commands/up.ts'),
  },
  {
    name: 'down',
    summary: 'roll back the migration applied last, or more',
    group: 'Migrations',
    load: () => import('./commands/down.ts'),
  },
  {
    name: 'status',
    summary: 'show which migrations are applied, pending or in the way',
    group: 'Migrations',
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'verify',
    summary: 'rehearse migrations up, down and up again, and write down the proof',
    group: 'Migrations',
    load: () => import('./commands/verify.ts'),
  },
  {
    name: 'check',
    summary: 'say which migrations lack a proof, or show more than was accepted',
    group: 'Migrations',
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'new',
    summary: 'make an empty migration to fill in by hand',
    group: 'Migrations',
    load: () => import('./commands/new.ts'),
  },
  {
    name: 'data',
    summary: 'data steps: status, work, undo, pause, resume, cancel, skip',
    group: 'Data',
    load: () => import('./commands/data.ts'),
  },
  {
    name: 'archive',
    summary: 'what migrations keep for their rollbacks: list, purge',
    group: 'Migrations',
    load: () => import('./commands/archive.ts'),
  },
  {
    name: 'seed',
    summary: 'fill an environment with reference data and realistic rows',
    group: 'Data',
    load: () => import('./commands/seed.ts'),
  },
  {
    name: 'fix',
    summary: 'scripts that repair data: new, run, undo, list, purge',
    group: 'Data',
    load: () => import('./commands/fix.ts'),
  },
  {
    name: 'fixtures',
    summary: 'data sets made from a real database, masked: classify, build, load, list, inspect, upgrade',
    group: 'Data',
    load: () => import('./commands/fixtures.ts'),
  },
  {
    name: 'generate',
    summary: 'generate the Prisma Client, in process',
    group: 'Start',
    load: () => import('./commands/generate.ts'),
  },
  {
    name: 'db',
    summary: 'the embedded PostgreSQL: start, stop, status, url, reset',
    group: 'Database',
    load: () => import('./commands/db.ts'),
  },
]
