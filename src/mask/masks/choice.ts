import type { Mask, MaskColumn } from '../mask.ts'

/** One of a few values, whatever the value was: for sex, blood group and the like. */
export const choice: Mask = {
  name: 'choice',
  summary: 'one of the labels of the enum, true or false, or one of `choice(a, b, c)`; decided by the row, so it says nothing of the value',
  provenance: 'replaced',
  compile: (input) => {
    const values = valuesOf(input)
    if (values === undefined) return { unfit: 'choice needs its values in brackets, as in choice(a, b), where the type is no enum and no boolean' }
    const chanceOf = input.world.chance(`choice ${input.table.schema}.${input.table.name}.${input.column.name}`)
    const places = keyPlaces(input)
    return {
      distinctBits: 0,
      apply: (_, row) => chanceOf((places.length === 0 ? row : places.map((place) => row[place] ?? null)).join('\0')).pick(values),
    }
  },
}

function valuesOf({ argument, column }: MaskColumn): readonly string[] | undefined {
  if (argument !== undefined) return argument.split(',').map((value) => value.trim())
  if (column.enumLabels !== undefined) return column.enumLabels
  return column.baseType === 'bool' ? ['t', 'f'] : undefined
}

function keyPlaces({ table, place }: MaskColumn): readonly number[] {
  return (table.primaryKey?.keys ?? []).flatMap((key) => ('column' in key ? (place(key.column) ?? []) : []))
}
