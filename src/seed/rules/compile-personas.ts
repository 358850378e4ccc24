import { nearestName } from '../../errors/nearest-name.ts'
import type { FieldInfo, ModelInfo } from '../../prisma/data-model.ts'
import type { TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import { filledColumns } from '../reference/reference-key.ts'
import { findModel, type SchemaTables } from '../reference/schema-tables.ts'
import { cellOf, entriesOf, findField } from './compile-rules.ts'
import { personaTargetUnknown, ruleModelUnknown, ruleNull } from './errors.ts'
import { identifierOf } from './persona-id.ts'

/** The personas of each model in their order, as given cells by column. */
export type CompiledPersonas = ReadonlyMap<string, readonly ReadonlyMap<string, Cell>[]>

interface PersonaScene {
  readonly file: string
  readonly tables: SchemaTables
  /** The models that have reference data, whose rows a relation may name by their key. */
  readonly withReference: ReadonlySet<string>
  readonly isWanted: (persona: string) => boolean
}

interface Persona {
  readonly name: string
  readonly model: ModelInfo
  readonly table: TableFacts
  readonly values: readonly (readonly [string, unknown])[]
  readonly cells: Map<string, Cell>
}

/**
 * Reads what `seed/personas` exports against the schema. A key that is not given follows from the persona's name.
 * @throws SEED_RULE_*, SEED_PERSONA_TARGET_UNKNOWN, each with the nearest name
 */
export function compilePersonas(scene: PersonaScene, exported: unknown): CompiledPersonas {
  const personas = new Map<string, ReadonlyMap<string, Persona>>()
  for (const [name, rows] of entriesOf(scene.file, 'all models', exported)) {
    const { model, nearest } = findModel(scene.tables, name)
    const table = scene.tables.tables.get(name)
    if (model === undefined || table === undefined) throw ruleModelUnknown(scene.file, name, nearest)
    const own = entriesOf(scene.file, name, rows).map(([persona, values], place): Persona => {
      const entries = entriesOf(scene.file, `${name}.${persona}`, values)
      return { name: persona, model, table, values: entries, cells: keyCells(model, table, persona, place) }
    })
    personas.set(name, new Map(own.map((persona) => [persona.name, persona])))
  }
  const all = [...personas.values()].flatMap((own) => [...own.values()])
  for (const persona of all) fillColumns(scene, persona)
  for (const persona of all) fillRelations(scene, persona, personas)
  return new Map(
    [...personas].map(([name, own]) => [
      name,
      [...own.values()].filter((persona) => scene.isWanted(persona.name)).map(({ cells }) => cells),
    ]),
  )
}

/** The cell of a primary key of one column that nothing else gives. */
function keyCells(model: ModelInfo, table: TableFacts, persona: string, place: number): Map<string, Cell> {
  const keys = table.primaryKey?.keys ?? []
  const [key] = keys
  const name = key === undefined || !('column' in key) ? undefined : key.column
  const column = table.columns.find((one) => one.name === name)
  const field = model.fields.find((one) => one.column === column?.name)
  const isOwn = column !== undefined && !table.foreignKeys.some(({ columns }) => columns.includes(column.name))
  if (keys.length !== 1 || field === undefined || column === undefined || !isOwn) return new Map()
  const identifier = identifierOf(model, persona, place, field, column)
  return new Map<string, Cell>(identifier === undefined ? [] : [[column.name, identifier]])
}

function fillColumns(scene: PersonaScene, { model, table, values, cells }: Persona): void {
  for (const [name, value] of values) {
    if (relationOf(model, name) !== undefined) continue
    const found = findField(scene.file, model, table, name)
    const cell = cellOf(scene, { model, table, ...found }, value)
    if (cell === null && found.column.notNull) throw ruleNull(scene.file, `${model.name}.${name}`)
    cells.set(found.column.name, cell)
  }
}

function fillRelations(
  scene: PersonaScene,
  { name: persona, model, table, values, cells }: Persona,
  personas: ReadonlyMap<string, ReadonlyMap<string, Persona>>,
): void {
  for (const [name, value] of values) {
    const relation = relationOf(model, name)
    if (relation === undefined) continue
    const local = filledColumns(model, relation)
    const foreignKey = table.foreignKeys.find(({ columns }) => isSame(columns, local))
    const named = typeof value === 'string' ? value : JSON.stringify(value)
    const target = personas.get(relation.type)?.get(named)
    const isKey = target === undefined && scene.withReference.has(relation.type) && local.length === 1
    for (const [index, column] of (foreignKey?.columns ?? local).entries()) {
      const referenced = foreignKey?.target.columns[index] ?? ''
      if (value === null) cells.set(column, null)
      else if (target?.cells.has(referenced) === true) cells.set(column, target.cells.get(referenced) ?? null)
      else if (isKey) cells.set(column, named)
      else throw unknownTarget(scene, `${model.name}.${persona}.${name}`, relation, named, personas)
    }
  }
}

function isSame(columns: readonly string[], others: readonly string[]): boolean {
  return columns.length === others.length && others.every((one) => columns.includes(one))
}

function unknownTarget(
  { file }: PersonaScene,
  what: string,
  { type }: FieldInfo,
  value: string,
  personas: ReadonlyMap<string, ReadonlyMap<string, Persona>>,
): Error {
  return personaTargetUnknown(file, what, type, value, nearestName(value, personas.get(type)?.keys() ?? []))
}

function relationOf(model: ModelInfo, name: string): FieldInfo | undefined {
  return model.fields.find((field) => field.name === name && field.relationFields.length > 0)
}
