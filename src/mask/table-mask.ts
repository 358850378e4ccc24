import type { NamedTable } from '../seed/plan/name-tables.ts'
import type { FittedColumn } from './fit-masks.ts'
import type { ColumnMask, TableMask } from './row-mask.ts'
import { shuffledSource } from './shuffled-source.ts'
import type { World } from './world.ts'

/** Puts the masks of a table's columns together: what is kept costs nothing. */
export function tableMask({ facts }: NamedTable, columns: readonly FittedColumn[], world: World): TableMask {
  const shuffled = columns.flatMap(({ facts: { name }, plan }) =>
    plan.mask.name === 'shuffle' ? [{ column: name, within: plan.argument }] : [],
  )
  const changing = columns.flatMap(({ plan, compiled }, place) =>
    plan.mask.name === 'keep' ? [] : [{ place, apply: compiled.apply }],
  )
  return {
    schema: facts.schema,
    table: facts.name,
    ...(shuffled.length === 0 ? {} : { readFrom: shuffledSource(facts, shuffled, world) }),
    columns: columns.map(({ facts: { name }, plan, compiled: { vocabulary } }): ColumnMask => ({
      column: name,
      piiClass: plan.piiClass,
      mask: plan.written,
      provenance: plan.mask.provenance,
      ...(vocabulary === undefined ? {} : { vocabulary }),
    })),
    maskRow: (row) => {
      const masked = row.slice()
      for (const { place, apply } of changing) {
        const value = row[place]
        if (value !== null && value !== undefined) masked[place] = apply(value, row)
      }
      return masked
    },
  }
}
