import { createHash } from 'node:crypto'
import { isFailure, withCause } from '../../errors/failure.ts'
import { nearestName } from '../../errors/nearest-name.ts'
import { hidePasswords } from '../../postgres/hide-passwords.ts'
import type { FieldInfo, ModelInfo } from '../../prisma/data-model.ts'
import type { ColumnFacts, TableFacts } from '../../postgres/tables/table-facts.ts'
import type { Cell } from '../cell.ts'
import type { Generator } from '../generators/generator.ts'
import { semanticGenerators } from '../generators/list.ts'
import type { Locale } from '../locale/locale.ts'
import { toDeclared } from '../reference/read-module.ts'
import { columnOf, findModel, type SchemaTables } from '../reference/schema-tables.ts'
import { toCell } from '../reference/to-cell.ts'
import type { RuleRow } from './define-generators.ts'
import { ruleFieldUnknown, ruleGeneratorUnknown, ruleInvalid, ruleModelUnknown, ruleNull, ruleThrew, ruleValue } from './errors.ts'

/** Against what rules are read. */
export interface RuleScene {
  readonly file: string
  readonly tables: SchemaTables
  readonly seed: string
  /** Loaded where a rule names a generator of Tide. */
  readonly locale: () => Promise<Locale>
  readonly now: number
}

/** The generators of each model, by field. */
export type CompiledRules = ReadonlyMap<string, ReadonlyMap<string, Generator>>

/**
 * Reads what `seed/generators` exports against the schema.
 * @throws SEED_RULE_* with the nearest name where a model, a field or a generator does not exist
 */
export async function compileRules(scene: RuleScene, exported: unknown): Promise<CompiledRules> {
  const compiled = new Map<string, ReadonlyMap<string, Generator>>()
  for (const [name, fields] of entriesOf(scene.file, 'all models', exported)) {
    const { model, nearest } = findModel(scene.tables, name)
    const table = scene.tables.tables.get(name)
    if (model === undefined || table === undefined) throw ruleModelUnknown(scene.file, name, nearest)
    const generators = new Map<string, Generator>()
    for (const [field, rule] of entriesOf(scene.file, name, fields)) {
      const target = { model, table, ...findField(scene.file, model, table, field) }
      generators.set(field, await compileRule(scene, target, rule))
    }
    refuseCircles(scene.file, model, generators)
    compiled.set(name, generators)
  }
  return compiled
}

/** @throws SEED_RULE_INVALID where rules wait for each other */
function refuseCircles(file: string, model: ModelInfo, generators: ReadonlyMap<string, Generator>): void {
  const fieldOf = (column: string): string => model.fields.find((one) => one.column === column)?.name ?? column
  for (const first of generators.keys()) {
    const open = [[first]]
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      for (const next of (generators.get(path.at(-1) ?? '')?.after ?? []).map(fieldOf)) {
        const way = [...path, next].join(' → ')
        if (next === first) throw ruleInvalid(file, `${model.name}.${first}`, `It waits for itself: ${way}.`)
        if (!path.includes(next)) open.push([...path, next])
      }
    }
  }
}

/**
 * A field that has a column which can be written.
 * @throws SEED_RULE_FIELD_UNKNOWN
 */
export function findField(
  file: string,
  model: ModelInfo,
  table: TableFacts,
  name: string,
): { readonly field: FieldInfo; readonly column: ColumnFacts } {
  const field = model.fields.find((one) => one.name === name)
  const column = field === undefined ? undefined : columnOf(table, field)
  if (field !== undefined && column !== undefined && column.generated === undefined) return { field, column }
  const known = model.fields.filter((one) => one.column !== undefined).map((one) => one.name)
  throw ruleFieldUnknown(file, model.name, name, nearestName(name, known))
}

interface RuleTarget {
  readonly model: ModelInfo
  readonly table: TableFacts
  readonly field: FieldInfo
  readonly column: ColumnFacts
}

