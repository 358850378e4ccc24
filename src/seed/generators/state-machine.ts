import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'
import { wordsOf } from '../classify/words.ts'

type Sort = 'initial' | 'active' | 'done' | 'partial' | 'negative' | 'undone'

/** The states of a column: the labels of its enum, else those that a status written as text usually has. */
export function statesOf({ enumLabels, default: expression }: Pick<ColumnFacts, 'enumLabels' | 'default'>): readonly string[] {
  if (enumLabels !== undefined) return enumLabels
  const stated = /^'([^']+)'/u.exec(expression ?? '')?.[1]
  const isLoud = /^'[A-Z_]+'/u.test(expression ?? '')
  const usual = isLoud ? usualStates.map((state) => state.toUpperCase()) : usualStates
  return stated === undefined || usual.includes(stated) ? usual : [stated, ...usual]
}

/** How often rows are in a state, against the others. */
export function stateWeight(label: string): number {
  return weights[sortOf(label)]
}

/**
 * Whether a row in this state has had the event: a shipped order was paid before, a draft was not. Undefined where
 * the states say nothing of it.
 */
export function hasHappened(event: string, state: string, states: readonly string[]): boolean | undefined {
  const marks = marksOf(event)
  const reached = states.findIndex((label) => marks.includes(last(label)))
  if (reached === -1) return undefined
  if (marks.includes(last(state))) return true
  const sort = sortOf(state)
  // What went wrong says nothing of how far it had come; what is undone had been done.
  if (sort === 'negative' || sortOf(states[reached] ?? '') === 'negative') return false
  if (sort === 'undone') return sortOf(states[reached] ?? '') !== 'undone'
  return states.indexOf(state) > reached
}

/** The order in which things happen to a row, for columns such as `paid_at` and `delivered_at`. */
export function eventRank(event: string): number {
  const at = events.findIndex((names) => names.includes(event))
  return at === -1 ? events.length : at
}

/** `shipped_at` is `shipped`. */
export function eventOf(column: string): string {
  const words = wordsOf(column).filter((word) => word !== 'at' && word !== 'on' && word !== 'first')
  return words.at(-1) ?? ''
}

function marksOf(event: string): readonly string[] {
  return events.find((names) => names.includes(event)) ?? [event]
}

function sortOf(label: string): Sort {
  if (/partial/iu.test(label)) return 'partial'
  return sorts.get(last(label)) ?? 'active'
}

function last(label: string): string {
  return wordsOf(label).at(-1) ?? ''
}

const usualStates = ['pending', 'active', 'completed', 'cancelled']

const weights: Readonly<Record<Sort, number>> = {
  initial: 12, active: 30, done: 50, partial: 6, negative: 5, undone: 4,
}

const events: readonly (readonly string[])[] = [
  ['scheduled', 'planned'],
  ['sent', 'invited'],
  ['opened', 'seen', 'read', 'clicked'],
  ['placed', 'submitted', 'ordered'],
  ['verified', 'confirmed', 'accepted', 'approved'],
  ['activated', 'onboarded'],
  ['paid', 'captured', 'settled', 'charged'],
  ['processed', 'executed'],
  ['published', 'released', 'live'],
  ['shipped', 'dispatched'],
  ['delivered', 'fulfilled'],
  ['completed', 'done', 'finished', 'resolved', 'succeeded', 'success', 'complete'],
  ['closed'],
  ['returned'],
  ['refunded'],
  ['cancelled', 'canceled'],
  ['rejected', 'declined'],
  ['failed', 'error'],
  ['revoked'],
  ['deleted', 'archived', 'removed'],
]

const sorts: ReadonlyMap<string, Sort> = new Map(
  Object.entries({
    initial:
      'draft new pending open created queued todo waiting trial invited requested scheduled planned submitted unpaid backlog',
    done:
      'completed complete done delivered shipped captured success succeeded finished resolved closed paid settled fulfilled ok',
    negative:
      'cancelled canceled failed rejected expired deleted archived blocked suspended banned inactive error declined disabled ' +
      'revoked abandoned overdue bounced timeout removed',
    undone: 'refunded returned reversed',
  } satisfies Partial<Record<Sort, string>>).flatMap(([sort, labels]) =>
    labels.split(' ').map((label) => [label, sort as Sort] as const),
  ),
)
