import type { PairScore, PlannedPair } from './score-pair.ts'
import { rewriteKinds } from './rewrite-kinds.ts'

/** The scores as Markdown: a table by project, then what people rewrote, then what is to be explained. */
export function renderScores(scores: readonly PairScore[]): string {
  const projects = [...new Set(scores.map((score) => score.pair.project))]
  const ofProject = (project: string): readonly PairScore[] => scores.filter(({ pair }) => pair.project === project)
  return [
    `## ${scores.length} real edits`,
    '',
    'Schema before, schema after, and the SQL that people committed: the planner plans each edit on a database that',
    "stands at the schema before, its questions answered from the person's own SQL (`npm run score:edits`).",
    '',
    `| project | ${columns.map((column) => column.title).join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...projects.map((project) => projectRow(project, ofProject(project))),
    projectRow('**all**', scores),
    '',
    ...columns.map((column) => `- **${column.title}**: ${column.meaning}`),
    '',
    ...rewriteTable(scores),
    ...needlessList(scores),
    ...differencesTable(scores),
    ...rejectedTable(scores),
    ...failedList(scores),
  ].join('\n')
}

interface Column {
  readonly title: string
  readonly meaning: string
  readonly count: (scores: readonly PairScore[]) => number
}

const columns: readonly Column[] = [
  { title: 'edits', meaning: 'migrations with the schema before and after them', count: (scores) => scores.length },
  {
    title: 'schema unchanged',
    meaning: 'SQL alone; nothing to plan',
    count: (scores) => count(scores, (score) => score.outcome === 'schema unchanged'),
  },
  {
    title: 'rejected',
    meaning: 'Prisma 7 does not accept the schema before or after (reasons below)',
    count: (scores) => count(scores, (score) => score.outcome === 'schema rejected'),
  },
  {
    title: 'planned',
    meaning: 'Tide wrote a migration; where Prisma rejects a schema only for keys of views, those were taken out first',
    count: (scores) => scores.filter(isPlanned).length,
  },
  {
    title: 'reaches the schema',
    meaning: 'after the migration ran, Prisma finds nothing left to change',
    count: (scores) => count(scores.filter(isPlanned), (score) => score.remaining === ''),
  },
  {
    title: "Prisma's SQL kept",
    meaning: "planned edits where the person committed Prisma's SQL as it was, in any order",
    count: (scores) => leftAlone(scores).length,
  },
  {
    title: 'Tide the same',
    meaning: "of those, Tide's statements are the same too, one by one",
    count: (scores) =>
      count(leftAlone(scores), (score) => score.comparison === 'same' || score.comparison === 'regrouped'),
  },
  {
    title: 'but for mends',
    meaning:
      "of those, they differ only by Tide's mends: the place of a new enum value, what rows with a removed one get",
    count: (scores) => count(leftAlone(scores), (score) => score.comparison === 'mended'),
  },
  {
    title: 'renames',
    meaning: 'renames that people wrote by hand and the schemas show',
    count: (scores) => renames(scores).length,
  },
  {
    title: 'asked',
    meaning: 'of those, Tide asked whether it is a rename',
    count: (scores) => renames(scores).filter((rename) => rename.asked).length,
  },
  {
    title: 'needless',
    meaning: 'rename questions where the person did not rename',
    count: (scores) => scores.filter(isPlanned).flatMap((score) => score.needlessRenames).length,
  },
]

function projectRow(project: string, scores: readonly PairScore[]): string {
  return `| ${project} | ${columns.map((column) => column.count(scores)).join(' | ')} |`
}

function leftAlone(scores: readonly PairScore[]): readonly (PairScore & PlannedPair)[] {
  return scores.filter(isPlanned).filter(isLeftAlone)
}

function renames(scores: readonly PairScore[]): PlannedPair['renames'] {
  return scores.filter(isPlanned).flatMap((score) => score.renames)
}

function rewriteTable(scores: readonly PairScore[]): readonly string[] {
  const rewritten = scores.filter((score) => score.outcome !== 'schema rejected' && !isLeftAlone(score))
  const changed = rewritten.filter((score) => score.outcome !== 'schema unchanged')
  const cell = (kind: string, among: readonly PairScore[]): number =>
    count(among, (score) => score.rewrites.some((rewrite) => rewrite === kind))
  return [
    `### What people wrote otherwise than Prisma`,
    '',
    `${changed.length} edits with a changed schema and ${rewritten.length - changed.length} migrations without one; ` +
      'a migration may have several kinds.',
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

function needlessList(scores: readonly PairScore[]): readonly string[] {
  const lines = scores.filter(isPlanned).flatMap(({ pair, needlessRenames }) =>
    needlessRenames.map((question) => {
      const names = question.candidates.filter(({ kind }) => kind === 'rename').map(({ answer }) => answer)
      return `- ${pair.project} ${pair.migration}: ${question.subject} → ${names.join(', ')}`
    }),
  )
  return lines.length === 0 ? [] : ['### Rename questions where the person dropped and added', '', ...lines, '']
}

function differencesTable(scores: readonly PairScore[]): readonly string[] {
  const different = leftAlone(scores).filter(
    (score) => score.comparison === 'different' || score.comparison === 'mended',
  )
  if (different.length === 0) return []
  return [
    "### Where Tide writes something else than Prisma, though the person kept Prisma's SQL",
    '',
    '| project | migration | | only Tide | only Prisma |',
    '|---|---|---|---|---|',
    ...different.map(({ pair, comparison, onlyTide, onlyPrisma }) => {
      return `| ${pair.project} | ${pair.migration} | ${comparison} | ${code(onlyTide)} | ${code(onlyPrisma)} |`
    }),
    '',
  ]
}

function rejectedTable(scores: readonly PairScore[]): readonly string[] {
  const reasons = new Map<string, number>()
  for (const score of scores) {
    if (score.outcome === 'schema rejected') reasons.set(score.reason, (reasons.get(score.reason) ?? 0) + 1)
  }
  const repaired = count(scores, (score) => score.isRepaired && score.outcome === 'planned')
  return [
    '### Schemas that Prisma 7 rejects',
    '',
    '| reason | edits |',
    '|---|---|',
    ...[...reasons].map(([reason, edits]) => `| ${cellText(reason)} | ${edits} |`),
    `| Views cannot have primary keys (planned nevertheless, without them) | ${repaired} |`,
    '',
  ]
}

function failedList(scores: readonly PairScore[]): readonly string[] {
  const lines = scores.flatMap((score) => {
    if (score.outcome !== 'failed') return []
    const also = score.prismaFails ? " (Prisma's own script fails as well)" : ''
    return [`- ${score.pair.project} ${score.pair.migration}: ${cellText(score.reason)}${also}`]
  })
  return lines.length === 0 ? [] : ['### Edits that could not be planned', '', ...lines, '']
}

function isPlanned(score: PairScore): score is PairScore & PlannedPair {
  return score.outcome === 'planned'
}

function isLeftAlone(score: PairScore): boolean {
  return score.isPrismasSql
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
