import type { Connection } from '../../postgres/connect.ts'
import type { RowImage } from '../rows/row-image.ts'
import { imagesTable } from './fix-tables.ts'

/** Where the images of one table of a run go. */
export interface ImagePlace {
  readonly run: string
  /** The table's place among those of the run. */
  readonly place: number
  /** How many of its images are kept already. */
  readonly kept: number
}

/** Keeps some images, in the transaction of the run. */
export async function keepImages(work: Connection, to: ImagePlace, images: readonly RowImage[]): Promise<void> {
  await work.query(
    `INSERT INTO ${imagesTable} (run, place, number, key, before, after)
      SELECT $1, $2, $3 + i.number, i.key::text[], i.before, i.after
        FROM unnest($4::text[], $5::text[], $6::text[]) WITH ORDINALITY AS i (key, before, after, number)`,
    [to.run, to.place, to.kept, ...(['key', 'before', 'after'] as const).map((part) => images.map((image) => image[part]))],
  )
}