async function compileRule(scene: RuleScene, target: RuleTarget, rule: unknown): Promise<Generator> {
  const { model, table, field, column } = target
  const what = `${model.name}.${field.name}`
  const toText = (value: unknown): Cell => cellOf(scene, target, value)
  if (Array.isArray(rule)) {
    if (rule.length === 0) throw ruleInvalid(scene.file, what, 'The list is empty.')
    const cells = rule.map(toText)
    if (column.notNull && cells.includes(null)) throw ruleNull(scene.file, what)
    const distinct = [...new Set(cells.filter((cell) => cell !== null))]
    return {
      name: ruleName(JSON.stringify(cells)),
      isOwn: true,
      after: [],
      make: (_, random) => random.pick(cells),
      capacity: distinct.length,
      at: (index) => distinct[index] ?? '',
    }
  }
  if (typeof rule === 'function') return functionGenerator(scene.file, target, [], rule as (row: RuleRow) => unknown, toText)
  const { generator, make, after } = Object.fromEntries(entriesOf(scene.file, what, rule))
  if (typeof make === 'function') {
    const names = Array.isArray(after) ? after.map(String) : []
    const columns = names.map((name) => findField(scene.file, model, table, name).column.name)
    return functionGenerator(scene.file, target, columns, make as (row: RuleRow) => unknown, toText)
  }
  if (typeof generator !== 'string') throw ruleInvalid(scene.file, what, 'It is none of the four forms of a rule.')
  const { seed, now } = scene
  const locale = await scene.locale()
  const maker = Object.hasOwn(semanticGenerators, generator) ? semanticGenerators[generator] : undefined
  const made = maker?.({ seed, column, columns: table.columns, model: model.name, locale, now, rows: 0 })
  if (made !== undefined) return made
  const known = Object.keys(semanticGenerators)
  const nearest = maker === undefined ? nearestName(generator, known) : undefined
  throw ruleGeneratorUnknown(scene.file, what, generator, nearest)
}

function functionGenerator(
  file: string,
  { model, field, column }: RuleTarget,
  after: readonly string[],
  make: (row: RuleRow) => unknown,
  toText: (value: unknown) => Cell,
): Generator {
  const guarded = (index: number, row: RuleRow): unknown => {
    try {
      return make(row)
    } catch (error) {
      if (isFailure(error)) throw error
      const reason = error instanceof Error ? error.message : String(error)
      throw withCause(ruleThrew(file, `${model.name}.${field.name}`, index, hidePasswords(reason)), error)
    }
  }
  return {
    name: ruleName(make.toString()),
    isOwn: true,
    after,
    // Where the column is unique, that is the rule's own promise: the database holds it to it.
    distinct: true,
    capacity: Number.MAX_SAFE_INTEGER,
    make: (row, random) => {
      const cell = toText(
        guarded(row.index, {
          index: row.index,
          // Shared by the row and made when they are first asked for.
          get person() {
            return row.person
          },
          get address() {
            return row.address
          },
          get moment() {
            return new Date(row.moment)
          },
          random,
          get: (name) => row.cell(model.fields.find((one) => one.name === name)?.column ?? name),
        }),
      )
      if (cell === null && column.notNull) throw ruleNull(file, `${model.name}.${field.name}`)
      return cell
    },
  }
}

/** Raised where the same rule gives other rows: as `generatorVersion`, but of tables with rules alone. */
const ruleVersion = 2

/** Names what the rule says: by its generators' names a run knows whether it is the same as an earlier one. */
function ruleName(source: string): string {
  return `rule:${createHash('sha256').update(`${ruleVersion} ${source}`).digest('hex').slice(0, 12)}`
}

/**
 * A value of JavaScript in PostgreSQL's text form.
 * @throws SEED_RULE_VALUE
 */
export function cellOf({ file, tables }: Pick<RuleScene, 'file' | 'tables'>, target: RuleTarget, value: unknown): Cell {
  const { model, field, column } = target
  const cell = toCell(toDeclared(value), column, tables.data.enums.find((one) => one.name === field.type))
  const { enumLabels, arrayDimensions } = column
  const labels = arrayDimensions > 0 ? undefined : enumLabels
  const isLabel = typeof cell !== 'string' || labels?.includes(cell) !== false
  if (cell === undefined || !isLabel) throw ruleValue(file, `${model.name}.${field.name}`, column.type, labels)
  return cell
}

/**
 * The properties of an object.
 * @throws SEED_RULE_INVALID for anything else
 */
export function entriesOf(file: string, what: string, value: unknown): readonly (readonly [string, unknown])[] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isObject) throw ruleInvalid(file, what, 'It is no object.')
  return Object.entries(value).filter(([, one]) => one !== undefined)
}
