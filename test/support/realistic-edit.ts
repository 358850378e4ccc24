import { readdirSync } from 'node:fs'
import type { QueryExpectation } from './query-rows.ts'

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
  /** The questions asked when nobody has answered, each `kind subject`. */
  readonly questions: readonly string[]
  readonly answers: EditAnswers
  /** What stands in the database after `up`. */
  readonly expect: readonly QueryExpectation[]
  /** Of `expect`, what any tool has to keep: nothing that only an answer can bring about. Default: all of it. */
  readonly kept?: readonly QueryExpectation[]
  /** `exact`: after `down` catalog and rows are those of before. `lossy`: some values are not. */
  readonly back: 'exact' | 'lossy'
  /** Further truths after `down` of a lossy edit. */
  readonly afterDown?: readonly QueryExpectation[]
  /** `draft`: what the five kinds cannot say: written, not applied. `stops`: refused until `repair` has run. */
  readonly outcome?: 'applied' | 'draft' | 'stops'
  /** What a person does to the rows so that an edit that stopped can go on. */
  readonly repair?: string
}

const header = `datasource db {
  provider = "postgresql"
}

generator client {
  provider = "prisma-client"
  output   = "../generated"
}
`

/** Declares an edit; its schemas get the datasource and the generator that every project has. */
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
