import type { DomainSampler } from '../seed/constraints/domain.ts'
import { roomOf } from '../seed/generators/format/text.ts'
import { compileColumn } from './compile-column.ts'
import type { ColumnPlan, DescribedColumn } from './describe-columns.ts'
import type { MaskProblem } from './errors.ts'
import { constrain } from './constrain.ts'
import type { TableConstraints } from './constraints.ts'
import { type CellMask, isUnfit, type Mask, type Unfit } from './mask.ts'
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
  /** Of tables that have any, by `schema.table`. */
  readonly constraints: ReadonlyMap<string, TableConstraints>
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
  // What constraints say of a key, by the column that all who hold it point at.
  const allowed = new Map<string, readonly DomainSampler[]>()
  for (const column of planned) {
    const samplers = input.constraints.get(column.table.key)?.samplersOf(column.facts.name) ?? []
    const [only] = samplers
    // Of several ways to satisfy the constraints the rest of the row decides: that is nothing to share.
    const shared = samplers.length === 1 && only !== undefined ? [only] : []
    allowed.set(column.root.key, [...(allowed.get(column.root.key) ?? []), ...shared])
    joinFamily(families, column, needs.get(column.key) ?? [])
  }
  const columns = planned.flatMap((column): readonly FittedColumn[] => {
    const family = families.get(familyName(column)) ?? alone
    const shared = allowed.get(column.root.key) ?? []
    const compiled = compileFitted(column, { ...family, shared }, planned, people.get(column.table.key), input)
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

function compileFitted(
  column: PlannedColumn,
  { isUnique, ignoresCase, room, shared }: Family & { readonly shared: readonly DomainSampler[] },
  planned: readonly PlannedColumn[],
  person: string | undefined,
  { world, findMask, constraints }: FitInput,
): CellMask | Unfit {
  const { plan, table, facts } = column
  const plans = plansOf(planned, column)
  const compiled = compileColumn(plan, findMask, {
    world,
    table: table.facts,
    column: facts,
    model: table.name,
    isUnique,
    ignoresCase,
    room,
    place: placesOf(column),
    plans,
    person,
    isPatterned: shared.length > 0,
  })
  if (isUnfit(compiled)) return compiled
  const own = { column: facts.name, plan, plans, constraints: constraints.get(table.key), shared, isUnique, world }
  return constrain(compiled, own)
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

function joinFamily(
  families: Map<string, Family>,
  column: PlannedColumn,
  needs: readonly UniqueNeed[],
): void {
  const name = familyName(column)
  const { isUnique, ignoresCase, room } = families.get(name) ?? alone
  families.set(name, {
    isUnique: isUnique || needs.some((need) => need.isPredicate !== true && need.excludes !== true),
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
    if (need.isPredicate === true) return problem(`${need.index} is unique for some rows alone, and the column says for which`)
    if (plan.mask.provenance !== 'null' && need.excludes === true && !isMovedAlike(column))
      return problem(`rows exclude each other by it in ${need.index}, and masked ones may meet`)
    if (plan.mask.provenance === 'null') return need.nullsNotDistinct ? problem(`NULL would stand twice in ${need.index}`) : []
    const chance = (rows * rows) / 2 ** (compiled.distinctBits + 1)
    if (compiled.distinctWith !== undefined && need.columns.includes(compiled.distinctWith)) return []
    if (compiled.distinctBits === 0) return problem(`distinct values could become the same, and ${need.index} is unique`)
    if (chance > acceptable) return problem(`${need.index} is unique, and the column has too little room to keep ${rows} values apart`)
    return []
  })
}

/** All rows by as much: what did not meet does not meet then. */
function isMovedAlike({ plan, compiled }: FittedColumn): boolean {
  return plan.mask.name === 'date-shift' && compiled.distinctBits === Infinity
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
