import fc from 'fast-check'

/** A small schema as data: what a property varies. */
export interface SmallSchema {
  readonly models: readonly SmallModel[]
  readonly enums: readonly SmallEnum[]
}

export interface SmallModel {
  readonly name: string
  readonly map: string | undefined
  readonly key: 'Int' | 'BigInt' | 'String' | 'autoincrement'
  readonly fields: readonly SmallField[]
  /** Positions of fields. */
  readonly index: readonly number[]
  readonly unique: readonly number[]
  /** The position of the model that each of its relations points to. */
  readonly relations: readonly { readonly target: number; readonly isRequired: boolean }[]
  /** The position of the model with which it has an implicit many-to-many relation. */
  readonly joined: number | undefined
}

export interface SmallField {
  readonly name: string
  readonly map: string | undefined
  /** `enum:0` is the enum at that position. */
  readonly type: string
  readonly arity: '' | '?' | '[]'
  readonly hasDefault: boolean
}

export interface SmallEnum {
  readonly name: string
  readonly map: string | undefined
  readonly values: readonly string[]
}

const scalarTypes = [
  'String',
  'String @db.VarChar(20)',
  'String @db.VarChar(200)',
  'String @db.Uuid',
  'Int',
  'Int @db.SmallInt',
  'BigInt',
  'Float',
  'Decimal',
  'Decimal @db.Decimal(10, 2)',
  'Boolean',
  'DateTime',
  'DateTime @db.Timestamptz(3)',
  'DateTime @db.Date',
  'Json',
  'Bytes',
  'enum:0',
  'enum:1',
]

const fieldNames = ['name', 'fullName', 'title', 'count', 'total', 'state', 'kind', 'createdAt', 'data', 'order']
const modelNames = ['User', 'Person', 'Post', 'Article', 'Tag']
const enumNames = ['Role', 'Status', 'Kind']
const enumValues = ['NEW', 'OPEN', 'DONE', 'LOST', 'delete']

const field = (name: string): fc.Arbitrary<SmallField> =>
  fc.record({
    name: fc.constant(name),
    map: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(`${name} of "x"`.replaceAll('"', '')) }),
    type: fc.constantFrom(...scalarTypes),
    arity: fc.oneof(
      { weight: 6, arbitrary: fc.constant('' as const) },
      { weight: 3, arbitrary: fc.constant('?' as const) },
      { weight: 1, arbitrary: fc.constant('[]' as const) },
    ),
    hasDefault: fc.boolean(),
  })

const model = (name: string, models: number): fc.Arbitrary<SmallModel> =>
  fc
    .subarray(fieldNames, { minLength: 1, maxLength: 4 })
    .chain((names) =>
      fc.record({
        name: fc.constant(name),
        map: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(`my_${name.toLowerCase()}s`) }),
        key: fc.constantFrom('Int' as const, 'BigInt' as const, 'String' as const, 'autoincrement' as const),
        fields: fc.tuple(...names.map(field)),
        index: fc.subarray(names.map((_, at) => at)),
        unique: fc.oneof(
          { weight: 3, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: fc.subarray(names.map((_, at) => at)) },
        ),
        relations: fc.array(fc.record({ target: fc.nat(models - 1), isRequired: fc.boolean() }), { maxLength: 1 }),
        joined: fc.option(fc.nat(models - 1), { nil: undefined, freq: 4 }),
      }),
    )

const smallEnum = (name: string): fc.Arbitrary<SmallEnum> =>
  fc.record({
    name: fc.constant(name),
    map: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(`my ${name}`) }),
    values: fc.shuffledSubarray(enumValues, { minLength: 1 }),
  })

/** Two enums and up to three models. */
const smallSchema: fc.Arbitrary<SmallSchema> = fc
  .tuple(
    fc.shuffledSubarray(modelNames, { minLength: 1, maxLength: 3 }),
    fc.shuffledSubarray(enumNames, { minLength: 2, maxLength: 2 }),
  )
  .chain(([models, enums]) =>
    fc.record({
      models: fc.tuple(...models.map((name) => model(name, models.length))),
      enums: fc.tuple(...enums.map(smallEnum)),
    }),
  )

/** A schema and an edit of it: some of its parts come from another schema. */
export const schemaEdit: fc.Arbitrary<{ readonly before: SmallSchema; readonly after: SmallSchema }> = fc
  .tuple(smallSchema, smallSchema, fc.array(fc.nat(5), { minLength: 12, maxLength: 12 }))
  .map(([before, other, dice]) => ({ before, after: edited(before, other, dice) }))

