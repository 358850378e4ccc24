import type { TablePlan } from '../plan/seed-plan.ts'

/** Whether the predicates of the table's partial unique indexes may hold in a row. */
export function isAllowedRow({ partials }: Pick<TablePlan, 'partials'>, row: number): boolean {
  return partials.every(({ allowed }) =>
    allowed.kind === 'below' ? row < allowed.limit : row % allowed.every === 0 && row / allowed.every < allowed.limit,
  )
}
