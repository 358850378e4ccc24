import { roomOf } from '../seed/generators/format/text.ts'
import { compileColumn } from './compile-column.ts'
import type { ColumnPlan, DescribedColumn } from './describe-columns.ts'
import type { MaskProblem } from './errors.ts'
import { type CellMask, isUnfit, type Mask } from './mask.ts'
import { personColumns } from './person-columns.ts'
import { uniqueNeeds, type UniqueNeed } from './unique-needs.ts'
import type { World } from './world.ts'

/** A column with its mask. */
export interface FittedColumn extends DescribedColumn {
  readonly plan: ColumnPlan
  readonly compiled: CellMask
}

interface FitInput {
  readonly columns: readonly DescribedColumn[]
  /** What columns point at. */
  readonly links: ReadonlyMap<string, readonly string[]>
  readonly counts: ReadonlyMap<string, number>
  readonly world: World
  /** Tables whose rows are people. */
  readonly subjects: ReadonlySet<string>
  readonly findMask: (name: string) => Mask | undefined
}

/** Compiles the mask of every column, so that columns that must mask alike do, and judges it. */
export function fitMasks(
  input: FitInput,
): { readonly columns: readonly FittedColumn[]; readonly problems: readonly MaskProblem[] } {
  const problems: MaskProblem[] = []
  const planned = input.columns.flatMap((column) => withPlan(column, input, problems))
  const needs = uniqueNeeds([...new Set(planned.map(({ table }) => table.facts))])
  const people = personColumns(input.columns, input.links, input.subjects)
  const families = new Map<string, Family>()
  for (const column of planned) joinFamily(families, column, needs.get(column.key) ?? [])
  const columns = planned.flatMap((column): readonly FittedColumn[] => {
    const family = families.get(familyName(column)) ?? alone
    const compiled = compileColumn(column.plan, input.findMask, {
      world: input.world,
      table: column.table.facts,
      column: column.facts,
      model: column.table.name,
      isUnique: family.isUnique,
      ignoresCase: family.ignoresCase,
      room: family.room,
      place: placesOf(column),
      plans: plansOf(planned, column),
      person: people.get(column.table.key),
    })
    if (isUnfit(compiled)) {
      problems.push({ kind: 'unfit', where: column.where, reason: `${column.plan.written}: ${compiled.unfit}` })
      return []
    }
    const fitted = { ...column, compiled }
    problems.push(...collisions(fitted, needs.get(column.key) ?? [], input.counts.get(column.table.key) ?? 0))
    return [fitted]
  })
  return { columns, problems }
}

type PlannedColumn = DescribedColumn & {
  readonly plan: ColumnPlan
  /** What it points at in the end, else the column itself: whose room says in which company it is. */
  readonly root: DescribedColumn
}

/** A column that points at another is masked as that one is. */
function withPlan(
  column: DescribedColumn,
  { columns, links }: FitInput,
  problems: MaskProblem[],
): readonly PlannedColumn[] {
  const roots = links.get(column.key)
  if (roots === undefined) return column.plan === undefined ? [] : [{ ...column, plan: column.plan, root: column }]
  const targets = columns.filter(({ key }) => roots.includes(key))
  const plans = targets.flatMap(({ plan }) => plan ?? [])
  const [plan] = plans
  const [root] = targets
  if (plan === undefined || root === undefined) return []
  if (new Set(plans.map(({ written }) => written)).size > 1) {
    const reason = `it points at ${roots.join(' and ')}, which are masked differently`
    problems.push({ kind: 'unfit', where: column.where, reason })
  }
  return [{ ...column, plan, root }]
}

/** Columns whose values must mask alike: those of one mask and meaning. */
interface Family {
  readonly isUnique: boolean
  readonly ignoresCase: boolean
  readonly room: number
}

const alone: Family = { isUnique: false, ignoresCase: false, room: Infinity }

/** A very short column does not make all others short. */
const short = 32

function familyName({ plan, root }: PlannedColumn): string {
  const room = roomOf(root.facts)
  return [plan.written, plan.meaning ?? '', room < short ? room : 'long'].join('\0')
}

function joinFamily(families: Map<string, Family>, column: PlannedColumn, needs: readonly UniqueNeed[]): void {
  const name = familyName(column)
  const { isUnique, ignoresCase, room } = families.get(name) ?? alone
  families.set(name, {
    isUnique: isUnique || needs.length > 0,
    ignoresCase: ignoresCase || column.facts.baseType === 'citext' || needs.some((need) => need.ignoresCase),
    room: Math.min(room, roomOf(column.facts)),
  })
}

/** Chance at which two values of a unique column may meet. */
const acceptable = 1e-9

function collisions(column: FittedColumn, needs: readonly UniqueNeed[], rows: number): readonly MaskProblem[] {
  const { plan, compiled, where } = column
  if (plan.mask.name === 'keep') return []
  return needs.flatMap((need): readonly MaskProblem[] => {
    const problem = (reason: string): readonly MaskProblem[] => [{ kind: 'collides', where, reason: `${plan.written}: ${reason}` }]
    if (need.unknown !== undefined) return problem(`the index ${need.index} is over ${need.unknown}, and nobody can say that it stays unique`)
    if (plan.mask.provenance === 'null') return need.nullsNotDistinct ? problem(`NULL would stand twice in ${need.index}`) : []
    const chance = (rows * rows) / 2 ** (compiled.distinctBits + 1)
    if (compiled.distinctWith !== undefined && need.columns.includes(compiled.distinctWith)) return []
    if (compiled.distinctBits === 0) return problem(`distinct values could become the same, and ${need.index} is unique`)
    if (chance > acceptable) return problem(`${need.index} is unique, and the column has too little room to keep ${rows} values apart`)
    return []
  })
}

/** What is done with the columns of the same table. */
function plansOf(planned: readonly PlannedColumn[], { table }: DescribedColumn): ReadonlyMap<string, ColumnPlan> {
  return new Map(planned.filter((one) => one.table === table).map(({ facts, plan }) => [facts.name, plan]))
}

function placesOf({ table }: DescribedColumn): (column: string) => number | undefined {
  const names = table.facts.columns.filter(({ generated }) => generated === undefined).map(({ name }) => name)
  return (column) => {
    const place = names.indexOf(column)
    return place < 0 ? undefined : place
  }
}