/** Most parts stay; a part whose die shows 0 is taken from the other schema, or goes, or is new. */
function edited(before: SmallSchema, other: SmallSchema, dice: readonly number[]): SmallSchema {
  const changes = (at: number): boolean => dice[at] === 0
  const models = before.models.map((model, at) => {
    const from = other.models[at]
    if (from === undefined) return model
    const fields = model.fields.map((field, position) =>
      changes(3 + position) ? (from.fields[position] ?? field) : field,
    )
    const added = changes(7) ? from.fields.slice(0, 1) : []
    const kept = changes(8) ? fields.slice(0, -1) : fields
    return {
      ...model,
      ...(changes(at) ? { name: from.name, map: from.map } : {}),
      ...(changes(9) ? { key: from.key, relations: from.relations } : {}),
      ...(changes(10) ? { index: from.index, unique: from.unique, joined: from.joined } : {}),
      fields: distinct([...kept, ...added]),
    }
  })
  const enums = before.enums.map((one, at) => {
    const from = other.enums[at]
    if (from === undefined || !changes(11 - at)) return one
    return { ...one, values: from.values, map: from.map === undefined ? undefined : `my ${one.name}` }
  })
  return { models: distinct(models), enums: distinct(enums) }
}

function distinct<Named extends { readonly name: string }>(named: readonly Named[]): readonly Named[] {
  return named.filter((one, at) => named.findIndex((other) => other.name === one.name) === at)
}

/** The schema's models and enums as text that Prisma accepts. */
export function renderSmallSchema({ models, enums }: SmallSchema): string {
  const back = new Map<string, string[]>()
  const own = models.map((model) => modelLines(model, models, enums, back))
  const blocks = own.map((lines, at) => {
    const name = models[at]?.name ?? ''
    return `model ${name} {\n${[...lines, ...(back.get(name) ?? [])].map((line) => `  ${line}`).join('\n')}\n}\n`
  })
  return [...blocks, ...enums.map(renderEnum)].join('\n')
}

function modelLines(
  model: SmallModel,
  models: readonly SmallModel[],
  enums: readonly SmallEnum[],
  back: Map<string, string[]>,
): string[] {
  const note = (name: string, line: string): void => void back.set(name, [...(back.get(name) ?? []), line])
  const lines = [keyLine(model), ...model.fields.map((field) => fieldLine(field, enums))]
  for (const [at, { target, isRequired }] of model.relations.entries()) {
    const other = models[target % models.length]
    if (other === undefined) continue
    const relation = `"${model.name}_${at}"`
    lines.push(`ref${at}Id ${other.key === 'autoincrement' ? 'Int' : other.key}${isRequired ? '' : '?'}`)
    lines.push(`ref${at} ${other.name}${isRequired ? '' : '?'} @relation(${relation}, fields: [ref${at}Id], references: [id])`)
    note(other.name, `back${model.name}${at} ${model.name}[] @relation(${relation})`)
  }
  const joined = model.joined === undefined ? undefined : models[model.joined % models.length]
  if (joined !== undefined && joined !== model) {
    lines.push(`joins${joined.name} ${joined.name}[] @relation("J${model.name}")`)
    note(joined.name, `joined${model.name} ${model.name}[] @relation("J${model.name}")`)
  }
  const named = (positions: readonly number[]): string[] =>
    positions.flatMap((at) => model.fields[at] ?? []).filter((field) => field.arity !== '[]' && field.type !== 'Json').map(({ name }) => name)
  if (named(model.index).length > 0) lines.push(`@@index([${named(model.index).join(', ')}])`)
  if (named(model.unique).length > 0) lines.push(`@@unique([${named(model.unique).join(', ')}])`)
  if (model.map !== undefined) lines.push(`@@map("${model.map}")`)
  return lines
}

function keyLine({ key }: SmallModel): string {
  return key === 'autoincrement' ? 'id Int @id @default(autoincrement())' : `id ${key} @id`
}

function fieldLine({ name, map, type, arity, hasDefault }: SmallField, enums: readonly SmallEnum[]): string {
  const own = type.startsWith('enum:') ? enums[Number(type.slice(5)) % enums.length] : undefined
  const [base = '', ...native] = (own?.name ?? type).split(' ')
  const initial = own === undefined ? defaults.get(base) : own.values[0]
  const fallback = hasDefault && arity !== '[]' && initial !== undefined && native.join() !== '@db.Uuid' ? ` @default(${initial})` : ''
  const mapped = map === undefined ? '' : ` @map("${map}")`
  return `${name} ${base}${arity} ${native.join(' ')}${fallback}${mapped}`
}

const defaults: ReadonlyMap<string, string> = new Map([
  ['String', '"it\'s"'],
  ['Int', '7'],
  ['BigInt', '8'],
  ['Float', '1.5'],
  ['Decimal', '2.5'],
  ['Boolean', 'true'],
  ['DateTime', 'now()'],
  ['Json', '"{}"'],
])

function renderEnum({ name, map, values }: SmallEnum): string {
  return `enum ${name} {\n${values.map((value) => `  ${value}`).join('\n')}\n${map === undefined ? '' : `  @@map("${map}")\n`}}\n`
}
