import { readdirSync } from 'node:fs'
import type { QueryExpectation } from './query-rows.ts'

/** The environment variable that names the database of an edit's rows. */
export const databaseVariable = 'EDIT_DATABASE_URL'

/** The answers of one edit, as `--answers FILE` holds them. */
export interface EditAnswers {
  readonly rename?: Readonly<Record<string, string>>
  readonly delete?: readonly string[]
  readonly fill?: Readonly<Record<string, string>>
  readonly cast?: Readonly<Record<string, string>>
  readonly map?: Readonly<Record<string, string>>
}

/** A schema edit that people make on tables with rows, and what has to be true of the rows afterwards. */
export interface RealisticEdit {
  readonly title: string
  /** The schema's models and enums; `defineEdit` puts the datasource before them. */
  readonly before: string
  /** Objects the schema cannot express, written by hand in a migration of their own. */
  readonly byHand?: string
  readonly rows: string
  readonly after: string
  /** The questions asked when nobody has answered, each `kind subject`; without those that a rename may answer. */
  readonly questions: readonly string[]
  readonly answers: EditAnswers
  /** What stands in the database after `up`. */
  readonly expect: readonly QueryExpectation[]
  /** Of `expect`, what any tool has to keep: nothing that only an answer can bring about. Default: all of it. */
  readonly kept?: readonly QueryExpectation[]
  /** After `down`: `exact`: catalog and rows as before; `changed`: the catalog; `loss`: it takes `--accept-loss`. */
  readonly back: 'exact' | 'changed' | 'loss'
  /** Further truths after `down`. */
  readonly afterDown?: readonly QueryExpectation[]
  /** `draft`: what the five kinds cannot say, written with `--draft`. `stops`: refused until `repair` has run. */
  readonly outcome?: 'applied' | 'draft' | 'stops'
  /** What a person does to the rows so that an edit that stopped can go on. */
  readonly repair?: string
}

/** The datasource as Prisma 6 writes it, so that one variable says where the rows are. */
const header = `datasource db {
  provider = "postgresql"
  url      = env("${databaseVariable}")
}
`

/** Declares an edit; its schemas get the datasource that every project has. */
export function defineEdit(edit: RealisticEdit): RealisticEdit {
  return { ...edit, before: `${header}${edit.before}`, after: `${header}${edit.after}` }
}

const folder = new URL('../scenarios/realistic-edits/', import.meta.url)

/** Every edit of the folder, by its file name without the ending. */
export async function realisticEdits(): Promise<ReadonlyMap<string, RealisticEdit>> {
  const edits = new Map<string, RealisticEdit>()
  for (const file of readdirSync(folder).sort()) {
    const { edit } = (await import(new URL(file, folder).href)) as { readonly edit: RealisticEdit }
    edits.set(file.replace(/\.ts$/, ''), edit)
  }
  return edits
}
