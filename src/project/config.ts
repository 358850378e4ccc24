/** What `tide.config.ts` may say. Every key is optional; docs/configuration.md describes them with their defaults. */
export interface TideConfig {
  /** The schema: a file, or a folder of `.prisma` files. Relative to the project's folder, as every path here. */
  readonly schema?: string
  /** The folder of the history. */
  readonly migrations?: string
  /** The databases, by the name that `--env` takes. `dev` is there without being named. */
  readonly environments?: Readonly<Record<string, EnvironmentConfig>>
  /** The server on which rehearsals are made; the embedded one where nothing is said. */
  readonly rehearsal?: RehearsalConfig
  /** How long a statement waits for a lock before Tide steps back and tries again. In milliseconds. */
  readonly lockTimeout?: number
  /** What migrations keep for their rollbacks. */
  readonly archive?: ArchiveConfig
  /** How data steps are worked on. */
  readonly data?: DataConfig
  /** What fixtures are made of besides what the schema says. */
  readonly fixtures?: FixturesConfig
  /** The embedded PostgreSQL server. */
  readonly embedded?: EmbeddedConfig
}

/** How data steps are worked on. */
export interface DataConfig {
  /** Sessions that work at the same time. 2 where nothing is said. */
  readonly workers?: number
  /** How long a batch should take, in milliseconds: its size is steered to it. 100 where nothing is said. */
  readonly batchTime?: number
  readonly brakes?: BrakeConfig
}

/** What holds data steps while the server, or who uses it, is in trouble. 0 switches a brake off. */
export interface BrakeConfig {
  /** Seconds that a standby may be behind. 10 where nothing is said. */
  readonly replicationLag?: number
  /** Milliseconds that a session may wait for a lock of a batch. 1000 where nothing is said. */
  readonly lockWaits?: number
  /** Transactions of others a second above which batches become short, and rest between. 20 where nothing is said. */
  readonly traffic?: number
  /** Sessions of others that may be at work at once. Off where nothing is said. */
  readonly activeSessions?: number
  /** Megabytes of WAL a second that the server may write in all. Off where nothing is said. */
  readonly walRate?: number
  /** Seconds that the oldest transaction of others may last. Off where nothing is said. */
  readonly transactionAge?: number
  /** A query: it holds while its first value is false or NULL, or a text, which is the reason. */
  readonly sql?: string
  /** A URL: it holds while a GET does not answer with a status of 200 to 299 within 2 s. */
  readonly http?: string
}

/** What fixtures are made of besides what the schema says. */
export interface FixturesConfig {
  /** Models or tables that are taken whole and as they are, besides those that `seed/reference` has files for. */
  readonly reference?: readonly string[]
  /** What points to what without a foreign key. */
  readonly relations?: readonly FixtureRelation[]
}

/** Rows point to rows of another table, and no foreign key says so. */
export interface FixtureRelation {
  /** `Comment.subjectId`: a model and its field, or a table and its column. */
  readonly from: string
  /** `Post.id`. */
  readonly to: string
  /** SQL over the table of `from`, where only some of its rows point there: `subject_type = 'post'`. */
  readonly when?: string
}

/** Where a database is: one of `url` and `urlVariable`. */
export interface UrlConfig {
  /** `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`. Better is `urlVariable`, which keeps the password out of git. */
  readonly url?: string
  /** The environment variable that holds the URL; `.env` is read. */
  readonly urlVariable?: string
}

/** One environment: its database. */
export interface EnvironmentConfig extends UrlConfig {
  /** True: a database of the embedded server, named like the environment. */
  readonly embedded?: boolean
}

/** Where rehearsals are made. Tide makes and drops databases of its own there and touches no other. */
export interface RehearsalConfig extends UrlConfig {
  /** SQL for an empty rehearsal, before the first migration: what a hoster provides, as in `CREATE SCHEMA auth;` */
  readonly setup?: string
}

/** What migrations that `tide dev` writes keep of rows and values that they take away. */
export interface ArchiveConfig {
  /** False: nothing. True where nothing is said. */
  readonly enabled?: boolean
  /** Of a larger table nothing is kept, judged where the migration runs. 256 where nothing is said. */
  readonly maxTableMegabytes?: number
}

/** The embedded server's place. */
export interface EmbeddedConfig {
  /** A fixed port; a free one is taken where nothing is said. */
  readonly port?: number
  /** The folder of its data and its log; `.tide` where nothing is said. */
  readonly directory?: string
}

/**
 * Gives `tide.config.ts` its types.
 *
 * @example
 * import { defineConfig } from 'prisma-tide'
 *
 * export default defineConfig({
 *   environments: { production: { urlVariable: 'PRODUCTION_DATABASE_URL' } },
 * })
 */
export function defineConfig(config: TideConfig): TideConfig {
  return config
}
