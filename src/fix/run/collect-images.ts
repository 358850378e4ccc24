import type { Report } from '../../apply/ports.ts'
import { keepImages } from '../journal/keep-images.ts'
import { insertRun, type RunHead } from '../journal/runs.ts'
import { captureImages, type NearRows } from '../rows/capture-images.ts'
import { type ChangeBaseline, readChangedTables } from '../rows/changed-tables.ts'
import { addCounts, countImages, type ImageSink, type RowCounts, type RowImage } from '../rows/row-image.ts'
import { shownName, type TouchedTable } from '../rows/table-shape.ts'
import { type RowSample, sampleOf } from './row-sample.ts'
import { type FixSessions, rowTexts } from './sessions.ts'

/** A table that a run touched, and what it did to its rows. */
export interface CollectedTable {
  readonly shape: TouchedTable
  readonly counts: RowCounts
  readonly samples: readonly RowSample[]
}

/** What becomes of the images. */
export interface CollectOptions {
  readonly head: RunHead
  /** False: they are only counted, unless they are those of an undo, which are compared. */
  readonly commit: boolean
  /** How many rows of each table are sampled. */
  readonly samples: number
  readonly report: Report
  /** Where most of the rows are, where that is known. */
  readonly near?: NearRows
}

/** What a run touched, and the number under which it is kept; undefined where it is not. */
export interface CollectedRun {
  readonly run: string | undefined
  readonly tables: readonly CollectedTable[]
}

/** Finds the rows that the working transaction has changed, counts and samples them, and keeps them under its run. */
export async function collectImages(
  sessions: FixSessions,
  baseline: ChangeBaseline,
  options: CollectOptions,
): Promise<CollectedRun> {
  const { work, watch } = sessions
  const changed = await readChangedTables(work, watch, baseline, options.head.undoes !== null)
  await work.query(rowTexts)
  const run = options.commit || options.head.undoes !== null ? await insertRun(work, options.head) : undefined
  const collected = new Map<TouchedTable, CollectedTable>()
  const places = new Map<TouchedTable, number>()
  let total = 0
  const collect: ImageSink = async (shape, images) => {
    const earlier = collected.get(shape)
    const place = places.get(shape) ?? places.size
    places.set(shape, place)
    if (run !== undefined) await keepImages(work, { run, place, kept: sum(earlier?.counts) }, images)
    collected.set(shape, {
      shape,
      counts: addCounts(earlier?.counts, countImages(images)),
      samples: sampled(earlier?.samples ?? [], shape, images, options.samples),
    })
    total += images.length
    options.report({ stage: 'comparing rows', done: total, detail: shownName(shape) })
  }
  await captureImages(sessions, changed, collect, options.near)
  // In the order of their places: that of their first image.
  return { run, tables: [...collected.values()] }
}

function sampled(
  earlier: readonly RowSample[],
  shape: TouchedTable,
  images: readonly RowImage[],
  limit: number,
): readonly RowSample[] {
  return [...earlier, ...images.slice(0, Math.max(0, limit - earlier.length)).map((image) => sampleOf(shape, image))]
}

function sum(counts: RowCounts | undefined): number {
  return counts === undefined ? 0 : counts.inserted + counts.updated + counts.deleted
}
