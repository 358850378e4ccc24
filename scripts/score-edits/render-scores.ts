import type { PairScore, PlannedPair } from './score-pair.ts'
import { rewriteKinds } from './rewrite-kinds.ts'

/** The scores as Markdown: a table by project, then what people rewrote, then what is to be explained. */
export function renderScores(scores: readonly PairScore[]): string {
  const projects = [...new Set(scores.map((score) => score.pair.project))]
  const rows = projects.map((project) =>
    projectRow(
      project,
      scores.filter((score) => score.pair.project === project),
    ),
  )
  return [
    `## ${String(scores.length)} real edits`,
    '',
    'Schema before, schema after, and the SQL that people committed: the planner plans each edit on a database that',
    "stands at the schema before, its questions answered from the person's own SQL (`npm run score:edits`).",
    '',
    "| project | edits | schema unchanged | rejected by Prisma 7 | planned | reaches the schema after | person left Prisma's SQL alone | Tide writes the same | renames written | asked about | needless rename questions |",
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...rows,
    projectRow('**all**', scores),
    '',
    ...rewriteTable(scores),
    ...differencesTable(scores),
    ...rejectedList(scores),
  ].join('\n')
}

function projectRow(project: string, scores: readonly PairScore[]): string {
  const planned = scores.filter(isPlanned)
  const alone = planned.filter(isLeftAlone)
  const cells = [
    scores.length,
    count(scores, (score) => score.outcome === 'schema unchanged'),
    count(scores, (score) => score.outcome === 'schema rejected'),
    planned.length,
    count(planned, (score) => score.remaining === ''),
    alone.length,
    count(alone, (score) => score.comparison !== 'different'),
    planned.flatMap((score) => score.renames).length,
    planned.flatMap((score) => score.renames).filter((rename) => rename.asked).length,
    planned.flatMap((score) => score.needlessRenames).length,
  ]
  return `| ${project} | ${cells.join(' | ')} |`
}

function rewriteTable(scores: readonly PairScore[]): readonly string[] {
  const rewritten = scores.filter((score) => score.outcome !== 'schema rejected' && !isLeftAlone(score))
  const changed = rewritten.filter((score) => score.outcome !== 'schema unchanged')
  const cell = (kind: string, among: readonly PairScore[]): number =>
    count(among, (score) => score.rewrites.some((rewrite) => rewrite === kind))
  return [
    `### What people wrote otherwise than Prisma`,
    '',
    `${String(changed.length)} edits with a changed schema and ${String(rewritten.length - changed.length)} migrations without one; a migration may have several kinds.`,
    '',
    '| kind | schema changed | SQL alone |',
    '|---|---|---|',
    ...rewriteKinds.map((kind) => {
      const unchanged = rewritten.filter((score) => score.outcome === 'schema unchanged')
      return `| ${kind} | ${cell(kind, changed)} | ${cell(kind, unchanged)} |`
    }),
    '',
  ]
}

function differencesTable(scores: readonly PairScore[]): readonly string[] {
  const different = scores.filter(isPlanned).filter((score) => isLeftAlone(score) && score.comparison === 'different')
  if (different.length === 0) return []
  return [
    '### Where Tide writes something else than Prisma 6.19.3, though the person did not',
    '',
    '| project | migration | only Tide | only Prisma |',
    '|---|---|---|---|',
    ...different.map(({ pair, onlyTide, onlyPrisma }) => {
      return `| ${pair.project} | ${pair.migration} | ${code(onlyTide)} | ${code(onlyPrisma)} |`
    }),
    '',
  ]
}

function rejectedList(scores: readonly PairScore[]): readonly string[] {
  const reasons = new Map<string, number>()
  for (const score of scores) {
    if (score.outcome === 'schema rejected') reasons.set(score.reason, (reasons.get(score.reason) ?? 0) + 1)
  }
  const failed = scores.flatMap((score) =>
    score.outcome === 'failed' ? [`- ${score.pair.project} ${score.pair.migration}: ${score.reason}`] : [],
  )
  return [
    '### Schemas that Prisma 7 rejects',
    '',
    '| reason | edits |',
    '|---|---|',
    ...[...reasons].map(([reason, edits]) => `| ${cellText(reason)} | ${String(edits)} |`),
    '',
    ...(failed.length === 0 ? [] : ['### Edits that could not be planned', '', ...failed, '']),
  ]
}

function isPlanned(score: PairScore): score is PairScore & PlannedPair {
  return score.outcome === 'planned'
}

function isLeftAlone(score: PairScore): boolean {
  return score.pair.verdict === 'same' || score.pair.verdict === 'same-reordered'
}

function count<Item>(items: readonly Item[], test: (item: Item) => boolean): number {
  return items.filter(test).length
}

function code(statements: readonly string[]): string {
  return statements.map((text) => `\`${cellText(text)}\``).join('<br>')
}

function cellText(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim()
}
