import { quoteIdentifier, quoteLiteral } from '../../postgres/quote.ts'
import type { Answers } from '../answers.ts'
import { type Names, valueSubject } from '../names.ts'
import type { ObjectName } from '../script/operation.ts'
import { renderName } from '../script/render-operation.ts'
import { asWritten, type StartFacts } from '../start-facts.ts'
import { openKey, type Rename } from './rename.ts'

/**
 * Renames to a name that something else still has, which is renamed too: `a` to `b` while `b` becomes `c`,
 * or `a` and `b` change places. The difference shows no drop of `b`, so they come from the answers alone.
 */
export function findChainedRenames(facts: StartFacts, names: Names, { rename }: Answers): readonly Rename[] {
  if (Object.keys(rename).length === 0) return []
  const columns = facts.tables.flatMap((table) => {
    const name = asWritten(facts, table)
    const present = table.columns.map((column) => column.name)
    const pairs = present.flatMap((column) =>
      findPair(column, names.oldFields(name, column), names.column(name), rename),
    )
    return chained(pairs, present).map((link) => columnRename(name, link, names))
  })
  const values = facts.enums.flatMap((type) => {
    const name = asWritten(facts, type)
    const pairs = type.values.flatMap((label) =>
      findPair(label, names.oldValues(name, label), names.label(name), rename),
    )
    return chained(pairs, type.values).map((link) => valueRename(name, link, names))
  })
  return [...columns, ...values]
}

/** An answer, with the names in the database that it is about. */
interface Pair {
  readonly key: string
  readonly answer: string
  readonly from: string
  readonly to: string
}

function findPair(
  from: string,
  subjects: readonly string[],
  target: (name: string) => string | undefined,
  answers: Answers['rename'],
): readonly Pair[] {
  const key = subjects.find((subject) => Object.hasOwn(answers, subject))
  const answer = key === undefined ? undefined : answers[key]
  const to = answer === undefined ? undefined : target(answer)
  return key === undefined || answer === undefined || to === undefined ? [] : [{ key, answer, from, to }]
}

/** A pair with the steps that carry it out once the pairs before it were. */
interface Link extends Pair {
  readonly steps: readonly (readonly [from: string, to: string])[]
}

/** The pairs whose name is taken by the start of another pair, and those they wait for; each after its name is free. */
function chained(pairs: readonly Pair[], present: readonly string[]): readonly Link[] {
  const taken = (pair: Pair): boolean => present.includes(pair.to) && pair.to !== pair.from
  const starts = pairs.filter((pair) => taken(pair) && pairs.some((other) => other.from === pair.to))
  const links: Link[] = []
  const done = new Set<Pair>()
  for (const start of starts) {
    const path: Pair[] = []
    let next: Pair | undefined = start
    while (next !== undefined && !done.has(next)) {
      path.push(next)
      done.add(next)
      const { to }: Pair = next
      next = pairs.find((pair) => pair.from === to)
    }
    const isCircle = next !== undefined && next === path[0]
    links.push(...(isCircle ? circle(path) : path.toReversed().map(link)))
  }
  return links
}

function link(pair: Pair): Link {
  return { ...pair, steps: [[pair.from, pair.to]] }
}

/** The first one waits under another name until the last has made room. */
function circle(path: readonly Pair[]): readonly Link[] {
  const [first, ...others] = path
  if (first === undefined) return []
  const between = `${first.from.slice(0, 50)}_tide_swap`
  const moved = others.toReversed().map(link)
  const [earliest] = moved
  if (earliest === undefined) return []
  return [
    { ...earliest, steps: [[first.from, between], ...earliest.steps] },
    ...moved.slice(1),
    { ...first, steps: [[between, first.to]] },
  ]
}

function columnRename(table: ObjectName, { key, answer, from, to, steps }: Link, names: Names): Rename {
  const statements = steps.map(
    ([before, now]) =>
      `ALTER TABLE ${renderName(table)} RENAME COLUMN ${quoteIdentifier(before)} TO ${quoteIdentifier(now)}`,
  )
  const subject = names.oldFields(table, from)[0] ?? key
  const used = { kind: 'rename', key, subject, answer } as const
  return { statements, used, column: { table, before: from, now: to }, target: openKey(table, to) }
}

function valueRename(type: ObjectName, { key, answer, from, to, steps }: Link, names: Names): Rename {
  const statements = steps.map(
    ([before, now]) => `ALTER TYPE ${renderName(type)} RENAME VALUE ${quoteLiteral(before)} TO ${quoteLiteral(now)}`,
  )
  const subject = names.oldValues(type, from)[0] ?? valueSubject(names, type, from)
  return { statements, used: { kind: 'rename', key, subject, answer }, target: openKey(type, to) }
}
