import type { DataModel, FieldInfo } from '../../prisma/data-model.ts'

/** `seed/schema.d.ts`: the models as rules and personas may name them. The same schema gives the same text. */
export function renderSchemaTypes({ models, enums }: DataModel): string {
  const labels = new Map(enums.map(({ name, values }) => [name, values.map((one) => JSON.stringify(one.name)).join(' | ')]))
  const known = new Set(models.map(({ name }) => name))
  const bodies = models
    .filter(({ isView }) => !isView)
    .map(({ name, fields }) => {
      const lines = fields.flatMap((field) => fieldLine(field, labels, known))
      return [`  readonly ${name}: {`, ...lines, '  }'].join('\n')
    })
  return `${[
    '// Written by Tide from the Prisma schema; `tide generate` and `tide seed` write it anew.',
    '',
    '/** The models, for `defineGenerators<Models>` and `definePersonas<Models>`. */',
    'export interface Models {',
    ...bodies,
    '}',
  ].join('\n')}\n`
}

function fieldLine(
  field: FieldInfo,
  labels: ReadonlyMap<string, string>,
  known: ReadonlySet<string>,
): readonly string[] {
  const isRelation = known.has(field.type)
  if (isRelation && field.relationFields.length === 0) return []
  const plain = isRelation ? 'string' : (labels.get(field.type) ?? scalarTypes[field.type] ?? 'string')
  const type = field.isList ? `readonly (${plain})[]` : plain
  return [`    readonly ${field.name}: ${type}${field.isRequired || field.isList ? '' : ' | null'}`]
}

const scalarTypes: Readonly<Record<string, string>> = {
  Int: 'number',
  BigInt: 'bigint | number',
  Float: 'number',
  Decimal: 'number | string',
  Boolean: 'boolean',
  DateTime: 'Date | string',
  Json: 'unknown',
  Bytes: 'Uint8Array | string',
}
